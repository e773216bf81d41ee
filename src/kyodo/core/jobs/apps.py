"""Registers jobs with Django, and what each role may do with them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Jobs, their pages and their timetable."""

    name = "kyodo.core.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Grant the permissions; a link at the foot, so that long work can be left and come back to."""
        from kyodo.core.access import grants
        from kyodo.core.access.doors import acting
        from kyodo.core.checks.registry import register
        from kyodo.core.jobs import check, contributions, permissions
        from kyodo.core.ui import menu

        grants.register(permissions.GRANTS)
        contributions.hand_over()
        register(70, check.NAME, check.check)
        menu.register_footer(
            menu.MenuEntry(
                label=_("処理の一覧"),
                url_name="jobs:own",
                order=60,
                shown_to=lambda request: acting(request).may(permissions.Permission.OWN),
            )
        )
