"""What the trail is searched by."""

from __future__ import annotations

from typing import Any

from django import forms

from frankpledge.web.audit.presenters import verb_in_words
from frankpledge.web.frame.fields import DateParts
from frankpledge.web.frame.forms import GovForm


class TrailForm(GovForm, forms.Form):
    verb = forms.ChoiceField(label="What was done", required=False)
    by = forms.ChoiceField(label="By whom", required=False)
    since = DateParts(label="From", required=False)
    until = DateParts(label="To", required=False)

    def __init__(self, *args: Any, events: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        plain = events.order_by()
        verbs = plain.values_list("verb", flat=True).distinct()
        people = plain.filter(by__isnull=False).values_list("by", "by__name").distinct()
        self.fields["verb"].choices = [
            ("", "Anything"),
            *sorted((v, verb_in_words(v)) for v in verbs),
        ]
        self.fields["by"].choices = [
            ("", "Anybody"),
            ("system", "The system"),
            *((str(pk), name) for pk, name in sorted(people, key=lambda p: p[1])),
        ]

    def narrow(self, events: Any) -> Any:
        """The events that were asked for; all, where what was asked for cannot be read."""
        if not self.is_valid():
            return events
        told = self.cleaned_data
        if told["verb"]:
            events = events.filter(verb=told["verb"])
        if told["by"]:
            events = events.filter(by=None if told["by"] == "system" else told["by"])
        if told["since"]:
            events = events.filter(at__date__gte=told["since"])
        if told["until"]:
            events = events.filter(at__date__lte=told["until"])
        return events
