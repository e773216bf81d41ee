"""What a contact may say, how the directory is searched, what a user name is, how long an invitation holds. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from kyodo.core import plain_text
from kyodo.core.accounts.rules import MAILBOX
from kyodo.core.faults import Fault
from kyodo.engines.words import _

KIND = "directory.contact"
NAME_LENGTH = (1, 100)
NUMBER_LENGTH = 40
MAILBOX_LENGTH = 254
REMARK_LENGTH = 200
MOST_WORDS = 5

INVITATION_HOLDS = timedelta(days=14)
NUMBER = re.compile(r"[0-9()+\-#*,. /〜~内線代表直通、・]*")
DASHES = re.compile("[‐‑‒–—―−ー－]")


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """A section's line of the directory, as it is handed in."""

    name: str
    phone: str = ""
    extension: str = ""
    fax: str = ""
    mailbox: str = ""
    remark: str = ""


def faults_of_contact(draft: ContactDraft) -> list[Fault]:
    """All that is wrong with a contact."""
    return list(_faults(draft))


def _faults(draft: ContactDraft) -> Iterator[Fault]:
    lengths = (
        ("name", draft.name, NAME_LENGTH),
        ("phone", draft.phone, (0, NUMBER_LENGTH)),
        ("extension", draft.extension, (0, NUMBER_LENGTH)),
        ("fax", draft.fax, (0, NUMBER_LENGTH)),
        ("remark", draft.remark, (0, REMARK_LENGTH)),
    )
    for field, text, (shortest, longest) in lengths:
        if sentence := plain_text.fault_of(text, shortest=shortest, longest=longest, one_line=True):
            yield Fault(field, sentence)
    for field, text in (("phone", draft.phone), ("extension", draft.extension), ("fax", draft.fax)):
        if not NUMBER.fullmatch(text):
            yield Fault(field, _("番号は、数字と「-」で書いてください。"))
    if draft.mailbox and (len(draft.mailbox) > MAILBOX_LENGTH or not MAILBOX.fullmatch(draft.mailbox)):
        yield Fault("mailbox", _("メールアドレスの形ではありません。"))


def tidy_number(text: str) -> str:
    """A number as it is kept: half width, one kind of hyphen.

    >>> tidy_number("０４２－５９８－１０１１")
    '042-598-1011'
    """
    return DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip()


def plain(text: str) -> str:
    """A text as it is searched: full and half width alike, hyphens left out, so that any way to write a number finds.

    >>> plain("０４２-598")
    '042598'
    """
    return DASHES.sub("-", unicodedata.normalize("NFKC", text)).casefold().replace("-", "")


def words_of(query: str) -> list[str]:
    """The words of a search."""
    return plain(query).split()[:MOST_WORDS]


def has_all(words: Iterable[str], *texts: str) -> bool:
    """True if each word is somewhere in the texts."""
    whole = plain(" ".join(texts))
    return all(word in whole for word in words)
