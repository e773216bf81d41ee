"""One's own account: who one is here, in which language, for which organisation, with which tokens and sessions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, acting, requires
from kyodo.core.accounts import actions, actors, queries
from kyodo.core.accounts.forms import TokenForm
from kyodo.core.accounts.permissions import Permission


@require_safe
@requires(Permission.OWN_ACCOUNT)
def account(request: ActorRequest) -> HttpResponse:
    """My account."""
    actor = request.actor
    assert actor.user_id is not None, "only people pass this door"
    content = {
        "person": queries.user_row(actor.user_id),
        "organisations": _organisations(request),
        "has_password": queries.self_of(actor).has_usable_password(),
    }
    return render(request, "accounts/account.html", content)


@require_POST
@requires(Permission.OWN_ACCOUNT)
def choose_organisation(request: ActorRequest) -> HttpResponse:
    """Act for another of my organisations from now on."""
    wanted = request.POST.get("organisation", "")
    mine = {str(key): name for key, name in _organisations(request)}
    if wanted not in mine:
        raise Http404
    request.session[actors.ORGANISATION_KEY] = int(wanted)
    messages.success(request, gettext("これから{organisation}として操作します。").format(organisation=mine[wanted]))
    return redirect("account")


def _organisations(request: ActorRequest) -> list[tuple[int, str]]:
    """Those for which I may act at this entrance."""
    return queries.organisations_of(request.actor.user_id or 0, roles=actors.entrance_of(request).roles)


@require_POST
@requires(Permission.OWN_ACCOUNT)
def end_session(request: ActorRequest, session_id: int) -> HttpResponse:
    """Sign another browser of mine out."""
    session = get_object_or_404(queries.sessions_of(request.actor), pk=session_id)
    if session.is_current():
        return redirect("account_logout")
    actions.end_session(session=session, by=request.actor, at=clock.now())
    messages.success(request, gettext("その端末のサインインを終わらせました。"))
    return redirect("usersessions_list")


@require_safe
@requires(Permission.OWN_ACCOUNT)
def tokens(request: ActorRequest) -> HttpResponse:
    """My tokens."""
    return render(request, "accounts/tokens.html", {"tokens": queries.token_rows(request.actor)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_ACCOUNT)
def issue_token(request: ActorRequest) -> HttpResponse:
    """A new token; its secret stands on the answering page alone."""
    actor = request.actor
    if actor.user_id is None or actor.organisation_id is None:
        messages.warning(request, gettext("トークンは団体の役割で使います。いま有効な役割がないため、発行できません。"))
        return redirect("account_tokens")
    form = TokenForm(request.POST or None)
    if request.method != "POST":
        return render(request, "accounts/token_form.html", {"form": form})
    if not form.is_valid():
        return render(request, "accounts/token_form.html", {"form": form}, status=422)
    token, secret = actions.issue_token(
        user=queries.self_of(actor),
        organisation=queries.organisation(actor.organisation_id),
        name=form.cleaned_data["name"],
        may_write=form.cleaned_data["scope"] == "write",
        by=actor,
        at=clock.now(),
    )
    return render(request, "accounts/token_issued.html", {"token": token, "secret": secret})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_ACCOUNT)
def revoke_token(request: ActorRequest, token_id: int) -> HttpResponse:
    """Make a token of mine useless."""
    token = get_object_or_404(queries.tokens_of(request.actor).filter(revoked_at=None), pk=token_id)
    if request.method != "POST":
        return render(request, "accounts/token_revoke.html", {"token": token})
    actions.revoke_token(token=token, by=request.actor, at=clock.now())
    messages.success(request, gettext("トークンを無効にしました。"))
    return redirect("account_tokens")


def remember_language(request: HttpRequest, code: str) -> None:
    """Keep the language that somebody chose with their account, unless many people share it as a persona."""
    actor = acting(request)
    if actor.user_id is None:
        return
    user = queries.self_of(actor)
    if user.has_usable_password() and user.language != code:
        actions.choose_language(user=user, language=code, by=actor, at=clock.now())
