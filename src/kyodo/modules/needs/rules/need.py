"""What is true of needs whatever the database says: states and ways between them, audiences, what a text must be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kyodo.core.faults import Fault, fault_of_day, fault_of_text
from kyodo.engines.words import _

# What a need is called where core keeps things about it: the record, threads, deadlines, notices, the search.
KIND = "needs.need"
BACKING_KIND = "needs.backing"
RATING_KIND = "needs.rating"
# The decision about making a need public; its subject is the need.
PUBLICATION = "needs.publication"


def address_of(need_id: int) -> str:
    """The page of a need."""
    return f"/needs/{need_id}/"


def label_of(need_id: int, title: str) -> str:
    """How people call a need."""
    return f"#{need_id} {title}"


class State(StrEnum):
    """Where a need stands."""

    RECEIVED = "received"
    CHECKING = "checking"
    WORKING = "working"
    DONE = "done"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


STATE_WORDS: dict[State, str] = {
    State.RECEIVED: _("受付"),
    State.CHECKING: _("確認中"),
    State.WORKING: _("対応中"),
    State.DONE: _("実施済"),
    State.CONFIRMED: _("効果確認済"),
    State.DECLINED: _("見送り"),
}
PATH = (State.RECEIVED, State.CHECKING, State.WORKING, State.DONE, State.CONFIRMED)

TRANSITIONS: dict[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.CHECKING, State.DECLINED}),
    State.CHECKING: frozenset({State.WORKING, State.DECLINED}),
    State.WORKING: frozenset({State.DONE, State.CHECKING, State.DECLINED}),
    State.DONE: frozenset({State.CONFIRMED, State.WORKING}),
    State.CONFIRMED: frozenset({State.DONE}),
    State.DECLINED: frozenset({State.CHECKING}),
}
OPEN = frozenset({State.RECEIVED, State.CHECKING, State.WORKING})
SOLVED = frozenset({State.DONE, State.CONFIRMED})
# Forward along the path nothing need be explained until something was reached or refused; every step back is.
FREE_STEPS = frozenset({(State.RECEIVED, State.CHECKING), (State.CHECKING, State.WORKING)})


class Audience(StrEnum):
    """Who sees a need, from the fewest to everybody."""

    COORDINATORS = "coordinators"
    ANONYMOUS = "anonymous"
    ALL = "all"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class AudienceCard:
    """An audience in words: its name, and the one line that is shown before sending."""

    name: str
    who: str


AUDIENCES: dict[Audience, AudienceCard] = {
    Audience.COORDINATORS: AudienceCard(_("調整担当のみ"), _("推進団体の調整担当と、自分の団体だけが見ます。")),
    Audience.ANONYMOUS: AudienceCard(
        _("団体名を伏せて全団体"), _("すべての団体が内容を見ます。団体名と部署は出ません。")
    ),
    Audience.ALL: AudienceCard(_("全団体"), _("すべての団体が、団体名とともに見ます。")),
    Audience.PUBLIC: AudienceCard(_("公開"), _("すべての団体が見ます。解決した後は、だれでも見られる一覧に載ります。")),
}
SHARED = frozenset({Audience.ANONYMOUS, Audience.ALL, Audience.PUBLIC})


class PriceReaders(StrEnum):
    """Who sees the vendor and the price that a need names, whoever sees the need itself."""

    COORDINATORS = "coordinators"
    BODIES = "bodies"


PRICE_READERS: dict[PriceReaders, str] = {
    PriceReaders.COORDINATORS: _("調整担当と自分の団体だけ"),
    PriceReaders.BODIES: _("この相談を見るすべての団体"),
}


class Standing(StrEnum):
    """Whether an officer asks, or the body does (after its own decision)."""

    OFFICER = "officer"
    BODY = "body"


STANDING_WORDS: dict[Standing, str] = {
    Standing.OFFICER: _("担当者の相談（決裁なし）"),
    Standing.BODY: _("団体の依頼"),
}


class Topic(StrEnum):
    """What a need is about; for lists and boards, chosen by whoever posts."""

    FACILITIES = "facilities"
    SCHOOLS = "schools"
    BUDGET = "budget"
    PAPER = "paper"
    CASHLESS = "cashless"
    BENEFITS = "benefits"
    STANDARDISATION = "standardisation"
    SECURITY = "security"
    DEVICES = "devices"
    PEOPLE = "people"
    COUNTERS = "counters"
    CHAT = "chat"
    CHILDREN = "children"
    DISASTER = "disaster"
    ISLANDS = "islands"
    DATA = "data"
    OTHER = "other"


TOPIC_WORDS: dict[Topic, str] = {
    Topic.FACILITIES: _("施設予約"),
    Topic.SCHOOLS: _("学校"),
    Topic.BUDGET: _("予算・契約・会計"),
    Topic.PAPER: _("紙・FAX・文書"),
    Topic.CASHLESS: _("キャッシュレス"),
    Topic.BENEFITS: _("給付"),
    Topic.STANDARDISATION: _("標準化・基幹系"),
    Topic.SECURITY: _("セキュリティ"),
    Topic.DEVICES: _("端末・回線・機器"),
    Topic.PEOPLE: _("人材・研修"),
    Topic.COUNTERS: _("窓口"),
    Topic.CHAT: _("問合せ・生成AI"),
    Topic.CHILDREN: _("子育て"),
    Topic.DISASTER: _("防災"),
    Topic.ISLANDS: _("島しょ・遠隔地"),
    Topic.DATA: _("データ"),
    Topic.OTHER: _("その他"),
}

TITLE_LENGTH = (5, 80)
TROUBLE_LENGTH = (10, 4000)
REASON_LENGTH = (5, 1000)
VOLUME_LENGTH = (1, 100)
NOTE_LENGTH = (0, 500)
VENDOR_LENGTH = (0, 120)
MOST = 1_000_000_000_000  # of anything counted: past any budget of a region, within every database


@dataclass(frozen=True, slots=True)
class NeedDraft:
    """A need as it is handed in, before anything is known to be right about it."""

    title: str
    trouble: str
    topic: Topic
    audience: Audience
    standing: Standing
    people: int | None = None
    hours_per_year: int | None = None
    yen_per_year: int | None = None
    wish_on: date | None = None
    vendor: str = ""
    price_yen: int | None = None
    price_readers: PriceReaders = PriceReaders.COORDINATORS


@dataclass(frozen=True, slots=True)
class BackingDraft:
    """A 「うちも」 as it is handed in."""

    volume: str
    wish_on: date | None = None
    note: str = ""


def faults_of_need(draft: NeedDraft, *, today: date) -> list[Fault]:
    """Everything that is wrong with a draft, at once."""
    found = [
        *fault_of_text("title", draft.title, TITLE_LENGTH, one_line=True),
        *fault_of_text("trouble", draft.trouble, TROUBLE_LENGTH),
        *fault_of_day("wish_on", draft.wish_on, today=today),
        *fault_of_text("vendor", draft.vendor, VENDOR_LENGTH, one_line=True),
    ]
    for field in ("people", "hours_per_year", "yen_per_year", "price_yen"):
        value = getattr(draft, field)
        if value is not None and not 0 <= value <= MOST:
            found.append(Fault(field, _("0以上で、現実の範囲の数を入力してください。")))
    return found


def faults_of_backing(draft: BackingDraft, *, today: date) -> list[Fault]:
    """Everything that is wrong with a 「うちも」, at once."""
    return [
        *fault_of_text("volume", draft.volume, VOLUME_LENGTH, one_line=True),
        *fault_of_day("wish_on", draft.wish_on, today=today),
        *fault_of_text("note", draft.note, NOTE_LENGTH),
    ]


def faults_of_reason(reason: str, *, before: State, to: State) -> list[Fault]:
    """What is wrong with the reason for a change of state; along the first steps none need be given."""
    if not reason and (before, to) in FREE_STEPS:
        return []
    return list(fault_of_text("reason", reason, REASON_LENGTH))


def narrows(before: Audience, after: Audience) -> bool:
    """True if fewer see a need after the change than before it."""
    order = list(Audience)
    return order.index(after) < order.index(before)


def faults_of_part(part: NeedDraft, whole: NeedDraft, *, is_joined: bool) -> list[Fault]:
    """Why a part of a need can't be shown as asked; `is_joined`: with bodies that had joined the whole."""
    found = []
    if part.title == whole.title:
        found.append(Fault("title", _("もとの相談と違う件名にしてください。")))
    if narrows(part.audience, whole.audience):
        found.append(Fault("audience", _("もとの相談より広くは見せられません。")))
    if is_joined and part.audience not in SHARED:
        found.append(Fault("audience", _("選んだ団体から見えなくなります。もとの相談と同じ範囲にしてください。")))
    if part.price_readers is PriceReaders.BODIES and whole.price_readers != PriceReaders.BODIES:
        found.append(Fault("price_readers", _("もとの相談より広くは見せられません。")))
    return found


def faults_of_change(draft: NeedDraft, *, wished: date | None, today: date) -> list[Fault]:
    """What is wrong with a draft of what was posted before: the day that was `wished` then may have passed."""
    found = faults_of_need(draft, today=today)
    return [fault for fault in found if fault.field != "wish_on" or draft.wish_on != wished]
