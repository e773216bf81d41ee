"""The alignment: the difference table, what a body requires and answers, how coordinators settle."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.attempts import attempt, attempt_lines, status_of
from kyodo.core.lists.export import file_of
from kyodo.core.proxy import entry
from kyodo.core.proxy.permissions import Permission as ProxyPermission
from kyodo.core.threads import queries as threads
from kyodo.core.threads.drawing import draw, posted
from kyodo.core.threads.forms import PostForm
from kyodo.core.ui.lines import TableForm
from kyodo.modules.procurement.actions import aligning, by_proxy
from kyodo.modules.procurement.forms.alignment import (
    AnswerForm,
    CloseForm,
    LotsForm,
    RequireByProxy,
    RequireForm,
    SettleForm,
    TopicLines,
    VersionForm,
    topic_lines,
)
from kyodo.modules.procurement.lists import alignment as lists
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import alignment as queries
from kyodo.modules.procurement.queries import cases as case_queries
from kyodo.modules.procurement.queries.thread import topic_subject
from kyodo.modules.procurement.rules.alignment import OPEN_TOPICS
from kyodo.modules.procurement.story import alignment as pages
from kyodo.modules.procurement.views.held import run_by


@require_safe
@requires(Permission.READ)
def alignment(request: ActorRequest, case_id: int) -> HttpResponseBase:
    """The difference table; `?view=all` puts all bodies side by side, `?format=xlsx` or `csv` gives it as a file."""
    case, actor = _case(request, case_id), request.actor
    buyers = queries.buyers_of(case_id)
    topics = queries.topics_of(case_id, buyers=buyers)
    if file := file_of(lists.table(buyers), topics, form=request.GET.get("format", "")):
        return file
    content: dict[str, Any] = {
        "case": case,
        "may_run": actor.may(Permission.RUN),
        "may_align": queries.align_place(actor, case_id) is not None,
        "may_enter": actor.may(ProxyPermission.ENTER),
        "waiting": queries.waiting_for(topics, actor.organisation_id or 0),
        "versions": queries.versions_of(case_id),
        "is_open": case.state in queries.ALIGNING,
        "buyers": buyers,
    }
    if request.GET.get("view") == "all":
        return render(
            request, "procurement/side_by_side.html", {**content, "table": pages.side_by_side(topics, buyers)}
        )
    page = pages.tell(case_id, topics, buyers)
    return render(request, "procurement/alignment.html", {**content, "page": page, "rows": pages.rows(page, case_id)})


@require_safe
@requires(Permission.READ)
def topic(request: ActorRequest, case_id: int, topic_id: int) -> HttpResponse:
    """A requirement: who says what, the proposal, who agreed, and what was written about it."""
    case, actor = _case(request, case_id), request.actor
    row = queries.topic_of(case_id, topic_id)
    subject = topic_subject(actor, topic_id)
    if row is None or subject is None:
        raise Http404
    buyers = queries.buyers_of(case_id)
    content = {
        "case": case,
        "row": row,
        "page": pages.shown(row, buyers, queries.lots_of(case_id)),
        "posts": draw(posted(post) for post in threads.posts(subject, actor=actor)),
        "subject": subject,
        "form": PostForm(sees_notes=subject.sees_notes) if subject.may_write else None,
        "may_run": actor.may(Permission.RUN) and case.state in queries.ALIGNING,
    }
    return render(request, "procurement/topic.html", content)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN)
def topics(request: ActorRequest, case_id: int) -> HttpResponse:
    """Say which requirements are asked about."""
    held = _held(request, case_id)
    if request.method != "POST":
        lines, form = topic_lines(queries.topics_of(case_id)), TableForm(initial={"revision": held.revision})
        return render(request, "procurement/topics.html", {"lines": lines, "case": held, "form": form})
    lines, form = TopicLines(request.POST, prefix="topics"), TableForm(request.POST)
    if attempt_lines(
        form,
        lines,
        lambda given: aligning.set_topics(
            case=held, topics=given, revision=form.cleaned_data["revision"], by=request.actor, at=clock.now()
        ),
    ):
        messages.success(request, gettext("要求仕様の項目を決めました。"))
        return redirect("procurement:alignment", case_id)
    return render(request, "procurement/topics.html", {"lines": lines, "case": held, "form": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ALIGN)
def require(request: ActorRequest, case_id: int) -> HttpResponse:
    """My body says what it requires."""
    case, place = _case(request, case_id), queries.align_place(request.actor, case_id)
    if place is None:
        raise Http404
    form = RequireForm(request.POST or None, rows=queries.own_requirements(case_id, place.organisation_id))
    if form.is_valid() and attempt(
        form,
        lambda: aligning.require(
            place=place, said=form.said(), revisions=form.revisions(), by=request.actor, at=clock.now()
        ),
    ):
        messages.success(request, gettext("要求仕様を受け取りました。期限までは直せます。"))
        return redirect("procurement:alignment", case_id)
    return render(request, "procurement/require.html", {"form": form, "case": case}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(ProxyPermission.ENTER)
def enter_requirements(request: ActorRequest, case_id: int, organisation_id: int) -> HttpResponse:
    """A coordinator enters what a body told of its requirements."""
    for_body = entry.acting_for(request, organisation_id)
    case, place = case_queries.head(case_id, actor=request.actor), queries.align_place(for_body, case_id)
    if case is None or place is None:
        raise Http404
    form = entry.form_of(RequireByProxy, request, rows=queries.own_requirements(case_id, organisation_id))
    if form.is_valid() and attempt(
        form,
        lambda: by_proxy.require_by_proxy(
            place=place, said=form.said(), revisions=form.revisions(), **entry.told(form, for_body)
        ),
    ):
        entry.say_entered(request, for_body)
        return redirect("procurement:alignment", case_id)
    content = {"form": form, "case": case, "body": for_body.organisation_name}
    return render(request, "procurement/require.html", content, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ALIGN)
def reply(request: ActorRequest, case_id: int) -> HttpResponse:
    """My body answers the proposals that wait for it."""
    case, place = _case(request, case_id), queries.align_place(request.actor, case_id)
    if place is None:
        raise Http404
    waiting = queries.waiting_for(queries.topics_of(case_id), place.organisation_id)
    form = AnswerForm(request.POST or None, rows=waiting)
    if form.is_valid():
        done = attempt(
            form, lambda: aligning.reply(place=place, replies=form.replies(), by=request.actor, at=clock.now())
        )
        if done:
            told = (
                gettext("この案件から離れました。理由は記録に残ります。")
                if done.made
                else gettext("返事を受け取りました。")
            )
            messages.success(request, told)
            return redirect("procurement:case", case_id)
    shown = [pages.shown(row, queries.buyers_of(case_id), queries.lots_of(case_id)) for row in waiting]
    content = {"form": form, "case": case, "pairs": list(zip(form.lines(), shown, strict=True)), "own": place}
    return render(request, "procurement/reply.html", content, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN)
def settle(request: ActorRequest, case_id: int, topic_id: int) -> HttpResponse:
    """Propose how a difference is settled."""
    held = _held(request, case_id)
    row = queries.topic_of(case_id, topic_id)
    if row is None:
        raise Http404
    buyers, lots = queries.buyers_of(case_id), queries.lots_of(case_id)
    shown = pages.shown(row, buyers, lots)
    initial = {"kind": "unify", "text": row.joint or shown.suggestion}
    form = SettleForm(request.POST or None, lots=lots, bodies=buyers, initial=initial)
    if form.is_valid() and attempt(
        form,
        lambda: aligning.propose(case=held, topic_id=topic_id, draft=form.draft(), by=request.actor, at=clock.now()),
    ):
        messages.success(request, gettext("提案しました。違うことを言っていた団体に、返事をお願いしました。"))
        return redirect("procurement:topic", case_id, topic_id)
    return render(
        request, "procurement/settle.html", {"form": form, "case": held, "page": shown}, status=status_of(form)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN)
def close(request: ActorRequest, case_id: int, topic_id: int) -> HttpResponse:
    """Settle a difference though not all agree."""
    held = _held(request, case_id)
    row = queries.topic_of(case_id, topic_id)
    settlement = queries.settlement_held_by(request.actor, row.settlement.id) if row and row.settlement else None
    if row is None or settlement is None or settlement.closed_at is not None:
        raise Http404
    form = CloseForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: aligning.close(
            settlement=settlement, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now()
        ),
    ):
        messages.success(request, gettext("決着としました。"))
        return redirect("procurement:topic", case_id, topic_id)
    shown = pages.shown(row, queries.buyers_of(case_id), queries.lots_of(case_id))
    return render(
        request, "procurement/close.html", {"form": form, "case": held, "page": shown}, status=status_of(form)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN)
def lots(request: ActorRequest, case_id: int) -> HttpResponse:
    """Make lots, and say in which each body is."""
    held = _held(request, case_id)
    form = LotsForm(
        request.POST or None,
        lots=queries.lots_of(case_id),
        bodies=queries.buyers_of(case_id),
        initial={"revision": held.revision},
    )
    if form.is_valid() and attempt(
        form,
        lambda: aligning.set_lots(
            case=held,
            names=form.names(),
            places=form.places(),
            revision=form.cleaned_data["revision"],
            by=request.actor,
            at=clock.now(),
        ),
    ):
        messages.success(request, gettext("ロットを決めました。"))
        return redirect("procurement:alignment", case_id)
    return render(request, "procurement/lots.html", {"form": form, "case": held}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN)
def publish(request: ActorRequest, case_id: int) -> HttpResponse:
    """Freeze the joint specification as a version."""
    held = _held(request, case_id)
    form = VersionForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: aligning.publish_version(case=held, note=form.cleaned_data["note"], by=request.actor, at=clock.now()),
    ):
        messages.success(request, gettext("版を出しました。"))
        return redirect("procurement:versions", case_id)
    open_count = sum(row.state in OPEN_TOPICS for row in queries.topics_of(case_id))
    content = {"form": form, "case": held, "open_count": open_count}
    return render(request, "procurement/publish.html", content, status=status_of(form))


@require_safe
@requires(Permission.READ)
def versions(request: ActorRequest, case_id: int) -> HttpResponse:
    """The versions of the joint specification: the chosen one, and what changed since the one before."""
    case = _case(request, case_id)
    found = queries.versions_of(case_id)
    wanted = request.GET.get("v", "")
    chosen = next((one for one in found if str(one.number) == wanted), found[-1] if found else None)
    against = request.GET.get("against", str(chosen.number - 1) if chosen else "")
    before = next((one for one in found if str(one.number) == against), None)
    content = {
        "case": case,
        "versions": found,
        "chosen": chosen,
        "before": before,
        "rows": pages.version_rows(chosen) if chosen else [],
        "changes": pages.compare(before, chosen) if chosen and before else [],
        "may_run": request.actor.may(Permission.RUN) and case.state in queries.ALIGNING,
    }
    return render(request, "procurement/versions.html", content)


def _case(request: ActorRequest, case_id: int) -> case_queries.CaseRow:
    case = case_queries.head(case_id, actor=request.actor)
    if case is None or not queries.seen_by(request.actor, case_id):
        raise Http404
    return case


def _held(request: ActorRequest, case_id: int) -> case_queries.HeldCase:
    return run_by(request, case_id, states=queries.ALIGNING)
