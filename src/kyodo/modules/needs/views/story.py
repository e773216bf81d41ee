"""A need's page: the whole story for those who work with it, and what was published for everybody."""

from __future__ import annotations

from datetime import datetime, time

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.decisions import queries as decisions
from kyodo.core.ledger import permissions as ledger_permissions
from kyodo.core.ledger import queries as ledger
from kyodo.core.proxy.permissions import Permission as ProxyPermission
from kyodo.core.publication import queries as publications
from kyodo.core.threads import queries as threads
from kyodo.core.threads.forms import PostForm
from kyodo.modules.needs import continuing, like, queries, story
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rules import KIND, PUBLICATION, SOLVED, Audience


@require_safe
@requires(Permission.READ)
def need(request: ActorRequest, need_id: int) -> HttpResponse:
    """A need's whole story."""
    actor = request.actor
    told = queries.story(need_id, actor=actor)
    if told is None:
        raise Http404
    subject = told.subject
    posts = threads.posts(subject, actor=actor)
    may_see_record = actor.may(ledger_permissions.Permission.READ)
    is_for_all = told.need.audience is Audience.PUBLIC
    content = {
        "story": told,
        "page": story.tell(told, posts, continuing.standing({one.id: one.kind for one in told.routes}, actor=actor)),
        "continuations": continuing.offered(actor) if told.may_arrange else [],
        "subject": subject,
        "form": PostForm(sees_notes=subject.sees_notes) if subject.may_write else None,
        "may_part": told.merged_into is not None and actor.may(Permission.ARRANGE),
        "may_rate_by_proxy": told.need.state in SOLVED and actor.may(ProxyPermission.ENTER),
        "may_follow": actor.may(Permission.FOLLOW),
        "record_count": ledger.count_for(KIND, need_id) if may_see_record else 0,
        "decision": decisions.card(KIND, need_id, actor=actor),
        "publication": decisions.card(PUBLICATION, need_id, actor=actor) if is_for_all else None,
        "is_public": is_for_all and told.need.state in SOLVED,
    }
    return render(request, "needs/need.html", content)


@require_safe
@requires(Permission.READ)
def like_need(request: ActorRequest, need_id: int) -> HttpResponse:
    """Needs like this one: asked for after the page, which does not wait for it; a page of its own without scripts."""
    if not queries.visible_to(request.actor).filter(pk=need_id).exists():
        raise Http404
    content = {"found": story.likenesses(like.of_need(need_id, request.actor)), "need_id": need_id}
    template = "needs/_like_of_need.html" if request.htmx else "needs/like_of_need.html"  # type: ignore[attr-defined]
    return render(request, template, content)


@require_safe
@requires(Permission.PUBLIC_READ)
def public_need(request: ActorRequest, need_id: int, number: int | None = None) -> HttpResponse:
    """What was published of a solved need: now, in a version, or (`?on=2026-04-01`) as it was at the end of a day."""
    day = parse_date(request.GET.get("on", "")) if _is_day(request.GET.get("on", "")) else None
    moment = timezone.make_aware(datetime.combine(day, time.max)) if day else None
    found = queries.published(need_id, number=number, on=moment)
    if found is None:
        raise Http404
    content = {
        "page": story.tell_public(found),
        "versions": publications.versions(KIND, need_id),
        "on": day,
    }
    return render(request, "needs/public_need.html", content)


def _is_day(text: str) -> bool:
    try:
        return parse_date(text) is not None
    except ValueError:  # the 30th of February
        return False
