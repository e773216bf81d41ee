"""What the API says when something is wrong: RFC 9457 problem details, with every fault at once."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

PROBLEM_TYPE = "application/problem+json"


class FaultOut(Schema):
    """One thing that is wrong: where, and what."""

    field: str
    message: str


class Problem(Schema):
    """Problem details (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    faults: list[FaultOut] = []  # noqa: RUF012 - a schema's default, copied for each


class Refused(Exception):
    """An operation refuses; becomes problem details."""

    def __init__(self, status: HTTPStatus, detail: str, faults: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.faults = list(faults)


def answer(status: HTTPStatus, detail: str = "", faults: Iterable[tuple[str, str]] = ()) -> HttpResponse:
    """Problem details as a response."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": gettext(detail) if detail else "",
        "faults": [{"field": field, "message": message} for field, message in faults],
    }
    response = JsonResponse(
        content, status=status, content_type=PROBLEM_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    if status is HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


def documented(schema: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document with problem details under the content type that they really have."""
    for operations in schema["paths"].values():
        for operation in operations.values():
            for response in operation["responses"].values():
                told = response.get("content", {})
                if str(told.get("application/json", {}).get("schema", {}).get("$ref", "")).endswith("/Problem"):
                    told[PROBLEM_TYPE] = told.pop("application/json")
    return schema


def speak(api: NinjaAPI) -> None:
    """Let an API answer every refusal with problem details."""

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, exc: Refused) -> HttpResponse:
        return answer(exc.status, exc.detail, exc.faults)

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, exc: AuthenticationError) -> HttpResponse:
        return answer(HTTPStatus.UNAUTHORIZED, "有効なトークンを Authorization ヘッダーに付けてください。")

    @api.exception_handler(HttpError)
    def stopped(request: HttpRequest, exc: HttpError) -> HttpResponse:
        return answer(HTTPStatus(exc.status_code), str(exc))

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, exc: Http404) -> HttpResponse:
        return answer(HTTPStatus.NOT_FOUND)

    @api.exception_handler(ValidationError)
    def malformed(request: HttpRequest, exc: ValidationError) -> HttpResponse:
        faults = [
            (".".join(str(part) for part in fault["loc"][1:]) or str(fault["loc"][0]), str(fault["msg"]))
            for fault in exc.errors
        ]
        return answer(HTTPStatus.UNPROCESSABLE_ENTITY, "入力の形が正しくありません。", faults)
