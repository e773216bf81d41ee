"""A matter's decision on one page, and its paper to print or to go on writing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.decisions import document as documents
from kyodo.core.decisions import paper as papers
from kyodo.core.decisions import queries, rules
from kyodo.core.decisions.matters import Matter
from kyodo.core.decisions.permissions import Permission
from kyodo.core.decisions.views.finding import seen
from kyodo.core.organisations.queries import names
from kyodo.core.ui.word import MEDIA_TYPE
from kyodo.engines.calendar import full_date


@require_safe
@requires(Permission.READ)
def matter(request: ActorRequest, kind: str, subject_id: int) -> HttpResponse:
    """Where a matter stands, what its paper lacks, who answered when, and what was recorded."""
    found = seen(request, kind, subject_id)
    asked = queries.asked_about(found, digest=papers.digest_of(found.title, found.paper), actor=request.actor)
    policy = queries.policy_of(found.organisation_id)
    card = queries.card_of(found, actor=request.actor, policy=policy)
    records = queries.records_about(found)
    content = {
        "matter": found,
        "act": gettext(rules.ACT_WORDS[found.act]),
        "card": card,
        "asked": asked,
        "steps": [(gettext(rules.STEP_WORDS[step.what]), step) for step in asked.steps] if asked else [],
        "is_open": asked is not None and asked.state in rules.OPEN,
        "records": [(gettext(rules.DIVISION_WORDS[one.division]), one) for one in records],
        "versions": queries.versions_of(found),
        "missing": papers.missing(found.paper),
        "may_write": queries.matter_held_by_reach(request.actor, found),
        "has_steps": policy.has_steps,
    }
    return render(request, "decisions/matter.html", content)


@require_safe
@requires(Permission.READ)
def paper(request: ActorRequest, kind: str, subject_id: int) -> HttpResponse:
    """The paper, as it is printed."""
    found = seen(request, kind, subject_id)
    address = queries.address_of(kind, subject_id)
    return render(request, "decisions/paper.html", {"sheet": _sheet(request, found), "address": address})


@require_safe
@requires(Permission.READ)
def document(request: ActorRequest, kind: str, subject_id: int) -> HttpResponse:
    """The paper, to be written on."""
    content = documents.written(_sheet(request, seen(request, kind, subject_id)))
    name = f"kian_{kind}_{subject_id}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=MEDIA_TYPE, headers=headers)


def _sheet(request: ActorRequest, found: Matter) -> papers.Sheet:
    made = next((one for one in queries.records_about(found) if one.withdrawn_at is None), None)
    record = (
        (
            ("決裁日", full_date(made.decided_on)),
            ("文書番号", made.number),
            ("決裁区分", rules.DIVISION_WORDS[made.division]),
            ("決裁者", f"{made.decider_duty} {made.decider_name}".strip()),
        )
        if made
        else papers.EMPTY_RECORD
    )
    return papers.sheet_of(
        title=found.title,
        act=found.act,
        organisation=names()[found.organisation_id],
        address=request.build_absolute_uri(found.address),
        printed=full_date(clock.today()),
        paper=found.paper,
        record=record,
    )
