"""Bodies come into a case, get a part in it, and leave it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.attempts import attempt, status_of
from kyodo.core.organisations.queries import municipalities
from kyodo.modules.procurement.actions import joining
from kyodo.modules.procurement.forms.case import BodiesForm, ReasonForm, RolesForm
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import cases as queries
from kyodo.modules.procurement.queries import estimates
from kyodo.modules.procurement.queries.story import members_of, story
from kyodo.modules.procurement.rules.case import MemberRole
from kyodo.modules.procurement.rules.commitment import spread_over
from kyodo.modules.procurement.story.commitment import effect_of_leaving
from kyodo.modules.procurement.views.held import run_by


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN)
def add(request: ActorRequest, case_id: int) -> HttpResponse:
    """Take bodies into a case."""
    held = run_by(request, case_id)
    inside = {row.organisation_id for row in members_of(case_id) if row.left_at is None}
    bodies = [(body.id, body.name) for body in municipalities() if body.id not in inside]
    form = BodiesForm(request.POST or None, bodies=bodies)
    if form.is_valid():
        done = attempt(
            form,
            lambda: joining.add_bodies(
                case=held,
                bodies=form.cleaned_data["bodies"],
                role=MemberRole(form.cleaned_data["role"]),
                by=request.actor,
                at=clock.now(),
            ),
        )
        if done:
            told = ngettext("%(n)d団体を加え、知らせました。", "%(n)d団体を加え、知らせました。", len(done.made))
            messages.success(request, told % {"n": len(done.made)})
            return redirect("procurement:case", case_id)
    content = {"form": form, "case": held, "is_complete": not bodies}
    return render(request, "procurement/add_bodies.html", content, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN)
def roles(request: ActorRequest, case_id: int) -> HttpResponse:
    """Say as what each body takes part."""
    held = run_by(request, case_id)
    members = [row for row in members_of(case_id) if row.left_at is None]
    form = RolesForm(request.POST or None, members=members)
    if form.is_valid() and attempt(
        form, lambda: joining.set_roles(case=held, roles=form.roles(), by=request.actor, at=clock.now())
    ):
        messages.success(request, gettext("役割を変えました。"))
        return redirect("procurement:case", case_id)
    return render(request, "procurement/roles.html", {"form": form, "case": held}, status=status_of(form))


@require_POST
@requires(Permission.JOIN)
def join(request: ActorRequest, case_id: int) -> HttpResponse:
    """My body comes into a case that is shown to all."""
    joinable = get_object_or_404(queries.joinable_by(request.actor), pk=case_id)
    joining.join(case=joinable, by=request.actor, at=clock.now())
    messages.success(request, gettext("案件に加わりました。期限と、することが、あなたの仕事の一覧に入ります。"))
    return redirect("procurement:case", case_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.JOIN)
def leave(request: ActorRequest, case_id: int) -> HttpResponse:
    """My body leaves a case, with its reason."""
    told = story(case_id, actor=request.actor)
    member = queries.buying_member(request.actor, Permission.JOIN, case_id)
    if told is None or member is None or not told.may_leave:
        raise Http404
    form = ReasonForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: joining.leave(member=member, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now()),
    ):
        messages.success(request, gettext("案件から離れました。ほかの団体に知らせました。"))
        return redirect("procurement:case", case_id)
    losses = effect_of_leaving(case_id, member.organisation_id, told.items)
    known = estimates.versions(request.actor, case_id, member.organisation_id)
    first_cost = known[0].total.initial.likely if known else 0
    content = {
        "form": form,
        "story": told,
        "losses": losses,
        "first_cost": first_cost,
        "borne": spread_over(first_cost, len(told.buyers) - 1),
    }
    return render(request, "procurement/leave.html", content, status=status_of(form))
