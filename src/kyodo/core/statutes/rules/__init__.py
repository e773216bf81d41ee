"""What a statute's row may say, which row decides for a body on a day, and how that is said. Pure."""

from kyodo.core.statutes.rules.book import Book, Decided, Mark, Row
from kyodo.core.statutes.rules.catalogue import RULES, Bound
from kyodo.core.statutes.rules.draft import RowDraft, faults_of_correction, faults_of_end, faults_of_row
from kyodo.core.statutes.rules.words import (
    CLASS_WORDS,
    LEVEL_WORDS,
    SURE_WORDS,
    UNIT_WORDS,
    BodyClass,
    Level,
    Sure,
    Unit,
    class_of_kind,
)

__all__ = [
    "CLASS_WORDS",
    "LEVEL_WORDS",
    "RULES",
    "SURE_WORDS",
    "UNIT_WORDS",
    "BodyClass",
    "Book",
    "Bound",
    "Decided",
    "Level",
    "Mark",
    "Row",
    "RowDraft",
    "Sure",
    "Unit",
    "class_of_kind",
    "faults_of_correction",
    "faults_of_end",
    "faults_of_row",
]
