"""GOV.UK components: the same classes as the styles we compile, and nothing typed becomes markup."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from frankpledge.web.frame import components
from frankpledge.web.frame.components import component
from frankpledge.web.frame.statuses import SHAPES, status

ROOT = Path(__file__).resolve().parents[3]


def test_a_component_is_html_that_a_template_leaves_alone():
    made = Template('{% component "button" text=label prevent_double_click=True %}').render(
        Context({"label": "Save & send"})
    )
    button = BeautifulSoup(made, "html.parser").button
    assert button["class"] == ["govuk-button"]
    assert button["data-prevent-double-click"] == "true"
    assert button.get_text(strip=True) == "Save & send"


@pytest.mark.parametrize(
    "params",
    [
        {"text": "<script>"},
        {"html": "<script>"},
    ],
)
def test_what_somebody_typed_never_becomes_markup(params):
    assert "<script>" not in component("button", **params)


def test_html_marked_safe_stays_html():
    assert "<b>now</b>" in component("button", html=mark_safe("<b>now</b>"))


def test_markup_deep_inside_is_escaped_too():
    made = component("summary-list", rows=[{"key": {"text": "Name"}, "value": {"html": "<img>"}}])
    assert "<img>" not in made
    made = component("table", rows=[[{"html": "<img>"}]])
    assert "<img>" not in made
    made = component("service-navigation", slots={"start": "<img>"}, service_name="x")
    assert "<img>" not in made


def test_none_is_not_given_rather_than_printed():
    assert "None" not in component(
        "textarea", name="why", id="why", value=None, label="Why", hint=None
    )


def test_an_unknown_component_is_told_with_those_there_are():
    with pytest.raises(LookupError, match="button"):
        component("buton", text="Save")


def test_the_macros_follow_the_release_the_styles_are_compiled_from():
    """govuk-frontend-jinja says in its description which release it follows."""
    from importlib.metadata import metadata

    said = re.search(
        r"GOV\.UK%20Frontend-v([\d.]+)-", metadata("govuk-frontend-jinja").get_payload()
    )
    pinned = json.loads((ROOT / "package.json").read_text())["devDependencies"]["govuk-frontend"]
    assert said is not None
    assert pinned == said[1]


def test_a_macro_is_compiled_once():
    """A call costs a small fraction of compiling its macro, which happens once in a process."""
    components._macro.cache_clear()
    components._environment.cache_clear()
    started = time.perf_counter()
    component("input", name="a", id="a", label="A")
    first = time.perf_counter() - started
    started = time.perf_counter()
    for _ in range(20):
        component("input", name="a", id="a", label="A")
    again = (time.perf_counter() - started) / 20
    assert components._macro.cache_info().misses == 1
    assert again < first / 5


@pytest.mark.parametrize("tone", SHAPES)
def test_a_status_is_a_word_and_a_shape_for_the_eye_alone(tone):
    made = BeautifulSoup(status("On <track>", tone), "html.parser")
    assert made.get_text() == "On <track>"
    assert made.svg["aria-hidden"] == "true"
    assert made.path["d"] == SHAPES[tone]


def test_no_two_tones_share_a_shape():
    assert len(set(SHAPES.values())) == len(SHAPES)


def test_pagination_keeps_the_filters():
    pages = Paginator(range(100), 10)
    request = RequestFactory().get("/actions", {"owner": "a b", "page": "2"})
    made = Template("{% pagination page %}").render(
        Context({"request": request, "page": pages.page(2)})
    )
    links = {
        a.get_text(" ", strip=True): a["href"]
        for a in BeautifulSoup(made, "html.parser").find_all("a")
    }
    assert links["3"] == "?owner=a+b&page=3"
    assert links["Previous page"] == "?owner=a+b&page=1"
    alone = Template("{% pagination page %}").render(
        Context({"request": request, "page": Paginator([1], 10).page(1)})
    )
    assert alone == ""
