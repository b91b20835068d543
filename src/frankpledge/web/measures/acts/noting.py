"""How a force's figures are judged, a step at a time: the rule-set, and what was noted about them."""

from __future__ import annotations

from pydantic import BaseModel

from frankpledge.web.audit.acts import THE_SYSTEM, ChangedMeanwhileError, act, locked, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import now
from frankpledge.web.measures.acts.judging import KINDS, fields_of
from frankpledge.web.measures.judging import called_in_figures, standing
from frankpledge.web.measures.models import JudgingSettings
from frankpledge.web.measures.models.judging import Note
from frankpledge.web.measures.refreshing import findings_are_behind
from frankpledge.web.organisations.models import Body, Person


class NotedAlreadyError(ValueError):
    """What somebody would note is noted already: says so in words for a person."""


@act("judging.settled", needs="measures.change_judging", on="force")
def settle_judging(
    *,
    by: Person,
    force: Body,
    limits: str,
    false_discovery_level: float,
    screen: bool,
    seen: str,
    why: str = "",
) -> JudgingSettings:
    """Judge a force's figures by this rule-set. `seen` is how they were judged on the page (`said`)."""
    locked(force)
    settled = JudgingSettings.objects.filter(body=force).first()
    before = settled or JudgingSettings(body=force, called=called_in_figures(force))
    if before.said != seen:
        raise ChangedMeanwhileError(
            "Somebody else changed how the figures are judged. Look at what holds now, and save again"
            " if you still want to change it."
        )
    was = snapshot(before) if settled else None
    before.limits, before.screen = limits, screen
    before.false_discovery_level = false_discovery_level
    before.save()
    findings_are_behind(force)
    record(before, was=was, why=why)
    return before


@act("judging.noted", needs="measures.change_judging", on="force")
def note(*, by: Person, force: Body, kind: str, setting: BaseModel, why: str = "") -> Note:
    """Note a break, an exceptional period, a re-baselining or a population (`kind`, of `KINDS`).

    Raises NotedAlreadyError where the same is noted, or another population of that area and year.
    """
    locked(force)
    told, known = fields_of(setting), KINDS[kind]
    names = ("area_name", "year") if kind == "populations" else tuple(told)
    if any(all(getattr(each, n) == told[n] for n in names) for each in standing(known, force)):
        raise NotedAlreadyError(
            "A population of this area and year is noted. Take that one back first"
            if kind == "populations"
            else "The same is noted already"
        )
    noted = known.objects.create(body=force, noted_by=None if by is THE_SYSTEM else by, **told)
    findings_are_behind(force)
    record(noted, why=why)
    return noted


@act("judging.taken_back", needs="measures.change_judging", on="noted")
def take_back(*, by: Person, noted: Note, why: str = "") -> Note:
    """Take a note back. It stays in the record, so that an earlier report can be made again."""
    locked(noted.body)
    noted = locked(noted)
    if noted.taken_back_at is not None:
        raise ChangedMeanwhileError("Somebody else took this back already.")
    was = snapshot(noted)
    noted.taken_back_by, noted.taken_back_at = by, now()
    noted.save(update_fields=["taken_back_by", "taken_back_at"])
    findings_are_behind(noted.body)
    record(noted, was=was, why=why)
    return noted
