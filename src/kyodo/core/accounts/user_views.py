"""Pages of those who look after people: the operator for everybody, an administrator for their own body."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.access.roles import Reach, Role
from kyodo.core.accounts import actions, lists, queries, rules
from kyodo.core.accounts.forms import ColleagueForm, EmailForm, EndRoleForm, RoleForm, tell
from kyodo.core.accounts.permissions import Permission
from kyodo.core.lists.answer import page_or_file


@require_safe
@requires(Permission.USER_SEE)
def users(request: ActorRequest) -> HttpResponseBase:
    """All people with an account."""
    found = queries.visible_to(request.actor)
    page = page_or_file(lists.USERS, found, fields=queries.USER_FIELDS, make=queries.rows, request=request)
    if isinstance(page, HttpResponseBase):
        return page
    return render(request, "accounts/users.html", {"page": page})


@require_safe
@requires(Permission.USER_SEE)
def user(request: ActorRequest, user_id: int) -> HttpResponse:
    """One person's account."""
    get_object_or_404(queries.visible_to(request.actor), pk=user_id)
    held = queries.held_by(request.actor, Permission.USER_CHANGE).filter(pk=user_id).exists()
    roles = queries.roles_held_by(request.actor, Permission.USER_CHANGE).filter(user_id=user_id)
    content = {
        "person": queries.user_row(user_id),
        "is_self": user_id == request.actor.user_id,
        "is_held": held,
        "may_erase": request.actor.reach(Permission.USER_CHANGE) is Reach.REGION,
        "held_roles": set(roles.values_list("pk", flat=True)),
    }
    return render(request, "accounts/user.html", content)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.USER_CHANGE)
def new(request: ActorRequest) -> HttpResponse:
    """An account for somebody, with a password that is shown once."""
    form = ColleagueForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        password = rules.one_time_password()
        told = form.cleaned_data
        try:
            made = actions.add_person(
                username=told["username"],
                display_name=told["display_name"],
                email=told["email"],
                password=password,
                **_part(told),
                by=request.actor,
                at=clock.now(),
            )
        except actions.AccountRefused as refusal:
            tell(form, refusal)
        else:
            content = {"person": queries.user_row(made.pk), "password": password, "is_new": True}
            return render(request, "accounts/user_password_given.html", content)
    return render(request, "accounts/user_new.html", {"form": form}, status=_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.USER_CHANGE)
def grant(request: ActorRequest, user_id: int) -> HttpResponse:
    """Give somebody a role."""
    held = get_object_or_404(queries.held_by(request.actor, Permission.USER_CHANGE), pk=user_id)
    form = RoleForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant_role(
                user=held,
                **_part(form.cleaned_data),
                by=request.actor,
                at=clock.now(),
            )
        except actions.AccountRefused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("役割を付けました。"))
            return redirect("user", user_id)
    content = {"form": form, "person": queries.user_row(user_id)}
    return render(request, "accounts/user_grant.html", content, status=_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.USER_CHANGE)
def end_role(request: ActorRequest, user_id: int, role_id: int) -> HttpResponse:
    """End a role of somebody."""
    membership = get_object_or_404(
        queries.roles_held_by(request.actor, Permission.USER_CHANGE), pk=role_id, user_id=user_id
    )
    form = EndRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_role(
                membership=membership, valid_until=form.cleaned_data["valid_until"], by=request.actor, at=clock.now()
            )
        except actions.AccountRefused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("役割の最後の日を記録しました。"))
            return redirect("user", user_id)
    person = queries.user_row(user_id)
    assert person is not None, "it was found above"
    role = next(row for row in person.roles if row.id == role_id)
    content = {"form": form, "person": person, "role": role}
    return render(request, "accounts/user_role_end.html", content, status=_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.USER_CHANGE)
def deactivate(request: ActorRequest, user_id: int) -> HttpResponse:
    """Let nobody in with an account."""
    held = get_object_or_404(queries.held_by(request.actor, Permission.USER_CHANGE), pk=user_id, is_active=True)
    if request.method != "POST":
        return render(request, "accounts/user_deactivate.html", {"person": queries.user_row(user_id)})
    try:
        actions.deactivate_user(user=held, by=request.actor, at=clock.now())
    except actions.AccountRefused as refusal:
        messages.error(request, gettext(refusal.reasons[0]))
    else:
        messages.success(request, gettext("利用を停止しました。"))
    return redirect("user", user_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.USER_CHANGE)
def reactivate(request: ActorRequest, user_id: int) -> HttpResponse:
    """Let somebody in again."""
    held = get_object_or_404(queries.held_by(request.actor, Permission.USER_CHANGE), pk=user_id, is_active=False)
    if request.method != "POST":
        return render(request, "accounts/user_reactivate.html", {"person": queries.user_row(user_id)})
    actions.reactivate_user(user=held, by=request.actor, at=clock.now())
    messages.success(request, gettext("利用を再開しました。"))
    return redirect("user", user_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.USER_CHANGE)
def email(request: ActorRequest, user_id: int) -> HttpResponse:
    """Another address for somebody's mails."""
    held = get_object_or_404(queries.held_by(request.actor, Permission.USER_CHANGE), pk=user_id)
    person = queries.user_row(user_id)
    assert person is not None, "it was found above"
    form = EmailForm(request.POST or None, initial={"email": person.email})
    if request.method == "POST" and form.is_valid():
        actions.change_email(user=held, email=form.cleaned_data["email"], by=request.actor, at=clock.now())
        messages.success(request, gettext("メールアドレスを変えました。"))
        return redirect("user", user_id)
    return render(request, "accounts/user_email.html", {"form": form, "person": person}, status=_status(request))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.USER_CHANGE)
def password(request: ActorRequest, user_id: int) -> HttpResponse:
    """A new password for somebody, shown once."""
    held = get_object_or_404(queries.held_by(request.actor, Permission.USER_CHANGE), pk=user_id)
    person = queries.user_row(user_id)
    if request.method != "POST":
        return render(request, "accounts/user_password.html", {"person": person})
    given = actions.give_password(user=held, by=request.actor, at=clock.now())
    return render(request, "accounts/user_password_given.html", {"person": person, "password": given})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.USER_CHANGE)
def remove_factors(request: ActorRequest, user_id: int) -> HttpResponse:
    """Take somebody's second factors off."""
    held = get_object_or_404(queries.held_by(request.actor, Permission.USER_CHANGE), pk=user_id)
    person = queries.user_row(user_id)
    if person is None or not person.has_factor:
        raise Http404
    if request.method != "POST":
        return render(request, "accounts/user_factors.html", {"person": person})
    actions.remove_factors(user=held, by=request.actor, at=clock.now())
    messages.success(request, gettext("二要素認証をすべて外しました。"))
    return redirect("user", user_id)


def _part(told: dict[str, Any]) -> dict[str, Any]:
    """A part in a body, as a form tells it."""
    return {
        "organisation": queries.organisation(told["organisation"]),
        "role": Role(told["role"]),
        "valid_from": told["valid_from"],
        "duty": told["duty"].strip(),
    }


def _status(request: ActorRequest) -> int:
    """A form that is shown again after it was sent has faults."""
    return 422 if request.method == "POST" else 200
