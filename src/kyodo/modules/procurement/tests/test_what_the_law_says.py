"""What the law says to a body's commitment: each rule at its edge, what settles it, what changes on 1 April."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo.core.statutes.rules import Book, Sure
from kyodo.modules.procurement.rules.law import (
    Budget,
    CommitmentFacts,
    Finding,
    Ground,
    GroundKind,
    LikePurchase,
    Subject,
    Weight,
    findings_of,
    is_blocked,
)
from kyodo.modules.procurement.tests.books import book, own, shared

TODAY = date(2026, 12, 1)
CONTRACT = date(2027, 2, 1)
MAN = 10_000


def facts(**told: Any) -> CommitmentFacts:
    usual: dict[str, Any] = {
        "subject": Subject.PURCHASE,
        "method": "open_lowest",
        "way": "one_selection",
        "planned_on": CONTRACT,
        "amount": 100 * MAN,
        "budget": Budget.INITIAL,
    }
    return CommitmentFacts(**usual | told)


def said(told: CommitmentFacts, of: Book | str = "T", *, today: date = TODAY) -> dict[str, Finding]:
    found = findings_of(told, book=book(of) if isinstance(of, str) else of, today=today)
    for one in found:
        gaps = {gap for _text, gap, _form, _conversion in Formatter().parse(one.sentence) if gap}
        assert gaps <= one.facts.keys(), one.sentence
    return {one.code: one for one in found}


def blocking(told: CommitmentFacts, of: Book | str = "T", *, today: date = TODAY) -> set[str]:
    return {code for code, one in said(told, of, today=today).items() if one.weight is Weight.BLOCKS}


def ground(kind: GroundKind, finding: str, **told: Any) -> Ground:
    usual: dict[str, Any] = {"number": "議案第12号", "on": date(2026, 12, 20), "by": "総務課長 檜原"}
    return Ground(kind, finding, **usual | told)


# By hand from the order's tables, in tens of thousands of yen.
VOTE_PROPERTY = {"P": 7_000, "D": 4_000, "C": 2_000, "T": 700}
VOTE_WORKS = {"P": 50_000, "D": 30_000, "C": 15_000, "T": 5_000}
SMALL = {
    Subject.WORKS: {"P": 400, "D": 400, "C": 200, "T": 200},
    Subject.PURCHASE: {"P": 300, "D": 300, "C": 150, "T": 150},
    Subject.LEASE: {"P": 150, "D": 150, "C": 80, "T": 80},
    Subject.SALE: {"P": 100, "D": 100, "C": 50, "T": 50},
    Subject.LEND: {"P": 50, "D": 50, "C": 30, "T": 30},
    Subject.SERVICE: {"P": 200, "D": 200, "C": 100, "T": 100},
}
WTO = {"2026-03-31": (3_600, 3_600, 27_000, 272_000), "2026-04-01": (4_000, 4_000, 30_000, 302_000)}
WTO_KINDS = ("goods", "services", "technical", "construction")


@pytest.mark.parametrize("letter", "PDCT")
def test_movables_need_the_councils_vote_from_the_amount_of_the_class(letter: str):
    least = VOTE_PROPERTY[letter] * MAN
    assert "council_vote_property" in blocking(facts(amount=least), letter)
    assert "council_vote_property" not in said(facts(amount=least - 1), letter)
    bites = said(facts(amount=least), letter)["council_vote_property"]
    assert bites.row is not None
    assert "96条1項8号" in bites.row.article
    assert bites.unblocks == (GroundKind.COUNCIL_VOTE, GroundKind.SENKETSU_179, GroundKind.SENKETSU_180)


@pytest.mark.parametrize("letter", "PDCT")
def test_works_need_it_from_theirs(letter: str):
    least = VOTE_WORKS[letter] * MAN
    assert "council_vote_works" in blocking(facts(subject=Subject.WORKS, amount=least), letter)
    assert "council_vote_works" not in said(facts(subject=Subject.WORKS, amount=least - 1), letter)


@pytest.mark.parametrize("subject", [Subject.LEASE, Subject.SERVICE])
def test_leases_and_services_need_none_and_that_is_told_as_a_reading(subject: Subject):
    found = said(facts(subject=subject, amount=9_000 * MAN))
    assert found["council_vote_not_listed"].weight is Weight.TELLS
    row = found["council_vote_not_listed"].row
    assert row is not None
    assert row.sure is Sure.SECOND_HAND
    assert not is_blocked(found.values())


def test_the_bodys_ordinance_sets_more_but_never_less():
    higher = book("T", own("council_vote_property", value=1_000 * MAN))
    assert "council_vote_property" not in said(facts(amount=1_000 * MAN - 1), higher)
    assert "council_vote_property" in blocking(facts(amount=1_000 * MAN), higher)
    lower = book("T", own("council_vote_property", value=100 * MAN))
    assert "council_vote_property" not in said(facts(amount=700 * MAN - 1), lower)


@pytest.mark.parametrize("kind", [GroundKind.COUNCIL_VOTE, GroundKind.SENKETSU_179, GroundKind.SENKETSU_180])
def test_only_a_vote_or_its_substitute_settles_it(kind: GroundKind):
    told = facts(amount=800 * MAN)
    assert said(told)["provisional_contract"].weight is Weight.TELLS
    voted = replace(told, grounds=(ground(kind, "council_vote_property"),))
    found = said(voted)
    assert found["council_vote_property"].weight is Weight.TELLS
    assert found["council_vote_property"].settled_by is not None
    assert "provisional_contract" not in found
    assert ("senketsu_179" in found) == (kind is GroundKind.SENKETSU_179)


@pytest.mark.parametrize(
    "recorded",
    [
        ground(GroundKind.LEGAL_CHECK, "council_vote_property"),
        ground(GroundKind.OWN_RULE, "council_vote_property"),
        ground(GroundKind.COUNCIL_VOTE, "way_vote"),
        ground(GroundKind.COUNCIL_VOTE, "council_vote_property", number=" "),
        ground(GroundKind.COUNCIL_VOTE, "council_vote_property", by=""),
        ground(GroundKind.COUNCIL_VOTE, "council_vote_property", on=date(2027, 2, 2)),
    ],
    ids=["checked", "own rule", "another vote", "no number", "nobody", "after the contract"],
)
def test_nothing_else_does(recorded: Ground):
    assert "council_vote_property" in blocking(facts(amount=800 * MAN, grounds=(recorded,)))


def test_a_vote_after_the_planned_contract_is_told_apart():
    late = ground(GroundKind.COUNCIL_VOTE, "council_vote_property", on=date(2027, 2, 2))
    assert said(facts(amount=800 * MAN, grounds=(late,)))["council_vote_property_late"].weight is Weight.WARNS


def test_like_purchases_that_reach_the_votes_amount_together_are_warned_of():
    like = (LikePurchase("教員用端末", 400 * MAN, date(2026, 6, 1)),)
    found = said(facts(amount=300 * MAN, like=like))
    assert found["council_vote_like"].weight is Weight.WARNS
    assert found["council_vote_like"].facts["sum"] == 700 * MAN
    assert "council_vote_like" not in said(facts(amount=300 * MAN - 1, like=like))


@pytest.mark.parametrize("subject", SMALL)
@pytest.mark.parametrize("letter", "PDCT")
def test_small_contracts_do_not_exceed_the_ceiling(subject: Subject, letter: str):
    most = SMALL[subject][letter] * MAN
    quoted = facts(subject=subject, method="quotes", amount=most)
    assert "small_contract_over" not in said(quoted, letter)
    assert "small_contract_over" in blocking(replace(quoted, amount=most + 1), letter)
    assert "small_contract_over" not in said(facts(subject=subject, amount=most + 1), letter), (
        "it is put out to bidding"
    )


def test_a_bodys_rule_sets_a_lower_ceiling_and_until_it_is_entered_that_is_told():
    assert said(facts(method="quotes"))["small_contract_own_missing"].weight is Weight.TELLS
    lower = book("T", own("small_contract_ceiling", "purchase", value=80 * MAN))
    found = said(facts(method="quotes", amount=80 * MAN + 1), lower)
    assert found["small_contract_over"].weight is Weight.BLOCKS
    assert "small_contract_own_missing" not in found


def test_splitting_is_warned_of_when_the_year_passes_the_ceiling():
    like = (LikePurchase("ケース", 60 * MAN, date(2026, 5, 1)),)
    assert said(facts(method="quotes", amount=90 * MAN + 1, like=like))["small_contract_split"].weight is Weight.WARNS
    assert "small_contract_split" not in said(facts(method="quotes", amount=90 * MAN, like=like))
    assert "small_contract_split" not in said(facts(method="direct", direct_ground="5", amount=90 * MAN + 1, like=like))


def test_a_lease_within_the_ceiling_a_year_but_not_in_all_is_for_the_bodys_rule_to_say():
    told = facts(subject=Subject.LEASE, method="quotes", amount=400 * MAN, yearly=80 * MAN)
    assert said(told)["small_contract_over"].weight is Weight.WARNS
    assert said(replace(told, yearly=80 * MAN + 1))["small_contract_over"].weight is Weight.BLOCKS


@pytest.mark.parametrize(
    ("number", "blocks"), [("", True), ("10", True), ("1", False), ("2", False), ("8", False), ("9", False)]
)
def test_a_direct_contract_names_its_ground(number: str, blocks: bool):
    found = said(facts(method="direct", direct_ground=number))
    assert ("direct_ground_missing" in found) == blocks
    assert ("direct_limits" in found) == (number in {"8", "9"})


def test_proposals_are_direct_contracts_by_the_second_ground():
    found = said(facts(method="proposal_open", amount=5_000 * MAN, subject=Subject.SERVICE))
    assert found["direct_ground"].facts["number"] == "2"
    assert "small_contract_over" not in found


@pytest.mark.parametrize(("number", "blocks"), [("", True), ("4", True), ("1", False), ("3", False)])
def test_designated_bidding_names_its_ground(number: str, blocks: bool):
    assert ("designated_ground_missing" in said(facts(method="designated", designated_ground=number))) == blocks


@pytest.mark.parametrize(
    ("subject", "blocks"),
    [(Subject.PURCHASE, True), (Subject.LEASE, True), (Subject.SERVICE, False), (Subject.WORKS, False)],
)
@pytest.mark.parametrize("rule", ["survey", "minimum"])
def test_rules_on_low_prices_are_refused_for_purchases_and_leases(subject: Subject, blocks: bool, rule: str):
    found = blocking(facts(subject=subject, low_price=frozenset({rule})))
    assert ("low_price_refused" in found) == blocks


def test_overall_evaluation_has_no_minimum_price_and_hears_two_persons_of_learning():
    told = facts(method="open_evaluation", subject=Subject.WORKS, low_price=frozenset({"minimum"}), scholars=1)
    assert {"low_price_evaluation", "evaluation_scholars"} <= blocking(told)
    right = replace(told, low_price=frozenset({"survey"}), scholars=2)
    assert not blocking(right)
    assert said(replace(right, scholars=None))["evaluation_scholars_open"].weight is Weight.WARNS


@pytest.mark.parametrize("day", WTO)
@pytest.mark.parametrize("letter", "PD")
def test_procurement_by_the_agreement_begins_at_the_threshold_of_the_notices_day(day: str, letter: str):
    for kind, least in zip(WTO_KINDS, WTO[day], strict=True):
        told = facts(notice_on=date.fromisoformat(day), wto_kind=kind, amount=least * MAN, subject=Subject.SERVICE)
        assert "wto_applies" in said(told, letter)
        assert "wto_applies" not in said(replace(told, amount=least * MAN - 1), letter)


def test_towns_and_unions_are_not_bound_by_it():
    told = facts(amount=10**10, subject=Subject.SERVICE, notice_on=date(2026, 5, 1))
    assert "wto_applies" not in said(told, "T")
    assert "wto_applies" not in said(told, book("", own("union_class", "P"), is_group=True))


def test_what_the_agreement_asks():
    told = facts(
        amount=9_000 * MAN,
        subject=Subject.SERVICE,
        method="proposal_open",
        requires_place=True,
        low_price=frozenset({"minimum"}),
        notice_on=date(2026, 5, 1),
    )
    assert {"wto_direct", "wto_place", "wto_minimum_price"} <= blocking(told, "P")
    for number in ("5", "8", "9", "wto10"):
        assert "wto_direct" not in said(replace(told, method="direct", direct_ground=number), "P")
    checked = replace(told, grounds=(ground(GroundKind.LEGAL_CHECK, "wto_direct"),))
    assert "wto_direct" not in blocking(checked, "P")
    assert "wto_place" in blocking(checked, "P"), "a ground settles one finding"


def test_the_days_of_notice_block_by_the_bodys_own_rule_and_else_warn():
    told = facts(amount=9_000 * MAN, notice_on=date(2026, 5, 1), notice_days=39)
    assert said(told, "P")["wto_notice_short"].weight is Weight.WARNS
    own_days = book("P", own("wto_notice_days", "first", value=40))
    assert said(told, own_days)["wto_notice_short"].weight is Weight.BLOCKS
    assert "wto_notice_short" not in said(replace(told, notice_days=40), own_days)


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ({"months": 12, "amount": 4_000 * MAN, "residual": 500}, 4_000 * MAN),
        ({"months": 13, "amount": 3_990 * MAN, "residual": 10 * MAN}, 4_000 * MAN),
        ({"months": None, "amount": None, "monthly": 833_334}, 48 * 833_334),
    ],
)
def test_the_value_of_a_lease_is_counted_by_its_term(told: dict[str, Any], value: int):
    lease = facts(subject=Subject.LEASE, notice_on=date(2026, 5, 1), **told)
    assert said(lease, "P")["wto_applies"].facts["value"] == value


def test_a_series_is_summed_for_a_warning():
    like = (LikePurchase("端末", 1_000 * MAN, date(2026, 6, 1)),)
    found = said(facts(amount=3_000 * MAN, like=like, notice_on=date(2026, 5, 1)), "P")
    assert found["wto_series"].weight is Weight.WARNS


def test_core_cities_have_open_bidding_by_the_other_agreement_and_may_keep_the_place():
    city = book("C", own("core_city"))
    told = facts(
        amount=3_600 * MAN,
        subject=Subject.SERVICE,
        method="proposal_open",
        requires_place=True,
        notice_on=date(2026, 3, 31),
    )
    found = said(told, city)
    assert found["epa_method"].weight is Weight.BLOCKS
    assert found["epa_place"].weight is Weight.TELLS
    policy = replace(told, grounds=(ground(GroundKind.OWN_RULE, "epa_method"),))
    assert "epa_method" not in blocking(policy, city)
    assert "epa_applies" not in said(replace(told, wto_kind="construction", amount=10**11), city)
    assert said(replace(told, notice_on=date(2026, 4, 1)), city)["wto_unknown"].weight is Weight.WARNS
    assert "epa_applies" not in said(told, "C")


def test_several_years_need_a_debt_burden():
    told = facts(fiscal_years=(2026, 2027))
    assert "multi_year" in blocking(told)
    assert "multi_year" not in said(facts(fiscal_years=(2026,)))
    long = ground(GroundKind.LONG_CONTRACT_ORDINANCE, "multi_year")
    assert "multi_year" in blocking(replace(told, grounds=(long,))), "a purchase is no long continuing contract"
    debt = ground(GroundKind.DEBT_BURDEN, "multi_year")
    assert not blocking(replace(told, grounds=(debt,)))


@pytest.mark.parametrize(("subject", "kind"), [(Subject.LEASE, "lease"), (Subject.SERVICE, "services")])
def test_leases_and_services_may_be_long_by_the_ordinance(subject: Subject, kind: str):
    told = facts(subject=subject, fiscal_years=tuple(range(2026, 2032)), months=60)
    assert "multi_year" in blocking(told)
    recorded = ground(GroundKind.LONG_CONTRACT_ORDINANCE, "multi_year", on=date(2030, 1, 1))
    assert not blocking(replace(told, grounds=(recorded,)))
    entered = book("T", own("long_contract", kind, value=60))
    assert said(told, entered)["long_contract"].weight is Weight.TELLS
    assert "long_contract_term" in blocking(replace(told, months=61), entered)


def test_a_contract_before_its_fiscal_year_needs_a_debt_burden():
    assert "fiscal_year_early" in blocking(facts(budget_year=2027, planned_on=date(2027, 3, 31)))
    assert "fiscal_year_early" not in said(facts(budget_year=2027, planned_on=date(2027, 4, 1)))


def test_the_budget_and_the_tax_are_told():
    assert said(facts(budget=Budget.NONE))["budget_missing"].weight is Weight.WARNS
    assert said(facts(budget=Budget.ASKED))["budget_asked"].weight is Weight.TELLS
    told = facts(estimated_on=date(2019, 9, 30), planned_on=date(2019, 10, 1))
    assert said(told, today=date(2019, 9, 30))["tax_changes"].facts == {"before": "8", "after": "10"}
    assert "tax_changes" not in said(replace(told, estimated_on=date(2019, 10, 1)))


@pytest.mark.parametrize("way", ["entrustment", "council"])
def test_entrusting_and_councils_need_an_agreement_and_each_councils_vote(way: str):
    told = facts(way=way)
    assert {"way_agreement", "way_vote"} == blocking(told)
    recorded = (ground(GroundKind.AGREEMENT, "way_agreement"), ground(GroundKind.COUNCIL_VOTE, "way_vote"))
    assert not blocking(replace(told, grounds=recorded))


def test_a_council_of_mere_liaison_needs_no_vote():
    found = said(facts(way="council_liaison"))
    assert found["way_agreement"].weight is Weight.BLOCKS
    assert found["way_no_vote"].weight is Weight.TELLS


def test_who_does_not_sign_is_not_asked_for_a_vote():
    for told in (facts(amount=10**9, method="own_purchase"), facts(amount=10**9, contracts=False)):
        found = said(told)
        assert not is_blocked(found.values())
        assert "shared_cost" in found


def test_what_is_not_known_is_warned_of_and_never_passes_in_silence():
    assert said(facts(amount=None))["amount_unknown"].weight is Weight.WARNS
    found = said(facts(), "")
    assert {"class_unknown", "council_vote_unknown"} <= found.keys()


def test_a_row_that_changes_on_the_first_of_april_is_told_and_the_day_of_the_contract_decides():
    told = facts(method="quotes", amount=100 * MAN, planned_on=date(2025, 4, 1))
    found = said(told, today=date(2025, 3, 31))
    assert "small_contract_over" not in found
    change = found["rule_changes:small_contract_ceiling:purchase"]
    assert (change.facts["before"], change.facts["after"]) == ("800,000", "1,500,000")
    earlier = said(replace(told, planned_on=date(2025, 3, 31)), today=date(2025, 3, 31))
    assert earlier["small_contract_over"].weight is Weight.BLOCKS
    assert "rule_changes:small_contract_ceiling:purchase" not in earlier


def test_an_ordinance_that_begins_within_the_case_decides_from_its_day():
    changed = book("T", own("council_vote_property", value=900 * MAN, valid_from=date(2027, 4, 1)))
    told = facts(amount=800 * MAN, planned_on=date(2027, 3, 31))
    assert "council_vote_property" in blocking(told, changed)
    after = said(replace(told, planned_on=date(2027, 4, 1)), changed)
    assert "council_vote_property" not in after
    assert "rule_changes:council_vote_property" in after


def test_what_blocks_stands_first():
    weights = [one.weight for one in findings_of(facts(amount=800 * MAN, way="council"), book=book("T"), today=TODAY)]
    assert weights == sorted(weights, key=list(Weight).index)


commitments = st.builds(
    facts,
    subject=st.sampled_from(Subject),
    method=st.sampled_from(["open_lowest", "open_evaluation", "designated", "proposal_open", "quotes", "direct"]),
    amount=st.integers(0, 10**10),
    months=st.sampled_from([None, 12, 13, 60]),
    yearly=st.none() | st.integers(0, 10**7),
    monthly=st.none() | st.integers(0, 10**7),
    direct_ground=st.sampled_from(["", "1", "2", "5", "8"]),
    requires_place=st.booleans(),
    low_price=st.sampled_from([frozenset(), frozenset({"minimum"})]),
    fiscal_years=st.sampled_from([(2026,), (2026, 2027)]),
    planned_on=st.dates(date(2024, 4, 1), date(2028, 3, 31)),
    like=st.lists(
        st.builds(LikePurchase, st.just("端末"), st.integers(0, 10**8), st.just(date(2026, 6, 1))), max_size=2
    ).map(tuple),
)
bodies = st.sampled_from(["P", "D", "C", "T"])


@given(commitments, bodies, st.integers(0, 10**9))
def test_a_higher_amount_never_takes_a_block_away(told: CommitmentFacts, body: str, more: int):
    assert told.amount is not None
    assert blocking(told, body) <= blocking(replace(told, amount=told.amount + more), body)


@given(commitments, bodies, st.integers(0, 10**9))
def test_an_own_ordinance_never_frees_below_the_laws_floor_nor_lets_pass_above_its_ceiling(
    told: CommitmentFacts, body: str, amount: int
):
    rows = (own("council_vote_property", value=amount), own("small_contract_ceiling", "purchase", value=amount))
    with_own = blocking(told, book(body, *rows))
    by_law = blocking(told, body)
    if "small_contract_over" in by_law:
        assert "small_contract_over" in with_own
    if "council_vote_property" in with_own:
        assert "council_vote_property" in by_law


@given(commitments, bodies)
def test_no_rule_blocks_for_ever(told: CommitmentFacts, body: str):
    found = findings_of(told, book=book(body), today=TODAY)
    settling = tuple(
        ground(one.unblocks[0], one.code, on=date(2020, 1, 1)) for one in found if one.weight is Weight.BLOCKS
    )
    assert not is_blocked(findings_of(replace(told, grounds=settling), book=book(body), today=TODAY))


def test_every_finding_with_a_row_names_its_article():
    for one in findings_of(facts(amount=10**10, method="quotes", way="council"), book=book("P"), today=TODAY):
        assert one.row is None or one.row.article
    assert shared()
