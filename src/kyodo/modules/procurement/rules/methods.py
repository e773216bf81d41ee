"""Methods of finding a winner and ways of contracting together, as dated tables of steps, days and papers."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kyodo.engines.words import _

TABLE = Path(__file__).parent / "methods.toml"

STEP_WORDS: dict[str, str] = {
    "survey": _("意向調査"),
    "alignment": _("仕様すり合わせ"),
    "market": _("情報提供依頼"),
    "estimates": _("予算要求用見積"),
    "budget_request": _("予算要求の締切"),
    "commitment": _("参加確定"),
    "agreement": _("規約の協議"),
    "way_vote": _("規約の議決"),
    "publication": _("規約の告示・届出"),
    "framework_agreement": _("協定の締結"),
    "scholars": _("学識経験者の意見"),
    "decision_to_tender": _("執行の決裁"),
    "notice": _("公告"),
    "call": _("公募"),
    "designation": _("指名の通知"),
    "qualification": _("参加資格の確認"),
    "quotes_asked": _("見積の依頼"),
    "quotes": _("見積の提出"),
    "proposals": _("提案の提出"),
    "bids": _("入札"),
    "evaluation": _("審査"),
    "award": _("落札者・契約相手の決定"),
    "negotiation": _("契約内容の協議"),
    "bill": _("議案の提出"),
    "council_vote": _("契約の議決"),
    "contract": _("契約"),
    "order": _("個別の発注"),
    "cost_shares": _("費用分担の合意"),
    "preparation": _("準備・納品"),
}
WHO_WORDS: dict[str, str] = {
    "lead": _("代表団体"),
    "bodies": _("各団体"),
    "companies": _("事業者"),
    "dx": _("DX推進団体"),
    "council": _("議会"),
}
PAPER_WORDS: dict[str, str] = {
    "draft": _("起案文"),
    "specification": _("仕様書"),
    "estimated_price": _("予定価格調書"),
    "notice": _("公告文"),
    "bid_form": _("入札書の様式"),
    "qualification": _("参加資格の申請"),
    "bid": _("入札書"),
    "record": _("経過調書"),
    "contract": _("契約書"),
    "delivery": _("納品書"),
    "criteria": _("審査基準"),
    "opinions": _("意見の記録"),
    "proposal": _("提案書"),
    "scores": _("採点表"),
    "ground": _("理由書"),
    "invitation": _("通知書"),
    "quote": _("見積書"),
    "framework": _("単価契約書・協定書"),
    "order": _("発注書"),
    "shares": _("負担の一覧"),
    "agreement": _("規約"),
    "publication": _("告示文"),
    "survey": _("調査票"),
    "estimate": _("予算要求の根拠資料"),
    "decision": _("決裁の記録"),
    "bill": _("議案"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step: who acts, how long it usually takes ("open" days or "all" days), what papers it needs."""

    code: str
    who: str
    days: int
    unit: str
    papers: tuple[str, ...] = ()
    article: str = ""
    is_notice: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A method or a way as it is from one day to another. `votes`: each council votes on the agreement."""

    code: str
    article: str
    steps: tuple[Step, ...]
    valid_from: date | None = None
    valid_until: date | None = None
    votes: bool = False

    def holds_on(self, day: date) -> bool:
        """True on its days."""
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)


@dataclass(frozen=True, slots=True)
class Table:
    """All rows, and the steps that are common to all methods."""

    methods: tuple[Row, ...]
    ways: tuple[Row, ...]
    before_budget: tuple[Step, ...]
    after_budget: tuple[Step, ...]


@cache
def table() -> Table:
    """The table of this version."""
    return read(tomllib.loads(TABLE.read_text(encoding="utf-8")))


def read(told: Mapping[str, Any]) -> Table:
    """A table as it is written."""
    return Table(
        methods=tuple(_row(one) for one in told["method"]),
        ways=tuple(_row(one) for one in told["way"]),
        before_budget=tuple(_step(one) for one in told["before_budget"]),
        after_budget=tuple(_step(one) for one in told["after_budget"]),
    )


def methods_on(day: date, *, of: Table | None = None) -> dict[str, Row]:
    """The methods that there are on a day, by code."""
    return {row.code: row for row in (of or table()).methods if row.holds_on(day)}


def ways_on(day: date, *, of: Table | None = None) -> dict[str, Row]:
    """The ways of contracting that there are on a day, by code."""
    return {row.code: row for row in (of or table()).ways if row.holds_on(day)}


def _row(told: Mapping[str, Any]) -> Row:
    return Row(
        code=told["code"],
        article=told["article"],
        steps=tuple(_step(one) for one in told["steps"]),
        valid_from=told.get("valid_from"),
        valid_until=told.get("valid_until"),
        votes=told.get("votes", False),
    )


def _step(told: Mapping[str, Any]) -> Step:
    return Step(
        code=told["step"],
        who=told["who"],
        days=told["days"],
        unit=told["unit"],
        papers=tuple(told.get("papers", ())),
        article=told.get("article", ""),
        is_notice=told.get("notice", False),
        opens=told.get("opens", False),
    )
