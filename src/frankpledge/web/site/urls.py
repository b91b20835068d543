"""The addresses of the site. Each app names its own."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.account.urls")),
]
