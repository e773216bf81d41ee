"""How a need of a common kind is written: a beginning for whoever has no time. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo.engines.words import _
from kyodo.modules.needs.rules.need import Topic


@dataclass(frozen=True, slots=True)
class PostTemplate:
    """A beginning: what it is for, its topic, an example of a title, and questions to be answered one by one."""

    label: str
    topic: Topic
    example: str
    trouble: str


POST_TEMPLATES: dict[str, PostTemplate] = {
    "system": PostTemplate(
        _("システムの更新・入れ替え"),
        Topic.STANDARDISATION,
        "庁内システムの更新時期が近いが、仕様を書ける人がいない",
        "いまのシステムと契約の終わる時期：\n使っている課と人数：\n困っていること：\n試したこと：\n決まっていること・動かせないこと：",
    ),
    "counter": PostTemplate(
        _("窓口・電話の混雑"),
        Topic.COUNTERS,
        "月曜の朝の窓口が40分待ちになり、苦情が月に12件ある",
        "どの窓口・どの手続か：\n混む時間と、待ち時間・件数：\n住民から言われること：\n試したこと：\nどうなればよいか：",
    ),
    "booking": PostTemplate(
        _("施設の予約"),
        Topic.FACILITIES,
        "体育館の予約が電話と紙台帳で、二重予約が月に3回起きている",
        "施設の種類と数：\nいまの予約の受け方：\n年間の件数と、電話の件数：\n困っていること：\n料金の受け取り方：",
    ),
    "paper": PostTemplate(
        _("紙・FAX・手入力"),
        Topic.PAPER,
        "各課から紙で集める調査票を、担当1人が手で打ち直している",
        "どの事務の、どの紙か：\n年間の枚数と、かかる時間：\n誰から誰へ送るか：\n間違いが起きるところ：\n試したこと：",
    ),
    "devices": PostTemplate(
        _("端末・機器の調達"),
        Topic.DEVICES,
        "学校の端末120台の更新を、町だけで調達すると割高になる",
        "何を何台・いつまでに：\nいまの契約と終わる時期：\n必要な条件：\n予算の見込み：\nほかの団体と合わせられること：",
    ),
    "people": PostTemplate(
        _("専門の人に相談・手伝ってほしい"),
        Topic.PEOPLE,
        "セキュリティ監査の指摘に、どこから手を付ければよいか分からない",
        "どんな知識・経験が必要か：\nいつ、どのくらいの期間・回数：\nいまの体制：\n困っていること：\n終わったときにできていてほしいこと：",
    ),
}
