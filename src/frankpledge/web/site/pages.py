"""The site's own pages: what it owes its readers about access, privacy, cookies and method."""

from __future__ import annotations

from django.urls import path
from django.views.generic import TemplateView

urlpatterns = [
    path(
        "accessibility",
        TemplateView.as_view(template_name="site/accessibility.html"),
        name="accessibility",
    ),
    path("privacy", TemplateView.as_view(template_name="site/privacy.html"), name="privacy"),
    path("cookies", TemplateView.as_view(template_name="site/cookies.html"), name="cookies"),
    path(
        "how-numbers-are-made",
        TemplateView.as_view(template_name="site/how_numbers_are_made.html"),
        name="how-numbers-are-made",
    ),
]
