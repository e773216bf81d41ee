"""Static files under names that carry their hash, so that a browser may keep them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class BuiltFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the package has no types
    """A page still answers, with plain names, where nothing has been collected yet (a doctor's run, a test)."""

    def stored_name(self, name: str) -> str:
        """The hashed name, where there is one."""
        return str(super().stored_name(name)) if self.hashed_files else name
