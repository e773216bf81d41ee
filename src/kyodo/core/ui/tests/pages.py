"""Renders pieces of templates for the tests of this folder."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from django.http import HttpRequest
from django.template import Template
from django.template.context import RequestContext
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler


def request_for(path: str = "/needs/", *, label: str = "") -> HttpRequest:
    """A request of somebody who is signed in under `label`, or of a visitor."""
    request: Any = RequestFactory().get(path)
    request.actor = SimpleNamespace(is_signed_in=bool(label), label=label, may=lambda _permission: False)
    return cast("HttpRequest", request)


def rendered(source: str, path: str = "/needs/", **context: Any) -> str:
    """The HTML of a template that uses components."""
    template = Template(CottonCompiler().process(source))
    return template.render(RequestContext(request_for(path), context))
