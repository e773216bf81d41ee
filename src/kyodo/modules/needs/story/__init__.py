"""A need's story as its pages show it: to those who work with it, and to everybody."""

from __future__ import annotations

from kyodo.modules.needs.story.likeness import LikenessRow, likenesses
from kyodo.modules.needs.story.need import StoryPage, tell
from kyodo.modules.needs.story.public import PublicStoryPage, tell_public

__all__ = ["LikenessRow", "PublicStoryPage", "StoryPage", "likenesses", "tell", "tell_public"]
