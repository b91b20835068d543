"""What may be done with measures. Each act is named by what is done."""

from frankpledge.web.measures.acts.definitions import (
    give_owner,
    link_commitments,
    load_definitions,
    revise_definition,
    share_measures,
)
from frankpledge.web.measures.acts.goals import review_goal, set_goal
from frankpledge.web.measures.acts.judging import take_judging
from frankpledge.web.measures.acts.noting import (
    NotedAlreadyError,
    note,
    settle_judging,
    take_back,
)
from frankpledge.web.measures.acts.opening import close_to_public, open_to_public
from frankpledge.web.measures.acts.uploads import (
    commit_upload,
    discard_upload,
    undo_upload,
    upload_figures,
)
from frankpledge.web.measures.acts.words import (
    return_commentary,
    review_commentary,
    sign_off_commentary,
    write_commentary,
)

__all__ = [
    "NotedAlreadyError",
    "close_to_public", "commit_upload", "discard_upload", "give_owner", "link_commitments",
    "load_definitions", "note", "open_to_public", "return_commentary", "review_commentary", "review_goal",
    "revise_definition", "set_goal", "settle_judging", "share_measures", "sign_off_commentary", "take_back", "take_judging",
    "undo_upload", "upload_figures", "write_commentary",
]  # fmt: skip
