"""How likely a measure is to meet what good looks like at its date, in a number and a word.

The number is the share of simulated paths that meet the target, put right by what such shares
turned out to be worth on later months of real series (`docs/methods/likelihood.md`). The word is
the probability yardstick's. Confidence is a separate word and depends on the history.

At the date itself there is no likelihood any more: the target is met or it is not. Under 12 months
of history nothing is computed: what a person judges instead is recorded as a person's judgement.
"""

from frankpledge.analysis.likelihood.likelihood import (
    LIKELIHOOD,
    Basis,
    LikelihoodSettings,
    likelihood,
)
from frankpledge.analysis.likelihood.scoring import Score, score
from frankpledge.analysis.likelihood.targets import TargetOver

__all__ = [
    "LIKELIHOOD",
    "Basis",
    "LikelihoodSettings",
    "Score",
    "TargetOver",
    "likelihood",
    "score",
]
