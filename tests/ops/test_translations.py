"""Text that cannot be translated is found, and only that."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "ops" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Hola</p>", [(1, "Hola")]),
        ("<p>\n  {{ _('Hola') }}</p>", []),
        ("<p>{{ n }}\n resultados</p>", [(2, "… resultados")]),
        ("<a\n title='Abrir'>{{ x }}</a>", [(1, "Abrir")]),
        ("<img alt=''><input placeholder='{{ _(\"Buscar\") }}'>", []),
        ("{% trans n=3 %}Quedan {{ n }} días{% endtrans %}<b>ya</b>", [(1, "ya")]),
        ("{% trans %}una{% pluralize %}varias{% endtrans %}", []),
        ("{# Nota para quien lee #}<p>·  —  12/05</p>", []),
        ("<style>body { color: red }</style><script>let x = 1</script>", []),
        ("<p>Calpulli · CSV</p>", []),
        ("{% if a %}<h1>Sí</h1>{% else %}{{ b }}{% endif %}", [(1, "Sí")]),
        ('{% macro m() %} id="campo" name="{{ n }}" required{% endmacro %}', []),
        ('<meta name="viewport" content="ancho"><meta name="description" content="Resumen">', [(1, "Resumen")]),
    ],
)
def test_visible_text_of_templates(translations: ModuleType, template: str, found: list[tuple[int, str]]) -> None:
    assert list(translations.untranslatable(template)) == found


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("%(n)s days left", ""),
        ("", "falta"),
        ("%(days)s days left", "valores"),
        ("days left", "valores"),
    ],
)
def test_translations_keep_their_values(translations: ModuleType, said: str, fault: str) -> None:
    catalogue = Catalog()
    catalogue.add("Quedan %(n)s días", said)
    answer = translations.fault_of(catalogue, "Quedan %(n)s días", None)
    assert (fault in answer) if fault else answer == ""


def test_a_string_that_the_catalogue_lacks(translations: ModuleType) -> None:
    assert "falta" in translations.fault_of(Catalog(), "Hola", None)


def test_a_stale_catalogue_is_found(translations: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "src" / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid "Hola"\nmsgstr "Hello"\n', encoding="utf-8")
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "LOCALE", tmp_path / "src" / "locale")
    assert len(list(translations.stale_catalogues())) == 1
    (folder / "django.mo").write_bytes(translations.compiled(folder / "django.po"))
    assert list(translations.stale_catalogues()) == []
    (folder / "django.po").write_text('msgid "Hola"\nmsgstr "Hi"\n', encoding="utf-8")
    assert len(list(translations.stale_catalogues())) == 1
