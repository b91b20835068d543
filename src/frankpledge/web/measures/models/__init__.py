from frankpledge.web.measures.models.commentary import Commentary
from frankpledge.web.measures.models.figures import Figure, Upload
from frankpledge.web.measures.models.findings import StoredFindings
from frankpledge.web.measures.models.goals import WhatGoodLooksLike
from frankpledge.web.measures.models.judging import (
    Break,
    ExceptionalPeriod,
    JudgingSettings,
    Population,
    Rebaseline,
)
from frankpledge.web.measures.models.measures import Definition, Measure

__all__ = [
    "Break", "Commentary", "Definition", "ExceptionalPeriod", "Figure", "JudgingSettings", "Measure",
    "Population", "Rebaseline", "StoredFindings", "Upload", "WhatGoodLooksLike",
]  # fmt: skip
