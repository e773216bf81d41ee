"""Registers accounts with Django, and lets sign-in events of django-allauth leave their entries in the record."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and how they sign in."""

    name = "kyodo.core.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Connect the events that django-allauth announces, open its pages, and take a place in the frame."""
        from django.utils.translation import gettext_lazy

        from kyodo.core.access import doors, grants
        from kyodo.core.accounts import contributions, permissions, sign_in_events, views
        from kyodo.core.ui import language, menu

        grants.register(permissions.GRANTS)
        grants.register_inside(permissions.INSIDE)
        contributions.hand_over()
        doors.open_others(permissions.OTHERS)
        sign_in_events.connect()
        language.remember_with(views.remember_language)
        menu.register_account(menu.MenuEntry(label=gettext_lazy("アカウント"), url_name="account", order=50))
        menu.register(
            menu.MenuEntry(
                label=gettext_lazy("利用者"),
                url_name="users",
                order=80,
                shown_to=lambda request: doors.acting(request).may(permissions.Permission.USER_SEE),
            )
        )
