"""How a body decides here: its steps, who holds them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.decisions import actions, people, queries
from kyodo.core.decisions.forms import StepsForm, seat_key
from kyodo.core.decisions.permissions import Permission
from kyodo.core.decisions.views.attempt import attempt, status_of


@require_safe
@requires(Permission.SET_UP)
def bodies(request: ActorRequest) -> HttpResponse:
    """The bodies whose steps I may set."""
    return render(request, "decisions/bodies.html", {"bodies": queries.bodies_with_policies(request.actor)})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SET_UP)
def steps(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """Set one body's steps."""
    body = queries.body_held_by(request.actor, organisation_id)
    if body is None:
        raise Http404
    policy, levels = queries.policy_of(body.pk), queries.levels_of(body.pk)
    initial = {name: getattr(policy, name) for name in type(policy).__dataclass_fields__}
    for level in levels:
        initial[f"holder{level.number}"] = seat_key(level.duty_id, level.user_id)
        initial[f"deputy{level.number}"] = seat_key(level.deputy_duty_id, level.deputy_user_id)
    day = clock.today()
    duties, users = people.choices(body.pk, day)
    form = StepsForm(request.POST or None, initial=initial, duties=duties, users=users)
    if form.is_valid() and attempt(
        form,
        lambda: actions.set_steps(
            organisation=body, policy=form.policy(), levels=form.drafts(), by=request.actor, at=clock.now()
        ),
    ):
        messages.success(request, gettext("承認のしかたを決めました。これから求める承認に使われます。"))
        return redirect("decisions:steps", body.pk)
    sat = people.seated(levels, organisation_id=body.pk, day=day)
    content = {"form": form, "body": body, "empty": [key for key, one in sat.items() if not one.holders | one.deputies]}
    return render(request, "decisions/steps.html", content, status=status_of(form))
