"""Every text of the interface has its English: collected from code and templates, compared with the catalogues.

`python -m tests.translations` fails on a missing, empty, fuzzy or left-over entry and on a placeholder that differs;
`--write` brings the catalogues up to date, so that only the English is left to write.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parents[1] / "src" / "kyodo"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
LEAD = "# Messages of {place}: Japanese is the message id, this is the English.\n"
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]*\}|%[sd]")
CALL = re.compile(r"(?:\b|_)(?P<name>gettext|ngettext|pgettext|_)\((?P<body>.*?)\)(?= |$|X)", re.DOTALL)

HEADER_NOISE = re.compile(
    r'"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By'
    r"|Report-Msgid-Bugs-To|Project-Id-Version):.*\n"
)

Message = str | tuple[str, str]


def owner(path: Path) -> Path:
    """The folder whose catalogue holds the texts of `path`: its module, core package or engine."""
    parts = path.relative_to(SOURCE).parts
    return SOURCE / parts[0] if parts[0] == "config" or len(parts) < 3 else SOURCE / parts[0] / parts[1]


def texts_of_python(path: Path) -> Iterator[tuple[int, Message]]:
    """Line and text of each marked string in a Python file."""
    keywords = list(KEYWORDS)
    for line, _function, message, _comments in extract_python(
        io.BytesIO(path.read_bytes()), keywords, [], {"encoding": "utf-8"}
    ):
        if isinstance(message, tuple):
            singular, plural = [str(part) for part in message if part][:2]
            yield line, (singular, plural)
        elif message:
            yield line, str(message)


def texts_of_template(path: Path) -> Iterator[tuple[int, Message]]:
    """Line and text of each `translate` and `blocktranslate`; Django itself turns the template into calls."""
    calls = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for found in CALL.finditer(calls):
        line = calls.count("\n", 0, found.start()) + 1
        code = f"{found['name']}({found['body']})"
        for _line, _function, message, _comments in extract_python(
            io.BytesIO(code.encode()), list(KEYWORDS), [], {"encoding": "utf-8"}
        ):
            if isinstance(message, tuple):
                yield line, (str(message[0]), str(message[1]))
            elif message:
                yield line, str(message)


def collect() -> dict[Path, Catalog]:
    """A catalogue a place, of all texts found there."""
    found: dict[Path, Catalog] = {}
    for path in sorted(
        [*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/**/*.html"), *SOURCE.rglob("templates/**/*.txt")]
    ):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        texts = texts_of_python if path.suffix == ".py" else texts_of_template
        for line, message in texts(path):
            catalog = found.setdefault(owner(path), Catalog(locale="en", fuzzy=False))
            catalog.add(message, locations=[(str(path.relative_to(SOURCE)), line)])
    return found


def catalogue_path(place: Path) -> Path:
    """Where the English of a place stands."""
    return place / "locale" / "en" / "LC_MESSAGES" / "django.po"


def read(path: Path) -> Catalog:
    """The catalogue as it stands; an empty one where there is none."""
    if not path.exists():
        return Catalog(locale="en", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="en")


def faults(place: Path, wanted: Catalog) -> Iterator[str]:
    """What is wrong with the catalogue of a place, a line each."""
    path = catalogue_path(place)
    have = read(path)
    name = path.relative_to(SOURCE)
    for message in wanted:
        if not message.id:
            continue
        entry = have.get(message.id)
        where = message.locations[0]
        if entry is None or not all([entry.string] if isinstance(entry.string, str) else entry.string):
            yield f"{name}: no English for {message.id!r} ({where[0]}:{where[1]}): run `make messages` and write it"
        elif entry.fuzzy:
            yield f"{name}: {message.id!r} is marked fuzzy: check it and take the mark away"
        else:
            originals = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = (entry.string,) if isinstance(entry.string, str) else entry.string
            holders = {holder for text in originals for holder in PLACEHOLDER.findall(text)}
            for string in strings:
                if set(PLACEHOLDER.findall(string)) - holders or (
                    len(strings) == 1 and holders - set(PLACEHOLDER.findall(string))
                ):
                    yield f"{name}: placeholders differ in {message.id!r}"
    for entry in have:
        if entry.id and wanted.get(entry.id) is None:
            yield f"{name}: {entry.id!r} is used nowhere: run `make messages`"


def write(place: Path, wanted: Catalog) -> None:
    """Bring the catalogue of a place up to date, keeping the English that is there."""
    path = catalogue_path(place)
    have = read(path)
    fresh = Catalog(locale="en", fuzzy=False, header_comment=LEAD.format(place=place.relative_to(SOURCE)).rstrip())
    for message in wanted:
        if message.id:
            entry = have.get(message.id)
            fresh.add(
                message.id, entry.string if entry else "", locations=[(name, None) for name, _ in message.locations]
            )
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, fresh, width=100, omit_header=False, sort_output=True, include_lineno=False)
    text = path.read_text(encoding="utf-8")
    path.write_text(HEADER_NOISE.sub("", text), encoding="utf-8")


def main() -> int:
    """Check, or with --write renew."""
    collected = collect()
    if "--write" in sys.argv:
        for place, wanted in collected.items():
            write(place, wanted)
    told = [fault for place, wanted in collected.items() for fault in faults(place, wanted)]
    for path in SOURCE.rglob("django.po"):
        if path.parents[3] not in collected:
            told.append(f"{path.relative_to(SOURCE)}: nothing in this place is translated; remove the file")
    print("\n".join(told[:60]))
    return 1 if told and "--write" not in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
