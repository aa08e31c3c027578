"""A programme's name in words, with the article that its institute's data give."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import translation

from calpulli.commons import institutes
from calpulli.planning import queries
from calpulli.planning.queries import name_of

IECM = "Instituto Electoral de la Ciudad de México"


@pytest.fixture
def plan(db: None) -> queries.PlanView:
    found = queries.find_plan("iecm-2023")
    assert found is not None
    return found


@pytest.mark.parametrize(("article", "told"), [("el", "del Instituto"), ("la", "de la Instituto"), ("", "de Instituto")])
def test_the_article_comes_from_the_data(
    plan: queries.PlanView, monkeypatch: pytest.MonkeyPatch, article: str, told: str
) -> None:
    monkeypatch.setattr(institutes, "article_of", lambda slug, name: article)
    with translation.override("es-mx"):
        assert name_of(plan) == f"programa de referencia {told} Electoral de la Ciudad de México, 2023"


def test_a_name_that_is_not_that_of_the_data_takes_no_article(plan: queries.PlanView) -> None:
    assert institutes.article_of("iecm", IECM) == "el"
    assert institutes.article_of("iecm", "Comisión Inventada") == ""
    assert institutes.article_of("no-hay", IECM) == ""
    with translation.override("es-mx"):
        assert name_of(replace(plan, institution="Comisión Inventada")) == "programa de referencia de Comisión Inventada, 2023"


def test_another_language_has_no_spanish_article(plan: queries.PlanView) -> None:
    with translation.override("en"):
        assert f" el {IECM}" not in name_of(plan)
        assert IECM in name_of(plan)
