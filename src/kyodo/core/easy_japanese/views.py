"""Pages of easy versions: read by everybody, written by the operator."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.access.permissions import Permission as Core
from kyodo.core.easy_japanese import actions, queries
from kyodo.core.easy_japanese.forms import EasyForm
from kyodo.core.easy_japanese.permissions import Permission


@require_safe
@requires(Core.LOOK)
def index(request: ActorRequest) -> HttpResponse:
    """All pages that have an easy version."""
    writes = request.actor.may(Permission.WRITE)
    content = {"rows": queries.shown(), "writes": writes, "without": queries.without() if writes else []}
    return render(request, "easy_japanese/index.html", content)


@require_safe
@requires(Core.LOOK)
def page(request: ActorRequest, page_id: int) -> HttpResponse:
    """One easy version."""
    row = queries.page(page_id)
    if row is None:
        raise Http404
    return render(request, "easy_japanese/page.html", {"row": row, "writes": request.actor.may(Permission.WRITE)})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WRITE)
def write(request: ActorRequest) -> HttpResponse:
    """Write an easy version, or the next one."""
    if request.method != "POST":
        path = request.GET.get("page", "")
        row = queries.of_path(path)
        form = EasyForm(initial={"path": path, "title": row.title, "text": row.text} if row else {"path": path})
        return render(request, "easy_japanese/write.html", {"form": form})
    form = EasyForm(request.POST)
    if form.is_valid():
        try:
            number = actions.write(**form.cleaned_data, by=request.actor, at=clock.now())
        except actions.EasyRefused as refusal:
            form.tell(refusal.faults)
        else:
            messages.success(request, gettext("やさしい日本語のページを公開しました。"))
            return redirect("easy_japanese:page", number)
    return render(request, "easy_japanese/write.html", {"form": form}, status=422)


@require_POST
@requires(Permission.WRITE)
def take_back(request: ActorRequest, page_id: int) -> HttpResponse:
    """Show an easy version to nobody any more."""
    found = get_object_or_404(queries.held_by(request.actor), pk=page_id)
    actions.take_back(page=found, by=request.actor, at=clock.now())
    messages.success(request, gettext("やさしい日本語のページを取り下げました。"))
    return redirect("easy_japanese:index")
