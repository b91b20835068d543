"""The addresses of the ledger."""

from django.urls import path

from frankpledge.web.actions.exporting.urls import urlpatterns as exporting
from frankpledge.web.actions.exporting.views import TYPES
from frankpledge.web.actions.importing.urls import urlpatterns as importing
from frankpledge.web.actions.views import action, changing, extracts, ledger, lists, mine

app_name = "actions"

urlpatterns = [
    path("my/actions/", mine.my_actions, name="mine"),
    path("<slug:place>/actions/", ledger.ledger, name="ledger"),
    path("<slug:place>/actions/add/", changing.choose_list, name="choose_list"),
    path("<slug:place>/actions/lists/", lists.lists, name="lists"),
    path("<slug:place>/actions/lists/add/", lists.add_list, name="add_list"),
    path("<slug:place>/actions/lists/<int:pk>/change/", lists.change_a_list, name="change_list"),
    path("<slug:place>/actions/lists/<int:pk>/add/", changing.add, name="add"),
    path("<slug:place>/actions/ratings/", lists.ratings, name="ratings"),
    path("<slug:place>/actions/ratings/add/", lists.add_ratings, name="add_ratings"),
    *importing,
    *exporting,
    path("<slug:place>/actions/extract/", extracts.preview, name="extract"),
    path("<slug:place>/actions/extracts/", extracts.extracts, name="extracts"),
    path("<slug:place>/actions/extracts/<int:number>/", extracts.extract, name="extract_made"),
    *[
        path(
            f"<slug:place>/actions/extracts/<int:number>/extract.{form}",
            extracts.download,
            {"form": form},
            name=f"extract_{form}",
        )
        for form in TYPES
    ],
    path("<slug:place>/actions/<int:pk>/", action.action, name="action"),
    path("<slug:place>/actions/<int:pk>/history/", action.history, name="history"),
    path("<slug:place>/actions/<int:pk>/evidence/<int:number>/", action.evidence, name="evidence"),
    path("<slug:place>/actions/<int:pk>/change/", changing.change, name="change"),
    path("<slug:place>/actions/<int:pk>/owner/", changing.owner, name="owner"),
    path("<slug:place>/actions/<int:pk>/commitment/", changing.commitment, name="commitment"),
    path("<slug:place>/actions/<int:pk>/close/", changing.close, name="close"),
    path("<slug:place>/actions/<int:pk>/withdraw/", changing.withdraw, name="withdraw"),
    path("<slug:place>/actions/<int:pk>/reopen/", changing.reopen, name="reopen"),
]
