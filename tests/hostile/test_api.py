"""Every operation of the API by Schemathesis, in process: what its description allows and what it forbids, as everybody."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from tests.hostile.attackers import PEOPLE, SEED, fitting, undone
from tests.sizes import half, sized
from yakusho.blocks.doors import registry
from yakusho.web.api import api
from yakusho.web.wsgi import application

# Of each kind (allowed, forbidden), so twice this an operation: 1,000 with --long, 50 in `prove`, 4 in `test`, whose time is short.
EXAMPLES = sized(2, 25, 500)
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.allow_header_conformance,
]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
QUIET = {"deadline": None, "database": None, "phases": [Phase.generate], "suppress_health_check": list(HealthCheck)}
PATHS = sorted(api.get_openapi_schema()["paths"])
OTHERS = ("GET", "PUT", "PATCH", "DELETE")


def undoing(environ: dict[str, Any], start: Any) -> list[bytes]:
    """The house as a WSGI application in which nothing stays."""
    with undone():
        return list(application(environ, start))


@pytest.fixture(scope="module")
def schema(city):
    """The description as the house serves it."""
    return schemathesis.openapi.from_wsgi("/api/openapi.json", undoing)


def ask(case, visitor):
    """Send a case as one person; gives the answer and what is wrong with it."""
    headers = {"X-CSRFToken": visitor.token}
    cookies = {name: morsel.value for name, morsel in visitor.cookies.items()}
    answer = case.call(headers=headers, cookies=cookies)
    try:
        case.validate_response(answer, checks=CHECKS)
    except FailureGroup as group:
        sent = case.body if isinstance(case.body, bytes | str) else json.dumps(case.body, default=str)
        return answer, [
            f"{one.title}: {sent[:400]} → {answer.status_code} {answer.text[:300]}" for one in group.exceptions
        ]
    return answer, []


@pytest.mark.parametrize("path", half(PATHS))
def test_an_operation_answers_as_it_is_described(schema, visitors, faults, path, record_property):
    operation = schema[path]["POST"]
    door = (registry.actions | registry.queries)[path.rpartition("/")[2]]
    wrong, seen = [], Counter()

    def attack(case, login):
        answer, found = ask(case, visitors[login])
        wrong.extend(f"{login or 'nobody'}: {one}" for one in found)
        seen[answer.status_code] += 1

    for mode in MODES:

        @seed(SEED)
        @settings(max_examples=EXAMPLES, **QUIET)
        @given(case=operation.as_strategy(generation_mode=mode))
        def knock(case):
            for login in PEOPLE if not seen else [fitting(door)]:  # the first allowed case as everybody
                attack(case, login)

        knock()
    record_property("requests", sum(seen.values()))
    assert wrong == [], "\n".join([f"seed {SEED}", *wrong, *faults])
    assert faults == []


@pytest.mark.parametrize("path", PATHS)
def test_an_operation_knows_one_method(visitors, path):
    for method in OTHERS:
        with undone():
            answer = visitors["admin1"].generic(method, path, headers={"X-CSRFToken": visitors["admin1"].token})
        assert (answer.status_code, answer.headers.get("Allow")) == (405, "POST"), method
