"""A conversation in order of time: posts, and what a module puts between them (steps, joinings), drawn as one list.

Drawn here and not by a template: a hundred entries are most of what a page with a thread costs (as core/lists/page).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from kyodo.core.files.attachments import AttachmentRow
from kyodo.core.threads.queries import PostRow
from kyodo.core.ui.dates import shown_day
from kyodo.core.ui.parts import Tone


@dataclass(frozen=True, slots=True)
class Event:
    """Something in the conversation. `who` is empty for the unnamed; `note` is in the reader's language."""

    at: datetime
    who: str
    text: str
    tag: str = ""
    tone: Tone = Tone.PLAIN
    note: str = ""
    link: tuple[str, str] | None = None  # address and label
    post: PostRow | None = None


def posted(post: PostRow) -> Event:
    """A post as an entry."""
    tag = gettext("関係者のみ") if post.is_internal else ""
    note = gettext("この書き込みは取り消されました。") if post.is_withdrawn else ""
    return Event(post.at, post.who, post.text, tag, Tone.WARN, note=note, post=post)


def draw(events: Iterable[Event], *, unnamed: str = "") -> SafeString:
    """The entries as HTML; `unnamed` (HTML) stands for whoever asked not to be named."""
    return mark_safe("\n".join(_drawn(event, unnamed) for event in events))  # noqa: S308  # each value was escaped


def _drawn(event: Event, unnamed: str) -> str:
    who = f'<b lang="ja">{escape(event.who)}</b>' if event.who else unnamed
    said = f'{who} <time datetime="{event.at.isoformat()}">{shown_day(event.at)}</time>'
    if event.tag:
        said += f' <span class="tag {event.tone}">{escape(event.tag)}</span>'
    parts = []
    if event.note:
        link = format_html(' <a href="{}" lang="ja">{}</a>', *event.link) if event.link else ""
        parts.append(f"<p>{escape(event.note)}{link}</p>")
    if event.text:
        parts.append(f'<div lang="ja">{linebreaks(event.text, autoescape=True)}</div>')
    anchor = ""
    if event.post is not None:
        anchor = f' id="post-{event.post.id}"'
        said += _edited(event.post)
        parts += [_files(event.post.files), _change(event.post)]
    return f'<li{anchor}><p class="said">{said}</p>{"".join(parts)}</li>'


def _edited(post: PostRow) -> str:
    if post.edited_at is None or post.is_withdrawn:
        return ""
    return f' <a class="sub" href="{reverse("threads:history", args=[post.id])}">{escape(gettext("編集済み"))}</a>'


def _change(post: PostRow) -> str:
    if not post.may_change:
        return ""
    address, label = reverse("threads:change", args=[post.id]), escape(gettext("直す・取り消す"))
    return f'<p class="no-print"><a class="sub" href="{address}">{label}</a></p>'


def _files(files: Sequence[AttachmentRow]) -> str:
    if not files:
        return ""
    items = [
        format_html(
            '<li><a href="{}" lang="ja">{}</a> <span class="sub num">{}</span></li>',
            file.url,
            file.name,
            filesizeformat(file.size),
        )
        for file in files
    ]
    return f'<ul class="attached">{"".join(items)}</ul>'
