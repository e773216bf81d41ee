"""What is true of accounts whatever the database says: a password to hand over, and a browser in words."""

from __future__ import annotations

import re
import secrets

# Headers that say for whom a mail is and what for; they never travel (core/mail).
MAIL_READER = "X-Kyodo-Reader"
MAIL_PURPOSE = "X-Kyodo-Purpose"

# Without 0, O, 1, l and i: it is read aloud on the telephone and typed from paper.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 4, 5

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")  # what an account can be called
MAILBOX = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")  # what is worth sending a mail to

SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)


def one_time_password() -> str:
    """A random password of 99 bits in four groups, to hand to somebody who then chooses their own."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(GROUP_LENGTH)) for _group in range(GROUPS))


def device_of(user_agent: str) -> str:
    """Browser and system as people call them ("Edge / Windows"); empty where the browser doesn't say."""
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    return " / ".join(name for name in (browser, system) if name)
