"""The addresses of an import. They are included in those of the ledger."""

from django.urls import path

from frankpledge.web.actions.importing import views

urlpatterns = [
    path("<slug:place>/actions/import/", views.imports, name="imports"),
    path("<slug:place>/actions/import/<int:pk>/", views.one_import, name="import"),
    path("<slug:place>/actions/import/<int:pk>/columns/", views.columns, name="import_columns"),
    path("<slug:place>/actions/import/<int:pk>/words/", views.words, name="import_words"),
]
