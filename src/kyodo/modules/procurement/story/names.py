"""The names of several bodies in one line."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import ngettext


def in_short(names: Sequence[str], *, most: int) -> str:
    """The first names, and how many more there are."""
    told = "、".join(names[:most])
    if (rest := len(names) - most) <= 0:
        return told
    return f"{told} {ngettext('ほか%(n)d団体', 'ほか%(n)d団体', rest) % {'n': rest}}"
