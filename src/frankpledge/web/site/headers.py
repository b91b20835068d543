"""The headers that keep a page to itself: what it may load, who may frame it, who may keep it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

FIXED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
            "encrypted-media", "geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi",
            "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
        )
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    # Says the policy's frame-ancestors again to browsers that do not know it.
    "X-Frame-Options": "DENY",
}  # fmt: skip


def content_security_policy(provider_origin: str = "") -> str:
    """Nothing but our own files, and forms that go to ourselves or to where people sign in.

    The provider's origin is needed because a browser holds the redirect after a form to the same
    rule as the form.
    """
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            f"form-action 'self' {provider_origin}".strip(),
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "object-src 'none'",
        ]
    )


class SecurityHeaders:
    """First of all middleware, so that error pages and static files carry the headers too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        provider = settings.PROVIDER
        self.policy = content_security_policy(provider.origin if provider else "")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # A file that brings its own styles brings its own policy, which is stricter elsewhere.
        response.headers.setdefault("Content-Security-Policy", self.policy)
        for name, value in FIXED.items():
            response.headers[name] = value
        if not request.path.startswith(settings.STATIC_URL):
            _keep_private(request, response)
        return response


def _keep_private(request: HttpRequest, response: HttpResponse) -> None:
    """What a signed-in person saw is kept nowhere; what the public saw is asked for anew."""
    patch_vary_headers(response, ["Cookie"])
    cookie = settings.SESSION_COOKIE_NAME
    if cookie in request.COOKIES or cookie in response.cookies:
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers.setdefault("Cache-Control", "no-cache")
