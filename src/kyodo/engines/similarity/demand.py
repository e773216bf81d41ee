"""What a demand line asks for: the thing by its usual name, what it states of it, and the rest of its words.

「ノートPC（13.3型・8GB）」 is a ノートパソコン with a screen of 13.3 inches and 8 GB.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kyodo.engines.similarity.normalise import BLANKS, normalise
from kyodo.engines.similarity.plain import Spellings
from kyodo.engines.similarity.spans import blanked, replaced
from kyodo.engines.similarity.specs import Spec, prepared, read_specs
from kyodo.engines.similarity.tables import PARTED, rows, spellings

NOISE = "noise"
# One private sign stands for each thing found, so that the words around it can be read.
FIRST_MARK = 0xE000
MARK = re.compile("[\ue000-\uf8ff]")
FOR_SOMETHING = re.compile("[\ue000-\uf8ff](?=\\s*(?:専?用|向け))")
MOST_MARKS = 0xF900 - FIRST_MARK
GOES_ON = re.compile(r"[ァ-ヺ一-鿿々]")
WORDS = re.compile(r"[^\W_]+")
PARENTHESES = re.compile(r"[(\[{【「『<〈《][^)\]}】」』>〉》]*[)\]}】」』>〉》]?")

UNITS: Mapping[str, str] = {
    spelling: words[0]
    for words in (
        ("個", "ケ", "ヶ", "コ", "ピース", "箇"),
        ("箱", "ケース", "函", "box", "カートン", "ｹｰｽ"),
        ("セット", "組", "set"),
        ("巻", "ロール"),
        ("パック", "pk"),
        ("ライセンス", "lic", "license", "licence", "ユーザー", "ユーザ", "人", "名", "id", "アカウント", "user"),
        ("台", "台数"),
        ("式", "一式", "1式"),
        ("冊", "束(500枚)", "締め"),
        ("月", "か月", "ヶ月", "ヵ月", "カ月", "月額"),
        ("人月", "人・月"),
        ("kwh", "キロワットアワー", "kw時"),
        ("l", "リットル", "ℓ"),
        ("m2", "平米", "平方メートル"),
        ("着", "枚(着)"),
    )
    for spelling in map(normalise, words)
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand line, read: its unit, what it states firmly and loosely, its thing where it is known, and the rest.

    `named` are all things of the table that it names, the thing too.
    """

    unit: str
    firm: frozenset[tuple[str, str]]
    loose: frozenset[tuple[str, str]]
    thing: str
    named: frozenset[str]
    rest: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as it is compared, its unit as typed, and the words in which it said each thing it states."""

    asked: Asked
    unit: str
    written: Mapping[str, str]


@cache
def _attributes(*, noise: bool) -> tuple[tuple[str, Spec], ...]:
    """The words of the attributes, or those that say nothing of what is bought."""
    return tuple(
        (word, Spec(row["kind"], row["value"], word, firm=row["weight"] == "must"))
        for row in rows("attributes.csv")
        for word in row["words"].split(PARTED)
        if (row["kind"] == NOISE) == noise
    )


@cache
def goods() -> tuple[tuple[str, str], ...]:
    """Each name of a thing with the thing."""
    return tuple((name, row["thing"]) for row in rows("goods.csv") for name in spellings(row, "thing", "words"))


@dataclass(frozen=True)
class Tables:
    """What words mean: things and attributes in one, attributes alone (inside a thing's name), words that say nothing.

    `apart` are, for each thing, the kinds of attributes that its own names tell apart: モノクロ複合機, カラー複合機.
    Only those count inside a name; what all say, such as 無線 in 無線LANアクセスポイント, does not.
    """

    meanings: Spellings[str | Spec]
    attributes: Spellings[Spec]
    noise: Spellings[Spec]
    apart: Mapping[str, frozenset[str]]


def made_of(names: Sequence[tuple[str, str]]) -> Tables:
    """Tables with these names of things."""
    attributes = Spellings(_attributes(noise=False))
    told: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name, thing in names:
        for _start, _end, spec in attributes.found(normalise(name), inside=True):
            told[thing][spec.about].add(spec.value)
    return Tables(
        Spellings([*names, *_attributes(noise=False)]),
        attributes,
        Spellings(_attributes(noise=True)),
        {
            thing: frozenset(about for about, values in kinds.items() if len(values) > 1)
            for thing, kinds in told.items()
        },
    )


@cache
def tables() -> Tables:
    """The checked-in tables, read once."""
    return made_of(goods())


def read_line(text: str, unit: str, told: Tables | None = None) -> Reading:
    """Take a line apart."""
    told = told or tables()
    left, stated = prepared(MARK.sub(" ", normalise(text)))
    marked, names = _marked(left, stated, told)
    specs = list(read_specs(marked))
    stated += [spec for _start, _end, spec in specs]
    marked = blanked(marked, specs)
    for_something = {match.start() for match in FOR_SOMETHING.finditer(marked)}
    marked = blanked(marked, told.noise.found(marked))
    heads = [
        match.start() for match in MARK.finditer(marked) if match.start() not in for_something and not _goes_on(match)
    ]
    thing = names[marked[_most_telling(marked, heads)]] if heads else ""
    rest = "".join(sign if sign not in names else names[sign] if names[sign] != thing else " " for sign in marked)
    return Reading(
        Asked(
            _unit(unit),
            frozenset((spec.about, spec.value) for spec in stated if spec.firm),
            frozenset((spec.about, spec.value) for spec in stated if not spec.firm),
            thing,
            frozenset(names[marked[place]] for place in heads),
            " ".join(WORDS.findall(rest)),
        ),
        unit.strip(),
        _written(stated, text),
    )


def _written(stated: Sequence[Spec], text: str) -> dict[str, str]:
    """By what it is about, what was said, with capital letters where they were."""
    typed = BLANKS.sub(" ", unicodedata.normalize("NFKC", text))
    words: dict[str, list[str]] = defaultdict(list)
    for spec in stated:
        found = re.search(re.escape(spec.written), typed, re.IGNORECASE)
        words[spec.about].append(found[0] if found else spec.written)
    return {about: "・".join(dict.fromkeys(said)) for about, said in words.items()}


def _unit(unit: str) -> str:
    plain = normalise(unit)
    return UNITS.get(plain, plain)


def _marked(text: str, stated: list[Spec], told: Tables) -> tuple[str, dict[str, str]]:
    """The text with a sign for each thing in it and no attributes; those are added to `stated`."""
    names: dict[str, str] = {}
    signs = []
    for start, end, meaning in told.meanings.found(text):
        sign = " "
        if isinstance(meaning, Spec):
            stated.append(replace(meaning, written=text[start:end]))
        else:
            for first, after, spec in told.attributes.found(text[start:end], inside=True):
                if spec.about in told.apart.get(meaning, ()):
                    stated.append(replace(spec, written=text[start + first : start + after]))
            sign = chr(FIRST_MARK + len(names) % MOST_MARKS)
            names[sign] = meaning
        signs.append((start, end, sign))
    return replaced(text, signs), names


def _goes_on(mark: re.Match[str]) -> bool:
    """True if more of the word follows, so that it is another thing: モニター台 is no モニター."""
    return bool(GOES_ON.match(mark.string, mark.end()))


def _most_telling(marked: str, heads: list[int]) -> int:
    """The last thing outside parentheses, as a word's head stands at its end; otherwise the last within."""
    within = [range(match.start(), match.end()) for match in PARENTHESES.finditer(marked)]
    outside = [place for place in heads if not any(place in span for span in within)]
    return (outside or heads)[-1]
