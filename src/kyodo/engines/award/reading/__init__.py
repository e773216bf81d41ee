"""From a file to a validated problem: all faults at once, each with its JSON path."""

from kyodo.engines.award.reading.tender import read_problem
from kyodo.engines.reading.document import BadInputError, Fault, load_document, parse_document

__all__ = ["BadInputError", "Fault", "load_document", "parse_document", "read_problem"]
