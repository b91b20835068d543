from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "frankpledge.web.publication"
    label = "publication"
