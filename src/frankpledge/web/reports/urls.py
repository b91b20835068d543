"""The addresses of reports, below a place."""

from django.urls import path

from frankpledge.web.reports import views

place_urlpatterns = [
    path("reports/", views.reports_list, name="reports"),
    path("reports/new/", views.new_report, name="new-report"),
    path("reports/<str:month>/<int:edition>/", views.report, name="report"),
    path("reports/<str:month>/<int:edition>/progress.json", views.progress, name="report-progress"),
    path("reports/<str:month>/<int:edition>/publish/", views.publish, name="publish-report"),
    path("reports/<str:month>/<int:edition>/again/", views.again, name="make-report-again"),
    path("reports/<str:month>/<int:edition>/withdraw/", views.withdraw, name="withdraw-report"),
    path("reports/<str:month>/<int:edition>/files/<str:name>", views.report_file, name="report-file"),
]
