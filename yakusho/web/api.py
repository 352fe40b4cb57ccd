"""The API: one operation for every action and query of the registry; OpenAPI 3.1 at /api/openapi.json.

Everything is sent by POST, questions too: personal data does not belong into addresses, which end up in logs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Body, Header, NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.utils import check_csrf
from pydantic import BaseModel

from yakusho.blocks.doors import Actor, FieldError, InvalidInput, registry
from yakusho.blocks.doors.refusals import OTHER, SENTENCES
from yakusho.blocks.doors.registry import Registered
from yakusho.blocks.identity.tokens import actor_from_bearer
from yakusho.kit.refusal import Refusal

PROBLEM = "application/problem+json"
GIVEN: Any = Body(...)
KEY: Any = Header(..., alias="Idempotency-Key", pattern=r"^[\x20-\x7e]{1,100}$")


class Problem(BaseModel):
    """A refusal as RFC 9457 problem details: title in Japanese, detail in English."""

    type: str
    title: str
    detail: str
    status: int
    field: str = ""
    facts: dict[str, Any] = {}
    errors: list[dict[str, str]] = []


class NeedsKey(Refusal):
    """Idempotency-Key ヘッダーを付けてください（英数字と記号、100文字まで）。
    / Send an Idempotency-Key header (at most 100 printable ASCII characters)."""

    status = 400


class Unreadable(Refusal):
    """送られた内容を読めません。JSONで送ってください。 / What was sent cannot be read. Send JSON."""

    status = 400


class CrossSite(Refusal):
    """このページからの操作だと確かめられません。画面を開き直してください。
    / We cannot tell that our own page is asking. Please reload it.
    """

    status = 403


class HouseAPI(NinjaAPI):
    """The API's description says of refusals what is sent: problem+json."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """OpenAPI 3.1."""
        schema = super().get_openapi_schema(**given)
        for operation in (one for path in schema["paths"].values() for one in path.values()):
            for status, told in operation["responses"].items():
                if status >= 400:
                    told["content"] = {PROBLEM: told["content"]["application/json"]}
        return schema


api = HouseAPI(
    title=f"役所 Yakusho — {settings.CITY['name']}",
    version="1",
    docs_url=None,
    urls_namespace="api",
    description="Every action and query of the city hall. Refusals are problem+json (RFC 9457) in Japanese and English.",
)


def _problem(refusal: Refusal) -> JsonResponse:
    return JsonResponse(refusal.problem(), status=refusal.status, content_type=PROBLEM)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal is an answer with its own status."""
    return _problem(refusal)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Input that does not fit the model, field by field, without repeating what was sent."""
    if any(one["loc"][0] == "header" for one in error.errors):
        return _problem(NeedsKey())
    listed = [
        FieldError(".".join(str(part) for part in one["loc"][2:]), *SENTENCES.get(one["type"], OTHER))
        for one in error.errors
    ]
    return _problem(InvalidInput.listing(listed))


@api.exception_handler(HttpError)
@api.exception_handler(RequestDataTooBig)
def unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
    """No JSON, or more than any input of ours."""
    return _problem(Unreadable())


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """No valid session or token."""
    body = {
        "type": "urn:yakusho:refusal:not_signed_in",
        "title": "サインインしてください。",
        "detail": "Please sign in.",
        "status": 401,
    }
    return JsonResponse(body, status=401, content_type=PROBLEM)


def _act(door: Registered) -> Callable[..., Any]:
    def operation(request: HttpRequest, given: Any = GIVEN, key: str = KEY) -> Any:
        return _call(door, request, given, key)

    return operation


def _ask(door: Registered) -> Callable[..., Any]:
    def operation(request: HttpRequest, given: Any = GIVEN) -> Any:
        return _call(door, request, given, "")

    return operation


def _actor(door: Registered, request: Any) -> Actor:
    """The token's account, or the browser's session; a session must prove that its own page is asking."""
    header = request.headers.get("Authorization", "")
    if header:
        return actor_from_bearer(header, on=request.today, at=request.now, door=door.name)
    if request.actor.account and check_csrf(request) is not None:
        raise CrossSite
    return request.actor  # type: ignore[no-any-return]


def _call(door: Registered, request: Any, given: BaseModel, key: str) -> Any:
    inputs = {name: getattr(given, name) for name in type(given).model_fields}
    by = _actor(door, request)
    result = door.call(inputs, by=by, on=request.today, at=request.now, key=key)
    return HttpResponse(door.output.dump_json(result), content_type="application/json")


def _publish(door: Registered, make: Callable[[Registered], Callable[..., Any]]) -> None:
    operation = make(door)
    # ninja reads real types, not their names
    operation.__annotations__ = {
        "request": HttpRequest,
        "given": door.input_model,
        **({"key": str} if door.kind == "action" else {}),
    }
    failures = dict.fromkeys((400, 401, 403, 404, 409, 422), Problem)
    api.default_router.add_api_operation(
        f"/{'actions' if door.kind == 'action' else 'queries'}/{door.name}",
        ["POST"],
        operation,
        response={200: door.hints["return"], **failures},
        operation_id=door.name.replace(".", "_"),
        summary=door.doc.splitlines()[0],
        description=door.doc,
        tags=[door.name.split(".")[0]],
        url_name=door.name,
    )


def is_public(door: Registered) -> bool:
    """Doors that open only from inside another, or for the house's own night work, are on no edge."""
    return not set(door.allowed.names) <= {"within", "system"}


for _door in sorted(registry.actions.values(), key=lambda door: door.name):
    if is_public(_door):
        _publish(_door, _act)
for _door in sorted(registry.queries.values(), key=lambda door: door.name):
    if is_public(_door):
        _publish(_door, _ask)
