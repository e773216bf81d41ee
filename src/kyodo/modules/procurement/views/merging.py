"""Lines in different words that may be one item: proposed, and confirmed or denied one by one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from kyodo.core import clock, workflow
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.faults import Changed, Faulty
from kyodo.core.plain_text import tidy
from kyodo.core.whole_numbers import whole_numbers
from kyodo.modules.procurement import tasks
from kyodo.modules.procurement.actions import merging
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import cases
from kyodo.modules.procurement.queries import merging as queries
from kyodo.modules.procurement.queries.story import items_of
from kyodo.modules.procurement.rules.case import CaseState
from kyodo.modules.procurement.rules.merging import ProposalState
from kyodo.modules.procurement.views.held import run_by


@require_safe
@requires(Permission.RUN)
def proposals(request: ActorRequest, case_id: int) -> HttpResponse:
    """What was proposed and waits for an officer; what was joined, to be undone."""
    held = _held(request, case_id)
    names = {item.id: item.name for item in items_of(case_id)}
    rows = queries.own_rows(case_id)
    open_ones = queries.proposals(case_id)
    content = {
        "case": held,
        "proposals": [
            (one, [gettext(template).format(**facts) for template, facts in one.differs], round(one.score * 100))
            for one in open_ones
        ],
        "joined": [(row, names[row.item_id]) for row in rows if row.item_id in names],
        "left": [row for row in rows if row.item_id is None],
        "denied": len(queries.proposals(case_id, state=ProposalState.DENIED)),
    }
    return render(request, "procurement/merging.html", content)


@require_POST
@requires(Permission.RUN)
def ask(request: ActorRequest, case_id: int) -> HttpResponse:
    """Let a worker look."""
    held = _held(request, case_id)
    uuid = merging.ask(case=held, job=tasks.merge_lines, by=request.actor, at=clock.now())
    return redirect("jobs:job", uuid)


@require_POST
@requires(Permission.RUN)
def decide(request: ActorRequest, case_id: int, proposal_id: int) -> HttpResponse:
    """Join the chosen lines, or say that these are different things."""
    held = _held(request, case_id)
    keys = whole_numbers(request.POST.getlist("lines"))
    try:
        if request.POST.get("do") == "deny":
            merging.deny(case=held, proposal_id=proposal_id, by=request.actor, at=clock.now())
            messages.success(request, gettext("別のものとしました。もう提案しません。"))
        else:
            merging.confirm(
                case=held,
                proposal_id=proposal_id,
                name=tidy(request.POST.get("name", "")),
                unit=tidy(request.POST.get("unit", "")),
                keys=keys,
                by=request.actor,
                at=clock.now(),
            )
            messages.success(request, gettext("まとめました。"))
    except Faulty as refusal:
        for fault in refusal.faults:
            messages.error(request, gettext(fault.sentence))
    except (Changed, workflow.Overtaken):
        messages.error(request, gettext("ほかの人が先に変えました。いまの一覧を確かめてください。"))
    return redirect("procurement:merging", case_id)


@require_POST
@requires(Permission.RUN)
def part(request: ActorRequest, case_id: int, line_id: int) -> HttpResponse:
    """Take a joined line out again."""
    held = _held(request, case_id)
    try:
        merging.part(case=held, line_id=line_id, by=request.actor, at=clock.now())
    except Changed:
        messages.error(request, gettext("ほかの人が先に変えました。いまの一覧を確かめてください。"))
    else:
        messages.success(request, gettext("外しました。"))
    return redirect("procurement:merging", case_id)


def _held(request: ActorRequest, case_id: int) -> cases.HeldCase:
    return run_by(request, case_id, states=(CaseState.SURVEY,))
