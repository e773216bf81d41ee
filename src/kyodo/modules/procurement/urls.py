"""Addresses of joint procurement."""

from __future__ import annotations

from django.urls import path

from kyodo.modules.procurement.views import alignment, cases, commitment, members, merging, survey

app_name = "procurement"
urlpatterns = [
    path("", cases.listing, name="list"),
    path("new/", cases.new, name="new"),
    path("<int:case_id>/", cases.case, name="case"),
    path("<int:case_id>/edit/", cases.edit, name="edit"),
    path("<int:case_id>/items/", cases.items, name="items"),
    path("<int:case_id>/move/", cases.move, name="move"),
    path("<int:case_id>/calendar/", cases.calendar, name="calendar"),
    path("<int:case_id>/days/", cases.days, name="days"),
    path("<int:case_id>/members/new/", members.add, name="add_bodies"),
    path("<int:case_id>/members/", members.roles, name="roles"),
    path("<int:case_id>/join/", members.join, name="join"),
    path("<int:case_id>/leave/", members.leave, name="leave"),
    path("<int:case_id>/alignment/", alignment.alignment, name="alignment"),
    path("<int:case_id>/alignment/topics/", alignment.topics, name="topics"),
    path("<int:case_id>/alignment/require/", alignment.require, name="require"),
    path("<int:case_id>/alignment/answer/", alignment.reply, name="reply"),
    path("<int:case_id>/alignment/lots/", alignment.lots, name="lots"),
    path("<int:case_id>/alignment/publish/", alignment.publish, name="publish"),
    path("<int:case_id>/alignment/versions/", alignment.versions, name="versions"),
    path("<int:case_id>/alignment/bodies/<int:organisation_id>/", alignment.enter_requirements, name="enter_required"),
    path("<int:case_id>/alignment/<int:topic_id>/", alignment.topic, name="topic"),
    path("<int:case_id>/alignment/<int:topic_id>/settle/", alignment.settle, name="settle"),
    path("<int:case_id>/alignment/<int:topic_id>/close/", alignment.close, name="close"),
    path("<int:case_id>/commitment/", commitment.commitments, name="commitments"),
    path("<int:case_id>/commitment/write/", commitment.write, name="commit"),
    path("<int:case_id>/commitment/bind/", commitment.bind, name="bind"),
    path("<int:case_id>/commitment/ground/", commitment.ground, name="ground"),
    path("<int:case_id>/commitment/<int:organisation_id>/", commitment.commitment, name="commitment"),
    path("<int:case_id>/commitment/<int:organisation_id>/enter/", commitment.enter_commitment, name="enter_commitment"),
    path("<int:case_id>/survey/", survey.survey, name="survey"),
    path("<int:case_id>/survey/answer/", survey.answer, name="answer"),
    path("<int:case_id>/survey/sheet/", survey.sheet, name="survey_sheet"),
    path("<int:case_id>/survey/merging/", merging.proposals, name="merging"),
    path("<int:case_id>/survey/merging/ask/", merging.ask, name="merge_ask"),
    path("<int:case_id>/survey/merging/<int:proposal_id>/", merging.decide, name="merge_decide"),
    path("<int:case_id>/survey/merging/lines/<int:line_id>/", merging.part, name="merge_part"),
    path("<int:case_id>/survey/ask/", survey.ask, name="ask"),
    path("<int:case_id>/survey/questions/", survey.questions, name="questions"),
    path("<int:case_id>/survey/<int:organisation_id>/", survey.response, name="response"),
    path("<int:case_id>/survey/<int:organisation_id>/enter/", survey.enter, name="enter"),
]
