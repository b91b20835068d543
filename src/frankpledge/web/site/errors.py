"""What a reader is told when a page cannot be shown: what happened, and what to do next.

`urls.py` names these as its handlers, and settings names `csrf_failed`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


@dataclass(frozen=True)
class Told:
    """The heading of an error page, what happened, and what to do next."""

    heading: str
    what: str
    next_step: str


TOLD = {
    400: Told(
        "This request cannot be read",
        "What the browser sent was incomplete or damaged, so nothing was changed.",
        "Go back, reload the page and try again.",
    ),
    403: Told(
        "You do not have permission for this",
        "You are signed in, but the roles you hold do not include this.",
        "If they should, ask the administrator of your body to look at your roles.",
    ),
    404: Told(
        "Page not found",
        "There is no page at this address that you can see.",
        "Check the address, or start from the home page. If you were sent the address by a"
        " colleague, sign in first.",
    ),
    405: Told(
        "This address is not for opening",
        "It only takes what a form on another page sends.",
        "Go back to that page, or start from the home page.",
    ),
    429: Told(
        "Too many attempts",
        "There were more attempts from your network or for this account than are allowed in a short"
        " time. This keeps others from guessing a password.",
        "Wait five minutes and try again.",
    ),
    500: Told(
        "Something went wrong on our side",
        "The page could not be made. What you last saved is still there.",
        "Try again in a few minutes. If it happens again, tell the office what you were doing and when.",
    ),
}

FORM_EXPIRED = Told(
    "This form has expired",
    "The page was open for a long time, or you signed in or out in another window. Nothing was changed.",
    "Go back, reload the page and send it again. If that does not help, allow cookies for this site.",
)


def tell(request: HttpRequest, status: int, told: Told | None = None) -> HttpResponse:
    """The error page."""
    page = render_to_string("site/error.html", {"told": told or TOLD[status]}, request)
    return HttpResponse(page, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return tell(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return tell(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return tell(request, 404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return tell(request, 429)


def broken(request: HttpRequest) -> HttpResponse:
    """The page around the words asks for the reader: where that is what broke, the words stand alone."""
    try:
        return tell(request, 500)
    except Exception:
        return HttpResponse(
            render_to_string("site/bare_error.html", {"told": TOLD[500]}), status=500
        )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return tell(request, 403, FORM_EXPIRED)
