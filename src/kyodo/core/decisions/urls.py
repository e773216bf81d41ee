"""Addresses of decisions; what is decided has its own."""

from __future__ import annotations

from django.urls import path

from kyodo.core.decisions.views import approving, lists, papers, recording, setting_up

app_name = "decisions"
MATTER = "<str:kind>/<int:subject_id>/"
urlpatterns = [
    path("", lists.own, name="list"),
    path("steps/", setting_up.bodies, name="bodies"),
    path("steps/<int:organisation_id>/", setting_up.steps, name="steps"),
    path(MATTER, papers.matter, name="matter"),
    path(f"{MATTER}paper/", papers.paper, name="paper"),
    path(f"{MATTER}paper.docx", papers.document, name="document"),
    path(f"{MATTER}ask/", approving.ask, name="ask"),
    path(f"{MATTER}answer/", approving.answer, name="answer"),
    path(f"{MATTER}withdraw/", approving.withdraw, name="withdraw"),
    path(f"{MATTER}record/", recording.write, name="record"),
    path(f"{MATTER}record/withdraw/", recording.withdraw, name="withdraw_record"),
]
