"""Invitations: who was invited and has not come, the sheet for a whole region, letters, and the way in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.accounts import actors
from kyodo.core.accounts.rules import one_time_password
from kyodo.core.attempts import status_of
from kyodo.core.directory import actions, lists
from kyodo.core.directory.actions.invitations import note_opened
from kyodo.core.directory.forms import FirstPasswordForm
from kyodo.core.directory.permissions import Permission
from kyodo.core.directory.queries import invitations as queries
from kyodo.core.directory.sheets import people
from kyodo.core.entrances.queries import address_of
from kyodo.core.lists.answer import page_or_file
from kyodo.core.sheets.sending import send_out
from kyodo.core.whole_numbers import whole_numbers

MOST_LETTERS = 100


@require_safe
@requires(Permission.INVITE)
def invitations(request: ActorRequest) -> HttpResponseBase:
    """Who was invited, and who has not come in yet."""
    found = queries.visible_to(request.actor)
    listing = lists.INVITATIONS.chosen("ids")
    page = page_or_file(listing, found, fields=queries.FIELDS, make=queries.rows, request=request)
    if isinstance(page, HttpResponseBase):
        return page
    return render(request, "directory/invitations.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.INVITE)
def sheet(request: ActorRequest) -> HttpResponse:
    """The empty sheet in which people are named."""
    if request.method != "POST":
        return render(request, "directory/sheet.html", {"what": "people"})
    return send_out(people.SHEET, [], by=request.actor, at=clock.now())


@never_cache
@require_POST
@requires(Permission.INVITE)
def together(request: ActorRequest) -> HttpResponse:
    """Send the chosen invitations again, or print a letter for each; those who have come in are left out."""
    ids = whole_numbers(request.POST.getlist("ids"))
    chosen = queries.open_to(request.actor, ids[:1000])
    if not chosen:
        messages.warning(request, gettext("まだサインインしていない人を選んでください。"))
        return redirect("directory:invitations")
    if request.POST.get("do") == "letters":
        return _letters(request, chosen[:MOST_LETTERS])
    told = {one.user_id: one.organisation_id for one in chosen}
    actions.invite(people=told, by=request.actor, at=clock.now())
    messages.success(request, gettext("{n}名に、招待を送り直します。").format(n=len(told)))
    return redirect("directory:invitations")


def _letters(request: ActorRequest, chosen: list[queries.HeldInvitation]) -> HttpResponse:
    passwords = [one_time_password() for _one in chosen]
    hashes = [make_password(password) for password in passwords]  # slow, so before the transaction
    actions.print_letters(invitations=chosen, hashes=hashes, by=request.actor, at=clock.now())
    letters = [
        {
            "body": one.organisation.name,
            "name": one.user.display_name,
            "username": one.user.username,
            "password": password,
            "address": f"{address_of(one.organisation.home_entrance)}/accounts/login/",
        }
        for one, password in zip(chosen, passwords, strict=True)
    ]
    return render(request, "directory/letters.html", {"letters": letters, "today": clock.today()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COME_IN)
def welcome(request: ActorRequest, key: str) -> HttpResponse:
    """Somebody who was invited chooses the first password."""
    invitation = queries.by_key(key)
    if invitation is None:
        return render(request, "directory/welcome_gone.html", status=404)
    form = FirstPasswordForm(request.POST or None, user=invitation.user)
    if form.is_valid():
        at = clock.now()
        by = actors.person(
            user_id=invitation.user_id,
            name=invitation.user.display_name,
            entrance=actors.entrance_of(request),
            at=at,
            organisation_id=invitation.organisation_id,
        )
        password = make_password(form.cleaned_data["password1"])
        try:
            actions.accept(invitation=invitation, password=password, by=by, at=at)
        except actions.InvitationGone:
            return render(request, "directory/welcome_gone.html", status=404)
        messages.success(request, gettext("パスワードを決めました。利用者名とパスワードでサインインしてください。"))
        return redirect("account_login")
    if request.method == "GET":
        note_opened(invitation, at=clock.now())
    content = {"form": form, "invitation": invitation}
    return render(request, "directory/welcome.html", content, status=status_of(form))
