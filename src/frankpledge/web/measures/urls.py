"""The addresses of measures and their figures: those of a place, and those of a person."""

from __future__ import annotations

from django.urls import include, path

from frankpledge.web.measures.views import keeping, showing

app_name = "measures"

place_urlpatterns = [*keeping.urls, *showing.urls]

urlpatterns = [
    *keeping.own_urls,
    path("<slug:place>/", include(place_urlpatterns)),
]
