"""Who sees what: the table of docs/visibility.md, for every role, and a slow twin of the rule's working."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frankpledge.web.audit.today import today
from frankpledge.web.audit.visibility import READABLE_KINDS, THE_PUBLIC, Kind, Visibility
from frankpledge.web.organisations.models import Forum, Person, Role, RoleHeld
from frankpledge.web.organisations.readers import bodies_seen
from frankpledge.web.organisations.roles import ROLES_AT
from tests.web.bodies import make_person

OWNERS = {"a force": "force", "an office": "office", "a panel": "panel", "an alliance": "alliance"}
AUDIENCES = {"everybody": "public", "the panel": "panel", "the office": "office", "the force": "force",
             "named people": "named"}  # fmt: skip
READERS = ("force", "office", "panel", "other_force", "other_office", "other_panel", "public")


def the_table() -> dict[tuple[str, str], dict[str, str]]:
    """The page's table: (owner, audience) -> reader -> yes, no, named."""
    page = (Path(__file__).parents[3] / "docs/visibility.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in page.splitlines()
        if line.startswith(("| a ", "| an "))
    ]
    return {
        (OWNERS[owner], AUDIENCES[audience]): dict(zip(READERS, cells, strict=True))
        for owner, audience, *cells in rows
    }


TABLE = the_table()


@pytest.fixture
def things(bodies):
    """A forum of each owner for each audience."""
    return {
        key: Forum.objects.create(name=" for ".join(key), slug="-".join(key), body=bodies[key[0]], visibility=key[1])
        for key in product(OWNERS.values(), AUDIENCES.values())
    }  # fmt: skip


def seen_by(person) -> set[tuple[str, str]]:
    return {tuple(f.name.split(" for ")) for f in Forum.objects.visible_to(person)}


def table_for(reader: str) -> set[tuple[str, str]]:
    return {key for key, cells in TABLE.items() if cells[reader] == "yes"}


def test_the_page_has_every_row():
    assert set(TABLE) == set(product(Kind.values, Visibility.values))


EVERYBODY = [
    (prefix + kind.value, role)
    for kind in (Kind.FORCE, Kind.OFFICE, Kind.PANEL)
    for prefix in ("", "other_")
    for role in ROLES_AT[kind]
]


@pytest.mark.django_db
@pytest.mark.parametrize(("where", "role"), EVERYBODY)
def test_each_role_sees_what_the_table_says(things, bodies, where, role):
    assert seen_by(make_person(Role(role), bodies[where])) == table_for(where)


@pytest.mark.django_db
def test_the_public_sees_what_is_public(things):
    assert seen_by(None) == seen_by(THE_PUBLIC) == table_for("public")


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES_AT[Kind.ALLIANCE])
def test_whoever_has_a_role_at_the_alliance_itself_sees_all_that_is_the_alliances(
    things, bodies, role
):
    seen = seen_by(make_person(role, bodies["alliance"]))
    assert seen == table_for("public") | {("alliance", v) for v in ("panel", "office", "force")}


@pytest.mark.django_db
@pytest.mark.parametrize("where", READERS[:-1])
def test_somebody_named_sees_it_wherever_they_are_and_only_once(things, bodies, where):
    roles = ROLES_AT[Kind(where.removeprefix("other_"))]
    named, colleague = (
        make_person(Role(role), bodies[where]) for role in (roles[0], Role.ADMINISTRATOR)
    )
    somebody_else = make_person(Role.AUDITOR, bodies["other_force"])
    for key, thing in things.items():
        thing.named_people.add(named, somebody_else)
        found = list(Forum.objects.visible_to(named).filter(pk=thing.pk))
        assert found == ([thing] if TABLE[key][where] in ("yes", "named") else []), key
        if key[1] == "named":
            assert not Forum.objects.visible_to(colleague).filter(pk=thing.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("starts", "ends", "reads"),
    [(-10, None, True), (-10, 0, True), (-10, -1, False), (0, None, True), (1, None, False)],
)
def test_a_role_reads_from_its_first_day_to_its_last(things, bodies, starts, ends, reads):
    person = Person.objects.create(email="p@example.org", name="P")
    RoleHeld.objects.create(
        person=person, body=bodies["office"], role="office_officer",
        starts=today() + timedelta(days=starts), ends=None if ends is None else today() + timedelta(days=ends),
    )  # fmt: skip
    assert seen_by(person) == table_for("office" if reads else "public")


@pytest.mark.django_db
def test_a_closed_account_reads_nothing_more(things, bodies):
    person = make_person(Role.OFFICE_OFFICER, bodies["office"])
    person.is_active = False
    assert seen_by(person) == table_for("public")


@pytest.mark.django_db
def test_a_line_of_oversight_that_ended_shares_nothing_more(things, bodies):
    bodies["office"].oversees.update(ends=today() - timedelta(days=1))
    assert seen_by(make_person(Role.OFFICE_OFFICER, bodies["office"])) == table_for("office") - {
        ("force", "office"), ("force", "panel")
    }  # fmt: skip


@pytest.mark.django_db
def test_a_member_that_left_an_alliance_sees_nothing_more_of_it(things, bodies):
    for name in ("force", "office"):
        bodies[name].alliances.update(ends=today() - timedelta(days=1))
    seen = seen_by(make_person(Role.OFFICE_OFFICER, bodies["office"]))
    assert {key for key in seen if key[0] == "alliance"} == {("alliance", "public")}


@pytest.mark.django_db
def test_the_reader_is_worked_out_in_two_queries_however_many_bodies(
    bodies, django_assert_num_queries
):
    person = make_person(Role.COMMISSIONER, bodies["office"])
    with django_assert_num_queries(2):
        person.as_reader()
        person.as_reader()


@pytest.mark.django_db
def test_what_was_worked_out_before_is_not_used_after_a_change(things, bodies):
    person = make_person(Role.PANEL_CHAIR, bodies["panel"])
    assert ("office", "panel") in seen_by(person)
    bodies["panel"].oversees.update(ends=today() - timedelta(days=1))
    assert ("office", "panel") not in seen_by(Person.objects.get(pk=person.pk))


NUMBERS = range(6)
PAIRS = st.lists(st.tuples(st.sampled_from(NUMBERS), st.sampled_from(NUMBERS)), max_size=8)


def slow_twin(
    own: Iterable[int],
    kinds: dict[int, str],
    oversight: list[tuple[int, int]],
    members: list[tuple[int, int]],
) -> dict[str, frozenset[int]]:
    """The same, asked about each body in turn: may anybody of `own` see its things?"""

    def below(one: int, steps: int = len(NUMBERS)) -> set[int]:
        if steps == 0:
            return set()
        straight = {under for over, under in oversight if over == one}
        return straight.union(*(below(each, steps - 1) for each in straight))

    def on_one_line(one: int, other: int) -> bool:
        return other in below(one) or one in below(other)

    def work_together(mine: int, its: int) -> bool:
        if kinds[its] != "alliance":
            return on_one_line(mine, its)
        return any(
            alliance == its and (member == mine or on_one_line(mine, member))
            for alliance, member in members
        )

    def sees(mine: int, its: int, visibility: str) -> bool:
        readers = READABLE_KINDS.get((kinds[its], visibility), frozenset())
        return mine == its or (kinds[mine] in readers and work_together(mine, its))

    found = {
        visibility: frozenset(
            its for its in kinds if any(sees(mine, its, visibility) for mine in own)
        )
        for visibility in ("panel", "office", "force")
    }
    return {visibility: bodies for visibility, bodies in found.items() if bodies}


@given(
    own=st.sets(st.sampled_from(NUMBERS), max_size=3),
    kinds=st.fixed_dictionaries({number: st.sampled_from(Kind.values) for number in NUMBERS}),
    oversight=PAIRS,
    members=PAIRS,
)
def test_the_bodies_seen_are_those_of_the_slow_twin(own, kinds, oversight, members):
    fast = {
        v: bodies for v, bodies in bodies_seen(own, kinds, oversight, members).items() if bodies
    }
    assert fast == slow_twin(own, kinds, oversight, members)
