"""The page of the search."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.search import queries, registry, terms
from kyodo.core.search.permissions import Permission
from kyodo.core.ui.parts import Pager
from kyodo.core.whole_numbers import whole_number


@require_safe
@requires(Permission.SEARCH)
def search(request: ActorRequest) -> HttpResponse:
    """What was asked for, a page of it."""
    asked = request.GET.get("q", "").strip()[: terms.LONGEST]
    kinds = {source.kind: source.label for source in registry.sources() if source.keys(request.actor)}
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds else ""
    question = terms.read(asked)
    number = whole_number(request.GET.get("page", ""), digits=5) or 1
    answer = queries.search(question, actor=request.actor, kind=kind, number=number)
    content = {
        "asked": asked,
        "is_asked": bool(question),
        "kind": kind,
        "kinds": kinds,
        "answer": answer,
        "rows": [(kinds[row.kind], row) for row in answer.rows],
        "pager": _pager(answer, asked, kind),
    }
    return render(request, "search/search.html", content)


def _pager(answer: queries.Answer, asked: str, kind: str) -> Pager:
    first = (answer.number - 1) * queries.PAGE
    return Pager(
        count=answer.count,
        number=answer.number,
        pages=answer.pages,
        is_capped=answer.is_capped,
        first=first + 1,
        last=first + len(answer.rows),
        previous_url=_address(asked, kind, answer.number - 1) if answer.number > 1 else "",
        next_url=_address(asked, kind, answer.number + 1) if answer.number < answer.pages else "",
    )


def _address(asked: str, kind: str, number: int) -> str:
    """Another page of the same answer."""
    chosen = {"q": asked, "kind": kind, "page": str(number)}
    return "?" + urlencode({name: value for name, value in chosen.items() if value})
