"""Findings are made once for each audience, from what it may see, and kept until something changes."""

from __future__ import annotations

from datetime import date
from unittest.mock import Mock

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from frankpledge.web.audit.acts import THE_SYSTEM
from frankpledge.web.audit.models import Event
from frankpledge.web.audit.visibility import THE_PUBLIC
from frankpledge.web.measures.acts import close_to_public, share_measures, undo_upload
from frankpledge.web.measures.acts.findings import keep_findings
from frankpledge.web.measures.findings import refreshing
from frankpledge.web.measures.findings.making import Larder
from frankpledge.web.measures.findings.packing import packed, unpacked
from frankpledge.web.measures.findings.refreshing import ask_for_findings, bring_up_to_date
from frankpledge.web.measures.findings.shown import findings_of
from frankpledge.web.measures.models import Figure, Measure, StoredFindings
from frankpledge.web.measures.models.findings import Audience
from frankpledge.web.organisations.reads import place_or_404
from tests.web.measures.making import committed
from tests.web.measures.showing import (
    HOSPITAL,
    JULY,
    JUNE,
    KNOWN,
    MAY,
    PUBLISHED,
    RAPE,
    SHOPLIFTING,
    frames_of,
    made,
    published,
    with_figures,
)

pytestmark = pytest.mark.django_db

AUGUST = date(2022, 8, 1)


@pytest.fixture
def force(bodies, people):
    with_figures(bodies["force"], people)
    published(bodies["force"], people)
    return bodies["force"]


def stored(force, audience, month=JUNE):
    return StoredFindings.objects.get(force=force, audience=audience, month=month)


def kept(force, audience, month=JUNE):
    return unpacked(bytes(stored(force, audience, month).payload))


def test_findings_come_back_as_they_were_packed(force):
    made_of = Larder(force).ingredients(Audience.OWN, JUNE)
    before = made_of.findings()
    after = unpacked(packed(before))
    for name, frame in frames_of(before).items():
        assert frame.equals(frames_of(after)[name]), name
        assert frame.schema == frames_of(after)[name].schema, name
    assert after.findings.pack == before.findings.pack
    assert after.library.measures == dict(before.library.measures)
    assert after.settings == before.settings


def test_each_audience_has_findings_of_what_it_may_see(force):
    made(force, JUNE)
    own, public = kept(force, Audience.OWN), kept(force, Audience.PUBLIC)
    assert set(own.library.measures) == {SHOPLIFTING, RAPE, HOSPITAL, "public-confidence"}
    assert set(public.library.measures) == {SHOPLIFTING, HOSPITAL}
    for name, frame in frames_of(public).items():
        assert set(frame["measure"]) <= {SHOPLIFTING, HOSPITAL}, name
    assert public.findings.pack.judged < own.findings.pack.judged
    assert public.findings.pack.as_at == PUBLISHED


def test_nobody_but_its_own_line_has_findings_of_a_month_that_is_not_published(force):
    made(force, JULY)
    assert stored(force, Audience.OWN, JULY)
    assert not StoredFindings.objects.filter(force=force, month=JULY).exclude(audience=Audience.OWN)


def test_what_became_known_after_the_report_is_not_the_publics(force):
    earlier = Figure.objects.get(measure__key=SHOPLIFTING, area_name="East", month=JUNE)
    earlier.pk, earlier.number, earlier.value = None, 2, 199.0
    earlier.known_at = date(2022, 8, 30)
    earlier.save()
    made(force, JUNE)

    def east(audience):
        newest = kept(force, audience).findings.newest
        return newest.filter(measure=SHOPLIFTING, area="East")["value"].item()

    assert east(Audience.OWN) == 199.0
    assert east(Audience.PUBLIC) == 197.0
    assert kept(force, Audience.PUBLIC).findings.revisions.is_empty()


def test_a_panel_has_findings_of_its_own_only_where_it_is_shown_more_than_everybody(force, people):
    made(force, JUNE)
    assert not StoredFindings.objects.filter(force=force, audience=Audience.PANEL)
    share_measures(
        by=people["force_analyst"], force=force, keys=["public-confidence"], visibility="panel"
    )
    made(force, JUNE)
    assert set(kept(force, Audience.PANEL).library.measures) == {
        SHOPLIFTING, HOSPITAL, "public-confidence",
    }  # fmt: skip
    assert set(kept(force, Audience.PUBLIC).library.measures) == {SHOPLIFTING, HOSPITAL}


def test_findings_are_made_anew_only_where_something_changed(force):
    assert bring_up_to_date(force) == [JULY, JUNE]
    assert bring_up_to_date(force) == []
    figure = Figure.objects.get(measure__key=SHOPLIFTING, area_name="East", month=MAY)
    figure.pk, figure.number, figure.value = None, 2, 180.0
    figure.save()
    assert bring_up_to_date(force, [MAY]) == [JULY, JUNE, MAY]
    assert bring_up_to_date(force, [MAY], anew=True) == [JULY, JUNE, MAY]


def test_findings_say_they_are_behind_until_they_are_made_anew(
    force, django_capture_on_commit_callbacks
):
    made(force, JUNE)
    with django_capture_on_commit_callbacks() as asked:
        ask_for_findings(force, [JUNE])
    assert len(asked) == 1
    assert stored(force, Audience.PUBLIC).behind_since is not None
    assert bring_up_to_date(force) == []
    assert stored(force, Audience.PUBLIC).behind_since is None


def test_what_changed_while_they_were_made_leaves_them_behind(force):
    made(force, JUNE)
    began = timezone.now()
    StoredFindings.objects.filter(force=force).update(behind_since=timezone.now())
    row = stored(force, Audience.PUBLIC)
    again = StoredFindings(
        force=force, month=JUNE, audience=Audience.PUBLIC, stamp="another", made_at=began,
        payload=row.payload,
    )  # fmt: skip
    keep_findings(by=THE_SYSTEM, force=force, month=JUNE, made=[again])
    assert stored(force, Audience.PUBLIC).behind_since is not None


def test_what_is_asked_for_is_done_by_a_task_once_the_act_is_done(
    force, django_capture_on_commit_callbacks, monkeypatch
):
    asked = []
    monkeypatch.setattr(refreshing, "make_findings", Mock(enqueue=lambda *args: asked.append(args)))
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_findings(force, [MAY])
        assert asked == []
    (task,) = asked
    monkeypatch.undo()
    refreshing.make_findings.call(*task)
    assert stored(force, Audience.PUBLIC, MAY)
    assert stored(force, Audience.OWN, JULY)


def test_keep_findings_writes_one_event_without_their_numbers(force):
    before = Event.objects.count()
    made(force, JUNE)
    events = list(Event.objects.order_by("number"))[before:]
    assert [event.verb for event in events] == ["findings.made"] * 2
    assert set(events[-1].became) == {"month", "stamps"}
    assert set(events[-1].became["stamps"]) == {Audience.OWN, Audience.PUBLIC}


def test_findings_are_the_systems_to_make(force, people):
    with pytest.raises(PermissionDenied):
        keep_findings(by=people["administrator"], force=force, month=JUNE, made=[])


def test_an_audience_that_sees_nothing_more_keeps_no_findings(force, people):
    made(force, JUNE)
    close_to_public(by=people["office_officer"], force=force, why="Published by mistake")
    made(force, JUNE)
    assert set(StoredFindings.objects.values_list("audience", flat=True)) == {Audience.OWN}


def test_a_month_of_which_everything_was_undone_is_no_month_of_findings(force, people):
    made(force, JULY)
    place, analyst = place_or_404("northshire"), people["force_analyst"].as_reader()
    assert findings_of(place, analyst).month == JULY
    undo_upload(by=people["force_analyst"], upload=later(force, people), why="Wrong.")
    made(force, JULY, AUGUST)
    assert findings_of(place, analyst).month == JULY
    assert not StoredFindings.objects.filter(month=AUGUST)


def later(force, people):
    """An upload of a figure of August, with the findings made of it."""
    upload = committed(
        people["force_analyst"], force, (SHOPLIFTING, "East", "2022-08", 100), known_at=KNOWN
    )
    made(force, AUGUST)
    assert stored(force, Audience.OWN, AUGUST)
    return upload


def test_a_closed_measure_is_gone_before_its_findings_are_made_anew(force, people):
    made(force, JUNE)
    place = place_or_404("northshire")
    assert findings_of(place, THE_PUBLIC).measure(SHOPLIFTING)
    Measure.objects.filter(key=SHOPLIFTING).update(visibility="office")
    shown = findings_of(place, THE_PUBLIC)
    assert shown.measure(SHOPLIFTING) is None
    assert set(shown.kept.findings.history["measure"]) == {HOSPITAL}
    assert not shown.whole
    Measure.objects.filter(key=HOSPITAL).update(public_month=MAY)
    assert findings_of(place, THE_PUBLIC).measures == frozenset()


def test_another_forces_people_read_the_public_findings(force, people):
    made(force, JUNE)
    place = place_or_404("northshire")
    for role in ("other_force_analyst", "other_office_officer", "other_panel_chair", "panel_chair"):
        shown = findings_of(place, people[role].as_reader())
        assert shown.stored.audience == Audience.PUBLIC, role
    for role in ("force_analyst", "office_officer", "auditor"):
        shown = findings_of(place, people[role].as_reader())
        assert shown.stored.audience == Audience.OWN, role
        assert shown.months == (JULY, JUNE), role


def test_the_command_says_what_it_made(force, capsys):
    call_command("refresh_findings", place="northshire", last=2)
    assert "Northshire Police: July 2022, June 2022 (" in capsys.readouterr().out
    call_command("refresh_findings", place="northshire", last=2)
    assert "nothing had changed" in capsys.readouterr().out
    with pytest.raises(CommandError, match="No place is called 'nowhere'"):
        call_command("refresh_findings", place="nowhere")
    with pytest.raises(CommandError, match="--month June"):
        call_command("refresh_findings", month=["June"])
