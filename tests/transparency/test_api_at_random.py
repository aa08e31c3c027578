"""Questions at random, made from the published description: never a fault of ours, and every answer as it promises."""

from __future__ import annotations

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi

from calpulli.site.wsgi import application
from calpulli.transparency.api import description

schema = schemathesis.openapi.from_dict(json.loads(description()))
schema.app = application
PHASES = [Phase.explicit, Phase.generate]
CHECKS = [
    checks.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_schema_conformance,
    openapi.response_headers_conformance,
]


@pytest.mark.slow
@schema.parametrize()
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
)
def test_any_question_gets_an_answer_of_the_promised_shape(fresh_database: str, case: schemathesis.Case) -> None:
    case.call_and_validate(checks=CHECKS, headers={"Host": "localhost", "Accept-Encoding": "identity"})
