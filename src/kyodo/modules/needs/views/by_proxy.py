"""代行で入力: coordinators choose a body and fill in its forms for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from kyodo.core.access.actor import Actor
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.proxy import acting, entry
from kyodo.core.proxy.forms import SourceFields
from kyodo.core.proxy.permissions import Permission as ProxyPermission
from kyodo.core.whole_numbers import whole_number
from kyodo.modules.needs import actions, queries
from kyodo.modules.needs.forms.by_proxy import BackingByProxy, BodyForm, NeedByProxy, RatingByProxy
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rules import OPEN
from kyodo.modules.needs.views.attempt import attempt, status_of

# What may be entered beside a new need: the address of its form.
OF_A_NEED = {"back": "needs:proxy_back", "rate": "needs:proxy_rate"}


@require_safe
@requires(ProxyPermission.ENTER)
def choose(request: ActorRequest) -> HttpResponse:
    """For which body; `?need=` and `?what=back` or `rate` lead to the form of a need that is there."""
    form = BodyForm(request.GET if "organisation" in request.GET else None, bodies=acting.bodies(request.actor))
    need, what = request.GET.get("need", ""), request.GET.get("what", "")
    number = whole_number(need) if what in OF_A_NEED else None
    if form.is_valid():
        body = form.cleaned_data["organisation"]
        if number is not None:
            return redirect(OF_A_NEED[what], number, body)
        return redirect("needs:proxy_post", body)
    kept = {"need": number, "what": what} if number is not None else {}
    return render(request, "needs/proxy_choose.html", {"form": form, "kept": kept}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(ProxyPermission.ENTER)
def post(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """Write a need for a body."""
    for_body = entry.acting_for(request, organisation_id)
    form = NeedByProxy(request.POST, request.FILES) if request.method == "POST" else NeedByProxy.empty()
    if form.is_valid():
        try:
            done = attempt(
                form,
                lambda: actions.post_by_proxy(
                    draft=form.draft(),
                    submission=form.cleaned_data["submission"],
                    **entry.told(form, for_body),
                ),
            )
        except actions.AlreadyPosted as again:
            messages.info(request, gettext("この相談はすでに届いています。二重には登録していません。"))
            return redirect("needs:need", again.need_id)
        if done:
            return _entered(request, for_body, done.made)
    return _page(request, form, for_body, title=gettext("相談を代行で書く"), is_need=True)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(ProxyPermission.ENTER)
def edit(request: ActorRequest, need_id: int) -> HttpResponse:
    """Rewrite a need for the body whose it is."""
    owner = get_object_or_404(queries.visible_to(request.actor), pk=need_id).organisation_id
    for_body = entry.acting_for(request, owner)
    open_ones = queries.held_by(for_body, Permission.POST).filter(state__in=OPEN, merged_into=None)
    held = get_object_or_404(open_ones, pk=need_id)
    if request.method != "POST":
        form = NeedByProxy.of(actions.draft_of(held), revision=held.revision)
        return _page(request, form, for_body, title=gettext("相談を代行で書き直す"), is_need=True)
    form = NeedByProxy(request.POST, request.FILES)
    if form.is_valid() and attempt(
        form,
        lambda: actions.edit_by_proxy(
            need=held,
            draft=form.draft(),
            revision=form.cleaned_data["revision"] or 0,
            **entry.told(form, for_body),
        ),
    ):
        return _entered(request, for_body, need_id)
    return _page(request, form, for_body, title=gettext("相談を代行で書き直す"), is_need=True)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(ProxyPermission.ENTER)
def back(request: ActorRequest, need_id: int, organisation_id: int) -> HttpResponse:
    """うちも for a body."""
    for_body = entry.acting_for(request, organisation_id)
    joinable = get_object_or_404(queries.backable_by(for_body), pk=need_id)
    form = entry.form_of(BackingByProxy, request)
    if form.is_valid():
        try:
            done = attempt(
                form, lambda: actions.back_by_proxy(need=joinable, draft=form.draft(), **entry.told(form, for_body))
            )
        except actions.AlreadyBacked:
            messages.info(request, gettext("その団体は、すでに加わっています。"))
            return redirect("needs:need", need_id)
        if done:
            return _entered(request, for_body, need_id)
    return _page(request, form, for_body, title=gettext("「うちも」を代行で入力"), about=joinable.title)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(ProxyPermission.ENTER)
def rate(request: ActorRequest, need_id: int, organisation_id: int) -> HttpResponse:
    """How content a body says that it is."""
    for_body = entry.acting_for(request, organisation_id)
    told = queries.story(need_id, actor=for_body)
    if told is None or not told.may_rate:
        raise Http404
    held = queries.visible_to(for_body).get(pk=need_id)
    form = entry.form_of(RatingByProxy, request)
    if form.is_valid() and attempt(
        form, lambda: actions.rate_by_proxy(need=held, draft=form.draft(), **entry.told(form, for_body))
    ):
        return _entered(request, for_body, need_id)
    return _page(request, form, for_body, title=gettext("満足度を代行で入力"), about=held.title)


def _entered(request: ActorRequest, for_body: Actor, need_id: int) -> HttpResponse:
    entry.say_entered(request, for_body)
    return redirect("needs:need", need_id)


def _page(
    request: ActorRequest, form: SourceFields, for_body: Actor, *, title: str, about: str = "", is_need: bool = False
) -> HttpResponse:
    content = {"form": form, "body": for_body.organisation_name, "title": title, "about": about, "is_need": is_need}
    return render(request, "needs/proxy_form.html", content, status=status_of(form))
