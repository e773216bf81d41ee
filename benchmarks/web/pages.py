"""CPU time of a request: the WSGI application with all its middleware, called in this process, one thread, no network.

`python -m benchmarks.web.pages RUNS` measures on the database of its environment; who asks is read from standard
input. The least of many runs is what a request costs; the median tells how busy the machine was.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from dataclasses import replace
from typing import Any

from benchmarks.web.requests import ASKED, Asked, call, environ

HEAVY = ("scipy", "highspy", "numpy", "openpyxl")


def measure(runs: int, people: dict[str, dict[str, str]]) -> dict[str, Any]:
    """Milliseconds, queries and bytes of each request; which of the heavy libraries were loaded by all of them."""
    from kyodo.config.wsgi import application
    from kyodo.modules.needs.models import Need

    joined = Need.objects.filter(audience="all", backing_count__gte=5).order_by("-pk").values_list("pk", flat=True)[0]
    asked = [replace(one, address=one.address.format(joined=joined)) for one in ASKED]
    return {
        "needs": Need.objects.count(),
        "requests": [measured(application, one, people, runs) for one in asked],
        "loaded": [name for name in HEAVY if name in sys.modules],
    }


def measured(application: Any, asked: Asked, people: dict[str, dict[str, str]], runs: int) -> dict[str, Any]:
    """Milliseconds (least and median), queries and bytes of one request."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        status, body = call(application, environ(asked, people))
        counted = len(queries)  # the log of queries is emptied by the next request
    assert status == "200 OK", (asked, status)
    for _warm in range(5):
        call(application, environ(asked, people))
    took = []
    for _run in range(runs):
        made = environ(asked, people)
        began = time.process_time()
        call(application, made)
        took.append((time.process_time() - began) * 1000)
    return {
        "name": asked.name,
        "least": min(took),
        "median": statistics.median(took),
        "queries": counted,
        "bytes": len(body),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]), json.load(sys.stdin))))
