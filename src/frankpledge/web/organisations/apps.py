from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "frankpledge.web.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Listens for what happens at sign-in."""
        from frankpledge.web.organisations import second_factor, sessions, sign_in  # noqa: F401
