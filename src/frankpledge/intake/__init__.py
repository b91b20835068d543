"""What somebody hands in, opened safely or refused with reasons, and made into plain tables."""

from frankpledge.intake.limits import LIMITS, Limits
from frankpledge.intake.mapping import Match, Proposal, Reason, Wanted, problems_of, propose
from frankpledge.intake.opening import Kind, Opened, open_upload
from frankpledge.intake.problems import Problem, RefusedError
from frankpledge.intake.tables import RawRow, RawTable, RowKind, carried_down, tables_in
from frankpledge.intake.words_of_rating import Rating, Shade, read_rating
from frankpledge.intake.words_of_time import Due, DueKind, Update, read_due, updates_in
from frankpledge.intake.writing import write_list

__all__ = [
    "LIMITS",
    "Due",
    "DueKind",
    "Kind",
    "Limits",
    "Match",
    "Opened",
    "Problem",
    "Proposal",
    "Rating",
    "RawRow",
    "RawTable",
    "Reason",
    "RefusedError",
    "RowKind",
    "Shade",
    "Update",
    "Wanted",
    "carried_down",
    "open_upload",
    "problems_of",
    "propose",
    "read_due",
    "read_rating",
    "tables_in",
    "updates_in",
    "write_list",
]
