"""Template tags of the plan's pages: addresses within one plan, and words that came or went."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from frankpledge.web.plans.comparing import Piece
from frankpledge.web.plans.contributions import Section
from frankpledge.web.plans.views.where import Where

register = template.Library()


@register.simple_tag(takes_context=True)
def plan_url(context: Context, name: str, **words: Any) -> str:
    """The address of a page of this plan: `{% plan_url "commitment" key=each.key %}`"""
    where: Where = context["where"]
    return where.to(name, **words)


@register.simple_tag(takes_context=True)
def section_part(context: Context, section: Section) -> SafeString:
    """What another app shows here: its template, with its own words at hand and as `part`."""
    template_of_app = context.template.engine.get_template(section.template)
    with context.push(part=section.context, **section.context):
        return template_of_app.render(context)


@register.filter
def paragraphs(text: str) -> SafeString:
    """Text with empty lines between paragraphs, as paragraphs."""
    parts = [part for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    return mark_safe(
        "".join(format_html('<p class="govuk-body">{}</p>', part.strip()) for part in parts)
    )


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """Pieces of text with what went and what came marked, for the eye and for a screen reader.

    A space parts what went from what came in its place, which would otherwise read as one word.
    """
    told = ""
    before = ""
    for piece in pieces:
        told += " " if (before, piece.kind) == ("del", "ins") else ""
        told += _marked(piece)
        before = piece.kind
    return mark_safe(told)


def _marked(piece: Piece) -> str:
    text = escape(piece.text).replace("\n", "<br>")
    if piece.kind == "same":
        return text
    said = "added" if piece.kind == "ins" else "removed"
    bracket = '<span class="govuk-visually-hidden">[{}: </span>{}<span class="govuk-visually-hidden">]</span>'
    return f"<{piece.kind}>{bracket.format(said, text)}</{piece.kind}>"
