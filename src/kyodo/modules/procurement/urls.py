"""Addresses of joint procurement."""

from __future__ import annotations

from django.urls import path

from kyodo.modules.procurement.views import cases, companies, estimates, market, members, survey

app_name = "procurement"
urlpatterns = [
    path("", cases.listing, name="list"),
    path("new/", cases.new, name="new"),
    path("public/", companies.public, name="public"),
    path("public/<int:rfi_id>/", companies.public_request, name="public_request"),
    path("public/<int:rfi_id>/register/", companies.register, name="register"),
    path("company/<str:key>/", companies.company, name="company"),
    path("company/<str:key>/ask/", companies.ask, name="company_ask"),
    path("company/<str:key>/replies/<int:question_id>/", companies.reply, name="company_reply"),
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
    path("<int:case_id>/market/", market.market, name="market"),
    path("<int:case_id>/market/request/", market.write, name="market_write"),
    path("<int:case_id>/market/publish/", market.publish, name="market_publish"),
    path("<int:case_id>/market/invite/", market.invite, name="market_invite"),
    path("<int:case_id>/market/questions/<int:question_id>/", market.question, name="market_question"),
    path("<int:case_id>/market/<int:supplier_id>/", market.answer, name="market_answer"),
    path("<int:case_id>/market/<int:supplier_id>/ask/", market.ask, name="market_ask"),
    path("<int:case_id>/estimates/", estimates.estimates, name="estimates"),
    path("<int:case_id>/estimates/hand-out/", estimates.hand_out, name="hand_out"),
    path("<int:case_id>/estimates/confirm/", estimates.confirm, name="estimate_confirm"),
    path("<int:case_id>/estimates/budget/", estimates.budget, name="budget"),
    path("<int:case_id>/estimates/<int:organisation_id>/", estimates.estimate, name="estimate"),
    path("<int:case_id>/estimates/<int:organisation_id>/paper/", estimates.paper, name="estimate_paper"),
    path("<int:case_id>/estimates/<int:organisation_id>/paper.docx", estimates.document, name="estimate_document"),
    path("<int:case_id>/estimates/<int:organisation_id>/enter/", estimates.enter, name="budget_enter"),
]
