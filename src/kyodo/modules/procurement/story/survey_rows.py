"""The rows of a survey's page, put together at once: 62 bodies and 40 items are too many for template loops."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from kyodo.core.proxy import marks
from kyodo.modules.procurement.story.survey import HowFar, SurveyPage


def demand_rows(page: SurveyPage) -> SafeString:
    """Demand, an item a row."""
    name, quantity = escape(gettext("品目")), escape(gettext("数量"))
    joining, yes = escape(gettext("うち参加の意向")), escape(gettext("関係あり"))
    undecided, no = escape(gettext("未定")), escape(gettext("関係なし"))
    lines = []
    for item in page.demands:
        remarks = "".join(f'<br><span class="sub">{escape(remark)}</span>' for remark in item.remarks)
        lines.append(
            f'<tr><th scope="row" data-label="{name}"><span lang="ja">{escape(item.name)}</span>{remarks}</th>'
            f'<td class="n" data-label="{quantity}">{escape(item.total)}'
            f'<span class="unit" lang="ja">{escape(item.unit)}</span></td>'
            f'<td class="n" data-label="{joining}">{escape(item.joining)}</td>'
            f'<td class="n" data-label="{yes}">{escape(item.bodies)}</td>'
            f'<td class="n" data-label="{undecided}">{item.undecided}</td>'
            f'<td class="n" data-label="{no}">{item.nothing}</td></tr>'
        )
    return mark_safe("".join(lines))  # noqa: S308  # each value was escaped


def entry_rows(page: SurveyPage) -> SafeString:
    """Who can come in when, a body a row."""
    body, until = escape(gettext("団体")), escape(gettext("いまの契約の終わり"))
    how = escape(gettext("加わり方"))
    lines = [
        f'<tr><th scope="row" data-label="{body}" lang="ja">{escape(one.body)}</th>'
        f'<td data-label="{until}">{escape(one.until)}</td><td data-label="{how}">'
        f'<span class="tag {one.tone}">{escape(one.how)}</span> {escape(one.detail)}</td></tr>'
        for one in page.entries
    ]
    return mark_safe("".join(lines))  # noqa: S308  # each value was escaped


def progress_rows(far: HowFar, case_id: int, *, may_enter: bool) -> SafeString:
    """How far each body is; where it owes an answer, the way to enter it by proxy.

    The links have ids, so that whoever stands on one still does when the list is renewed.
    """
    enter = escape(gettext("代行で入力"))
    lines = []
    for one in far.progress:
        name = escape(one.row.organisation)
        key = one.row.organisation_id
        body = (
            f'<a id="answers-of-{key}" href="{one.address}" lang="ja">{name}</a>'
            if one.address
            else f'<span lang="ja">{name}</span>'
        )
        owes = may_enter and one.row.stage < far.asked
        told = f'{enter}<span class="unseen" lang="ja">（{name}）</span>'
        address = f"/procurement/{case_id}/survey/{key}/enter/"
        link = f' <a id="enter-for-{key}" class="sub no-print" href="{address}">{told}</a>'
        lines.append(
            f'<li>{body} <span class="tag {one.tone}">{escape(one.stage)}</span> '
            f'<span class="sub">{escape(one.when)}</span> {marks.tag(one.row.by_proxy)}{link if owes else ""}</li>'
        )
    return mark_safe("".join(lines))  # noqa: S308  # each value was escaped
