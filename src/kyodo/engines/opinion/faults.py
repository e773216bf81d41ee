"""What is wrong with an input: where, what, and what was expected; all of it at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from kyodo.engines.sentences import Fact, Sentence

MOST_FAULTS = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: `where` is a line number or a JSON path."""

    where: str
    what: Sentence
    expected: Sentence

    def said(self, language: str = "ja") -> str:
        """One line: where: what: expected."""
        return f"{self.where}: {self.what.said(language)}: {self.expected.said(language)}"


class BadInputError(Exception):
    """The file `path` can't be used; `faults` are the first of them, `more` counts the others."""

    def __init__(self, path: str, faults: list[Fault], more: int = 0) -> None:
        super().__init__("; ".join(f"{path}:{fault.said()}" for fault in faults[:5]))
        self.path = path
        self.faults = faults
        self.more = more


@dataclass(slots=True)
class Faults:
    """Collects the faults of one file; past the first fifty they are only counted."""

    path: str
    found: list[Fault] = field(default_factory=list)
    more: int = 0

    def wrong(self, where: int | str, what: str, expected: str, **facts: Fact) -> None:
        """Note a fault. `what` and `expected` are templates filled with the same facts."""
        if len(self.found) < MOST_FAULTS:
            self.found.append(Fault(str(where), Sentence(what, facts), Sentence(expected, facts)))
        else:
            self.more += 1

    def refuse(self) -> None:
        """Raise `BadInputError` if anything was wrong."""
        if self.found:
            raise BadInputError(self.path, self.found, self.more)
