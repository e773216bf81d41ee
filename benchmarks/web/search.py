"""What a search costs: a checked-in set of rare, middling and common words on 100,000 documents.

`python -m benchmarks.web.search NUMBER` fills the database of its environment and prints the figures as JSON. The texts
are sentences of the demonstration, drawn anew for each document, with a number that stands in few of them.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

SEED, RUNS, LONG = 20261124, 15, 180
DEMO = Path(__file__).resolve().parents[2] / "demo" / "needs"
ASKED = {
    "rare": ("整理番号0004217", "0098765", "整理番号0050000 予約", '"整理番号0000777"', "0071234 -体育館"),
    "middling": ("粉ミルク", "罹災証明", "往復はがき", "二重予約", "外字 照合", "登録番号", "給付金", "連絡船"),
    "common": ("電話", "予約", "職員", "窓口", "電話 職員", "予約 -体育館", "担当の電話", "紙"),
    "nowhere": ("量子暗号", "月面基地"),
}


def texts(number: int) -> Iterator[tuple[str, str]]:
    """Titles and bodies of about 200 characters."""
    needs = [
        need for path in sorted(DEMO.glob("*.toml")) for need in tomllib.loads(path.read_text(encoding="utf-8"))["need"]
    ]
    sentences = [told for need in needs for told in need["trouble"].split("。") if told.strip()]
    chance = random.Random(SEED)
    for key in range(1, number + 1):
        body = ""
        while len(body) < LONG:
            body += chance.choice(sentences) + "。"
        yield chance.choice(needs)["title"], f"{body}整理番号{key:07}。"


def fill(number: int) -> float:
    """Make the documents through the search's own rebuild; seconds."""
    from django.core.management import call_command

    from kyodo.core.access.actor import Actor
    from kyodo.core.search import documents, registry
    from kyodo.core.search.registry import Found, SearchSource

    call_command("migrate", verbosity=0)
    chance, start = random.Random(SEED), datetime(2020, 4, 1, tzinfo=UTC)

    def made(_numbers: Sequence[int] | None) -> Iterator[Found]:
        for key, (title, body) in enumerate(texts(number), start=1):
            readers = {"region", f"body{chance.randrange(62)}"} | ({"bodies"} if chance.random() < 0.8 else set())
            yield Found(key, title, body, "", start + timedelta(minutes=key), frozenset(readers))

    def keys(_actor: Actor) -> frozenset[str]:
        return frozenset({"bodies", "body7"})

    registry.register(SearchSource("bench.text", "", made, keys, lambda key, _actor: f"/{key}/"))
    registry.register(SearchSource("needs.need", "", lambda _numbers: (), keys, lambda key, _actor: f"/{key}/"))
    began = time.monotonic()
    documents.rebuild(lambda _done: None)
    return time.monotonic() - began


def ask() -> dict[str, list[dict[str, float | int | str]]]:
    """Milliseconds of each question, from what was typed to the rows of the page."""
    from django.db import connection

    from kyodo.core.access.actor import resident
    from kyodo.core.search import queries, terms

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE search_document, search_words")
    told: dict[str, list[dict[str, float | int | str]]] = {}
    for kind, questions in ASKED.items():
        for asked in questions:
            took = []
            for _run in range(RUNS):
                began = time.perf_counter()
                answer = queries.search(terms.read(asked), actor=resident())
                took.append((time.perf_counter() - began) * 1000)
            row = {"asked": asked, "hits": answer.count, "median": statistics.median(took), "worst": max(took[1:])}
            told.setdefault(kind, []).append(row)
    return told


if __name__ == "__main__":
    django.setup()
    filled = fill(int(sys.argv[1]))
    sys.stdout.write(json.dumps({"filled": filled, "asked": ask()}, ensure_ascii=False))
