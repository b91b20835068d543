"""How an act about actions refuses: every problem at once, in words for a person."""

from __future__ import annotations

from collections.abc import Mapping


class NotAsAskedError(Exception):
    """What was asked cannot be done. `problems` says of each field what is wrong; nothing was kept."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


class SeveralProblemsError(Exception):
    """Several updates were asked for in one go, and some cannot be: of each action, what is wrong.

    `problems` is by the action's key, then by field; "" is the action as a whole. `versions` says of
    each action that somebody else changed meanwhile which version it has now. Nothing was kept.
    """

    def __init__(
        self, problems: Mapping[int, Mapping[str, str]], versions: Mapping[int, int]
    ) -> None:
        super().__init__("; ".join(word for each in problems.values() for word in each.values()))
        self.problems = {key: dict(each) for key, each in problems.items()}
        self.versions = dict(versions)


def refuse_if(problems: Mapping[str, str]) -> None:
    if problems:
        raise NotAsAskedError(problems)
