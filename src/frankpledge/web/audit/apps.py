from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "frankpledge.web.audit"
    label = "audit"
