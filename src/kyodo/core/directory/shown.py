"""The rows of the directory as HTML: hundreds of them at once, on the page that is opened most.

Written here and not by a template: a template takes three times as long for each row (as with lists, core/lists/page).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from kyodo.core.directory.queries.bodies import BodyRow, Line, SignIns
from kyodo.core.ui.parts import Tone


def marks(row: BodyRow) -> list[tuple[Tone, str]]:
    """What to know of who can come in: the worst alone; of the region's own offices only whether anybody can."""
    state: SignIns | None = row.sign_ins
    if state is None:
        return []
    if not state.active:
        return [(Tone.ERROR, gettext("使える人がいない"))]
    if not state.signed_in:
        return [(Tone.WARN, gettext("招待中") if state.invited else gettext("まだサインインなし"))]
    missing = []
    if row.code and not state.has_approver:
        missing.append((Tone.PLAIN, gettext("承認者なし")))
    if row.code and not state.has_administrator:
        missing.append((Tone.PLAIN, gettext("団体管理者なし")))
    return missing


def tags(row: BodyRow) -> SafeString:
    """The marks as pages show them; not on paper, which is old tomorrow."""
    told = (format_html('<span class="tag {} no-print">{}</span>', tone, word) for tone, word in marks(row))
    return mark_safe(" ".join(told))  # noqa: S308  # each went through format_html


def table(rows: Iterable[BodyRow]) -> SafeString:
    """The body of the table: a row a line, the body's name in each, its link and marks in the first."""
    words = {
        "body": gettext("団体"),
        "name": gettext("部署・担当"),
        "phone": gettext("電話"),
        "extension": gettext("内線"),
        "fax": gettext("FAX"),
        "mailbox": gettext("係のメールアドレス"),
        "none": gettext("まだ連絡先がありません"),
    }
    heads = {key: escape(word) for key, word in words.items()}
    return mark_safe("\n".join(_rows(rows, heads)))  # noqa: S308  # what people wrote is escaped where it is put in


def _rows(rows: Iterable[BodyRow], heads: Mapping[str, str]) -> Iterator[str]:
    for row in rows:
        name = escape(row.name)
        first = (
            f'<td data-label="{heads["body"]}"><div><a href="/directory/{row.id}/" lang="ja">{name}</a> '
            f"{tags(row)}</div></td>"
        )
        if not row.lines:
            yield f'<tr>{first}<td class="sub">{heads["none"]}</td><td></td><td></td><td></td><td></td></tr>'
        for line in row.lines:
            yield f"<tr>{first}{_cells(line, heads)}</tr>"
            first = f'<td class="again" lang="ja">{name}</td>'


def _cells(line: Line, heads: Mapping[str, str]) -> str:
    people = f' <span class="sub">{escape("、".join(line.holders))}</span>' if line.holders else ""
    mailbox, remark = escape(line.mailbox), escape(line.remark)
    address = f'<a href="mailto:{mailbox}">{mailbox}</a>' if mailbox else ""
    if remark:
        address += f' <span class="sub" lang="ja">{remark}</span>'
    numbers = "".join(
        f'<td data-label="{heads[key]}" class="whole num">{escape(getattr(line, key))}</td>'
        for key in ("phone", "extension", "fax")
    )
    last = f'<td data-label="{heads["mailbox"]}"><div>{address}</div></td>' if address else "<td></td>"
    return f'<td data-label="{heads["name"]}" lang="ja"><div>{escape(line.name)}{people}</div></td>{numbers}{last}'
