"""Whoever operates Kyodo finds every setting on one page, and none that is gone."""

from __future__ import annotations

import re
from pathlib import Path

CONFIG = Path(__file__).parents[1]
PAGE = CONFIG.parents[2] / "docs" / "operate" / "settings.md"


def test_every_setting_is_on_the_page():
    settings = set(re.findall(r'env\.\w+\(\s*"(KYODO_\w+)"', (CONFIG / "settings.py").read_text(encoding="utf-8")))
    listed = set(re.findall(r"^\| `(KYODO_\w+)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert listed == settings
