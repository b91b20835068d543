"""Two places in which one thing of each kind is planted, with words that say who may read them.

A planted word is `planted-<place>-<owner>-<visibility>`: `planted-north-office-panel` belongs to the first
office and is shared with its panel.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from frankpledge.reporting.settings import Break as BreakSetting
from frankpledge.web.actions.importing.acts import hand_in
from frankpledge.web.actions.models import ActionList
from frankpledge.web.audit.acts import THE_SYSTEM
from frankpledge.web.measures.acts import (
    load_definitions,
    note,
    open_to_public,
    upload_figures,
    write_commentary,
)
from frankpledge.web.measures.findings.refreshing import bring_up_to_date
from frankpledge.web.measures.models import Measure
from frankpledge.web.organisations.models import Forum
from frankpledge.web.plans.models import PlanVersion
from frankpledge.web.reports.models import Report
from tests.web.actions.making import a_list, an_action
from tests.web.plans.plans import make_plan, state_all
from tests.web.reports.stocked import JUNE, KNOWN, ask, figures, made, stock

KEEPERS = {"force": "chief_officer", "office": "office_officer", "panel": "panel_officer"}
VISIBILITIES = ("public", "panel", "office", "force", "named")


def planted(place: str, owner: str, visibility: str) -> str:
    return f"planted-{place}-{owner}-{visibility}"


def furnish(bodies: dict[str, Any], people: dict[str, Any]) -> None:
    """Plant in both places: actions, forums, a draft plan, measures, words on them, a report, an upload."""
    for place, prefix in (("north", ""), ("south", "other_")):
        for owner in ("force", "office", "panel"):
            _actions(place, prefix, owner, bodies, people)
            _forums(place, owner, bodies[prefix + owner])
        _plan(place, prefix, bodies, people)
    _measures(bodies, people)
    _report(bodies, people)
    _import(people)


def _actions(place: str, prefix: str, owner: str, bodies: dict, people: dict) -> None:
    for visibility in VISIBILITIES:
        word = planted(place, owner, visibility)
        kept = a_list(people, bodies[prefix + owner], name=f"List {word}", visibility=visibility)
        action = an_action(
            people, kept, reference="1", what=word, by=people[prefix + KEEPERS[owner]]
        )
        if visibility == "named":
            action.named_people.add(people[prefix + KEEPERS[owner]])
            kept.named_people.add(people[prefix + KEEPERS[owner]])


def _forums(place: str, owner: str, body: Any) -> None:
    for visibility in VISIBILITIES[:-1]:
        word = planted(place, owner, visibility)
        Forum.objects.create(
            body=body,
            name=f"Forum {word}",
            slug=f"forum-{visibility}",
            purpose=word,
            visibility=visibility,
        )


def _plan(place: str, prefix: str, bodies: dict, people: dict) -> None:
    """An adopted version for everybody, and a draft that is the office's."""
    plan = make_plan(bodies, people, prefix=prefix, key=f"plan-{place}")
    draft = PlanVersion.objects.create(
        plan=plan, number=2, label="Draft", state="draft", vision=planted(place, "office", "office"),
        drafted_by=people[prefix + "office_officer"], drafted_on=date(2022, 6, 1),
    )  # fmt: skip
    word = planted(place, "office", "office")
    state_all(
        draft, ((f"draft-{place}", "9", word, ((f"d-{place}", "9.1", word, "commissioner"),)),)
    )


def _measures(bodies: dict, people: dict) -> None:
    """Two public measures with figures; one that is the office's, whose title is planted; words, an upload."""
    force, analyst = bodies["force"], people["force_analyst"]
    stock(people, force)
    load_definitions(by=THE_SYSTEM, force=force, keys=["rape"])
    Measure.objects.filter(body=force, key="rape").update(title=planted("north", "force", "office"))
    shoplifting = Measure.objects.get(body=force, key="shoplifting")
    write_commentary(
        by=analyst, measure=shoplifting, month=JUNE, seen=0,
        what_does_this_mean=planted("north", "force", "office"),
    )  # fmt: skip
    upload_figures(
        by=analyst, force=force, data=figures() + b"shoplifting,East,2019-04-01,55\n",
        name=f"{planted('north', 'force', 'office')}.csv", known_at=KNOWN,
    )  # fmt: skip
    word = planted("north", "force", "office")
    coming = BreakSetting(measure="rape", month="2023-01", reason=word)
    note(by=analyst, force=force, kind="breaks", setting=coming)
    open_to_public(by=people["office_officer"], force=force, month=JUNE, as_at=KNOWN)
    bring_up_to_date(force, [JUNE])


def _import(people: dict) -> None:
    """A file handed in for the office's own list, and not yet decided on."""
    word = planted("north", "office", "office")
    kept = ActionList.objects.get(name=f"List {word}")
    rows = b"Ref,Plan commitment,Supporting activity,Progress update,Oversight mechanism\n"
    row = f"7.1,Keep people safe,(7.1.1) {word},Begun,None\n".encode()
    hand_in(
        by=people["office_officer"],
        action_list=kept,
        data=rows + row,
        name=f"{word}.csv",
        as_at=KNOWN,
    )


def _report(bodies: dict, people: dict) -> None:
    """A report that is made and not published."""
    made(ask(people, bodies, title=planted("north", "office", "force")))
    assert Report.objects.filter(visibility="force").exists()
