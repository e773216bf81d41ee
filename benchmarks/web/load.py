"""Writes as fast as the server takes them: `python -m benchmarks.web.load PORT SECONDS CONNECTIONS`, tokens on stdin.

A process of its own on plain sockets, so that it takes little of the machine that it measures with. Prints how many
needs were posted, how long each took, and what else was answered.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections import Counter
from typing import Any

TROUBLE = "月曜の朝は40分待ちになり、苦情が月に12件あります。担当は2人で、月末は残業が続いています。"


async def load(port: int, seconds: float, connections: int, tokens: list[str]) -> dict[str, Any]:
    """Keep all connections busy for some seconds."""
    until = time.monotonic() + seconds
    seen: Counter[str] = Counter()
    took: list[float] = []
    began = time.monotonic()
    tasks = [
        _write(port, until, f"{os.getpid()}-{number}", tokens[number % len(tokens)], seen, took)
        for number in range(connections)
    ]
    await asyncio.gather(*tasks)
    elapsed = time.monotonic() - began
    took.sort()
    return {
        "seconds": elapsed,
        "written": seen["201"],
        "others": {status: count for status, count in seen.items() if status != "201"},
        "p50": took[len(took) // 2] * 1000,
        "p99": took[len(took) * 99 // 100] * 1000,
        "cpu": time.process_time(),
    }


async def _write(port: int, until: float, name: str, token: str, seen: Counter[str], took: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for count in range(1_000_000):
        began = time.monotonic()
        if began > until:
            break
        title = f"負荷の相談 {name}-{count}"
        body = json.dumps({"title": title, "trouble": TROUBLE, "audience": "all"}, ensure_ascii=False).encode()
        writer.write(
            b"POST /api/v1/needs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + f"Authorization: Bearer {token}\r\nIdempotency-Key: {name}-{count}-{began}\r\n".encode()
            + f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = await reader.readuntil(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length))
        seen[head[9:12].decode()] += 1
        took.append(time.monotonic() - began)
    writer.close()


if __name__ == "__main__":
    port, seconds, connections = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    sys.stdout.write(json.dumps(asyncio.run(load(port, seconds, connections, json.load(sys.stdin)))))
