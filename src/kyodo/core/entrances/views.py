"""Pages of the entrances, for the operator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.access.roles import ROLES, Role
from kyodo.core.entrances import actions, arrival, queries
from kyodo.core.entrances.forms import EntranceForm
from kyodo.core.entrances.permissions import Permission
from kyodo.core.entrances.rules import WAY_WORDS, EntranceDraft

SESSION_KEY = "entrance"


@require_safe
@requires(Permission.SET_UP)
def entrances(request: ActorRequest) -> HttpResponse:
    """All entrances."""
    rows = [
        (
            row,
            []
            if row.lets_all_in
            else [card.name for role, card in ROLES.items() if role in row.roles - {Role.RESIDENT}],
            [word for way, word in WAY_WORDS.items() if way in row.ways],
        )
        for row in queries.rows()
    ]
    return render(request, "entrances/list.html", {"rows": rows, "here": _here(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SET_UP)
def new(request: ActorRequest) -> HttpResponse:
    """A host name becomes an entrance."""
    here = _here(request)
    first = {"host": here, "nature": "inner"} if not queries.rows() else None
    form = EntranceForm(request.POST or None, initial=first)
    if form.is_valid():
        try:
            slug = actions.add_entrance(draft=form.draft(), here=here, by=request.actor, at=clock.now())
        except actions.EntranceRefused as refusal:
            _tell(form, refusal)
        else:
            if form.cleaned_data["host"] == here:
                # The operator goes on; all others who came by this name sign in once more.
                request.session[SESSION_KEY] = slug
            messages.success(request, gettext("入口を登録しました。"))
            return redirect("entrances:list")
    return render(request, "entrances/new.html", {"form": form, "here": here}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SET_UP)
def edit(request: ActorRequest, entrance_id: int) -> HttpResponse:
    """Change an entrance."""
    entrance = get_object_or_404(queries.held_by(request.actor, Permission.SET_UP), pk=entrance_id)
    initial = {name: getattr(entrance, name) for name in EntranceDraft.__dataclass_fields__}
    form = EntranceForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            actions.change_entrance(
                entrance=entrance, draft=form.draft(), here=_here(request), by=request.actor, at=clock.now()
            )
        except actions.EntranceRefused as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, gettext("入口を変えました。10秒ほどで、すべての画面に効きます。"))
            return redirect("entrances:list")
    content = {"form": form, "entrance": entrance, "name": form.initial["name"]}
    return render(request, "entrances/edit.html", content, status=422 if form.is_bound else 200)


@never_cache
@require_safe
@requires(Permission.TRY)
def here(request: ActorRequest) -> HttpResponse:
    """How this request arrived."""
    return render(request, "entrances/here.html", {"arrival": arrival.of(request)})


def _here(request: ActorRequest) -> str:
    return request.get_host().partition(":")[0]


def _tell(form: EntranceForm, refusal: actions.EntranceRefused) -> None:
    for reason in refusal.reasons:
        form.add_error(None, gettext(reason))
