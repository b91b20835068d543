"""Sessions that end: a while after the last page, and for certain some hours after signing in."""

from __future__ import annotations

from collections.abc import Callable
from time import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

BEGAN = "session_began"
LAST_SEEN = "session_last_seen"
NOTED_EVERY = 60
"""Seconds. The last page is noted no more often, so that reading seldom writes."""

ENDED = "You were signed out because the session had ended. Nothing that you sent was kept. Sign in again to go on."


def why_ended(began: float, last_seen: float, now: float) -> str:
    """`idle`, `over`, or nothing while the session goes on. Pure; all in seconds."""
    if now - began >= settings.SESSION_COOKIE_AGE:
        return "over"
    if now - last_seen >= settings.SESSION_IDLE_MINUTES * 60:
        return "idle"
    return ""


@receiver(user_logged_in)
def session_begins(request: HttpRequest | None = None, **_: Any) -> None:
    if request is not None and hasattr(request, "session"):
        request.session[BEGAN] = request.session[LAST_SEEN] = int(time())


class SessionsThatEnd:
    """Signs out whoever was away too long. A page they asked for is then the public's; a form is refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if BEGAN not in request.session:
            return self.get_response(request)
        now = int(time())
        if why_ended(request.session[BEGAN], request.session[LAST_SEEN], now):
            logout(request)
            messages.warning(request, ENDED)
            if request.method not in ("GET", "HEAD"):
                return redirect_to_login("/")
        elif now - request.session[LAST_SEEN] >= NOTED_EVERY:
            request.session[LAST_SEEN] = now
        return self.get_response(request)
