"""The parts of a case, each with a page of its own: how its card on the case's page is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext

from kyodo.core.access.actor import Actor
from kyodo.core.ui.dates import shown_day
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import estimates, market, survey, talk
from kyodo.modules.procurement.queries.story import CaseStory
from kyodo.modules.procurement.rules.case import CaseState, address_of
from kyodo.modules.procurement.rules.market import RFI_WORDS
from kyodo.modules.procurement.rules.survey import STAGE_WORDS, expected_minutes
from kyodo.modules.procurement.story.desk import MINUTES


@dataclass(frozen=True, slots=True)
class PartCard:
    """A part in short: its name, its page, one line of where it stands, and whether it waits for the reader."""

    label: str
    address: str
    line: str
    waits: str = ""  # what the reader is to do there now; empty where nothing waits for them
    minutes: int | None = None


# Each part tells its card, None where the reader has none.
Teller = Callable[[CaseStory, Actor], PartCard | None]


def survey_card(story: CaseStory, actor: Actor) -> PartCard | None:
    """How far the survey is; what waits for the reader's body in it."""
    case = story.case
    if not survey.survey_seen_by(actor, case.id):
        return None
    told = survey.progress(case.id)
    asked = survey.survey_stage(case.id) or 1
    done = sum(body.stage >= asked for body in told)
    line = gettext("{stage}：{count}団体のうち{done}団体が回答").format(
        stage=gettext(STAGE_WORDS[asked]), count=len(told), done=done
    )
    own = next((body for body in told if body.organisation_id == actor.organisation_id), None)
    if case.state is not CaseState.SURVEY or own is None or own.stage >= asked or not actor.may(Permission.ANSWER):
        return PartCard(gettext("意向調査"), f"{address_of(case.id)}survey/", line)
    stage = own.stage + 1
    lines = len(story.items) if stage == 1 else max(1, own.stays)
    minutes = expected_minutes(stage, lines, survey.measured_seconds(case.id, stage))
    waits = gettext("意向調査の「{stage}」に答えてください。").format(stage=gettext(STAGE_WORDS[stage]))
    return PartCard(gettext("意向調査に答える"), f"{address_of(case.id)}survey/answer/", line, waits, minutes)


def market_card(story: CaseStory, actor: Actor) -> PartCard | None:
    """What companies were asked, how many answered; for coordinators their questions that wait."""
    case = story.case
    if not market.market_seen_by(actor, case.id):
        return None
    row, address = market.request_of(case.id, actor=actor), f"{address_of(case.id)}market/"
    label = gettext("情報提供依頼")
    if row is None:
        if not story.may_run or case.state not in {CaseState.ALIGNMENT, CaseState.MARKET}:
            return None
        waits = gettext("情報提供依頼を書いて、企業に公開してください。") if case.state is CaseState.MARKET else ""
        return PartCard(label, address, gettext("まだ書いていません"), waits, 15 if waits else None)
    count = len(market.answers_of(row.id, actor=actor))
    line = gettext("{state}（{day}締切）：{count}社が回答").format(
        state=gettext(RFI_WORDS[row.state]), day=shown_day(row.closes_on), count=count
    )
    waiting = sum(one.answered_at is None and not one.is_ours for one in talk.talk_of(row.id)) if story.may_run else 0
    if waiting:
        waits = gettext("企業の質問{n}件に答えてください。").format(n=waiting)
        return PartCard(gettext("企業の質問に答える"), address, line, waits, MINUTES * waiting)
    return PartCard(label, address, line)


def estimate_card(story: CaseStory, actor: Actor) -> PartCard | None:
    """A body's estimate, which it is to confirm; for coordinators how far the bodies are."""
    case, label = story.case, gettext("予算要求用見積")
    rows, address = estimates.by_body(actor, case.id), f"{address_of(case.id)}estimates/"
    told = [row for row in rows if row.estimate is not None]
    if estimates.sees_all(actor):
        if not told and case.state is not CaseState.MARKET:
            return None
        line = gettext("{count}団体のうち{given}団体に渡し、{recorded}団体が予算の結果を記録").format(
            count=len(rows), given=len(told), recorded=sum(bool(row.budgets) for row in rows)
        )
        return PartCard(label, address, line)
    if not told:
        return None
    row = told[0]
    assert row.estimate is not None, "told has only bodies with one"
    line = gettext("予算要求の締切 {day}").format(day=shown_day(row.estimate.due_on))
    if row.estimate.confirmed_at is None and not row.budgets and actor.may(Permission.COMMIT):
        waits = gettext("見積を確かめ、予算要求に使ってください。")
        return PartCard(gettext("見積を確かめる"), address, line, waits, MINUTES)
    return PartCard(label, address, line)


TELLERS: tuple[Teller, ...] = (survey_card, market_card, estimate_card)


def cards(story: CaseStory, *, actor: Actor) -> list[PartCard]:
    """The cards of all parts that there are for the reader, in the order of the work."""
    return [card for teller in TELLERS if (card := teller(story, actor)) is not None]
