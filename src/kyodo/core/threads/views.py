"""Write, change, withdraw a post; see what it said before."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.threads import actions, queries
from kyodo.core.threads.forms import ChangeForm, PostForm
from kyodo.core.threads.permissions import Permission
from kyodo.core.threads.subjects import Subject, find


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WRITE)
def write(request: ActorRequest, kind: str, subject_id: int) -> HttpResponse:
    """Write about a subject. Its own page shows this form too; faults are told here."""
    subject = _writable(find(kind, subject_id, actor=request.actor))
    form = PostForm(request.POST or None, request.FILES or None, sees_notes=subject.sees_notes)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        post_id = actions.write_post(
            subject=subject,
            text=data["text"],
            is_internal=data.get("is_internal", False),
            files=data["uploads"],
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, gettext("書き込みました。"))
        return redirect(f"{subject.address}#post-{post_id}")
    status = 422 if request.method == "POST" else 200
    return render(request, "threads/write.html", {"form": form, "subject": subject}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WRITE)
def change(request: ActorRequest, post_id: int) -> HttpResponse:
    """Change what I wrote."""
    subject = _writable(queries.subject_of(post_id, actor=request.actor))
    post = get_object_or_404(queries.held_by(request.actor), pk=post_id)
    form = ChangeForm(request.POST or None, initial={"text": post.text, "before": post.text})
    now = ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if data["text"] != post.text:
                actions.change_post(
                    subject=subject,
                    post=post,
                    before=data["before"],
                    text=data["text"],
                    by=request.actor,
                    at=clock.now(),
                )
        except actions.PostChanged:
            now = post.text
            form = ChangeForm({"text": data["text"], "before": now})
            form.add_error(None, gettext("この書き込みは、ほかの画面で変えられました。いまの内容を確かめてください。"))
        else:
            messages.success(request, gettext("直しました。前の内容は履歴に残ります。"))
            return redirect(f"{subject.address}#post-{post_id}")
    content = {"form": form, "subject": subject, "post": post, "now": now}
    return render(request, "threads/change.html", content, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WRITE)
def withdraw(request: ActorRequest, post_id: int) -> HttpResponse:
    """Take back what I wrote."""
    subject = _writable(queries.subject_of(post_id, actor=request.actor))
    post = get_object_or_404(queries.held_by(request.actor), pk=post_id)
    if request.method != "POST":
        return render(request, "threads/withdraw.html", {"subject": subject, "post": post})
    try:
        actions.withdraw_post(subject=subject, post=post, by=request.actor, at=clock.now())
    except actions.PostChanged:
        messages.info(request, gettext("すでに取り消されています。"))
    else:
        messages.success(request, gettext("書き込みを取り消しました。"))
    return redirect(subject.address)


@require_safe
@requires(Permission.READ)
def history(request: ActorRequest, post_id: int) -> HttpResponse:
    """What a post said before."""
    subject = queries.subject_of(post_id, actor=request.actor)
    if subject is None:
        raise Http404
    return render(request, "threads/history.html", {"subject": subject, "versions": queries.history(post_id)})


def _writable(subject: Subject | None) -> Subject:
    if subject is None or not subject.may_write:
        raise Http404
    return subject
