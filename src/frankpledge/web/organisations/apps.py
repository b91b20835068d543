from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "frankpledge.web.organisations"
    label = "organisations"
