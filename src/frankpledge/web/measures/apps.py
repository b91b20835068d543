from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "frankpledge.web.measures"
    label = "measures"
