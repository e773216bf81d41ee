"""Registers entries by proxy with Django."""

from django.apps import AppConfig


class ProxyConfig(AppConfig):
    """代行入力."""

    name = "kyodo.core.proxy"
    label = "proxy"

    def ready(self) -> None:
        """Hand over permissions and contributions, and make the acts known to the record."""
        from kyodo.core.proxy import actions, contributions, estate  # noqa: F401

        contributions.register()
        estate.register()
