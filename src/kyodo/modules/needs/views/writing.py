"""Write a need, and rewrite it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.modules.needs import actions, like, queries, story
from kyodo.modules.needs.forms.need import NeedForm
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rules import OPEN
from kyodo.modules.needs.rules.templates import POST_TEMPLATES
from kyodo.modules.needs.views.attempt import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.POST)
def post(request: ActorRequest) -> HttpResponse:
    """Write a need; `?template=` begins one of a common kind."""
    chosen = request.GET.get("template", "")
    context: dict[str, Any] = {"templates": POST_TEMPLATES, "chosen": chosen if chosen in POST_TEMPLATES else ""}
    if request.method != "POST":
        context["form"] = NeedForm.empty(POST_TEMPLATES.get(chosen))
        return render(request, "needs/post.html", context)
    form = NeedForm(request.POST)
    if form.is_valid():
        try:
            done = attempt(
                form,
                lambda: actions.post_need(
                    draft=form.draft(),
                    section=queries.section_of(request.actor),
                    submission=form.cleaned_data["submission"],
                    by=request.actor,
                    at=clock.now(),
                ),
            )
        except actions.AlreadyPosted as again:
            messages.info(request, gettext("この相談はすでに届いています。二重には登録していません。"))
            return redirect("needs:need", again.need_id)
        if done:
            messages.success(request, gettext("相談を受け付けました。調整担当が確かめて、このページに返事を書きます。"))
            return redirect("needs:need", done.made)
    return render(request, "needs/post.html", {**context, "form": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.POST)
def like_needs(request: ActorRequest) -> HttpResponse:
    """Needs like what is being written: part of the form while typing, a page of its own without scripts."""
    title, trouble = request.POST.get("title", "")[:200], request.POST.get("trouble", "")[:4000]
    found = like.while_writing(title, trouble, actor=request.actor)
    template = "needs/_like.html" if request.htmx else "needs/like.html"  # type: ignore[attr-defined]
    return render(request, template, {"found": story.likenesses(found)})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.POST)
def edit(request: ActorRequest, need_id: int) -> HttpResponse:
    """Rewrite a need of my body."""
    open_ones = queries.held_by(request.actor, Permission.POST).filter(state__in=OPEN, merged_into=None)
    held = get_object_or_404(open_ones, pk=need_id)
    if request.method != "POST":
        form = NeedForm.of(actions.draft_of(held), revision=held.revision)
        return render(request, "needs/edit.html", {"form": form, "need": held})
    form = NeedForm(request.POST)
    if form.is_valid() and attempt(
        form,
        lambda: actions.edit_need(
            need=held,
            draft=form.draft(),
            revision=form.cleaned_data["revision"] or 0,
            by=request.actor,
            at=clock.now(),
        ),
    ):
        messages.success(request, gettext("書き直しました。"))
        return redirect("needs:need", need_id)
    return render(request, "needs/edit.html", {"form": form, "need": held}, status=422)
