"""The conversation about a need in order of time: posts, joinings with a word, steps, merges.

Drawn here and not by a template: a hundred entries are most of what a need's page costs (as lists, core/lists/page).
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
from kyodo.modules.needs import lists
from kyodo.modules.needs.queries import MergeRow, NeedStory, StepRow
from kyodo.modules.needs.rules import STATE_WORDS, address_of, label_of


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


def events_of(story: NeedStory, outcome: StepRow | None, posts: Sequence[PostRow]) -> list[Event]:
    """All that was said, in order of time; but the step that is told above as the outcome."""
    told = [_moved(step) for step in story.steps if step is not outcome]
    told += [
        Event(one.backed_at, f"{one.organisation} {one.section}", one.note, gettext("うちも"), Tone.GO)
        for one in story.bodies
        if one.note
    ]
    told += [event for merge in story.merges for event in _merged(merge)]
    told += [_posted(post) for post in posts]
    return sorted(told, key=lambda event: event.at)


def draw(events: Iterable[Event]) -> SafeString:
    """The entries of the conversation as HTML."""
    unnamed = format_html("<b>{}</b>", gettext("相談した団体（団体名は非公開）"))
    return mark_safe("\n".join(_drawn(event, unnamed) for event in events))  # noqa: S308  # each value was escaped


def _posted(post: PostRow) -> Event:
    tag = gettext("関係者のみ") if post.is_internal else ""
    note = gettext("この書き込みは取り消されました。") if post.is_withdrawn else ""
    return Event(post.at, post.who, post.text, tag, Tone.WARN, note=note, post=post)


def _moved(step: StepRow) -> Event:
    to = gettext("{state}へ").format(state=gettext(STATE_WORDS[step.after]))
    return Event(step.at, step.by, step.reason, to, lists.TONES[step.after])


def _merged(merge: MergeRow) -> list[Event]:
    link = (address_of(merge.need_id), label_of(merge.need_id, merge.title)) if merge.title else None
    note = gettext("似た相談をここに統合しました。") if merge.is_source else gettext("この相談を統合しました。")
    events = [Event(merge.at, merge.by, merge.reason, gettext("統合"), Tone.GO, note=note, link=link)]
    if merge.undone_at is not None:
        note = gettext("統合を取り消しました。")
        events.append(Event(merge.undone_at, merge.undone_by, "", gettext("統合の取消"), note=note, link=link))
    return events


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
