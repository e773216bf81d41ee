"""The JSON API at /api/v1/: closed by default, each operation behind its own door, refusals as problem details."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from kyodo.core.access.doors import requires
from kyodo.core.access.permissions import Permission
from kyodo.core.decisions.rest import router as decisions
from kyodo.core.field_calendar.rest import router as field_calendar
from kyodo.core.gate import shut
from kyodo.core.problems import documented, speak
from kyodo.core.statutes.rest import router as statutes
from kyodo.modules.needs.rest import router as needs
from kyodo.modules.procurement.rest import router as procurement

api = NinjaAPI(
    title="Kyodo",
    version="1",
    description="The same permissions as the pages. Send a token as `Authorization: Bearer …`; public reads need none.",
    urls_namespace="api",
    auth=shut,
    openapi_url=None,
    docs_url=None,
)
speak(api)
api.add_router("/decisions", decisions)
api.add_router("/calendar", field_calendar)
api.add_router("/statutes", statutes)
api.add_router("/needs", needs)
api.add_router("/procurement", procurement)


@require_safe
@requires(Permission.LOOK)
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return JsonResponse(_document(), json_dumps_params={"ensure_ascii": False})


@require_safe
@requires(Permission.LOOK)
def docs(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document as a page: no script, no outside asset."""
    schema = _document()
    operations = [
        {
            "method": method.upper(),
            "path": path,
            "summary": operation.get("summary", ""),
            "description": operation.get("description", ""),
            "parameters": operation.get("parameters", []),
            "body": _schema_name(operation.get("requestBody", {})),
            "answers": [
                {"status": status, "what": answer.get("description", ""), "schema": _schema_name(answer)}
                for status, answer in operation.get("responses", {}).items()
            ],
        }
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    schemas = schema.get("components", {}).get("schemas", {})
    return render(request, "ui/api_docs.html", {"operations": operations, "schemas": _fields(schemas)})


def _document() -> dict[str, Any]:
    return documented(api.get_openapi_schema(path_prefix="/api/v1/"))


def _schema_name(holder: dict[str, Any]) -> str:
    for told in holder.get("content", {}).values():
        return str(told.get("schema", {}).get("$ref", "")).rpartition("/")[2]
    return ""


def _fields(schemas: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "what": schema.get("description", ""),
            "fields": [
                {"name": field, "type": _type_words(facts), "required": field in schema.get("required", [])}
                for field, facts in schema.get("properties", {}).items()
            ],
            "values": schema.get("enum", []),
        }
        for name, schema in sorted(schemas.items())
    ]


def _type_words(facts: dict[str, Any]) -> str:
    if "$ref" in facts:
        return str(facts["$ref"]).rpartition("/")[2]
    if "anyOf" in facts:
        return " | ".join(_type_words(one) for one in facts["anyOf"])
    if facts.get("type") == "array":
        return f"[{_type_words(facts.get('items', {}))}]"
    return str(facts.get("format") or facts.get("type", ""))
