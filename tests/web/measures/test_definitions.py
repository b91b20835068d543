"""Definitions: loaded from the pack, revised with every earlier one kept, refused with every slip."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from frankpledge.definitions import load
from frankpledge.web.audit.acts import THE_SYSTEM, ChangedMeanwhileError
from frankpledge.web.audit.models import Event
from frankpledge.web.measures.acts import load_definitions, revise_definition, share_measures
from frankpledge.web.measures.defining import DefinitionRefusedError
from frankpledge.web.measures.models import Definition, Measure
from frankpledge.web.measures.observations import library_for, traits_for
from tests.web.measures.making import with_measures

pytestmark = pytest.mark.django_db


@pytest.fixture
def measures(bodies):
    return with_measures(bodies["force"])


def test_the_whole_pack_loads_and_comes_back_as_it_is(bodies):
    load_definitions(by=THE_SYSTEM, force=bodies["force"])
    assert library_for(bodies["force"]).measures == dict(load().measures)
    assert Event.objects.filter(verb="definitions.loaded").count() == 1


def test_traits_are_those_of_the_ground_floor(bodies, measures):
    shipped = load().traits()
    own = traits_for(bodies["force"])
    assert (
        own.rows()
        == shipped.filter(shipped["measure"].is_in(list(measures))).sort("measure").rows()
    )


def test_loading_again_changes_nothing(bodies, measures):
    taken = load_definitions(by=THE_SYSTEM, force=bodies["force"], keys=list(measures))
    assert taken == []
    assert Definition.objects.count() == len(measures)


def test_a_measure_that_is_not_shipped_cannot_be_loaded(bodies):
    with pytest.raises(KeyError, match="did you mean shoplifting"):
        load_definitions(by=THE_SYSTEM, force=bodies["force"], keys=["shopliftin"])
    assert Measure.objects.count() == 0


def test_scorecard_measures_say_so_and_stand_in_its_order(bodies, measures):
    assert (measures["public-confidence"].on_scorecard, measures["shoplifting"].on_scorecard) == (
        True,
        False,
    )
    assert measures["public-confidence"].order < measures["shoplifting"].order


def test_a_revision_keeps_the_earlier_one_and_says_why(bodies, measures, people):
    measure = measures["shoplifting"]
    text = measure.definitions.first().toml.replace('"Shoplifting"', '"Theft from shops"', 1)
    revise_definition(
        by=people["force_analyst"], measure=measure, text=text, why="As people say it.", seen=1
    )
    assert list(measure.definitions.values_list("number", "why")) == [
        (2, "As people say it."),
        (1, "as shipped"),
    ]
    assert Measure.objects.get(pk=measure.pk).title == "Theft from shops"
    assert library_for(bodies["force"]).get("shoplifting").title == "Theft from shops"
    event = Event.objects.get(verb="definition.revised")
    assert (event.was["number"], event.became["number"]) == (1, 2)


def test_what_was_revised_here_is_not_overwritten_by_loading(bodies, measures, people):
    measure = measures["shoplifting"]
    text = measure.definitions.first().toml.replace('"Shoplifting"', '"Theft from shops"', 1)
    revise_definition(by=people["force_analyst"], measure=measure, text=text, why="Ours.", seen=1)
    load_definitions(by=THE_SYSTEM, force=bodies["force"], keys=["shoplifting"])
    assert measure.definitions.first().number == 2


def slips(measures, people, change):
    measure = measures["shoplifting"]
    before = measure.definitions.first()
    with pytest.raises(DefinitionRefusedError) as refused:
        revise_definition(
            by=people["force_analyst"],
            measure=measure,
            text=change(before.toml),
            why="Better.",
            seen=1,
        )
    assert measure.definitions.count() == 1
    return refused.value.slips


def test_every_slip_is_told_with_its_line(measures, people):
    def change(text):
        return text.replace('better = "lower"', 'better = "down"').replace(
            "decimals = 0", "decimals = 9"
        )

    text = change(measures["shoplifting"].definitions.first().toml).splitlines()
    found = slips(measures, people, change)
    assert {(s.line, s.field) for s in found} == {
        (text.index('better = "down"') + 1, "better"), (text.index("decimals = 9") + 1, "decimals"),
    }  # fmt: skip


def test_a_slip_in_a_table_is_told_with_the_line_within_it(measures, people):
    end = '\n[good_looks_like]\ntext = "Fewer."\nvalue = "ten"\ndirection = "at most"\n'
    found = slips(measures, people, lambda text: text.rstrip() + end)
    length = len(measures["shoplifting"].definitions.first().toml.rstrip().splitlines())
    assert [(s.line, s.field) for s in found] == [(length + 3, "good_looks_like.value")]


def test_text_that_is_no_toml_is_told_with_the_line(measures, people):
    (slip,) = slips(measures, people, lambda text: "title = Shoplifting\n" + text)
    assert slip.line == 1


def test_a_name_that_another_measure_has_is_refused(measures, people):
    def change(text):
        return text.replace("level =", 'also_called = ["Rape"]\nlevel =')

    found = slips(measures, people, change)
    assert any("rape" in s.expected for s in found), found


def test_two_who_revise_at_once_the_second_is_told(measures, people):
    measure = measures["shoplifting"]
    text = measure.definitions.first().toml
    revise_definition(
        by=people["force_analyst"], measure=measure, text=text + "# a\n", why="A.", seen=1
    )
    with pytest.raises(ChangedMeanwhileError, match="Somebody else revised"):
        revise_definition(
            by=people["office_officer"], measure=measure, text=text + "# b\n", why="B.", seen=1
        )
    assert measure.definitions.count() == 2


@pytest.mark.parametrize(
    "role", ["measure_owner", "commissioner", "panel_officer", "auditor", "other_office_officer"]
)
def test_others_do_not_define(measures, people, role):
    measure = measures["shoplifting"]
    with pytest.raises(PermissionDenied):
        revise_definition(
            by=people[role], measure=measure, text=measure.definitions.first().toml, why="", seen=1
        )


def test_sharing_is_recorded_with_what_was(bodies, measures, people):
    shared = share_measures(
        by=people["office_officer"],
        force=bodies["force"],
        keys=["shoplifting", "rape"],
        visibility="public",
    )
    assert shared == 2
    event = Event.objects.get(verb="measures.shared")
    assert event.was == {"rape": "office", "shoplifting": "office"}
