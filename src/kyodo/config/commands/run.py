"""`kyodo run`: everything in one command, on a laptop and under systemd alike."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from kyodo.config.supervisor import Child, Supervisor, kyodo_child, say


def run(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where the pages are.")] = 8000,
    host: Annotated[str, typer.Option(help="0.0.0.0 lets other machines in; see KYODO_HOSTS.")] = "127.0.0.1",
    demo: Annotated[bool, typer.Option("--demo", help="With the demonstration region.")] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Web processes [default: 2, or 1 on one core].")] = None,
) -> None:
    """Start the server and the workers; create or update the database first.

    Example: kyodo run --port 8001 --demo
    """
    if demo:
        os.environ["KYODO_DEMO"] = "1"
    # Keep what Python compiles, whatever the machine's habit is: the next start takes half the time.
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if not _is_free(host, port):
        say(f"ポート {port} は別のプログラムが使っています。ほかの番号で始めてください: make run PORT={port + 1}")
        say(f"Port {port} is taken. Choose another: make run PORT={port + 1} (or: kyodo run --port {port + 1})")
        raise typer.Exit(1)

    _prepare(demo=demo)
    supervisor = Supervisor(
        [_server(host=host, port=port, workers=workers or min(2, os.cpu_count() or 1))],
        # The pages first: whoever starts it wants to see them, and on a small machine all at once takes twice as long.
        later=[kyodo_child("worker", "--queue", "quick"), kyodo_child("worker", "--queue", "heavy")],
    )
    code = supervisor.run(
        ready=lambda: _answers(host, port),
        when_ready=_greeting(host=host, port=port, demo=demo),
    )
    raise typer.Exit(code)


def _is_free(host: str, port: int) -> bool:
    """True if nobody listens there. The server itself would share the port with another of its kind."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _prepare(*, demo: bool) -> None:
    import django

    django.setup()

    from kyodo.config.prepare import prepare

    prepare(say)
    if demo:
        from django.db import connection

        from kyodo.config.commands import demo as demonstration

        try:
            demonstration.ensure()
        except demonstration.NotEmpty:
            say("デモ以外のデータがあるので、--demo では始めません。何も変えていません。kyodo run で始めてください。")
            say("There is other data than the demonstration: nothing was changed. Start it with kyodo run instead.")
            raise typer.Exit(1) from None
        connection.close()


def _server(*, host: str, port: int, workers: int) -> Child:
    level = os.environ.get("KYODO_LOG_LEVEL", "WARNING").lower()
    options = {
        "interface": "wsgi",
        "host": host,
        "port": port,
        "workers": workers,
        "log-level": level,
        # Few threads, each with a database connection that it keeps; more requests wait their turn in front of them.
        "blocking-threads": 4,
        "blocking-threads-idle-timeout": 600,
        "backpressure": 64,
        "workers-kill-timeout": 5,
        "respawn-interval": 0.5,
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    return Child(
        name="server",
        command=[
            sys.executable,
            "-m",
            "kyodo.config.server",
            *arguments,
            "--no-ws",
            "--respawn-failed-workers",
            "kyodo.config.wsgi:application",
        ],
    )


def _first_day_key() -> str:
    """The key of the first day, while nobody looks after this installation; else nothing."""
    from django.db import connection

    from kyodo.core.first_day import keys, steps

    try:
        return "" if steps.has_begun() else keys.ensure()
    finally:
        connection.close()


def _answers(host: str, port: int) -> bool:
    """True once /healthz says that the database is there."""
    import http.client

    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # compared, not bound
    line = http.client.HTTPConnection(near, port, timeout=2)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def _greeting(*, host: str, port: int, demo: bool) -> Callable[[], None]:
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else host  # noqa: S104  # shown, not bound
    address = f"http://{shown}:{port}"

    def greet() -> None:
        if demo:
            say(f"{address} を開いてください。デモ環境なので {address}/demo/ で役を選んで入れます。終わるには Ctrl+C")
            say(f"Open {address}. This is a demonstration: choose a person at {address}/demo/. Ctrl+C ends it.")
        elif key := _first_day_key():
            say(f"はじめの準備: {address}/start/?key={key} を開いてください。鍵は、最初の運用管理者の登録までです。")
            say(f"Open {address}/start/?key={key} for the first day of your region. Ctrl+C ends it.")
        else:
            say(f"{address} を開いてサインインしてください。")
            say(f"Open {address} and sign in. Ctrl+C ends it.")

    return greet
