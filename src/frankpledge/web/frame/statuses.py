"""A status as a word and a shape: whoever sees no colour, or prints in grey, reads the same."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SHAPES = {
    "good": "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0Z",  # a disc
    "done": "M1 8.5 3 6.5l3.2 3.2L13 2.5l2 2L6.2 14Z",  # a tick
    "caution": "M8 1 16 15H0Z",  # a triangle
    "bad": "M8 0l8 8-8 8-8-8Z",  # a diamond
    "quiet": "M0 6h16v4H0Z",  # a bar
}
"""A tone's shape, in a square of 16."""


def status(word: str, tone: str = "quiet") -> SafeString:
    """The word with its shape, which is for the eye alone. Raises KeyError for a tone there is not."""
    return format_html(
        '<span class="app-status app-status--{}"><svg class="app-status__shape" viewBox="0 0 16 16"'
        ' aria-hidden="true" focusable="false"><path d="{}"/></svg>{}</span>',
        tone, mark_safe(SHAPES[tone]), word,
    )  # fmt: skip
