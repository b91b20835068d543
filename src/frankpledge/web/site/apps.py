from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "frankpledge.web.site"
    label = "site"
