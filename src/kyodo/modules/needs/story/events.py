"""The conversation about a need in order of time: posts, joinings with a word, steps, merges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kyodo.core.threads import drawing
from kyodo.core.threads.drawing import Event
from kyodo.core.threads.queries import PostRow
from kyodo.core.ui.parts import Tone
from kyodo.modules.needs import lists
from kyodo.modules.needs.queries import MergeRow, NeedStory, StepRow
from kyodo.modules.needs.rules import STATE_WORDS, address_of, label_of


def events_of(story: NeedStory, outcome: StepRow | None, posts: Sequence[PostRow]) -> list[Event]:
    """All that was said, in order of time; but the step that is told above as the outcome."""
    told = [_moved(step) for step in story.steps if step is not outcome]
    told += [
        Event(one.backed_at, f"{one.organisation} {one.section}", one.note, gettext("うちも"), Tone.GO)
        for one in story.bodies
        if one.note
    ]
    told += [event for merge in story.merges for event in _merged(merge)]
    told += [drawing.posted(post) for post in posts]
    return sorted(told, key=lambda event: event.at)


def draw(events: Iterable[Event]) -> SafeString:
    """The entries of the conversation as HTML."""
    return drawing.draw(events, unnamed=format_html("<b>{}</b>", gettext("相談した団体（団体名は非公開）")))


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
