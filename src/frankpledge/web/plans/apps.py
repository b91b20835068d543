from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "frankpledge.web.plans"
    label = "plans"
