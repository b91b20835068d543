from importlib import import_module

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "frankpledge.web.actions"
    label = "actions"

    def ready(self) -> None:
        """The plan's pages show the actions that serve it."""
        import_module("frankpledge.web.actions.contributions")
