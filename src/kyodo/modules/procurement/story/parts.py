"""The parts of a case, each with a page of its own: how its card on the case's page is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from kyodo.core.access.actor import Actor
from kyodo.core.ui.dates import shown_day, shown_full_day
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import alignment, commitment, estimates, market, survey, talk
from kyodo.modules.procurement.queries.cases import sees_all
from kyodo.modules.procurement.queries.story import CaseStory
from kyodo.modules.procurement.rules.alignment import OPEN_TOPICS
from kyodo.modules.procurement.rules.case import CaseState, address_of
from kyodo.modules.procurement.rules.commitment import CommitmentState
from kyodo.modules.procurement.rules.market import RFI_WORDS
from kyodo.modules.procurement.rules.survey import STAGE_WORDS, expected_minutes
from kyodo.modules.procurement.story.commitment import standing
from kyodo.modules.procurement.story.desk import MINUTES


@dataclass(frozen=True, slots=True)
class PartCard:
    """A part in short: its name, its page, one line of where it stands, and whether it waits for the reader."""

    label: str
    address: str
    line: str
    waits: str = ""  # what the reader is to do there now; empty where nothing waits for them
    minutes: int | None = None
    due: str = ""  # until when, where that is another day than the step's


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
    if sees_all(actor):
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
        return PartCard(gettext("見積を確かめる"), address, line, waits, MINUTES, shown_full_day(row.estimate.due_on))
    return PartCard(label, address, line)


def alignment_card(story: CaseStory, actor: Actor) -> PartCard | None:
    """How many differences are open; what waits for the reader's body."""
    case = story.case
    if not alignment.has_topics(case.id) or not alignment.seen_by(actor, case.id):
        return None
    buyers = {row.organisation_id: row.organisation for row in story.buyers}
    topics = alignment.topics_of(case.id, buyers=buyers)
    open_count = sum(row.state in OPEN_TOPICS for row in topics)
    line = gettext("要求{n}件のうち、決着していない差異が{open}件").format(n=len(topics), open=open_count)
    place = f"{address_of(case.id)}alignment/"
    plain = PartCard(gettext("仕様すり合わせ"), place, line)
    if (
        case.state not in alignment.ALIGNING
        or not actor.may(Permission.ALIGN)
        or story.own is None
        or not story.own.buys
    ):
        return plain
    if waiting := alignment.waiting_for(topics, story.own.organisation_id):
        waits = ngettext(
            "差異の提案%(n)d件に返事をしてください。", "差異の提案%(n)d件に返事をしてください。", len(waiting)
        )
        return PartCard(gettext("提案に返事をする"), f"{place}answer/", line, waits % {"n": len(waiting)}, len(waiting))
    unsaid = sum(story.own.organisation_id not in row.said for row in topics)
    if unsaid and case.state is CaseState.ALIGNMENT:
        waits = ngettext("要求仕様%(n)d件を書いてください。", "要求仕様%(n)d件を書いてください。", unsaid) % {
            "n": unsaid
        }
        return PartCard(gettext("要求仕様を書く"), f"{place}require/", line, waits, max(1, unsaid // 3))
    return plain


def commitment_card(story: CaseStory, actor: Actor) -> PartCard | None:
    """How many are bound; what the reader's body has to do for it."""
    case, own = story.case, story.own
    if case.state not in commitment.BOUND or (own is None and not sees_all(actor)):
        return None
    told = standing(story)
    line = gettext("{count}団体のうち{n}団体が確定").format(count=len(story.buyers), n=told.committed)
    place = f"{address_of(case.id)}commitment/"
    plain = PartCard(gettext("参加確定"), place, line)
    if case.state is not CaseState.COMMITMENT or own is None or not own.buys or not actor.may(Permission.COMMIT):
        return plain
    match told.of.get(own.organisation_id):
        case CommitmentState.COMMITTED:
            return plain
        case CommitmentState.DRAFT:
            waits = gettext("決裁を記録するか、承認者が参加を確定してください。")
            return PartCard(gettext("参加を確定する"), f"{place}{own.organisation_id}/", line, waits, 3)
    waits = gettext("数量・予算・契約の予定日を確かめてください。")
    return PartCard(gettext("参加の内容を書く"), f"{place}write/", line, waits, 5)


TELLERS: tuple[Teller, ...] = (survey_card, alignment_card, market_card, estimate_card, commitment_card)


def cards(story: CaseStory, *, actor: Actor) -> list[PartCard]:
    """The cards of all parts that there are for the reader, in the order of the work."""
    return [card for teller in TELLERS if (card := teller(story, actor)) is not None]
