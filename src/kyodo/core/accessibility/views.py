"""The statement on accessibility."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from kyodo.core.access.doors import requires
from kyodo.core.access.permissions import Permission
from kyodo.core.accessibility.statement import RESULTS, TONES, WAYS, Criterion, statement


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion in the reader's language."""

    number: str
    level: str
    name: str
    applies: bool
    result: str
    tone: str
    how: str
    remark: str


@require_safe
@requires(Permission.LOOK)
def accessibility(request: HttpRequest) -> HttpResponse:
    """What is promised, how it is looked after, and what is still missing."""
    told = statement()
    language = "en" if get_language() == "en" else "ja"
    content = {
        "statement": told,
        "criteria": [_row(one, language) for one in told.criteria],
        "counts": [(gettext(RESULTS[result]), TONES.get(result, ""), n) for result, n in told.counts().items()],
        "faults": [fault[language] for fault in told.faults],
        "contact": settings.CONTACT,
    }
    return render(request, "accessibility/statement.html", content)


def _row(one: Criterion, language: str) -> CriterionRow:
    return CriterionRow(
        number=one.number,
        level=one.level,
        name=one.name[language],
        applies=one.applies,
        result=gettext(RESULTS[one.result]),
        tone=TONES.get(one.result, ""),
        how=gettext(WAYS[one.how]) if one.how else "",
        remark=one.remark[language],
    )
