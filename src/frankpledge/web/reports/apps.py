from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "frankpledge.web.reports"
    label = "reports"
