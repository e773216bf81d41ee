"""Registers checks with Django."""

from django.apps import AppConfig


class ChecksConfig(AppConfig):
    """The doctor."""

    name = "kyodo.core.checks"
    label = "checks"

    def ready(self) -> None:
        """Hand over the checks that belong to no package."""
        from kyodo.core.checks import data, settings
        from kyodo.core.checks.registry import register
        from kyodo.engines.words import _

        register(10, _("設定"), settings.check)
        register(20, _("データベース"), data.check_database)
        register(40, _("保存場所"), data.check_storage)
        register(50, _("時計"), data.check_clock)
        register(60, _("メール"), settings.check_mail)
