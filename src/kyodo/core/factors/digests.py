"""What is kept of a code. Ten thousand times ten thousand codes are soon tried out against a plain hash, so the
installation's own key is part of it: a copy of the database alone betrays none. A new key makes all sheets useless.
"""

from __future__ import annotations

from django.utils.crypto import constant_time_compare, salted_hmac


def of_sheet(sheet: int, number: int, code: str) -> str:
    """The digest of a code of a sheet."""
    return salted_hmac("kyodo.factors.sheet", f"{sheet}:{number}:{code}", algorithm="sha256").hexdigest()


def of_mail(user: int, code: str) -> str:
    """The digest of a mailed code."""
    return salted_hmac("kyodo.factors.mail", f"{user}:{code}", algorithm="sha256").hexdigest()


same = constant_time_compare
