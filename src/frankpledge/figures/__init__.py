"""Files to observations: tidy, wide and data.police.uk; everything wrong reported at once."""

from frankpledge.figures.police_uk import convert_police_uk
from frankpledge.figures.problems import FiguresError, Problem
from frankpledge.figures.reading import Reading, read, read_or_refuse, take
from frankpledge.figures.writing import write_tidy
from frankpledge.figures.zeros import fill_unlisted

__all__ = [
    "FiguresError",
    "Problem",
    "Reading",
    "convert_police_uk",
    "fill_unlisted",
    "read",
    "read_or_refuse",
    "take",
    "write_tidy",
]
