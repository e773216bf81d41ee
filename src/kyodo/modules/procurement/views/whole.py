"""A case as one document: everything that its reader may see of it, to print or keep on file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.threads import queries as threads
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import alignment, cases, commitment
from kyodo.modules.procurement.queries import survey as surveys
from kyodo.modules.procurement.queries.story import CaseStory, story
from kyodo.modules.procurement.queries.thread import thread_subject
from kyodo.modules.procurement.story import alignment as alignment_pages
from kyodo.modules.procurement.story import calendar as calendars
from kyodo.modules.procurement.story import case as case_pages
from kyodo.modules.procurement.story import commitment as commitment_pages
from kyodo.modules.procurement.story import survey as survey_pages
from kyodo.modules.procurement.story import survey_rows


@require_safe
@requires(Permission.READ)
def whole(request: ActorRequest, case_id: int) -> HttpResponse:
    """The case from its reasons to its commitments; each part asks the same as its own page does."""
    actor = request.actor
    told, subject = story(case_id, actor=actor), thread_subject(actor, case_id)
    if told is None or subject is None:
        raise Http404
    content: dict[str, Any] = {
        "story": told,
        "page": case_pages.tell(told, [], threads.posts(subject, actor=actor), today=clock.today()),
    }
    if surveys.survey_seen_by(actor, case_id):
        content |= _survey(told, actor)
    if alignment.seen_by(actor, case_id):
        content |= _calendar(told) | _alignment(told)
    if cases.sees_all(actor) or (told.own is not None and told.own.left_at is None):
        content |= _commitments(told, actor)
    return render(request, "procurement/whole.html", content)


def _calendar(told: CaseStory) -> dict[str, Any]:
    found = calendars.backwards(told, today=clock.today())
    return {"calendar": calendars.tell(found) if found else []}


def _survey(told: CaseStory, actor: Actor) -> dict[str, Any]:
    sees_bodies = cases.sees_all(actor)
    page = survey_pages.tell(told.case, told.items, may_see_bodies=sees_bodies)
    rows = {"demands": survey_rows.demand_rows(page), "entries": survey_rows.entry_rows(page)}
    return {"survey": page, "survey_rows": rows}


def _alignment(told: CaseStory) -> dict[str, Any]:
    buyers = alignment.buyers_of(told.case.id)
    topics = alignment.topics_of(told.case.id, buyers=buyers)
    page = alignment_pages.tell(told.case.id, topics, buyers)
    return {"alignment": page, "alignment_rows": alignment_pages.rows(page, told.case.id)}


def _commitments(told: CaseStory, actor: Actor) -> dict[str, Any]:
    sees_all = cases.sees_all(actor)
    return {
        "sees_all": sees_all,
        "lines": commitment_pages.table(told.members, commitment.commitments_of(told.case.id)) if sees_all else [],
        "standing": commitment_pages.standing(told),
    }
