"""Pages of second factors for who is signed in: the own sheet, somebody's sheet, the region's policy."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.accounts import queries as accounts
from kyodo.core.accounts.permissions import Permission as AccountPermission
from kyodo.core.factors import actions, queries, rules
from kyodo.core.factors.forms import PolicyForm
from kyodo.core.factors.permissions import Permission
from kyodo.core.whole_numbers import whole_number


@never_cache
@require_safe
@requires(AccountPermission.OWN_ACCOUNT)
def own_sheet(request: ActorRequest) -> HttpResponse:
    """My sheet: when its codes were used, and how to stop it. Also what I see first after I came in by it."""
    on = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(on, allowed_hosts=None):
        on = ""
    user_id = request.actor.user_id or 0
    content = {"sheet": queries.sheet_of(user_id), "next": on, "caretakers": queries.caretakers(user_id)}
    return render(request, "factors/own_sheet.html", content)


@require_POST
@requires(AccountPermission.OWN_ACCOUNT)
def block_own_sheet(request: ActorRequest) -> HttpResponse:
    """Stop my sheet."""
    user = accounts.self_of(request.actor)
    try:
        actions.block_sheet(user=user, seen=_number(request), by=request.actor, at=clock.now())
    except actions.FactorRefused as refusal:
        messages.error(request, gettext(refusal.sentence))
    else:
        messages.success(request, gettext("コード表を止めました。パスワードを変え、管理者に再発行を頼んでください。"))
    return redirect("own_sheet")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(AccountPermission.USER_CHANGE)
def user_sheet(request: ActorRequest, user_id: int) -> HttpResponse:
    """Somebody's sheet; a new one stands on the answering page alone."""
    user = get_object_or_404(accounts.held_by(request.actor, AccountPermission.USER_CHANGE), pk=user_id)
    person = accounts.user_row(user_id)
    if request.method != "POST":
        return render(request, "factors/user_sheet.html", {"person": person, "sheet": queries.sheet_of(user_id)})
    at = clock.now()
    try:
        codes = actions.issue_sheet(user=user, seen=_number(request) or None, by=request.actor, at=at)
    except actions.FactorRefused as refusal:
        messages.error(request, gettext(refusal.sentence))
        return redirect("user_sheet", user_id)
    numbered = [(number, rules.in_fours(code)) for number, code in enumerate(codes, start=1)]
    rows = [numbered[start::10] for start in range(10)]
    content = {"person": person, "rows": rows, "issued_at": at, "address": request.get_host()}
    return render(request, "factors/sheet.html", content)


@require_POST
@requires(AccountPermission.USER_CHANGE)
def block_user_sheet(request: ActorRequest, user_id: int) -> HttpResponse:
    """Stop somebody's sheet."""
    user = get_object_or_404(accounts.held_by(request.actor, AccountPermission.USER_CHANGE), pk=user_id)
    if queries.sheet_of(user_id) is None:
        raise Http404
    try:
        actions.block_sheet(user=user, seen=_number(request), by=request.actor, at=clock.now())
    except actions.FactorRefused as refusal:
        messages.error(request, gettext(refusal.sentence))
    else:
        messages.success(request, gettext("コード表を止めました。"))
    return redirect("user_sheet", user_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.POLICY)
def policy(request: ActorRequest) -> HttpResponse:
    """Which roles need a second factor, and which kinds count."""
    form = PolicyForm(request.POST or None, policies=queries.policies())
    if form.is_valid():
        try:
            actions.set_policy(policies=form.policies(), by=request.actor, at=clock.now())
        except actions.FactorRefused as refusal:
            form.add_error(None, gettext(refusal.sentence))
        else:
            messages.success(request, gettext("方針を決めました。次のサインインから効きます。"))
            return redirect("factor_policy")
    return render(request, "factors/policy.html", {"form": form}, status=422 if form.is_bound else 200)


def _number(request: ActorRequest) -> int:
    """The sheet that the page showed; 0 for none."""
    return whole_number(request.POST.get("sheet", "")) or 0
