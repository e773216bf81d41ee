"""The result as it is written to a file: `kyodo-matching-result/1`."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

from kyodo.engines.matching.cost import parts_of
from kyodo.engines.matching.explain import what_breaks, what_it_brings, why_changed, why_nobody, why_pinned, why_this
from kyodo.engines.matching.problem import Engagement, Held, Plan, Problem, as_pairs
from kyodo.engines.matching.reading.result import FORMAT
from kyodo.engines.matching.reasons import Unmet
from kyodo.engines.matching.report import changes, fairness, load
from kyodo.engines.matching.solver.options import Options
from kyodo.engines.matching.verify import Violation
from kyodo.engines.matching.what_if import WhatIf

Document = dict[str, Any]


@dataclass(frozen=True)
class Result:
    """Everything that came out of a problem, not yet in a language.

    Parameters
    ----------
    problem : Problem
    options : Options
    plan : Plan
    status : str
        `optimal` or `feasible`.
    objective, bound : int
    unmet : list of Unmet
    warnings : tuple of Violation
        What pins alone break.
    what_ifs : list of WhatIf
    seed : int
    seconds : float
    """

    problem: Problem
    options: Options
    plan: Plan
    status: str
    objective: int
    bound: int
    unmet: list[Unmet]
    warnings: tuple[Violation, ...] = ()
    what_ifs: list[WhatIf] = field(default_factory=list)
    seed: int = 0
    seconds: float = 0.0

    def document(self, language: str = "ja") -> Document:
        """The result file's content."""
        shared = fairness(self.problem, self.plan)
        return {
            "format": FORMAT,
            "status": self.status,
            "objective": self.objective,
            "bound": self.bound,
            "gap": gap(self.objective, self.bound),
            "engagements": [self._engagement(one, language) for one in self.plan],
            "unmet": [self._unmet(one, language) for one in self.unmet],
            "changes": [
                {
                    "request": one.request,
                    "before": _held(one.before),
                    "after": _held(one.after),
                    "cause": one.cause,
                    "because": why_changed(one).said(language),
                }
                for one in changes(self.problem, self.plan)
            ],
            "warnings": [
                {"requests": list(one.requests), "rule": one.rule, "because": what_breaks(one).said(language)}
                for one in self.warnings
            ],
            "what_if": [
                {
                    "change": one.change,
                    "about": one.about,
                    "by": one.by,
                    "serves": list(one.serves),
                    "objective": self.objective - one.saves,
                    "saves": one.saves,
                    "because": what_it_brings(one).said(language),
                }
                for one in self.what_ifs
            ],
            "fairness": {"served_share": shared.bands, "least": shared.least, "gini": shared.gini},
            "load": load(self.problem, self.plan),
            "solver": f"HiGHS {_version('highspy')}",
            "version": _version("kyodo"),
            "seed": self.seed,
            "seconds": round(self.seconds, 3),
        }

    def _engagement(self, one: Engagement, language: str) -> Document:
        problem = self.problem
        asked, person = problem.requests[one.request], problem.specialists[one.specialist]
        cost = parts_of(problem, one)
        second = self._runner_up(one, sum(cost.values()))
        fixed = one.request in self.options.fixed
        because = why_pinned(person.id, sum(cost.values())) if fixed else why_this(
            problem, person.id, sum(cost.values()), second
        )  # fmt: skip
        weeks = range(one.start, one.start + asked.weeks)
        return {
            "request": asked.id,
            "specialist": person.id,
            "start": one.start,
            "slots": as_pairs(one.slots),
            "missed_weeks": [week for week in weeks if week in person.leave_weeks],
            "cost": cost,
            "runner_up": None if second is None else {"specialist": second[0], "more": second[1]},
            "because": because.said(language),
        }

    def _runner_up(self, one: Engagement, cost: int) -> tuple[str, int] | None:
        """The cheapest other specialist who could serve by the rules alone, and how much more that would cost."""
        low, high = np.searchsorted(self._by_request[0], [one.request, one.request + 1])
        rows = self._by_request[1][low:high]
        rows = rows[(self.options.person[rows] != one.specialist) & (self.options.slots[rows] == 0)]
        if not len(rows):
            return None
        best = rows[np.lexsort((self.options.person[rows], self.options.cost[rows]))[0]]
        return self.problem.specialists[int(self.options.person[best])].id, int(self.options.cost[best]) - cost

    @property
    def _by_request(self) -> tuple[np.ndarray, np.ndarray]:
        found = self.__dict__.get("sorted")
        if found is None:
            order = np.argsort(self.options.request, kind="stable")
            found = self.__dict__["sorted"] = (self.options.request[order], order)
        return found

    def _unmet(self, one: Unmet, language: str) -> Document:
        relaxed = one.relaxation
        return {
            "request": self.problem.requests[one.request].id,
            "reason": one.reason,
            "nearest": [{"specialist": who, "lacks": lack} for who, lack in one.nearest],
            "relaxation": None
            if relaxed is None
            else {"change": relaxed.change, "by": relaxed.by, "serves_with": relaxed.serves_with},
            "because": "".join(sentence.said(language) for sentence in why_nobody(one))
            if language == "ja"
            else " ".join(sentence.said(language) for sentence in why_nobody(one)),
        }


def gap(objective: int, bound: int) -> float:
    """How far plan and bound are apart, as a part of the plan's points."""
    return 0.0 if objective <= bound else (objective - bound) / max(1, abs(objective))


def _held(one: Held | None) -> Document | None:
    return None if one is None else {"specialist": one.specialist, "start": one.start, "slots": as_pairs(one.slots)}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"
