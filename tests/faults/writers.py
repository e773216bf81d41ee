"""People who write through the JSON API, and remember what they were told: it has to be there afterwards."""

from __future__ import annotations

import hashlib
import http.client
import json
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

BROKEN = (OSError, http.client.HTTPException)  # what a client sees when the server dies under it


class Api:
    """One connection with one token."""

    def __init__(self, port: int, token: str) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.token = token

    def call(self, method: str, path: str, body: Any = None, *, key: str = "") -> tuple[int, Any]:
        """Status and JSON of the answer."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        self.line.request(
            method, f"/api/v1{path}", body=json.dumps(body) if body is not None else None, headers=headers
        )
        answer = self.line.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else None

    def post(self, title: str) -> tuple[int, Any]:
        """Post a need; its key is made from the title, so that the same again is the same need."""
        key = hashlib.sha256(title.encode()).hexdigest()
        trouble = "月曜の朝は40分待ちになり、苦情が月に12件あります。"
        return self.call("POST", "/needs", {"title": title, "trouble": trouble, "audience": "all"}, key=key)

    def back(self, need: int) -> int:
        """Join a need."""
        return self.call("POST", f"/needs/{need}/backing", {"volume": "年300件", "note": "うちもです。"})[0]

    def move(self, need: int, to: str) -> int:
        """Move a need."""
        return self.call("POST", f"/needs/{need}/moves", {"to": to})[0]

    def close(self) -> None:
        """Hang up."""
        self.line.close()


@dataclass(slots=True)
class Ledger:
    """What was acknowledged, what was sent and never answered, and every status that was seen."""

    posted: dict[str, int] = field(default_factory=dict)
    owner: dict[str, int] = field(default_factory=dict)  # title → index of who posts it
    backed: set[tuple[int, int]] = field(default_factory=set)
    moved: set[tuple[int, str]] = field(default_factory=set)
    unanswered: dict[str, int] = field(default_factory=dict)  # title → index of who posts it
    seen: Counter[int] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, status: int) -> int:
        """Count a status."""
        with self.lock:
            self.seen[status] += 1
        return status

    def facts(self) -> dict[str, Any]:
        """As `inside.check` takes it."""
        return {"posted": self.posted, "backed": sorted(self.backed), "moved": sorted(self.moved)}


class Crowd:
    """Writers at work, each in a thread, until they are called off or the server dies under them."""

    def __init__(self, port: int, people: list[dict[str, Any]], ledger: Ledger, *, prefix: str, seed: int) -> None:
        self.port, self.ledger, self.prefix, self.seed = port, ledger, prefix, seed
        self.officers = [one for one in people if one["role"] == "officer"]
        self.coordinator = next(one for one in people if one["role"] == "coordinator")
        self.enough = threading.Event()
        self.threads: list[threading.Thread] = []
        self.faults: list[str] = []

    def begin(self, writers: int) -> None:
        """Let them write."""
        self.threads = [threading.Thread(target=self._work, args=(number,), daemon=True) for number in range(writers)]
        for thread in self.threads:
            thread.start()

    def end(self, *, within: float = 60.0) -> None:
        """Call them off, and wait for them."""
        self.enough.set()
        until = time.monotonic() + within
        for thread in self.threads:
            thread.join(timeout=max(0.1, until - time.monotonic()))
            assert not thread.is_alive(), "a writer hangs"
        assert not self.faults, self.faults[:3]

    def _work(self, number: int) -> None:
        chance = random.Random(f"{self.seed}/{self.prefix}/{number}")
        index = number % len(self.officers)
        own = Api(self.port, self.officers[index]["token"])
        mover = Api(self.port, self.coordinator["token"])
        try:
            for count in range(100_000):
                if self.enough.is_set():
                    return
                kind = chance.random()
                if kind < 0.6:
                    self._post(own, index, f"{self.prefix}の相談 {number}-{count}")
                elif kind < 0.8:
                    self._back(own, index, chance)
                else:
                    self._move(mover, chance)
        except BROKEN:
            return  # killed under them: what was not answered may or may not have happened
        except Exception as fault:
            self.faults.append(repr(fault))
        finally:
            own.close()
            mover.close()

    def _post(self, api: Api, index: int, title: str) -> None:
        with self.ledger.lock:
            self.ledger.unanswered[title] = index
        status, answer = api.post(title)
        self.ledger.note(status)
        with self.ledger.lock:
            del self.ledger.unanswered[title]
            if status in (HTTPStatus.CREATED, HTTPStatus.OK):
                self.ledger.posted[title] = answer["id"]
                self.ledger.owner[title] = index

    def _back(self, api: Api, index: int, chance: random.Random) -> None:
        need = self._some_need(chance)
        if need and self.ledger.note(api.back(need)) == HTTPStatus.CREATED:
            with self.ledger.lock:
                self.ledger.backed.add((need, self.officers[index]["organisation"]))

    def _move(self, api: Api, chance: random.Random) -> None:
        need = self._some_need(chance)
        if need and self.ledger.note(api.move(need, "checking")) == HTTPStatus.CREATED:
            with self.ledger.lock:
                self.ledger.moved.add((need, "checking"))

    def _some_need(self, chance: random.Random) -> int | None:
        with self.ledger.lock:
            recent = list(self.ledger.posted.values())[-40:]
        return chance.choice(recent) if recent else None
