"""What is asked for, to make a report."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from frankpledge.analysis.periods import last_day, month_name
from frankpledge.web.audit.today import today
from frankpledge.web.frame.fields import DateParts, MonthField, Radios
from frankpledge.web.frame.forms import GovForm
from frankpledge.web.reports.models import Audience


class AskForm(GovForm, forms.Form):
    month = MonthField(label="Month", help_text="The last month in the report, such as 6 2022.")
    as_at = DateParts(
        label="As known on",
        help_text="The report shows the figures as they were known at the end of this day.",
    )
    title = forms.CharField(label="Title", max_length=200, initial="Performance report")
    audience = forms.ChoiceField(
        label="For whom", choices=Audience.choices, initial=Audience.EVERYBODY, widget=Radios
    )

    def clean_as_at(self) -> date:
        day = self.cleaned_data["as_at"]
        if day > today():
            raise forms.ValidationError(
                "As known on must be today or in the past: nobody knows later figures yet"
            )
        return day

    def clean(self) -> dict[str, Any]:
        month, day = self.cleaned_data.get("month"), self.cleaned_data.get("as_at")
        if month and day and day < last_day(month):
            self.add_error(
                "as_at",
                f"As known on must be after {month_name(month)} has ended: its figures were not known before",
            )
        return self.cleaned_data


class WithdrawForm(GovForm, forms.Form):
    why = forms.CharField(
        label="Why it is withdrawn", widget=forms.Textarea, help_text="Everybody can read this."
    )
