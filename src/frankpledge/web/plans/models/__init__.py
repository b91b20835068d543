"""A plan, what lasts in it, its versions and how each version words it."""

from frankpledge.web.plans.models.consultations import Consultation
from frankpledge.web.plans.models.plans import Commitment, Objective, Plan
from frankpledge.web.plans.models.statements import (
    DroppedCommitment,
    FocusArea,
    Outcome,
    StatedCommitment,
    StatedObjective,
)
from frankpledge.web.plans.models.versions import PlanVersion

__all__ = [
    "Commitment",
    "Consultation",
    "DroppedCommitment",
    "FocusArea",
    "Objective",
    "Outcome",
    "Plan",
    "PlanVersion",
    "StatedCommitment",
    "StatedObjective",
]
