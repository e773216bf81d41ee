"""Say what is required, propose how differences are settled, answer, close; lots and versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db.models import F

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action
from kyodo.core.faults import Fault, fault_of_text
from kyodo.core.proxy.settling import settle
from kyodo.engines.words import _
from kyodo.modules.procurement.actions.joining import leave
from kyodo.modules.procurement.actions.ordering import put_in_order
from kyodo.modules.procurement.actions.owing import set_due
from kyodo.modules.procurement.actions.preparing import prepare_alignment
from kyodo.modules.procurement.actions.racing import claim, first_come
from kyodo.modules.procurement.actions.refusals import CaseChanged, CaseRefused
from kyodo.modules.procurement.actions.signing import sign, tell_bodies
from kyodo.modules.procurement.models import (
    CaseMember,
    JointProcurement,
    Lot,
    LotPlace,
    Requirement,
    RequirementTopic,
    Settlement,
    SettlementReply,
    SpecificationVersion,
)
from kyodo.modules.procurement.queries import alignment as queries
from kyodo.modules.procurement.queries.people import people_of
from kyodo.modules.procurement.rules import alignment as rules
from kyodo.modules.procurement.rules.alignment import (
    REQUIREMENTS_KIND,
    SETTLEMENT_WORDS,
    TOPIC_KIND,
    Reply,
    RequirementLevel,
    SettlementDraft,
    SettlementKind,
    TopicDraft,
    TopicState,
)
from kyodo.modules.procurement.rules.case import address_of

Said = Mapping[int, tuple[str, RequirementLevel]]


@action("procurement.topics_set", _("{who}が共同調達 {subject} の要求仕様の項目を決めました。"))
def set_topics(
    *, case: JointProcurement, topics: Sequence[tuple[int | None, TopicDraft]], revision: int, by: Actor, at: datetime
) -> None:
    """Say what is asked about, in order: known topics by number, new ones with None; the others are withdrawn."""
    drafts = [draft for _key, draft in topics]
    if faults := rules.faults_of_topics(drafts):
        raise CaseRefused(faults)
    claim(case, revision=revision, states=queries.ALIGNING)
    before = list(RequirementTopic.objects.filter(case=case, withdrawn_at=None).values_list("name", flat=True))
    given = [(key, asdict(draft)) for key, draft in topics]
    put_in_order(RequirementTopic.objects.all(), given, owner={"case": case}, at=at)
    prepare_alignment(case)
    set_due(case, at=at)
    sign(case, changed={"topics": (before, [draft.name for draft in drafts])})


@action("procurement.required", _("{who}が共同調達 {subject} の要求仕様を書きました。"))
def require(*, place: CaseMember, said: Said, revisions: Mapping[int, int], by: Actor, at: datetime) -> None:
    """A body says what it requires (by the number of its requirement); what others wrote meanwhile is not lost."""
    case = place.case
    own = Requirement.objects.filter(
        topic__case=case, topic__withdrawn_at=None, organisation_id=place.organisation_id, pk__in=list(said)
    )
    rows = own.order_by("pk").select_for_update(of=("self",)).in_bulk()
    if set(said) - set(rows) or case.state not in queries.ALIGNING:
        raise CaseChanged
    faults = [
        fault
        for key, (text, _level) in said.items()
        for fault in fault_of_text(f"text-{key}", text, (0, rules.TEXT_LENGTH))
    ]
    if faults:
        raise CaseRefused(faults)
    changed: dict[str, tuple[Any, Any]] = {}
    for key, (text, level) in said.items():
        row = rows[key]
        if (row.text, row.level) == (text, level) and row.said_at is not None:
            continue
        if row.revision != revisions.get(key, row.revision):
            raise CaseChanged
        changed[f"requirement #{row.topic_id}"] = (row.text, text)
        row.text, row.level, row.said_at, row.revision = text, level, at, row.revision + 1
    Requirement.objects.bulk_update(rows.values(), ["text", "level", "said_at", "revision"])
    settle(REQUIREMENTS_KIND, place.pk, by=by, at=at)
    set_due(case, at=at, bodies=[place.organisation_id])
    sign(case, changed=changed, organisation=place.organisation_id, kind=REQUIREMENTS_KIND, subject=place.pk)


@action("procurement.settlement_proposed", _("{who}が共同調達 {subject} の差異の決め方を提案しました。"))
def propose(*, case: JointProcurement, topic_id: int, draft: SettlementDraft, by: Actor, at: datetime) -> int:
    """Propose how a difference is settled; whoever said otherwise is asked. An earlier proposal is replaced."""
    buyers = queries.buyers_of(case.pk)
    row = queries.topic_of(case.pk, topic_id)
    if row is None or case.state not in queries.ALIGNING:
        raise CaseChanged
    lots = {lot.id for lot in queries.lots_of(case.pk)}
    if faults := rules.faults_of_settlement(draft, lots=lots, bodies=buyers):
        raise CaseRefused(faults)
    asked = sorted(rules.affected(row.said, draft.kind, draft.text, draft.leaving))
    Settlement.objects.filter(topic_id=topic_id, replaced_at=None).update(replaced_at=at)
    with first_come():
        made = Settlement.objects.create(
            topic_id=topic_id,
            kind=draft.kind,
            text=draft.text,
            lots={str(lot): text for lot, text in draft.lots.items()} if draft.kind is SettlementKind.LOT else {},
            leaving=list(draft.leaving) if draft.kind is SettlementKind.OPT_OUT else [],
            asked=asked,
            reason=draft.reason,
            proposed_by=by.label,
            proposed_at=at,
        )
    if draft.kind is not SettlementKind.LOT:
        RequirementTopic.objects.filter(pk=topic_id).update(joint=draft.text)
    set_due(case, at=at)
    told = _("{subject} の「{topic}」について「{how}」の提案があります。返事をください。")
    tell_bodies(
        case,
        told,
        by=by,
        at=at,
        people=people_of(asked),
        words={"how": SETTLEMENT_WORDS[draft.kind]},
        address=f"{address_of(case.pk)}alignment/answer/",
        topic=row.name,
    )
    before = row.settlement.kind if row.settlement else None
    changed = {"settlement": (before, draft.kind), "text": (row.joint, draft.text)}
    sign(case, changed=changed, reason=draft.reason, kind=TOPIC_KIND, subject=topic_id)
    return made.pk


@action("procurement.settlements_answered", _("{who}が共同調達 {subject} の差異の提案に返事をしました。"))
def reply(*, place: CaseMember, replies: Mapping[int, tuple[Reply, str]], by: Actor, at: datetime) -> list[str]:
    """A body answers proposals (by number); the names of topics by which it leaves, as it agreed to.

    Who is let go by a proposal and agrees leaves the case, with the difference as its reason.
    """
    case = place.case
    found = Settlement.objects.standing().filter(topic__case=case, closed_at=None, pk__in=list(replies))
    rows = {one.pk: one for one in found.select_related("topic")}
    if set(replies) - set(rows) or case.state not in queries.ALIGNING:
        raise CaseChanged
    faults = [
        Fault(f"remark-{key}", _("何が困るかを書いてください。"))
        for key, (answer, remark) in replies.items()
        if answer is Reply.OBJECT and not remark
    ]
    for key, (_answer, remark) in replies.items():
        faults += fault_of_text(f"remark-{key}", remark, (0, rules.REMARK_LENGTH))
    if faults:
        raise CaseRefused(faults)
    for key, (answer, remark) in replies.items():
        SettlementReply.objects.update_or_create(
            settlement_id=key,
            organisation_id=place.organisation_id,
            defaults={"reply": answer, "remark": remark, "by": by.label, "at": at},
        )
    leaving = [
        rows[key].topic.name
        for key, (answer, _remark) in replies.items()
        if answer is Reply.AGREE and place.organisation_id in rows[key].leaving
    ]
    if leaving:
        leave(member=place, reason=f"仕様の差異（{'、'.join(leaving)}）に合わせられないため。", by=by, at=at)
    else:
        set_due(case, at=at, bodies=[place.organisation_id])
    told = {f"reply #{rows[key].topic_id}": (None, answer.value) for key, (answer, _remark) in replies.items()}
    sign(case, changed=told, organisation=place.organisation_id, kind=REQUIREMENTS_KIND, subject=place.pk)
    return leaving


@action("procurement.settlement_closed", _("{who}が共同調達 {subject} の差異に決着をつけました。"))
def close(*, settlement: Settlement, reason: str, by: Actor, at: datetime) -> None:
    """Settle a difference though some have not answered, or object, with the reason; they stand beside it."""
    if faults := list(fault_of_text("reason", reason, rules.REASON_LENGTH)):
        raise CaseRefused(faults)
    open_one = Settlement.objects.standing().filter(pk=settlement.pk, closed_at=None)
    if not open_one.update(closed_at=at, closed_by=by.label, closed_reason=reason):
        raise CaseChanged
    case = settlement.topic.case
    set_due(case, at=at)
    told = _("{subject} の「{topic}」は、提案のとおりに決まりました。")
    tell_bodies(case, told, by=by, at=at, people=people_of(settlement.asked), topic=settlement.topic.name)
    sign(case, changed={"closed": (None, True)}, reason=reason, kind=TOPIC_KIND, subject=settlement.topic_id)


@action("procurement.lots_set", _("{who}が共同調達 {subject} のロットを決めました。"))
def set_lots(
    *, case: JointProcurement, names: Sequence[str], places: Mapping[int, int], revision: int, by: Actor, at: datetime
) -> None:
    """Say which lots there are (in order) and in which (its place in `names`, from 0) each body is."""
    faults = [Fault("names", fault.sentence) for name in names for fault in fault_of_text("", name, rules.LOT_LENGTH)]
    if len(names) > rules.MOST_LOTS or len(set(names)) < len(names):
        faults.append(Fault("names", _("ロットの名前は、重ならないように12までにしてください。")))
    if any(place >= len(names) for place in places.values()):
        faults.append(Fault("places", _("選択肢から選んでください。")))
    if faults:
        raise CaseRefused(faults)
    claim(case, revision=revision, states=queries.ALIGNING)
    before = [lot.name for lot in queries.lots_of(case.pk)]
    LotPlace.objects.filter(case=case).delete()
    lots = []
    for number, name in enumerate(names, start=1):
        lots.append(Lot.objects.update_or_create(case=case, number=number, defaults={"name": name})[0])
    Lot.objects.filter(case=case, number__gt=len(names)).delete()
    buyers = queries.buyers_of(case.pk)
    LotPlace.objects.bulk_create(
        LotPlace(case=case, lot=lots[place], organisation_id=body) for body, place in places.items() if body in buyers
    )
    sign(case, changed={"lots": (before, list(names))})


@action("procurement.specification_published", _("{who}が共同調達 {subject} の共同仕様の版を出しました。"))
def publish_version(*, case: JointProcurement, note: str, by: Actor, at: datetime) -> int:
    """Freeze the joint specification as it stands; the number of the version."""
    if faults := list(fault_of_text("note", note, rules.NOTE_LENGTH)):
        raise CaseRefused(faults)
    topics = queries.topics_of(case.pk)
    if not topics:
        raise CaseRefused([Fault("", _("要求仕様の項目がありません。先に決めてください。"))])
    lots = {lot.id: lot.name for lot in queries.lots_of(case.pk)}
    last = SpecificationVersion.objects.filter(case=case).order_by("-number").values_list("number", flat=True).first()
    number = (last or 0) + 1
    with first_come():
        SpecificationVersion.objects.create(
            case=case,
            number=number,
            rows=[_specified(row, lots) for row in topics],
            note=note,
            by=by.label,
            at=at,
        )
    JointProcurement.objects.filter(pk=case.pk).update(revision=F("revision") + 1)
    told = _("{subject} の共同仕様 第{number}版が出ました。")
    tell_bodies(case, told, by=by, at=at, number=str(number), address=f"{address_of(case.pk)}alignment/versions/")
    sign(case, changed={"version": (last, number)}, reason=note)
    return number


def _specified(row: queries.TopicRow, lots: Mapping[int, str]) -> dict[str, Any]:
    """A topic as a row of the specification."""
    settled = row.settlement if row.state is TopicState.SETTLED else None
    text = row.joint or (row.values[0].text if row.state is TopicState.SAME else "")
    return {
        "topic": row.id,
        "group": row.group,
        "name": row.name,
        "text": text,
        "kind": settled.kind.value if settled else "",
        "lots": [{"name": lots.get(lot, ""), "text": said} for lot, said in settled.lots.items()] if settled else [],
        "is_open": row.state in rules.OPEN_TOPICS,
    }
