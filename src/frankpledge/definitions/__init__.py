"""What each measure is: the schema, the loader and one TOML file a measure."""

from frankpledge.definitions.checking import DefinitionCheck, DefinitionNote, check
from frankpledge.definitions.library import Library, load, overdue
from frankpledge.definitions.problems import DefinitionProblem, DefinitionsError
from frankpledge.definitions.schema import GoodLooksLike, Measure

__all__ = [
    "DefinitionCheck",
    "DefinitionNote",
    "DefinitionProblem",
    "DefinitionsError",
    "GoodLooksLike",
    "Library",
    "Measure",
    "check",
    "load",
    "overdue",
]
