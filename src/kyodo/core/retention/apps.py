"""Registers retention with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class RetentionConfig(AppConfig):
    """保存期間と廃棄."""

    name = "kyodo.core.retention"
    label = "retention"

    def ready(self) -> None:
        """Grant permissions, link from the foot, tell what the house clears by itself."""
        from kyodo.core.access import doors, grants
        from kyodo.core.ledger.words import register_fields
        from kyodo.core.retention import actions, kinds, permissions  # noqa: F401
        from kyodo.core.ui import menu
        from kyodo.engines.words import _

        grants.register(permissions.GRANTS)
        kinds.register(kinds.RecordKind("notices", _("通知"), _("400日で自動的に消えます。")))
        kinds.register(
            kinds.RecordKind("audit", _("操作記録の連鎖"), _("消しません。廃棄したものは、氏名と内容だけを消します。"))
        )
        register_fields({"years": _("保存する年数"), "records": _("件数"), "reason": _("理由")})
        menu.register_footer(
            menu.MenuEntry(
                label=gettext_lazy("保存期間と廃棄"),
                url_name="retention:periods",
                order=70,
                shown_to=lambda request: doors.acting(request).may(permissions.Permission.SEE),
            )
        )
