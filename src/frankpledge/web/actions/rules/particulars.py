"""What lists of different kinds say of an action besides what all of them do.

An action keeps them by key in `particulars`; the labels are what pages, imports and exports call them.
"""

from __future__ import annotations

from collections.abc import Mapping

PARTICULARS: Mapping[str, str] = {
    "activity": "Supporting activity",
    "engagement_type": "Type of engagement",
    "details": "Details",
    "outcome": "Outcome",
    "measure": "How it is measured",
    "oversight": "Oversight, as written",
    "raised": "Raised on",
    "answer_due": "To be answered at",
}

BY_KIND: Mapping[str, tuple[str, ...]] = {
    "delivery_plan": ("oversight",),
    "charter": (),
    "engagement": ("engagement_type", "details", "outcome", "measure"),
    "meeting": ("raised",),
    "recommendations": ("raised", "answer_due"),
    "other": (),
}
"""Which of them a form asks for, by the kind of list."""


def labelled(particulars: Mapping[str, str]) -> list[tuple[str, str]]:
    """(label, words) of what an action has, in the order above; what has no label is labelled by its key."""
    known = [
        (label, particulars[key]) for key, label in PARTICULARS.items() if particulars.get(key)
    ]
    others = [
        (key.replace("_", " ").capitalize(), words)
        for key, words in particulars.items()
        if key not in PARTICULARS and words
    ]
    return known + others
