from frankpledge.web.actions.forms.asking import LedgerForm
from frankpledge.web.actions.forms.changing import (
    AddForm,
    ChangeForm,
    CommitmentForm,
    OwnerForm,
)
from frankpledge.web.actions.forms.lists import ExtractForm, ListForm, RatingFormSet, SchemeForm
from frankpledge.web.actions.forms.updating import CloseForm, RowForm, UpdateForm, WhyForm

__all__ = [
    "AddForm", "ChangeForm", "CloseForm", "CommitmentForm", "ExtractForm", "LedgerForm", "ListForm",
    "OwnerForm", "RatingFormSet", "RowForm", "SchemeForm", "UpdateForm", "WhyForm",
]  # fmt: skip
