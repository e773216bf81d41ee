"""A need's story as its pages show it: to those who work with it, and to everybody."""

from __future__ import annotations

from kyodo.modules.needs.story.likeness import likenesses
from kyodo.modules.needs.story.need import tell
from kyodo.modules.needs.story.public import tell_public

__all__ = ["likenesses", "tell", "tell_public"]
