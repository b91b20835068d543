"""What a further file changes: what it says anew and nothing else; the acts, and who may."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from frankpledge.intake import RefusedError
from frankpledge.web.actions.acts import close_action, update_action, withdraw_action
from frankpledge.web.actions.acts.refusing import NotAsAskedError
from frankpledge.web.actions.acts.updating import Evidence
from frankpledge.web.actions.importing.acts import (
    choose_columns,
    choose_words,
    commit_import,
    discard_import,
    hand_in,
)
from frankpledge.web.actions.importing.previewing import preview_of
from frankpledge.web.actions.models import Action, Import
from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.audit.models import Event
from tests.web.actions.importing import AS_AT, a_charter, as_csv, brought, example, handed_in, taken
from tests.web.actions.making import a_list, days

HEADER = "#,Recommendation,Owner/s,Date,RAG,Update,Status"
FIRST = as_csv(HEADER, '1,Light the park,"Head\nHelper",Oct 22,A,290622 - Ordered.,In progress', "2,Mend the gate,Head,,,,")  # fmt: skip


@pytest.fixture(autouse=True)
def _files_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def charter(people, bodies, scheme):
    return a_charter(people, bodies, scheme=scheme)


def changes_of(people, imported) -> dict:
    preview = preview_of(people["office_officer"], imported)
    return {
        each.row.reference: [(c.what, c.was, c.becomes) for c in each.changes]
        for each in preview.judged
        if each.outcome == "revised"
    }


def test_only_what_is_said_anew_is_changed_and_an_empty_cell_changes_nothing(people, charter):
    brought(people, charter, FIRST)
    again = as_csv(
        HEADER, "1,Light the park,,by Nov 22,R,300622 - Delivered.,", "2,Mend the gate,Porter,,,,"
    )
    imported = handed_in(people, charter, again)
    assert changes_of(people, imported) == {
        "1": [
            ("Due", "October 2022 (“Oct 22”)", "November 2022 (“by Nov 22”)"),
            ("Rating", "Amber", "Red"),
            ("Update", "", "Delivered."),
        ],
        "2": [("Owner", "Head", "Porter")],
    }
    assert taken(people, imported).counts == {"new": 0, "revised": 2, "unchanged": 0}
    lit, mended = charter.actions.all()
    assert (lit.due_on, lit.rag.word, lit.status, lit.what) == (
        date(2022, 11, 30), "Red", "in_progress", "Light the park",
    )  # fmt: skip
    assert [u.text for u in lit.updates.all()] == ["Delivered.", "Ordered."]
    assert [o.named_as for o in lit.owners.filter(ends=None)] == ["Head", "Helper"]
    assert [o.named_as for o in mended.owners.filter(ends=None)] == ["Porter"]
    assert changes_of(people, handed_in(people, charter, again)) == {}


def test_what_was_said_later_stands_against_an_older_file(people, charter):
    brought(people, charter, FIRST)
    action = charter.actions.get(reference="1")
    update_action(
        by=people["office_officer"], action=action, seen=None, text="Newer.", status="done"
    )
    assert changes_of(people, handed_in(people, charter, FIRST)) == {}


def test_an_action_that_is_closed_takes_no_progress_and_the_person_is_told(people, charter):
    brought(people, charter, FIRST)
    officer = people["office_officer"]
    action = charter.actions.get(reference="1")
    close_action(by=officer, action=action, seen=action.version, evidence=Evidence("A photograph"))
    other = charter.actions.get(reference="2")
    withdraw_action(by=officer, action=other, seen=other.version, why="No money")
    again = as_csv(HEADER, "1,Light the park,,,R,More.,", "2,Mend the gate,,,G,,")
    preview = preview_of(officer, handed_in(people, charter, again))
    assert preview.counts == {"new": 0, "revised": 0, "unchanged": 2}
    assert [told.split(" here")[0] for each in preview.judged for told in each.told] == [
        "It is closed",
        "It is withdrawn",
    ]


def test_nothing_is_half_done(people, charter, monkeypatch):
    """An act that refuses a row late takes back all the others."""
    from frankpledge.web.actions.importing import bringing

    real = bringing.add_action

    def refuses_the_second(**said):
        if said["reference"] == "2":
            raise NotAsAskedError({"reference": "Not this one."})
        return real(**said)

    monkeypatch.setattr(bringing, "add_action", refuses_the_second)
    imported = handed_in(people, charter, FIRST)
    before = Event.objects.count()
    with pytest.raises(RefusedError, match="Row 3: Not this one"):
        taken(people, imported)
    assert (Action.objects.count(), Event.objects.count()) == (0, before)
    assert Import.objects.get().state == "previewed"


def test_a_file_is_not_taken_as_nobody_saw_it(people, charter):
    officer = people["office_officer"]
    one, two = handed_in(people, charter, FIRST), handed_in(people, charter, FIRST)
    seen = preview_of(officer, one).fingerprint
    taken(people, two)
    with pytest.raises(ChangedMeanwhileError, match="something else"):
        commit_import(by=officer, imported=one, seen=seen)
    with pytest.raises(ChangedMeanwhileError, match="already taken"):
        taken(people, two)
    assert Action.objects.count() == 2


def test_a_discarded_file_is_gone_and_cannot_be_taken(
    people, charter, settings, django_capture_on_commit_callbacks
):
    officer = people["office_officer"]
    imported = handed_in(people, charter, FIRST)
    seen = preview_of(officer, imported).fingerprint
    kept = settings.MEDIA_ROOT / imported.kept_file.name
    assert kept.read_bytes() == FIRST
    with django_capture_on_commit_callbacks(execute=True):
        discard_import(by=officer, imported=imported)
    assert not kept.exists()
    with pytest.raises(ChangedMeanwhileError, match="already discarded"):
        commit_import(by=officer, imported=imported, seen=seen)


def test_every_step_writes_one_event(people, charter):
    officer = people["office_officer"]
    imported = handed_in(people, charter, FIRST)
    columns = {int(k): v for k, v in imported.columns.items()}
    choose_columns(by=officer, imported=imported, format_key="charter", tables=[0], columns=columns)
    imported = choose_words(by=officer, imported=imported, ratings={"A": None})
    discard_import(by=officer, imported=imported)
    assert list(Event.objects.filter(verb__startswith="import.").order_by("number").values_list("verb", flat=True)) == [
        "import.previewed", "import.columns_chosen", "import.words_chosen", "import.discarded",
    ]  # fmt: skip
    assert imported.words["rag"] == {"A": None}


def test_owners_may_be_told_to_be_people(people, charter):
    imported = handed_in(people, charter, FIRST)
    imported = choose_words(
        by=people["office_officer"], imported=imported, owners={"Head": people["treasurer"].pk}
    )
    taken(people, imported)
    owner = charter.actions.get(reference="2").owners.get()
    assert (owner.person, owner.named_as) == (people["treasurer"], "Head")


@pytest.mark.parametrize(
    "role", ["treasurer", "chief_officer", "panel_officer", "other_office_officer"]
)
def test_nobody_brings_a_file_for_anothers_list(role, people, charter):
    with pytest.raises(PermissionDenied):
        hand_in(by=people[role], action_list=charter, data=FIRST, name="x.csv", as_at=AS_AT)
    imported = handed_in(people, charter, FIRST)
    for deed in (commit_import, discard_import, choose_columns, choose_words):
        with pytest.raises(PermissionDenied):
            deed(by=people[role], imported=imported)


def test_a_force_analyst_brings_a_list_of_the_force(people, bodies):
    kept = a_list(people, bodies["force"], name="Charter", kind="charter", visibility="panel")
    imported = brought(people, kept, example("charter.docx"), "charter.docx", by="force_analyst")
    assert imported.visibility == "force"
    assert imported.counts["new"] == 36


def test_a_file_cannot_speak_of_a_day_to_come(people, charter):
    with pytest.raises(NotAsAskedError, match="today or earlier"):
        handed_in(people, charter, FIRST, as_at=days(1))


def test_two_tables_of_one_document_are_read_together_and_others_left(people, charter):
    import docx

    made = docx.Document()
    for rows in (("1,Light", "2,Mend"), ("3,Paint",)):
        table = made.add_table(0, 3)
        for row in ("Ref,Action,Owner", *(f"{row},Head" for row in rows)):
            for cell, text in zip(table.add_row().cells, row.split(","), strict=True):
                cell.text = text
        made.add_paragraph("")
    other = made.add_table(2, 2)
    other.cell(0, 0).text, other.cell(0, 1).text, other.cell(1, 0).text = "Name", "Council", "A"
    from io import BytesIO

    out = BytesIO()
    made.save(out)
    imported = handed_in(people, charter, out.getvalue(), "plan.docx")
    assert imported.tables == [0, 1]
    preview = preview_of(people["office_officer"], imported)
    assert [each.row.where for each in preview.judged] == [
        "table 1, row 2",
        "table 1, row 3",
        "table 2, row 2",
    ]
    with pytest.raises(RefusedError, match="Its columns are not those of table 1"):
        choose_columns(
            by=people["office_officer"], imported=imported, format_key="charter", tables=[0, 2],
            columns={0: "reference", 1: "what"},
        )  # fmt: skip


def test_a_status_there_is_not_cannot_be_chosen(people, charter):
    officer = people["office_officer"]
    imported = handed_in(people, charter, FIRST)
    with pytest.raises(NotAsAskedError) as refused:
        choose_words(by=officer, imported=imported, statuses={"In progress": "nearly_there"})
    assert "“nearly_there” is no status of an action" in str(refused.value)
    assert preview_of(officer, Import.objects.get()).counts["new"] == 2
