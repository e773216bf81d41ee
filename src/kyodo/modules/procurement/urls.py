"""Addresses of joint procurement."""

from __future__ import annotations

from django.urls import path

from kyodo.modules.procurement.views import cases, members, survey

app_name = "procurement"
urlpatterns = [
    path("", cases.listing, name="list"),
    path("new/", cases.new, name="new"),
    path("<int:case_id>/", cases.case, name="case"),
    path("<int:case_id>/edit/", cases.edit, name="edit"),
    path("<int:case_id>/items/", cases.items, name="items"),
    path("<int:case_id>/move/", cases.move, name="move"),
    path("<int:case_id>/days/", cases.days, name="days"),
    path("<int:case_id>/members/new/", members.add, name="add_bodies"),
    path("<int:case_id>/members/", members.roles, name="roles"),
    path("<int:case_id>/join/", members.join, name="join"),
    path("<int:case_id>/leave/", members.leave, name="leave"),
    path("<int:case_id>/survey/", survey.survey, name="survey"),
    path("<int:case_id>/survey/answer/", survey.answer, name="answer"),
    path("<int:case_id>/survey/sheet/", survey.sheet, name="survey_sheet"),
    path("<int:case_id>/survey/ask/", survey.ask, name="ask"),
    path("<int:case_id>/survey/questions/", survey.questions, name="questions"),
    path("<int:case_id>/survey/<int:organisation_id>/", survey.response, name="response"),
    path("<int:case_id>/survey/<int:organisation_id>/enter/", survey.enter, name="enter"),
]
