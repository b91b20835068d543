"""What people fill in about measures.

keeping    files, definitions, goals, words
choosing   which measures there are, and who may see them
judging    how figures are judged
"""

from frankpledge.web.measures.forms.choosing import LoadForm, SharingForm
from frankpledge.web.measures.forms.judging import (
    BreakForm,
    JudgingForm,
    PeriodForm,
    PopulationForm,
    RebaselineForm,
)
from frankpledge.web.measures.forms.keeping import (
    CommitmentsForm,
    DefinitionForm,
    GoalForm,
    OwnerForm,
    UploadForm,
    WhyForm,
    WordsForm,
    owner_choices,
    words_as_given,
    years_to_choose,
)

__all__ = [
    "BreakForm", "CommitmentsForm", "DefinitionForm", "GoalForm", "JudgingForm", "LoadForm", "OwnerForm",
    "PeriodForm", "PopulationForm", "RebaselineForm", "SharingForm", "UploadForm", "WhyForm", "WordsForm",
    "owner_choices", "words_as_given", "years_to_choose",
]  # fmt: skip
