"""Japanese words of a text, by Sudachi with its small dictionary, each in its usual spelling (引越し → 引っ越し).

The dictionary is a file mapped into memory, whose pages all processes share; little of it is each process's own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sudachipy import Dictionary, SplitMode
from sudachipy.tokenizer import Tokenizer

from kyodo.engines.similarity.normalise import normalise

LONGEST = 8_000  # characters at once: Sudachi takes 49,149 bytes
PARTICLES = frozenset({"助詞", "補助記号", "空白"})
SIGNS = frozenset({"補助記号", "空白", "記号"})
CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞"})
# What stands in any text, and therefore tells nothing.
EMPTY = frozenset(
    [
        "事",
        "物",
        "時",
        "為",
        "方",
        "所",
        "人",
        "者",
        "物",
        "様",
        "内",
        "中",
        "前",
        "後",
        "上",
        "下",
        "為る",
        "居る",
        "有る",
        "成る",
        "出来る",
        "言う",
        "来る",
        "行く",
        "見る",
        "分かる",
    ]
)

_dictionary_lock = threading.Lock()
_own = threading.local()


@cache
def _dictionary() -> Dictionary:
    return Dictionary(dict="small")


def _tokenizer() -> Tokenizer:
    """A tokenizer of the calling thread: one may not be used by two at once."""
    found: Tokenizer | None = getattr(_own, "tokenizer", None)
    if found is None:
        with _dictionary_lock:
            found = _own.tokenizer = _dictionary().tokenizer(mode=SplitMode.A)
    return found


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), LONGEST):
        yield text[start : start + LONGEST]


def _morphemes(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for piece in _pieces(normalise(text)):
        for morpheme in _tokenizer().tokenize(piece):
            yield morpheme.normalized_form().casefold(), morpheme.part_of_speech()


def phrases(text: str) -> list[str]:
    """What stands between the particles of a text, as it was typed: 体育館の予約 is 体育館 and 予約."""
    found = [""]
    for piece in _pieces(normalise(text)):
        for morpheme in _tokenizer().tokenize(piece):
            if morpheme.part_of_speech()[0] in PARTICLES:
                found.append("")
            else:
                found[-1] += morpheme.surface()
    return [phrase for phrase in found if phrase]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in their usual spelling and in order.

    `all` leaves out signs only; `content` keeps what carries meaning: nouns, verbs, adjectives, but no numbers, no
    auxiliaries and nothing that stands in any text.
    """

    all: tuple[str, ...]
    content: tuple[str, ...]


def read_words(text: str) -> Words:
    """Find the words of a text."""
    found = [(word, kind) for word, kind in _morphemes(text) if kind[0] not in SIGNS]
    return Words(
        all=tuple(word for word, _kind in found),
        content=tuple(word for word, kind in found if _tells(word, kind)),
    )


def _tells(word: str, kind: tuple[str, ...]) -> bool:
    if kind[0] not in CONTENT or kind[1] == "数詞" or word in EMPTY:
        return False
    if kind[0] == "動詞" and kind[1] == "非自立可能":
        return False
    return not (kind[2] == "助数詞可能" and len(word) == 1)
