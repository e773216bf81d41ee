"""A field of forms that takes files: says its limits before, and afterwards which file is refused and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext

from kyodo.core.files import store
from kyodo.core.files.kinds import KINDS
from kyodo.core.files.refusal import FileRefused


class SeveralFiles(forms.FileInput):
    """The browser's own chooser, for several files at once."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        accepted = ",".join(ending for kind in KINDS for ending in kind.endings)
        super().__init__(attrs={"accept": accepted, "multiple": True} | (attrs or {}))


def _limits(most: int) -> str:
    return gettext(
        "PDF・画像・Excel・Word・PowerPoint・CSV・テキスト・ZIP。1つ{limit}MBまで、{most}個まで。マクロ入りは受け取れません。"
    ).format(limit=settings.UPLOAD_LIMIT_MB, most=most)


limits = lazy(_limits, str)


class UploadsField(forms.FileField):
    """Several files, at most `most`. Cleaned, it is a tuple of `Kept`: checked and on disk, before any transaction."""

    widget = SeveralFiles

    def __init__(self, *, most: int = 10, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", limits(most))
        super().__init__(**kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Check and keep every file; all faults at once, each with the name of its file."""
        uploads = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not uploads:
            if self.required:
                raise ValidationError(gettext("ファイルを選んでください。"), code="required")
            return ()
        if len(uploads) > self.most:
            raise ValidationError(
                gettext("一度に送れるのは{most}個までです（{count}個ありました）。").format(
                    most=self.most, count=len(uploads)
                )
            )
        return self.keep(uploads)

    def keep(self, uploads: list[Any]) -> Any:
        """Keep all of them, or say of each that can't be taken why."""
        kept, faults = [], []
        for upload in uploads:
            try:
                kept.append(store.keep(upload))
            except FileRefused as refusal:
                faults.append(f"「{upload.name}」：{refusal.sentence()}")
        if faults:
            raise ValidationError(faults)
        return tuple(kept)
