"""Who may keep measures: their definitions, goals, figures and words; and what must hold."""

from __future__ import annotations

from typing import Any

import rules

from frankpledge.web.organisations.roles import Role
from frankpledge.web.organisations.rules import held_at_its_body, held_on_its_line

OFFICE = (Role.OFFICE_OFFICER, Role.CHIEF_EXECUTIVE, Role.DEPUTY_COMMISSIONER, Role.COMMISSIONER)

is_analyst = held_at_its_body(Role.FORCE_ANALYST)
is_office = held_on_its_line(*OFFICE)
signs_off = held_at_its_body(Role.FORCE_ANALYST, Role.CHIEF_OFFICER)


@rules.predicate(name="owns the measure")
def owns(person: Any, measure: Any) -> bool:
    """The measure's own owner, while they hold the role. Asked about nothing: whether one is held."""
    if not hasattr(person, "roles_now") or not person.holds(Role.MEASURE_OWNER):
        return False
    return measure is None or measure.owner_id == person.pk


@rules.predicate(name="owns a measure of the force")
def owns_one(person: Any, force: Any) -> bool:
    from frankpledge.web.measures.models import Measure

    if not hasattr(person, "roles_now") or not person.holds(Role.MEASURE_OWNER):
        return False
    return force is None or Measure.objects.filter(body=force, owner=person.pk).exists()


@rules.predicate(name="uploaded it")
def uploaded_it(person: Any, upload: Any) -> bool:
    return upload is not None and upload.uploaded_by_id == getattr(person, "pk", None)


@rules.predicate(name="did not write it")
def did_not_write_it(person: Any, words: Any) -> bool:
    return words is None or words.written_by_id != getattr(person, "pk", None)


@rules.predicate(name="did not review it")
def did_not_review_it(person: Any, words: Any) -> bool:
    return words is None or words.reviewed_by_id != getattr(person, "pk", None)


def about_its_measure(asked: rules.Predicate) -> rules.Predicate:
    """The same question, about the measure of a thing that hangs on one."""

    @rules.predicate(name=f"{asked.name}, of its measure")
    def of_its_measure(person: Any, thing: Any) -> bool:
        return asked(person, None if thing is None else thing.measure)

    return of_its_measure


def may_touch(person: Any, measure: Any) -> bool:
    """Whether somebody may bring figures of a measure: any of their force, or those they own."""
    return is_analyst(person, measure) or owns(person, measure)


keeps_definitions = is_analyst | held_on_its_line(Role.OFFICE_OFFICER, Role.CHIEF_EXECUTIVE)

rules.add_perm("measures.load_definitions", keeps_definitions)
rules.add_perm("measures.revise_definition", keeps_definitions)
rules.add_perm("measures.give_owner", keeps_definitions)
rules.add_perm("measures.share", keeps_definitions)
rules.add_perm("measures.change_judging", keeps_definitions)
rules.add_perm("measures.open_to_public", is_office)
rules.add_perm("measures.close_to_public", is_office)

rules.add_perm("measures.set_goal", is_office)
rules.add_perm("measures.review_goal", about_its_measure(is_office))
rules.add_perm("measures.link_commitments", is_office)

rules.add_perm("measures.upload_figures", is_analyst | owns_one)
rules.add_perm("measures.commit_upload", is_analyst | uploaded_it)
rules.add_perm("measures.discard_upload", is_analyst | uploaded_it)
rules.add_perm("measures.undo_upload", is_analyst)

rules.add_perm("measures.write_commentary", is_analyst | owns)
rules.add_perm("measures.review_commentary", about_its_measure(signs_off) & did_not_write_it)
rules.add_perm(
    "measures.sign_off_commentary",
    about_its_measure(signs_off) & did_not_write_it & did_not_review_it,
)
rules.add_perm("measures.return_commentary", about_its_measure(signs_off | owns))
