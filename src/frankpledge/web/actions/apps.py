from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "frankpledge.web.actions"
    label = "actions"
