"""A Django form, rendered with the GOV.UK components; and the words of its errors.

Any Django form can be rendered. One that is a `GovForm` also says its errors in plain words, built
from its labels: "Enter the reference", "Select a status".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from frankpledge.web.frame.components import component
from frankpledge.web.frame.fields import Parts

WIDTHS = {"day": 2, "month": 2, "year": 4}
OURS = frozenset({"class", "id", "rows", "cols", "maxlength", "minlength", "aria-describedby", "autocomplete", "inputmode",
                  "type", "name", "value", "required", "checked", "multiple"})  # fmt: skip
"""Attributes that a component writes itself, or that would keep people from what they are writing."""


class GovForm:
    """Put before `forms.Form` or `forms.ModelForm`: errors in words, no checks left to the browser."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say_in_words(self)

    def clean(self) -> Any:
        """What stands below a choice that was not made was not asked: what is wrong with it is forgiven."""
        given = super().clean()
        for name in _not_asked(self) & self.errors.keys():
            del self.errors[name]
            self.cleaned_data[name] = self.fields[name].to_python(None)
        return given


def say_in_words(form: forms.BaseForm) -> None:
    """Gives a form that somebody else wrote our words for its errors, before it is checked."""
    for name, field in form.fields.items():
        _say_in_words(field, field.label or name.replace("_", " ").capitalize())


def _say_in_words(field: forms.Field, label: str) -> None:
    """Replaces Django's own messages, and leaves those that the field was given."""
    field.label = label
    for code, said in _words(field, label).items():
        if _is_djangos(field, code):
            field.error_messages[code] = said


def _is_djangos(field: forms.Field, code: str) -> bool:
    """Whether the field's message for this code is Django's own, or there is none."""
    for kind in type(field).__mro__:
        standard = vars(kind).get("default_error_messages", {})
        if code in standard:
            return kind.__module__.startswith("django.") and str(standard[code]) == str(
                field.error_messages[code]
            )
    return code not in field.error_messages


def _words(field: forms.Field, label: str) -> dict[str, str]:
    name = (label if label[1:2].isupper() else label[:1].lower() + label[1:]).removesuffix("?")
    verb = "Select" if isinstance(field.widget, _CHOOSERS) else "Enter"
    if isinstance(field.widget, forms.FileInput):
        verb = "Choose"
    escaped = label.replace("%", "%%")
    ticked = isinstance(field.widget, forms.CheckboxInput)
    words = {
        "required": f"Tick “{label}” to go on" if ticked else f"{verb} {name}",
        "invalid_choice": f"{escaped}: select one of the choices shown",
        "invalid_list": f"{escaped}: select from the choices shown",
    }
    if isinstance(field, forms.FileField):
        return words | {
            "invalid": f"{label}: the file did not arrive; choose it again",
            "missing": f"{label}: the file did not arrive; choose it again",
            "empty": f"{label}: the file chosen is empty",
        }
    return words | {
        "invalid": _invalid(field, label),
        "max_length": f"{escaped} must be %(limit_value)d characters or fewer; it has %(show_value)d",
        "max_value": f"{escaped} must be %(limit_value)s or less",
        "min_value": f"{escaped} must be %(limit_value)s or more",
    }


_CHOOSERS = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)


def _invalid(field: forms.Field, label: str) -> str:
    if isinstance(field, (forms.FloatField, forms.DecimalField)):
        return f"{label} must be a number, such as 12.5"
    if isinstance(field, forms.IntegerField):
        return f"{label} must be a whole number, such as 12"
    if isinstance(field, forms.DateField):
        return f"{label} must be a real date, such as 14 June 2022"
    if isinstance(field, forms.EmailField):
        return f"{label} must be an e-mail address, such as name@example.org"
    return f"{label} cannot be read; check it and enter it again"


def form_field(bound: BoundField, **more: Any) -> SafeString:
    """One field with its label, hint and errors. `more` goes to the component, such as `classes`;
    `label_classes` to the label or legend, `page_heading=True` makes it the page's heading."""
    if bound.is_hidden:
        return mark_safe(str(bound))
    widget = bound.field.widget
    for kinds, render in _RENDERERS:
        if isinstance(widget, kinds):
            return render(bound, dict(more))
    return _input(bound, dict(more))


def form_fields(form: forms.BaseForm) -> SafeString:
    """All fields of a form. A field that a choice reveals stands below that choice."""
    nested = {name for bound in form for name in _revealed(bound)}
    return mark_safe("".join(form_field(bound) for bound in form if bound.name not in nested))


def error_summary(*given: forms.BaseForm | BaseFormSet) -> SafeString:
    """What is wrong in these forms, each error a link to the control that it is about."""
    errors = [error for each in given if each is not None for error in _errors(each)]
    if not errors:
        return SafeString()
    return component("error-summary", title_text="There is a problem", error_list=errors)


def has_errors(*given: forms.BaseForm | BaseFormSet) -> bool:
    return any(True for each in given if each is not None for _ in _errors(each))


def _errors(form: forms.BaseForm | BaseFormSet) -> Iterator[dict[str, Any]]:
    if not form.is_bound:
        return
    if isinstance(form, BaseFormSet):
        yield from ({"text": message} for message in form.non_form_errors())
        for each in form.forms:
            yield from _errors(each)
        return
    about = getattr(form, "about", "")
    before = f"{about}: " if about else ""
    for message in form.non_field_errors():
        yield {"text": f"{before}{message}", "href": _first_control(form)}
    for bound in form:
        for error in form.errors.as_data().get(bound.name, ()):
            for message in error.messages:
                yield {"text": f"{before}{message}", "href": f"#{control_of(bound, error.code)}"}


def control_of(bound: BoundField, code: str | None = None) -> str:
    """The id of the control to put right: the first radio or box, or the part of a date that is wrong."""
    widget = bound.field.widget
    if isinstance(widget, Parts):
        return f"{bound.auto_id}-{code if code in widget.parts else widget.parts[0]}"
    return bound.auto_id


def _first_control(form: forms.BaseForm) -> str | None:
    """An error of the whole form leads to where it begins."""
    first = next(iter(form.visible_fields()), None)
    return f"#{control_of(first)}" if first else None


def _common(bound: BoundField, more: dict[str, Any]) -> dict[str, Any]:
    attributes = bound.field.widget.attrs
    return {
        "name": bound.html_name,
        "hint": bound.help_text or None,
        "error_message": _error_message(bound),
        "classes": attributes.get("class"),
        "disabled": bound.field.disabled or None,
        **more,
    }


def _error_message(bound: BoundField) -> dict[str, Any] | None:
    if not bound.errors:
        return None
    return {"html": format_html_join(mark_safe("<br>"), "{}", ((each,) for each in bound.errors))}


def _control(bound: BoundField, more: dict[str, Any]) -> dict[str, Any]:
    """What a single control needs: a label that names it."""
    attributes = bound.field.widget.attrs
    label = {
        "text": bound.label,
        "classes": more.pop("label_classes", "govuk-label--s"),
        "isPageHeading": more.pop("page_heading", None),
    }
    return {
        "id": bound.auto_id,
        "label": label,
        "attributes": {
            k: v for k, v in attributes.items() if k not in OURS and v not in (None, False)
        },
        "autocomplete": attributes.get("autocomplete"),
        **_common(bound, more),
    }


def _group(bound: BoundField, more: dict[str, Any]) -> dict[str, Any]:
    """What a group of controls needs: a fieldset whose legend names it."""
    legend = {
        "text": bound.label,
        "classes": more.pop("label_classes", "govuk-fieldset__legend--s"),
        "isPageHeading": more.pop("page_heading", None),
    }
    return {"fieldset": {"legend": legend}, **_common(bound, more)}


def _value(bound: BoundField) -> str:
    shown = bound.field.widget.format_value(bound.value())
    return "" if shown is None else str(shown)


def _input(bound: BoundField, more: dict[str, Any]) -> SafeString:
    widget = bound.field.widget
    numeric = isinstance(bound.field, forms.IntegerField) and not isinstance(
        bound.field, (forms.FloatField, forms.DecimalField)
    )
    # GOV.UK advises against type="number": it changes what was typed when the page is scrolled.
    kind = "text" if widget.input_type == "number" else widget.input_type
    return component(
        "input",
        type=kind,
        value=_value(bound) if kind != "password" else "",
        inputmode=widget.attrs.get("inputmode", "numeric" if numeric else None),
        **_control(bound, {"classes": widget.attrs.get("class") or _width(bound.field), **more}),
    )


def _width(field: forms.Field) -> str | None:
    """A box as wide as what goes into it, so that its size says what is asked for."""
    if isinstance(field, (forms.IntegerField, forms.FloatField, forms.DecimalField)):
        return "govuk-input--width-5"
    longest = getattr(field, "max_length", None) or 1000
    fitting = [width for width in (5, 10, 20) if longest <= width]
    return f"govuk-input--width-{fitting[0]}" if fitting else None


def _textarea(bound: BoundField, more: dict[str, Any]) -> SafeString:
    longest = getattr(bound.field, "max_length", None)
    common = {
        "value": _value(bound),
        "rows": bound.field.widget.attrs.get("rows"),
        **_control(bound, more),
    }
    if longest:
        return component("character-count", maxlength=longest, threshold=75, **common)
    return component("textarea", **common)


def _select(bound: BoundField, more: dict[str, Any]) -> SafeString:
    common = _control(bound, more)
    if bound.field.widget.allow_multiple_selected:
        common["attributes"]["multiple"] = True
    items = [
        {"value": each["value"], "text": each["label"], "selected": each["selected"]}
        for each in _options(bound)
    ]
    return component("select", items=items, **common)


def _options(bound: BoundField) -> Iterable[Mapping[str, Any]]:
    """The choices as a widget would draw them, groups unfolded."""
    widget = bound.field.widget
    chosen = widget.format_value(bound.value())
    for _, options, _ in widget.optgroups(bound.html_name, chosen, {}):
        for option in options:
            yield {**option, "value": str(option["value"])}


def _radios(bound: BoundField, more: dict[str, Any]) -> SafeString:
    return component("radios", idPrefix=bound.auto_id, items=_items(bound), **_group(bound, more))


def _checkboxes(bound: BoundField, more: dict[str, Any]) -> SafeString:
    return component(
        "checkboxes", idPrefix=bound.auto_id, items=_items(bound), **_group(bound, more)
    )


def _items(bound: BoundField) -> list[dict[str, Any]]:
    hints = getattr(bound.field.widget, "hints", {})
    reveals = getattr(bound.field.widget, "reveals", {})
    return [
        {
            "value": each["value"],
            "text": each["label"],
            "checked": each["selected"],
            "hint": hints.get(each["value"]),
            "disabled": bound.field.disabled or None,
            "conditional": _conditional(bound, reveals.get(each["value"], ())),
        }
        for each in _options(bound)
    ]


def _conditional(bound: BoundField, names: Iterable[str]) -> dict[str, str] | None:
    shown = "".join(form_field(bound.form[name]) for name in names if name in bound.form.fields)
    return {"html": mark_safe(shown)} if shown else None


def _revealed(bound: BoundField) -> Iterator[str]:
    for names in getattr(bound.field.widget, "reveals", {}).values():
        yield from names


def _not_asked(form: forms.BaseForm) -> set[str]:
    """The fields below choices of which none was made: nobody is shown them."""
    below: dict[bool, set[str]] = {True: set(), False: set()}
    for name, field in form.fields.items():
        made = form.cleaned_data.get(name) or ()
        made = (made,) if isinstance(made, str) else made
        for choice, names in getattr(field.widget, "reveals", {}).items():
            below[choice in made].update(names)
    return below[False] - below[True]


def _checkbox(bound: BoundField, more: dict[str, Any]) -> SafeString:
    item = {
        "value": "on",
        "text": bound.label,
        "checked": bool(bound.field.widget.check_test(bound.value())),
        "disabled": bound.field.disabled or None,
    }
    more.pop("label_classes", None)
    return component("checkboxes", idPrefix=bound.auto_id, items=[item], **_common(bound, more))


def _parts(bound: BoundField, more: dict[str, Any]) -> SafeString:
    widget = bound.field.widget
    boxes = widget.boxes(bound.value())
    wrong = {error.code for error in bound.form.errors.as_data().get(bound.name, ())}
    marked = wrong & set(widget.parts) or (set(widget.parts) if bound.errors else set())
    items = [
        {
            "name": part,
            "value": boxes[part],
            "classes": f"govuk-input--width-{WIDTHS[part]}{' govuk-input--error' if part in marked else ''}",
            # A month may be written in words, for which a numeric keypad is no help.
            "inputmode": "text" if part == "month" else "numeric",
        }
        for part in widget.parts
    ]
    common = _group(bound, more)
    name = common.pop("name")
    return component("date-input", id=bound.auto_id, namePrefix=name, items=items, **common)


def _file(bound: BoundField, more: dict[str, Any]) -> SafeString:
    return component("file-upload", **_control(bound, more))


_RENDERERS = (
    (Parts, _parts),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.CheckboxInput, _checkbox),
    (forms.Select, _select),
    (forms.Textarea, _textarea),
    (forms.FileInput, _file),
)
