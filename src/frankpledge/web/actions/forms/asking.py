"""What the ledger is asked for."""

from __future__ import annotations

from typing import Any

from django import forms

from frankpledge.web.actions.reads.ledger import STANDINGS, Asked, Choices
from frankpledge.web.frame.forms import GovForm


class LedgerForm(GovForm, forms.Form):
    """The filters. What an address asks for and is not among the choices is not asked for."""

    standing = forms.ChoiceField(label="How it stands", required=False)
    list = forms.ChoiceField(label="List", required=False)
    objective = forms.ChoiceField(label="Objective of the plan", required=False)
    owner = forms.ChoiceField(label="Owner", required=False)
    forum = forms.ChoiceField(label="Overseen at", required=False)
    rag = forms.ChoiceField(label="Rating", required=False)
    text = forms.CharField(label="Words", required=False, max_length=100)

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = {
            "standing": tuple(STANDINGS.items()),
            "list": choices.lists,
            "objective": choices.objectives,
            "owner": choices.owners,
            "forum": choices.forums,
            "rag": choices.rags,
        }
        for name, pairs in offered.items():
            self.fields[name].choices = [("", "All"), *pairs]

    def asked(self) -> Asked:
        self.is_valid()
        return Asked(**{name: self.cleaned_data.get(name, "") for name in self.fields})
