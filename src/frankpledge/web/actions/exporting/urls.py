"""The address of an export, by the form of the file. It is included in those of the ledger."""

from django.urls import path

from frankpledge.web.actions.exporting import views

urlpatterns = [
    path(f"<slug:place>/actions/export.{form}", views.export, {"form": form}, name=f"export_{form}")
    for form in ("csv", "xlsx", "docx")
]
