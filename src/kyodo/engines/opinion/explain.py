"""Says in sentences what the numbers mean, and how far they can be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kyodo.engines.opinion.copies import Copied
from kyodo.engines.opinion.grouping import LEAST_PEOPLE, LEAST_VOTES, Grouping
from kyodo.engines.opinion.representative import Comparison, Stated, least_trials
from kyodo.engines.opinion.result import Explanation, Group
from kyodo.engines.opinion.statistics import AGREE
from kyodo.engines.sentences import Fact, Sentence
from kyodo.engines.words import _

CERTAIN_LEAD = 0.02  # of the silhouette: below it the number of groups is not certain
FIRM, FAIR, LOOSE = 0.9, 0.7, 0.4


def letter(group: int) -> str:
    """A for the first group; after Z come numbers."""
    return chr(ord("A") + group) if group < 26 else str(group + 1)


def percent(part: int, whole: int) -> int:
    """Whole per cent, half up; 100 and 0 only where it is all or none."""
    if whole <= 0:
        return 0
    value = (200 * part + whole) // (2 * whole)
    if 0 < part < whole:
        return min(99, max(1, value))
    return value


def why_no_picture(grouping: Grouping) -> Sentence:
    """The reason for `too_few_votes`."""
    people = len(grouping.included)
    if people < LEAST_PEOPLE + 1:  # with three, one would stand alone
        return Sentence(
            _("まだグループ分けはできません。{least} 件以上投票した人が {people} 人しかいません。"),
            {"least": max(1, min(LEAST_VOTES, grouping.plane.centred.shape[1])), "people": people},
        )
    return Sentence(_("まだグループ分けはできません。答えがほとんど分かれていません。"))


def of_the_whole(grouping: Grouping, stability: float) -> Iterator[Explanation]:
    """How firm the grouping is, and whether the number of groups is certain."""
    k = grouping.part.k if grouping.part else 0
    facts = {"k": k, "percent": round(100 * stability)}
    if stability >= FIRM:
        text = _("{k} つのグループはしっかりしています。別の人が答えてもほぼ同じに分かれます（一致度 {percent}%）。")
    elif stability >= FAIR:
        text = _("{k} つのグループはおおむね安定しています。境目の人は入れ替わることがあります（一致度 {percent}%）。")
    elif stability >= LOOSE:
        text = _("{k} つのグループの境目はあいまいです。大まかな傾向としてだけ見てください（一致度 {percent}%）。")
    else:
        text = _(
            "{k} つのグループは偶然の範囲を出ません。別の人が答えれば違う分かれ方になります（一致度 {percent}%）。"
        )
    yield Explanation(Sentence(text, facts))
    if grouping.lead is not None and grouping.lead < CERTAIN_LEAD:
        ranked = sorted(grouping.silhouettes, key=lambda each: (-grouping.silhouettes[each], each))
        other = {"k": k, "other": next(each for each in ranked if each != k)}
        yield Explanation(
            Sentence(
                _("グループの数は確かではありません。{k} つと {other} つは、ほとんど同じくらい当てはまります。"), other
            )
        )


def of_groups(comparison: Comparison, groups: Sequence[Group], names: Sequence[str]) -> Iterator[Explanation]:
    """What stands for each group against all others, and where a group is itself split."""
    columns = {name: column for column, name in enumerate(names)}
    for place, group in enumerate(groups):
        called = letter(group.id)
        for stated in group.representative:
            yield Explanation(_against_others(comparison, place, called, stated), group.id, names[stated.column])
        if not group.representative:
            text = _("{group} グループを他と分ける意見は、まだはっきりしません。")
            yield Explanation(Sentence(text, {"group": called}), group.id)
        for name in group.divided:
            counted, column = comparison.counted, columns[name]
            trials = int(counted.trials[place, column])
            facts: dict[str, Fact] = {
                "group": called,
                "agree": percent(int(counted.agrees[place, column]), trials),
                "disagree": percent(int(counted.disagrees[place, column]), trials),
            }
            text = _("{group} グループの中でも割れています（賛成 {agree}%、反対 {disagree}%）。")
            yield Explanation(Sentence(text, facts), group.id, name)


def _against_others(comparison: Comparison, place: int, called: str, stated: Stated) -> Sentence:
    counted, column = comparison.counted, stated.column
    successes = counted.agrees if stated.direction == AGREE else counted.disagrees
    others = int(counted.trials[:, column].sum()) - stated.trials
    facts: dict[str, Fact] = {
        "group": called,
        "share": percent(stated.successes, stated.trials),
        "others": percent(int(successes[:, column].sum()) - stated.successes, others),
    }
    if stated.direction == AGREE:
        text = _("{group} グループの {share}% が賛成、他は {others}%")
    else:
        text = _("{group} グループの {share}% が反対、他は {others}%")
    return Sentence(text, facts)


def of_minority(
    held: Sequence[tuple[int, Stated]], groups: Sequence[Group], names: Sequence[str]
) -> Iterator[Explanation]:
    """What only one group holds."""
    for place, stated in held:
        facts: dict[str, Fact] = {"group": letter(groups[place].id), "share": percent(stated.successes, stated.trials)}
        if stated.direction == AGREE:
            text = _("全体では少数ですが、{group} グループだけは {share}% が賛成しています。")
        else:
            text = _("全体では少数ですが、{group} グループだけは {share}% が反対しています。")
        yield Explanation(Sentence(text, facts), groups[place].id, names[stated.column])


def of_consensus(
    comparison: Comparison, shared: Sequence[Stated], groups: Sequence[Group], names: Sequence[str]
) -> Iterator[Explanation]:
    """What most agree on, with the group that does so least."""
    for stated in shared:
        counted, column = comparison.counted, stated.column
        successes = counted.agrees if stated.direction == AGREE else counted.disagrees
        shares = [
            (percent(int(successes[place, column]), int(counted.trials[place, column])), place)
            for place, group in enumerate(groups)
            if counted.trials[place, column] >= least_trials(group.size)
        ]
        if not shares:
            text = _("全体の {share}% が賛成") if stated.direction == AGREE else _("全体の {share}% が反対")
            whole = {"share": percent(stated.successes, stated.trials)}
            yield Explanation(Sentence(text, whole), None, names[column])
            continue
        least, place = min(shares)
        facts: dict[str, Fact] = {
            "share": percent(stated.successes, stated.trials),
            "least": least,
            "group": letter(groups[place].id),
        }
        if stated.direction == AGREE:
            text = _("全体の {share}% が賛成（いちばん低い {group} グループでも {least}%）")
            low = _("全体の {share}% が賛成。ただし {group} グループでは {least}% にとどまります")
        else:
            text = _("全体の {share}% が反対（いちばん低い {group} グループでも {least}%）")
            low = _("全体の {share}% が反対。ただし {group} グループでは {least}% にとどまります")
        yield Explanation(Sentence(text if least > 50 else low, facts), None, names[column])


def of_copies(found: Sequence[Copied]) -> Iterator[Explanation]:
    """Ballots that look copied."""
    for each in found:
        facts = {"people": len(each.rows), "votes": each.votes}
        text = _("{people} 人の {votes} 件の答えがすべて同じです。偶然とは考えにくいため、除いた結果も示します。")
        yield Explanation(Sentence(text, facts))
