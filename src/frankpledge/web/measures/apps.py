from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "frankpledge.web.measures"
    label = "measures"

    def ready(self) -> None:
        from frankpledge.web.measures import contributions  # noqa: F401
