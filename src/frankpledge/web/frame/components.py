"""The GOV.UK components, rendered from one Jinja environment that is compiled once and kept.

The packaged Django tags compile a macro each time they are met, at about 10 ms; here a macro is
compiled when first asked for and then called as a function.

Text is escaped. A parameter that carries HTML is taken as such only when it is marked safe, so that
a name somebody typed can never become markup.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader

SHORTHANDS = frozenset({"label", "hint", "legend", "errorMessage", "prefix", "suffix"})
"""Parameters that hold a text of their own: `hint="..."` stands for `hint={"text": "..."}`."""

VERBATIM = frozenset({"attributes", "slots"})
"""Parameters whose keys are HTML's or a slot's, and are passed on untouched."""


def component(name: str, /, **params: Any) -> SafeString:
    """A GOV.UK component as HTML: `component("button", text="Save")`.

    Parameters are those of GOV.UK Frontend, in snake_case or camelCase, at any depth. None means
    that it is not given. Raises LookupError when there is no such component.
    """
    return mark_safe(str(_macro(name)(_given(params))).strip())


@cache
def _environment() -> Environment:
    packaged = PackageLoader("govuk_frontend_jinja")
    return Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": packaged}),
        autoescape=True,
        auto_reload=False,
    )


@cache
def _macro(name: str) -> Callable[[dict[str, Any]], str]:
    names = {
        each.split("/")[2] for each in _environment().list_templates() if "/components/" in each
    }
    if name not in names:
        raise LookupError(
            f"There is no component {name!r}. Those there are: {', '.join(sorted(names))}."
        )
    template = _environment().get_template(f"govuk_frontend_jinja/components/{name}/macro.html")
    return getattr(template.module, "govuk" + "".join(part.title() for part in name.split("-")))


def _given(params: Mapping[str, Any]) -> dict[str, Any]:
    return {
        camel: _value(camel, value)
        for camel, value in ((_camel(name), value) for name, value in params.items())
        if value is not None
    }


def _value(name: str, value: Any) -> Any:
    if name in VERBATIM:
        return _markup(value) if name == "slots" else value
    if name == "html" or name.endswith("Html"):
        return conditional_escape(value)
    if name in SHORTHANDS and not isinstance(value, Mapping):
        return {"html": value} if isinstance(value, SafeString) else {"text": value}
    if isinstance(value, Mapping):
        return _given(value)
    if isinstance(value, (list, tuple)):
        return [_given(each) if isinstance(each, Mapping) else _cell(each) for each in value]
    return value


def _cell(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_given(each) if isinstance(each, Mapping) else each for each in value]
    return value


def _markup(slots: Mapping[str, Any]) -> dict[str, str]:
    return {_camel(name): conditional_escape(html) for name, html in slots.items()}


@cache
def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)
