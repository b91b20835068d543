"""The addresses of front pages."""

from django.urls import path

from frankpledge.web.publication import views

app_name = "publication"

urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:place>/", views.place_front, name="front"),
]
