"""The Atom feed of what was solved in public, for other sites and readers: the same rows as the public list."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kyodo.core.access.doors import requires
from kyodo.modules.needs import published
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.published import Published
from kyodo.modules.needs.rules import STATE_WORDS, TOPIC_WORDS

ADDRESS = "/needs/public/feed.atom"


class PlainAtom(Atom1Feed):
    """Atom (RFC 4287) whose summaries are text: the framework's own would call what people wrote HTML."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """As the framework does, and the summary."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("summary", item["summary"], {"type": "text"})


class SolvedFeed(Feed[Published, None]):
    """The last of them, each with a name that stays (tag URI, RFC 4151) whatever the host is called."""

    feed_type = PlainAtom
    link = "/needs/public/"
    feed_url = ADDRESS
    feed_guid = "tag:kyodo,2026:needs/public"

    def title(self) -> str:
        """Of the feed."""
        return f"{gettext('解決した相談')}｜Kyodo {settings.REGION_NAME}"

    def subtitle(self) -> str:
        """What it is."""
        return gettext("区市町村が困っていたことと、どう解決し、何が変わったかの記録です。だれでも読めます。")

    def items(self) -> list[Published]:
        """The newest first."""
        return published.latest()

    def item_title(self, item: Published) -> str:
        """The need's title."""
        return item.title

    def item_description(self, item: Published) -> Any:
        """None: see PlainAtom."""
        return None

    def item_extra_kwargs(self, item: Published) -> dict[str, Any]:
        """What PlainAtom writes."""
        return {"summary": item.summary}

    def item_link(self, item: Published) -> str:
        """The story's page."""
        return f"/needs/public/{item.id}/"

    def item_guid(self, item: Published) -> str:
        """Never changes."""
        return f"tag:kyodo,2026:needs/{item.id}"

    def item_pubdate(self, item: Published) -> datetime:
        """When the need was posted."""
        return item.posted_at

    def item_updateddate(self, item: Published) -> datetime:
        """When it was solved, or its effect confirmed."""
        return item.state_since

    def item_author_name(self, item: Published) -> str:
        """The body."""
        return item.organisation

    def item_categories(self, item: Published) -> tuple[str, ...]:
        """Topic and state."""
        return gettext(TOPIC_WORDS[item.topic]), gettext(STATE_WORDS[item.state])


_feed = SolvedFeed()


@require_safe
@requires(Permission.PUBLIC_READ)
def solved(request: HttpRequest) -> HttpResponseBase:
    """The feed, in Japanese whoever asks: it is fetched by machines. Any page may read it."""
    mark = published.mark()
    changed = mark.changed
    etag = f'"{mark.count}-{changed.timestamp() if changed else 0}"'
    modified = int(changed.timestamp()) if changed else None
    answer = get_conditional_response(request, etag=etag, last_modified=modified)
    if answer is None:
        with translation.override("ja"):
            answer = _feed(request)
    answer["ETag"] = etag
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
