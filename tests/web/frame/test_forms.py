"""Forms: every control has a name, its hint and error are told with it, every error leads to it."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import formset_factory
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from frankpledge.web.frame.fields import Checkboxes, DateParts, MonthField, Radios
from frankpledge.web.frame.forms import GovForm, error_summary, form_field, has_errors

FORUMS = [("board", "Board"), ("panel", "Panel")]


class Every(GovForm, forms.Form):
    """One of each kind of field, all needed, all with a hint."""

    reference = forms.CharField(max_length=8, help_text="On the letter")
    email = forms.EmailField(label="E-mail address", help_text="At work", initial="a@example.org")
    number = forms.IntegerField(min_value=1, help_text="A count")
    share = forms.DecimalField(help_text="Per cent")
    what = forms.CharField(widget=forms.Textarea, help_text="In a sentence")
    counted = forms.CharField(widget=forms.Textarea, max_length=100, help_text="Briefly")
    status = forms.ChoiceField(choices=[("", "Select"), *FORUMS], help_text="As it stands")
    rating = forms.ChoiceField(label="RAG", choices=FORUMS, help_text="Honestly",
                               widget=Radios(hints={"panel": "Meets quarterly"}))  # fmt: skip
    forums = forms.MultipleChoiceField(choices=FORUMS, widget=Checkboxes, help_text="All of them")
    due = DateParts(label="Due date", error_messages={"required": "Enter the date it is due"})
    month = MonthField()
    agree = forms.BooleanField(label="I have read it", help_text="All of it")
    paper = forms.FileField(help_text="PDF")


GOOD = {
    "reference": "A12", "email": "a@example.org", "number": "3", "share": "1.5", "what": "x",
    "counted": "y", "status": "board", "rating": "panel", "forums": ["board", "panel"],
    "due-day": "14", "due-month": "June", "due-year": "2022", "month-month": "6",
    "month-year": "2022", "agree": "on",
}  # fmt: skip


def good(**changed):
    return Every(GOOD | changed, {"paper": SimpleUploadedFile("a.pdf", b"x")})


def soup(html) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def drawn(form) -> BeautifulSoup:
    template = Template("{% error_summary form %}<form novalidate>{% form_fields form %}</form>")
    return soup(template.render(Context({"form": form})))


def controls(seen):
    return seen.form.find_all(["input", "select", "textarea"])


def described(seen, control) -> str:
    """What a screen reader says after the control's name: its own and its group's description."""
    group = control.find_parent("fieldset")
    ids = f"{control.get('aria-describedby', '')} {group.get('aria-describedby', '') if group else ''}"
    return " ".join(seen.find(id=each).get_text(" ", strip=True) for each in ids.split())


@pytest.mark.parametrize("form", [Every(), Every({}, {})], ids=["new", "with errors"])
def test_every_control_has_one_label_and_an_id_of_its_own(form):
    seen = drawn(form)
    ids = [each["id"] for each in seen.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert len(controls(seen)) == 18
    for control in controls(seen):
        labels = seen.find_all("label", attrs={"for": control["id"]})
        assert len(labels) == 1, control
        assert labels[0].get_text(strip=True)
    for group in seen.find_all("fieldset"):
        assert group.legend.get_text(strip=True)


@pytest.mark.parametrize("name", list(Every().fields))
def test_hint_and_error_are_told_with_the_control(name):
    form = Every({}, {})
    seen = soup(form_field(form[name]))
    first = seen.find(["input", "select", "textarea"])
    said = described(seen, first)
    assert form.fields[name].help_text in said
    assert form.errors[name][0] in said
    fresh = soup(form_field(Every()[name]))
    first = fresh.find(["input", "select", "textarea"])
    assert form.fields[name].help_text in described(fresh, first)
    assert fresh.find(class_="govuk-error-message") is None


def test_every_link_of_the_summary_leads_to_a_control():
    form = Every({}, {})
    seen = drawn(form)
    links = seen.find(class_="govuk-error-summary").find_all("a")
    assert len(links) == len(form.fields)
    for link in links:
        target = seen.find(id=link["href"].removeprefix("#"))
        assert target.name in ("input", "select", "textarea"), link


@pytest.mark.parametrize(
    ("part", "written"), [("day", "31"), ("month", "Brumaire"), ("year", "22")]
)
def test_the_error_of_a_date_leads_to_the_part_that_is_wrong(part, written):
    form = good(**{"due-day": "14", "due-month": "6", f"due-{part}": written})
    seen = drawn(form)
    link = seen.find(class_="govuk-error-summary").a
    assert link["href"] == f"#id_due-{part}"
    wrong = [box["name"] for box in seen.find_all(class_="govuk-input--error")]
    assert wrong == [f"due-{part}"]


def test_all_that_is_wrong_with_a_date_is_said_at_once():
    form = good(**{"due-day": "", "due-month": "", "due-year": "2022"})
    assert form.errors["due"] == ["Due date must include a day", "Due date must include a month"]
    form = good(**{"due-day": "40", "due-month": "13"})
    assert form.errors["due"] == [
        "Due date must have a day from 1 to 31",
        "Due date must have a month from 1 to 12, or its name",
    ]
    form = good(**{"due-day": "29", "due-month": "feb", "due-year": "2022"})
    assert form.errors["due"] == ["Due date must have a day from 1 to 28"]


def test_errors_are_in_plain_words():
    said = {name: list(errors) for name, errors in Every({}, {}).errors.items()}
    assert said["reference"] == ["Enter reference"]
    assert said["rating"] == ["Select RAG"]
    assert said["due"] == ["Enter the date it is due"]
    assert said["month"] == ["Enter month"]
    assert said["paper"] == ["Choose paper"]
    assert said["agree"] == ["Tick “I have read it” to go on"]
    wrong = good(reference="A12345678", email="x", number="0", share="a lot", status="moon").errors
    assert wrong == {
        "reference": ["Reference must be 8 characters or fewer; it has 9"],
        "email": ["E-mail address must be an e-mail address, such as name@example.org"],
        "number": ["Number must be 1 or more"],
        "share": ["Share must be a number, such as 12.5"],
        "status": ["Status: select one of the choices shown"],
    }


def test_a_good_form_gives_its_values():
    form = good()
    assert form.is_valid(), form.errors
    assert form.cleaned_data["due"] == date(2022, 6, 14)
    assert form.cleaned_data["month"] == date(2022, 6, 1)
    assert error_summary(form) == ""
    assert not has_errors(form, None)


def test_what_was_written_stays_written():
    seen = drawn(good(reference="<b>", **{"due-day": "99", "due-month": "June"}))
    assert seen.find(id="id_reference")["value"] == "<b>"
    assert seen.find(id="id_due-day")["value"] == "99"
    assert seen.find(id="id_due-month")["value"] == "June"
    assert seen.find("textarea", id="id_what").get_text() == "x"
    assert [o["value"] for o in seen.find_all("option", selected=True)] == ["board"]
    assert [i["id"] for i in seen.find_all("input", checked=True)] == [
        "id_rating-2", "id_forums", "id_forums-2", "id_agree",
    ]  # fmt: skip


def test_a_date_known_already_stands_in_its_boxes():
    seen = drawn(Every(initial={"due": date(2022, 6, 14), "month": date(2022, 6, 1)}))
    assert [seen.find(id=f"id_due-{part}")["value"] for part in ("day", "month", "year")] == [
        "14",
        "6",
        "2022",
    ]
    assert seen.find(id="id_month-month")["value"] == "6"


def test_a_hint_of_a_choice_is_told_with_it():
    seen = soup(form_field(Every()["rating"]))
    choice = seen.find("input", value="panel")
    assert seen.find(id=choice["aria-describedby"]).get_text(strip=True) == "Meets quarterly"


def test_a_password_is_never_sent_back():
    class SignIn(GovForm, forms.Form):
        password = forms.CharField(widget=forms.PasswordInput(render_value=True))

    assert "secret" not in form_field(SignIn({"password": "secret"})["password"])


def test_nothing_typed_becomes_markup():
    class Named(GovForm, forms.Form):
        name = forms.CharField(label="<i>Name</i>", help_text="<i>hint</i>")

        def clean_name(self):
            raise forms.ValidationError(
                "<i>%(name)s</i>", params={"name": self.cleaned_data["name"]}
            )

    form = Named({"name": "<i>x</i>"})
    assert drawn(form).i is None


class Due(GovForm, forms.Form):
    """A date that is asked for where one of two choices is made."""

    kind = forms.ChoiceField(
        choices=[("date", "A date"), ("ongoing", "Ongoing")],
        widget=Radios(reveals={"date": ["day"]}),
    )
    day = DateParts(required=False)


@pytest.mark.parametrize(
    ("chosen", "wrong"), [("date", {"day"}), ("ongoing", set()), ("", {"kind"}), ("no", {"kind"})]
)
def test_what_stands_below_a_choice_that_was_not_made_is_not_asked(chosen, wrong):
    """Its control is not shown, so that no error could lead to it."""
    form = Due({"kind": chosen, "day-day": "99", "day-month": "6", "day-year": "2022"})
    assert form.errors.keys() == wrong
    assert form.cleaned_data.get("day") is None


def test_a_revealed_field_stands_below_its_choice_and_nowhere_else():
    seen = drawn(Due())
    inside = seen.find(id="conditional-id_kind")
    assert inside.find(id="id_day-day")
    assert len(seen.find_all(id="id_day-day")) == 1
    assert seen.find(id="id_kind")["data-aria-controls"] == "conditional-id_kind"


def test_the_summary_takes_in_all_rows_and_says_which_one():
    class Row(GovForm, forms.Form):
        status = forms.ChoiceField(choices=FORUMS, widget=Radios)
        due = DateParts()

        @property
        def about(self):
            return f"A{self.prefix[-1]}"

        def clean(self):
            raise forms.ValidationError("Say why it slipped")

    rows = formset_factory(Row, extra=0)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-status": "board",
         "form-0-due-day": "1", "form-0-due-month": "1", "form-0-due-year": "2022",
         "form-1-due-day": "1", "form-1-due-month": "1", "form-1-due-year": "2022"}
    )  # fmt: skip
    links = soup(error_summary(rows)).find_all("a")
    assert [(a.get_text(), a["href"]) for a in links] == [
        ("A0: Say why it slipped", "#id_form-0-status"),
        ("A1: Say why it slipped", "#id_form-1-status"),
        ("A1: Select status", "#id_form-1-status"),
    ]
    assert has_errors(rows)


def test_an_unsent_form_has_no_errors():
    assert error_summary(Every()) == ""


def test_any_django_form_can_be_drawn():
    class Plain(forms.Form):
        name = forms.CharField()
        when = forms.DateField()
        shared = forms.CharField(widget=forms.HiddenInput)
        many = forms.MultipleChoiceField(choices=FORUMS, widget=forms.SelectMultiple)

    seen = drawn(Plain(initial={"many": ["panel"], "shared": "s"}))
    assert seen.find("input", type="hidden")["value"] == "s"
    assert seen.select_one("select[multiple] option[selected]")["value"] == "panel"
    assert drawn(Plain({})).find(class_="govuk-error-summary").a["href"] == "#id_name"


def test_a_field_that_somebody_else_derived_from_djangos_has_our_words_too():
    class Address(forms.EmailField):
        pass

    class Asked(GovForm, forms.Form):
        address = Address()
        own = forms.CharField(error_messages={"required": "Say what you own"})

    assert Asked({}).errors == {"address": ["Enter address"], "own": ["Say what you own"]}


def test_an_empty_date_that_is_not_needed_is_none():
    class Open(GovForm, forms.Form):
        due = DateParts(required=False)

    form = Open({"due-day": "", "due-month": "", "due-year": ""})
    assert form.is_valid()
    assert form.cleaned_data["due"] is None
    assert not form.has_changed()


def test_a_date_already_there_is_changed_only_when_it_is():
    class Open(GovForm, forms.Form):
        due = DateParts()

    sent = {"due-day": "14", "due-month": "june", "due-year": "2022"}
    assert not Open(sent, initial={"due": date(2022, 6, 14)}).has_changed()
    assert Open(sent, initial={"due": date(2022, 6, 15)}).has_changed()


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.sampled_from(["%m", "%B", "%b", "%-m"]))
def test_every_day_there_is_can_be_written(day, month):
    written = {"day": str(day.day), "month": day.strftime(month), "year": str(day.year)}
    assert DateParts(label="Due").clean(written) == day
    assert DateParts(label="Due").clean(day.isoformat()) == day


@given(st.text(max_size=5), st.text(max_size=5), st.text(max_size=5))
def test_whatever_is_written_is_a_date_or_an_error_in_words(day, month, year):
    found, said = None, []
    try:
        found = DateParts(label="100% due").clean({"day": day, "month": month, "year": year})
    except forms.ValidationError as error:
        said = error.messages
    assert isinstance(found, date) != bool(said)
    assert all("100% due" in each for each in said)
