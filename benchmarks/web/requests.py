"""The requests that are measured, as a WSGI server hands them over, and how the application is called with one."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Application = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: what it is called in the table, its address, who asks."""

    name: str
    address: str
    who: str = ""  # "officer", "coordinator" or nobody
    by_token: bool = False

    @property
    def path(self) -> str:
        """The address without its query."""
        return self.address.partition("?")[0]

    def headers(self, people: dict[str, dict[str, str]]) -> dict[str, str]:
        """What a browser or a program sends with it."""
        sent = {"Host": "localhost", "Accept-Encoding": "gzip", "User-Agent": "Mozilla/5.0"}
        if self.who and self.by_token:
            sent["Authorization"] = f"Bearer {people[self.who]['token']}"
        elif self.who:
            sent["Cookie"] = f"kyodo_session={people[self.who]['session']}; kyodo_language=ja"
        return sent


LIST = "/needs/"
ASKED = (
    Asked("list of 50, officer", LIST, "officer"),
    Asked("list of 50, coordinator", LIST, "coordinator"),
    Asked("list of 50, by state, officer", f"{LIST}?state=working", "officer"),
    Asked("list of 50, by state, coordinator", f"{LIST}?state=working", "coordinator"),
    Asked("list of 50, page 100, officer", f"{LIST}?page=100", "officer"),
    Asked("list of 50, most joined first, officer", f"{LIST}?sort=-backings", "officer"),
    Asked("list, a word that is common, officer", f"{LIST}?q=%E7%AA%93%E5%8F%A3", "officer"),
    Asked("list, a word without hits, officer", f"{LIST}?q=%E7%84%A1%E3%81%84%E8%A8%80%E8%91%89", "officer"),
    Asked("JSON list of 50, officer", "/api/v1/needs?limit=50", "officer", by_token=True),
    Asked("JSON list of 50, coordinator", "/api/v1/needs?limit=50", "coordinator", by_token=True),
    Asked("JSON list of 50, public", "/api/v1/needs/public?limit=50"),
    Asked("a need's page, officer", "/needs/{joined}/", "officer"),
    Asked("a need's page, coordinator", "/needs/{joined}/", "coordinator"),
    Asked("home, officer", "/", "officer"),
    Asked("home, coordinator", "/", "coordinator"),
    Asked("front, without account", "/"),
    Asked("public list, without account", "/needs/public/"),
)


def environ(asked: Asked, people: dict[str, dict[str, str]]) -> dict[str, Any]:
    """The request as WSGI (PEP 3333) has it."""
    path, _mark, query = asked.address.partition("?")
    made: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in asked.headers(people).items():
        made[f"HTTP_{name.upper().replace('-', '_')}"] = value
    return made


def call(application: Application, made: dict[str, Any]) -> tuple[str, bytes]:
    """Status and body of the answer."""
    said: list[str] = []

    def start_response(status: str, headers: list[tuple[str, str]], _fault: Any = None) -> None:
        said.append(status)

    answer = application(made, start_response)
    try:
        return said[0], b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
