"""Template tags for GOV.UK components and forms. Built in: templates need not load them."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from frankpledge.web.site import fingerprints
from frankpledge.web.site import components as govuk

register = template.Library()


@register.simple_tag
def component(name: str, **params: Any) -> SafeString:
    """`{% component "button" text="Save" %}`"""
    return govuk.component(name, **params)


@register.simple_tag
def asset(name: str) -> str:
    """The address of a static file, which changes when its content does: `{% asset "frankpledge.css" %}`"""
    return fingerprints.address(name)
