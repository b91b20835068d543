from frankpledge.web.actions.models.actions import (
    Action,
    ActionOwner,
    ActionRevision,
    CrossReference,
    DueKind,
    Part,
    Status,
)
from frankpledge.web.actions.models.digests import DigestSent
from frankpledge.web.actions.models.imports import Import
from frankpledge.web.actions.models.lists import ActionList, RagMeaning, RagScheme, Shape
from frankpledge.web.actions.models.updates import ActionUpdate, Extract, ExtractedUpdate

__all__ = [
    "Action", "ActionList", "ActionOwner", "ActionRevision", "ActionUpdate", "CrossReference",
    "DigestSent", "DueKind", "Extract", "ExtractedUpdate", "Import", "Part", "RagMeaning",
    "RagScheme", "Shape", "Status",
]  # fmt: skip
