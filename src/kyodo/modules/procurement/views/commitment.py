"""Commitments: a body writes its own and binds itself; coordinators see all, with what blocks and what warns."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.attempts import attempt, status_of
from kyodo.core.decisions import queries as decisions
from kyodo.core.lists.export import file_of
from kyodo.core.proxy import entry
from kyodo.core.proxy.permissions import Permission as ProxyPermission
from kyodo.modules.procurement.actions import by_proxy, committing
from kyodo.modules.procurement.forms.commitment import BindForm, CommitmentByProxy, CommitmentForm, GroundForm
from kyodo.modules.procurement.lists.commitment import COMMITMENTS
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import cases, estimates
from kyodo.modules.procurement.queries import commitment as queries
from kyodo.modules.procurement.queries.story import CaseStory, story
from kyodo.modules.procurement.rules.commitment import COMMITMENT_KIND, CommitmentState
from kyodo.modules.procurement.rules.estimate import whole_term
from kyodo.modules.procurement.story import commitment as pages


@require_safe
@requires(Permission.READ)
def commitments(request: ActorRequest, case_id: int) -> HttpResponseBase:
    """All bodies with how far they are; amounts, budgets and findings for coordinators and auditors alone."""
    told = _story(request, case_id)
    sees_all = cases.sees_all(request.actor)
    if not sees_all and (told.own is None or told.own.left_at is not None):
        raise Http404
    rows = queries.commitments_of(case_id) if sees_all else []
    if sees_all and (file := file_of(COMMITMENTS, rows, form=request.GET.get("format", ""))):
        return file
    content = {
        "story": told,
        "lines": pages.table(told.members, rows) if sees_all else [],
        "standing": pages.standing(told),
        "may_commit": queries.commit_place(request.actor, case_id) is not None,
        "may_enter": request.actor.may(ProxyPermission.ENTER) and told.case.state in queries.COMMITTING,
        "sees_all": sees_all,
    }
    return render(request, "procurement/commitments.html", content)


@require_safe
@requires(Permission.READ)
def commitment(request: ActorRequest, case_id: int, organisation_id: int) -> HttpResponse:
    """A body's commitment: what it takes, what the law says, the decision, what was recorded."""
    told, actor = _story(request, case_id), request.actor
    row = queries.commitment_of(case_id, organisation_id)
    if row is None or not queries.seen_by(actor, case_id, organisation_id):
        raise Http404
    return _page(request, told, row, BindForm())


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COMMIT)
def write(request: ActorRequest, case_id: int) -> HttpResponse:
    """My body writes what it takes."""
    told, place = _story(request, case_id), queries.commit_place(request.actor, case_id)
    if place is None or told.case.state not in queries.COMMITTING:
        raise Http404
    form = CommitmentForm(request.POST or None, **_given(request, CommitmentForm, told, place.organisation_id))
    if form.is_valid() and attempt(
        form,
        lambda: committing.write_commitment(
            place=place,
            draft=form.draft(),
            revision=form.cleaned_data["revision"] or 0,
            by=request.actor,
            at=clock.now(),
        ),
    ):
        messages.success(request, gettext("参加の内容を書きました。起案用資料を印刷し、決裁のあとで確定してください。"))
        return redirect("procurement:commitment", case_id, place.organisation_id)
    return render(request, "procurement/commit.html", {"form": form, "story": told}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(ProxyPermission.ENTER)
def enter_commitment(request: ActorRequest, case_id: int, organisation_id: int) -> HttpResponse:
    """A coordinator enters what a body told of its commitment; it is bound only by its own 決裁."""
    told, for_body = _story(request, case_id), entry.acting_for(request, organisation_id)
    place = queries.commit_place(for_body, case_id)
    if place is None or told.case.state not in queries.COMMITTING:
        raise Http404
    given = _given(request, CommitmentByProxy, told, organisation_id)
    form = entry.form_of(CommitmentByProxy, request, **given)
    if form.is_valid() and attempt(
        form,
        lambda: by_proxy.commit_by_proxy(
            place=place,
            draft=form.draft(),
            revision=form.cleaned_data["revision"] or 0,
            **entry.told(form, for_body),
        ),
    ):
        entry.say_entered(request, for_body)
        return redirect("procurement:commitment", case_id, organisation_id)
    content = {"form": form, "story": told, "body": for_body.organisation_name}
    return render(request, "procurement/commit.html", content, status=status_of(form))


@require_POST
@requires(Permission.COMMIT)
def bind(request: ActorRequest, case_id: int) -> HttpResponse:
    """My body binds itself."""
    told, place = _story(request, case_id), queries.commit_place(request.actor, case_id)
    row = queries.commitment_of(case_id, place.organisation_id) if place else None
    if place is None or row is None:
        raise Http404
    form = BindForm(request.POST)
    if form.is_valid() and attempt(
        form,
        lambda: committing.commit(
            place=place,
            knows_blocks=form.cleaned_data["knows_blocks"],
            revision=form.cleaned_data["revision"],
            by=request.actor,
            at=clock.now(),
        ),
    ):
        messages.success(request, gettext("参加を確定しました。調整担当に知らせました。"))
        return redirect("procurement:commitment", case_id, place.organisation_id)
    return _page(request, told, row, form)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COMMIT)
def ground(request: ActorRequest, case_id: int) -> HttpResponse:
    """My body records a fact that settles what the law finds."""
    told, place = _story(request, case_id), queries.commit_place(request.actor, case_id)
    row = queries.commitment_of(case_id, place.organisation_id) if place else None
    if place is None or row is None:
        raise Http404
    open_ones = [(one, pages.sentence_of(one)) for one in row.findings if one.unblocks and one.settled_by is None]
    form = GroundForm(request.POST or None, findings=open_ones)
    if form.is_valid() and attempt(
        form,
        lambda: committing.record_ground(
            place=place,
            kind=form.kind_chosen(),
            finding=form.cleaned_data["finding"],
            number=form.cleaned_data["number"],
            on=form.cleaned_data["on"],
            by=request.actor,
            at=clock.now(),
        ),
    ):
        messages.success(request, gettext("記録しました。"))
        return redirect("procurement:commitment", case_id, place.organisation_id)
    content = {"form": form, "story": told, "is_empty": not open_ones, "own": place.organisation_id}
    return render(request, "procurement/ground.html", content, status=status_of(form))


def _page(request: ActorRequest, told: CaseStory, row: queries.CommitmentRow, form: BindForm) -> HttpResponse:
    place = queries.commit_place(request.actor, told.case.id)
    is_own = place is not None and place.organisation_id == row.organisation_id
    content = {
        "story": told,
        "page": pages.shown(row, told.items),
        "decision": decisions.card(COMMITMENT_KIND, row.id, actor=request.actor),
        "is_own": is_own,
        "may_bind": is_own and row.state is CommitmentState.DRAFT,
        "may_edit": is_own and told.case.state in queries.COMMITTING,
        "form": form,
        "wants_ground": any(one.unblocks for one in row.findings),
    }
    return render(request, "procurement/commitment.html", content, status=status_of(form))


def _story(request: ActorRequest, case_id: int) -> CaseStory:
    told = story(case_id, actor=request.actor)
    if told is None:
        raise Http404
    return told


def _given(request: ActorRequest, kind: type[CommitmentForm], told: CaseStory, organisation_id: int) -> dict[str, Any]:
    """What the form is made of: the items, and with what it begins."""
    row = queries.commitment_of(told.case.id, organisation_id)
    surveyed = queries.surveyed(told.case.id, organisation_id)
    known = estimates.versions(request.actor, told.case.id, organisation_id)
    whole = whole_term(known[0].total, known[0].months) if known else None
    yearly = known[0].total.yearly.likely if known else None
    return {"items": told.items, "initial": kind.begun(row, surveyed=surveyed, amount=whole, yearly=yearly or None)}
