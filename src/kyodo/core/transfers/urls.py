"""Addresses of transfers."""

from __future__ import annotations

from django.urls import path, register_converter

from kyodo.core.transfers import views


class MoveConverter:
    """What can be done with a list."""

    regex = "plan|reopen|cancel"

    def to_python(self, value: str) -> str:
        """As it is written."""
        return value

    def to_url(self, value: str) -> str:
        """As it is written."""
        return value


register_converter(MoveConverter, "move_of_transfer")

app_name = "transfers"
urlpatterns = [
    path("", views.all_of_mine, name="list"),
    path("bodies/<int:organisation_id>/new/", views.new, name="new"),
    path("bodies/<int:organisation_id>/sheet/", views.sheet, name="sheet"),
    path("<int:transfer_id>/", views.transfer, name="transfer"),
    path("<int:transfer_id>/edit/", views.edit, name="edit"),
    path("<int:transfer_id>/<move_of_transfer:to>/", views.move, name="move"),
    path("hand-over/<int:line_id>/", views.hand_over, name="hand_over"),
]
