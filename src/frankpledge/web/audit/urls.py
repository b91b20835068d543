"""The addresses of the trail."""

from __future__ import annotations

from django.urls import path

from frankpledge.web.audit import views

urlpatterns = [
    path("history/<str:label>/<str:pk>/", views.history, name="history"),
    path("trail/", views.trail, name="trail"),
    path("trail/check/", views.check, name="check-trail"),
]
