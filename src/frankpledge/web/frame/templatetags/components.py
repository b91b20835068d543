"""Template tags for GOV.UK components and forms. Built in: templates need not load them."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField
from django.template import Context
from django.utils.safestring import SafeString

from frankpledge.web.frame import components as govuk
from frankpledge.web.frame import fingerprints, forms, statuses

register = template.Library()


@register.simple_tag
def component(name: str, **params: Any) -> SafeString:
    """`{% component "button" text="Save" %}`"""
    return govuk.component(name, **params)


@register.simple_tag
def asset(name: str) -> str:
    """The address of a static file, which changes when its content does: `{% asset "frankpledge.css" %}`"""
    return fingerprints.address(name)


@register.simple_tag
def form_field(bound: BoundField, **more: Any) -> SafeString:
    """`{% form_field form.due %}`, with its label, hint and errors."""
    return forms.form_field(bound, **more)


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    """`{% form_fields form %}`: all of them."""
    return forms.form_fields(form)


@register.simple_tag
def error_summary(*given: BaseForm | BaseFormSet) -> SafeString:
    """`{% error_summary form other_form formset %}`: nothing where there is no error."""
    return forms.error_summary(*(each for each in given if each))


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page, name: str = "page") -> SafeString:
    """Links to the other pages of a list, which keep the rest of the address: `{% pagination page_obj %}`"""
    if page.paginator.num_pages < 2:
        return SafeString()
    address = context["request"].GET.copy()

    def to(number: int) -> str:
        address[name] = str(number)
        return f"?{address.urlencode()}"

    items = [
        {"ellipsis": True} if number == page.paginator.ELLIPSIS
        else {"number": number, "href": to(number), "current": number == page.number}
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]  # fmt: skip
    return govuk.component(
        "pagination",
        items=items,
        previous={"href": to(page.previous_page_number())} if page.has_previous() else None,
        next={"href": to(page.next_page_number())} if page.has_next() else None,
    )


@register.simple_tag
def status_tag(word: str, tone: str = "quiet") -> SafeString:
    """A status: its word, and a shape that goes with the tone. `{% status_tag "Overdue" "bad" %}`"""
    return statuses.status(word, tone)
