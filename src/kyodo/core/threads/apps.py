"""Registers threads with Django; the files of a post are read by whoever reads the post."""

from django.apps import AppConfig


class ThreadsConfig(AppConfig):
    """Posts about anything."""

    name = "kyodo.core.threads"
    label = "threads"

    def ready(self) -> None:
        """Grant the permissions, own the files of posts, and say how fields are called."""
        from kyodo.core.access import grants
        from kyodo.core.files import owners
        from kyodo.core.ledger.words import register_fields
        from kyodo.core.threads import permissions, queries
        from kyodo.engines.words import _

        grants.register(permissions.GRANTS)
        grants.register_inside(permissions.INSIDE)
        owners.register(queries.FILES, queries.may_read_files)
        register_fields({"text": _("書き込み"), "files": _("添付")})
