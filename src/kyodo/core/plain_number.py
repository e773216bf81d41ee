"""Figures as people write them: no exponent, no empty decimal places. Pure."""

from __future__ import annotations

from decimal import Decimal


def plain(value: Decimal) -> Decimal:
    """The same number, whose text has neither an exponent nor empty decimal places.

    >>> str(plain(Decimal("70000000.0000"))), str(plain(Decimal("7E+7"))), str(plain(Decimal("2.50")))
    ('70000000', '70000000', '2.5')
    """
    return Decimal(f"{value.normalize():f}")
