"""The addresses of reports, below `/<place>/reports/`."""

from django.urls import path

from frankpledge.web.reports import views

app_name = "reports"

urlpatterns = [
    path("", views.reports_list, name="list"),
    path("new/", views.new_report, name="new"),
    path("<str:month>/<int:edition>/", views.report, name="report"),
    path("<str:month>/<int:edition>/progress.json", views.progress, name="progress"),
    path("<str:month>/<int:edition>/publish/", views.publish, name="publish"),
    path("<str:month>/<int:edition>/again/", views.again, name="again"),
    path("<str:month>/<int:edition>/withdraw/", views.withdraw, name="withdraw"),
    path("<str:month>/<int:edition>/files/<str:name>", views.report_file, name="file"),
]
