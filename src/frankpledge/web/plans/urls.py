"""Addresses of the plan's pages. All begin with the place."""

from django.urls import include, path

from frankpledge.web.plans.views import adopting, drafting, reading

app_name = "plans"

OF_VERSION = [
    path("", reading.version, name="version"),
    path("edit/", drafting.edit, name="edit"),
    path("words/", drafting.words, name="words"),
    path("objectives/add/", drafting.objective, name="objective_add"),
    path("objectives/<slug:key>/edit/", drafting.objective, name="objective_edit"),
    path("objectives/<slug:key>/drop/", drafting.objective_drop, name="objective_drop"),
    path("objectives/<slug:key>/move/", drafting.objective_move, name="objective_move"),
    path("commitments/add/", drafting.commitment, name="commitment_add"),
    path("commitments/<slug:key>/edit/", drafting.commitment, name="commitment_edit"),
    path("commitments/<slug:key>/drop/", drafting.commitment_drop, name="commitment_drop"),
    path("commitments/<slug:key>/move/", drafting.commitment_move, name="commitment_move"),
    path("consultations/add/", drafting.consultation, name="consultation_add"),
    path(
        "consultations/<int:held>/strike/", drafting.consultation_strike, name="consultation_strike"
    ),
    path("send/", adopting.send, name="send"),
    path("panel-report/", adopting.panel_report, name="panel_report"),
    path("response/", adopting.response, name="response"),
    path("adopt/", adopting.adopt, name="adopt"),
    path("withdraw/", adopting.withdraw, name="withdraw"),
]

OF_PLAN = [
    path("", reading.current, name="current"),
    path("plan.pdf", reading.pdf, name="pdf"),
    path("commitments/<slug:key>/", reading.commitment, name="commitment"),
    path("versions/", reading.versions, name="versions"),
    path("versions/<int:number>/", include(OF_VERSION)),
    path("compare/", reading.comparison, name="compare"),
    path("draft/", drafting.draft, name="draft"),
]

urlpatterns = [path("<slug:place>/plan/", include(OF_PLAN))]
