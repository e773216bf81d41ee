"""Addresses of needs."""

from __future__ import annotations

from django.urls import path

from kyodo.modules.needs import feeds, sheet_views
from kyodo.modules.needs.views import answering, body, by_proxy, coordination, lists, merging, reporting, story, writing

app_name = "needs"
urlpatterns = [
    path("", lists.needs, name="list"),
    path("sheet/", sheet_views.sheet, name="sheet"),
    path("new/", writing.post, name="post"),
    path("proxy/", by_proxy.choose, name="proxy"),
    path("proxy/<int:organisation_id>/new/", by_proxy.post, name="proxy_post"),
    path("like/", writing.like_needs, name="like"),
    path("board/", coordination.show_board, name="board"),
    path("together/", coordination.together, name="together"),
    path("merge/", merging.merge, name="merge"),
    path("report/", reporting.report, name="report"),
    path("public/", lists.public, name="public"),
    path("public/feed.atom", feeds.solved, name="feed"),
    path("public/<int:need_id>/", story.public_need, name="public_need"),
    path("public/<int:need_id>/v<int:number>/", story.public_need, name="public_version"),
    path("<int:need_id>/", story.need, name="need"),
    path("<int:need_id>/like/", story.like_need, name="like_need"),
    path("<int:need_id>/edit/", writing.edit, name="edit"),
    path("<int:need_id>/back/", body.back, name="back"),
    path("<int:need_id>/withdraw/", body.withdraw, name="withdraw"),
    path("<int:need_id>/rate/", body.rate, name="rate"),
    path("<int:need_id>/follow/", body.follow, name="follow"),
    path("<int:need_id>/proxy/edit/", by_proxy.edit, name="proxy_edit"),
    path("<int:need_id>/proxy/<int:organisation_id>/back/", by_proxy.back, name="proxy_back"),
    path("<int:need_id>/proxy/<int:organisation_id>/rate/", by_proxy.rate, name="proxy_rate"),
    path("<int:need_id>/move/", coordination.move, name="move"),
    path("<int:need_id>/arrange/", coordination.arrange, name="arrange"),
    path("<int:need_id>/part/", merging.part, name="part"),
    path("<int:need_id>/split/", merging.split, name="split"),
    path("<int:need_id>/routes/new/", answering.route, name="route"),
    path("<int:need_id>/routes/<int:route_id>/", answering.report_route, name="report_route"),
    path("<int:need_id>/measures/new/", answering.promise, name="promise"),
    path("<int:need_id>/measures/<int:measure_id>/", answering.result, name="result"),
]
