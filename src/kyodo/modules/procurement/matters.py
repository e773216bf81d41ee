"""The commitment of a body as something to decide: the paper for the town's own 起案.

Its words are Japanese whatever language its reader uses here.
"""

from __future__ import annotations

from kyodo.core.access.actor import Actor
from kyodo.core.decisions.matters import Matter
from kyodo.core.decisions.paper import Amount, Option, Paper
from kyodo.core.decisions.rules import Act
from kyodo.modules.procurement.queries import alignment, commitment, story
from kyodo.modules.procurement.rules.case import METHOD_WORDS, WAY_WORDS, address_of, label_of
from kyodo.modules.procurement.rules.commitment import COMMITMENT_KIND
from kyodo.modules.procurement.rules.law import Weight


def of_commitment(actor: Actor, commitment_id: int) -> Matter | None:
    """The decision to take part; None where the actor may not see it."""
    place = commitment.place_of(commitment_id)
    if place is None or not commitment.seen_by(actor, *place):
        return None
    case_id, body = place
    told, row = story.story(case_id, actor=actor), commitment.commitment_of(case_id, body)
    if told is None or row is None:
        return None
    names = {item.id: (item.name, item.unit) for item in told.items}
    taken = [
        f"・{names[item][0]}　{quantity:,}{names[item][1]}"
        for item, (quantity, _form) in row.lines.items()
        if item in names
    ]
    articles = dict.fromkeys(one.row.article for one in row.findings if one.row is not None and one.row.article)
    versions = alignment.versions_of(case_id)
    method, way = METHOD_WORDS[told.method], WAY_WORDS[told.way]
    paper = Paper(
        purpose=f"{told.purpose}\n\n次の数量で参加します。\n" + "\n".join(taken),
        amount=Amount(row.amount_yen, includes_tax=True) if row.amount_yen is not None else None,
        legal_basis="、".join((method, way, *articles)),
        options=_options(len(told.buyers), row.amount_yen),
        effect=_effect(len(told.buyers), sum(one.weight is Weight.BLOCKS for one in row.findings)),
        attachments=(*([f"共同仕様 第{versions[-1].number}版"] if versions else []), "見積（根拠資料）"),
    )
    return Matter(
        COMMITMENT_KIND,
        commitment_id,
        body,
        label_of(case_id, told.case.title),
        f"{address_of(case_id)}commitment/{body}/",
        Act.COMMITMENT,
        paper,
    )


def _options(count: int, yen: int | None) -> tuple[Option, ...]:
    return (
        Option(
            f"共同調達（{count}団体）に参加する",
            yen,
            "仕様と量をまとめ、手間を分けられる。",
            "途中で離れると他団体に影響する。",
            is_chosen=True,
        ),
        Option("単独で調達する", None, "時期と仕様を自分で決められる。", "量が少なく、単価が下がりにくい。"),
        Option("見送る", None, "費用がかからない。", "いまの課題が残る。"),
    )


def _effect(count: int, blocks: int) -> str:
    told = f"{count}団体の量をまとめ、単独より有利な条件を見込む。\n金額は見積であり、予定価格は公告のときに決まる。"
    if not blocks:
        return told
    return f"{told}\n契約までに必要なこと：{blocks}件（根拠条文は Kyodo のページに記載）。"
