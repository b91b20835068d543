"""What may be done with a plan. The statutory order is kept by `rules.py`."""

from frankpledge.web.plans.acts.adopting import (
    adopt_version,
    answer_panel,
    record_panel_report,
    send_to_panel,
    supersede_version,
    withdraw_version,
)
from frankpledge.web.plans.acts.consulting import record_consultation, strike_consultation
from frankpledge.web.plans.acts.drafting import draft_plan, draft_version, word_version
from frankpledge.web.plans.acts.stating import (
    drop_commitment,
    drop_objective,
    move_commitment,
    move_objective,
    state_commitment,
    state_objective,
)

__all__ = [
    "adopt_version",
    "answer_panel",
    "draft_plan",
    "draft_version",
    "drop_commitment",
    "drop_objective",
    "move_commitment",
    "move_objective",
    "record_consultation",
    "record_panel_report",
    "send_to_panel",
    "state_commitment",
    "state_objective",
    "strike_consultation",
    "supersede_version",
    "withdraw_version",
    "word_version",
]
