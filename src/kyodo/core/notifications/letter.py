"""The words of a mail: plain text in the reader's language that helps without opening a link.

Everything that people wrote is put on one line: a line feed in a title would begin a new header in the subject, and in
the text it could pass for something that Kyodo says. The mail's size is limited as it travels, base64 included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext, ngettext

from kyodo.core.notifications import rules
from kyodo.core.ui.dates import shown_full_day


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section: what, and the path of its page; `about` and `due_on` for a mail's subject."""

    text: Callable[[], str]  # called in the reader's language
    address: str
    about: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as it goes into a mail."""

    id: int
    text: Callable[[], str]
    address: str


@dataclass(slots=True)
class Letter:
    """What goes to one person: sections with their headings, and notices."""

    notices: list[Told] = field(default_factory=list)
    sections: list[tuple[str, list[Line]]] = field(default_factory=list)


def subject(letter: Letter, *, organisation: str) -> str:
    """【Kyodo】団体名 件名 期限: what is due first, and how much else there is."""
    lines = [line for _heading, section in letter.sections for line in section]
    dated = [(line.due_on, line.about) for line in lines if line.due_on is not None]
    if dated:
        due_on, about = min(dated)
        told = gettext("{about} {day}まで").format(about=one_line(about, longest=40), day=shown_full_day(due_on))
        rest = len(lines) + len(letter.notices) - 1
        more = ngettext("ほか%(n)d件", "ほか%(n)d件", rest) % {"n": rest} if rest else ""
        return f"【Kyodo】{one_line(organisation)} {told} {more}".rstrip()
    counted = [(gettext(heading), len(section)) for heading, section in letter.sections]
    counted += [(gettext("お知らせ"), len(letter.notices))] if letter.notices else []
    told = gettext("・").join(gettext("{what} {n}件").format(what=what, n=n) for what, n in counted)
    return f"【Kyodo】{one_line(organisation)} {told}"


def body(letter: Letter, *, organisation: str, person: str, site: str) -> str:
    """The text. It names the person, since a section shares its mailbox; `site` is the entrance of their body."""
    lines = [gettext("{name} 様").format(name=one_line(f"{organisation} {person}")), ""]
    room = rules.LONGEST_TEXT
    blocks: list[tuple[str, Iterable[Line | Told]]] = [(gettext(heading), rows) for heading, rows in letter.sections]
    if letter.notices:
        blocks.append((gettext("お知らせ"), letter.notices))
    for heading, rows in blocks:
        block, taken = _block(heading, list(rows), site=site, room=room)
        lines += block
        room -= taken
    lines += [
        gettext("メールの受け取り方を変える・すべての通知を見る："),
        f"{site}/notifications/",
        "",
        gettext("このメールは送信専用です。返事は、それぞれのページに書いてください。"),
    ]
    return "\n".join(lines)


def _block(heading: str, rows: list[Line | Told], *, site: str, room: int) -> tuple[list[str], int]:
    """The lines of a section as far as there is room, and the bytes that they take."""
    lines, taken = [f"■ {heading}", ""], 0
    for number, row in enumerate(rows):
        told = [f"・{one_line(row.text())}", f"  {site}{row.address}", ""]
        size = sum(len(line.encode()) + 1 for line in told)
        if number >= rules.MOST_LINES or taken + size > room:
            rest = len(rows) - number
            return [
                *lines,
                ngettext("ほかに %(n)d件あります。", "ほかに %(n)d件あります。", rest) % {"n": rest},
                "",
            ], taken
        lines += told
        taken += size
    return lines, taken


def one_line(text: str, *, longest: int = 200) -> str:
    """What people wrote on one line without control characters, shortened with "…".

    >>> one_line("窓口\\r\\nBcc: x@example.jp", longest=12)
    '窓口 Bcc: x@e…'
    """
    tidy = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return tidy if len(tidy) <= longest else f"{tidy[: longest - 1]}…"
