"""The addresses of the site. Each app names its own; a place's begin with its slug."""

from django.urls import include, path

from frankpledge.web.site import errors, pages

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include(pages)),
]
