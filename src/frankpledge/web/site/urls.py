"""The addresses of the site. Each app names its own; a place's begin with its slug."""

from django.urls import include, path

from frankpledge.web.site import errors, pages
from frankpledge.web.site.health import health

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = errors.too_many
handler500 = errors.broken

urlpatterns = [
    path("account/", include("frankpledge.web.organisations.account_urls")),
    path("", include("frankpledge.web.audit.urls")),
    path("", include("frankpledge.web.organisations.urls")),
    path("", include(pages)),
    path("", include("frankpledge.web.plans.urls")),
    path("", include("frankpledge.web.actions.urls")),
    path("", include("frankpledge.web.measures.urls")),
    path("<slug:place>/reports/", include("frankpledge.web.reports.urls")),
    path("health", health, name="health"),
    path("", include("frankpledge.web.publication.urls")),
]
