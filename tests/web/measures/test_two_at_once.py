"""Two people who bring the same figure, or define the same measure, at once: nothing is lost."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection

from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.audit.verifying import verify_chain
from frankpledge.web.measures.acts import commit_upload
from frankpledge.web.measures.models import Figure, Upload
from frankpledge.web.organisations.models import Role
from tests.web.bodies import make_bodies, make_person
from tests.web.measures.making import JUNE, committed, seen, uploaded, with_measures

AUGUST = date(2022, 8, 12)

pytestmark = pytest.mark.usefixtures("two_connections")


@pytest.fixture
def force():
    force = make_bodies()["force"]
    with_measures(force, ("shoplifting",))
    return force


@pytest.fixture
def analyst(force):
    return make_person(Role.FORCE_ANALYST, force)


def at_once(*deeds):
    """Does these things at the same moment, each on a connection of its own; what each raised, or None."""
    start = threading.Barrier(len(deeds))
    raised = [None] * len(deeds)

    def do(place, deed):
        try:
            start.wait(10)
            deed()
        except Exception as error:
            raised[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


def test_two_people_revise_the_same_figure_and_the_second_is_told(force, analyst):
    committed(analyst, force, ("shoplifting", "East", "2022-06", 71))
    uploads = [
        uploaded(analyst, force, ("shoplifting", "East", "2022-06", v), known_at=AUGUST)
        for v in (75, 76)
    ]
    looked_at = [seen(analyst, upload) for upload in uploads]
    raised = at_once(
        *(
            lambda u=u, s=s: commit_upload(by=analyst, upload=u, seen=s)
            for u, s in zip(uploads, looked_at, strict=True)
        )
    )
    assert sorted(type(r) for r in raised if r) == [ChangedMeanwhileError], raised
    second = uploads[raised.index(next(r for r in raised if r))]
    assert "Somebody else has brought figures" in str(next(r for r in raised if r))
    commit_upload(by=analyst, upload=second, seen=seen(analyst, second))
    values = Figure.objects.filter(month=JUNE).order_by("number").values_list("number", "value")
    assert [number for number, _ in values] == [1, 2, 3]
    assert {value for _, value in values} == {71.0, 75.0, 76.0}
    assert verify_chain().faults == []


def test_two_people_bring_different_figures_and_both_are_kept(force, analyst):
    uploads = [
        uploaded(analyst, force, ("shoplifting", area, "2022-06", 9)) for area in ("East", "West")
    ]
    looked_at = [seen(analyst, upload) for upload in uploads]
    raised = at_once(
        *(
            lambda u=u, s=s: commit_upload(by=analyst, upload=u, seen=s)
            for u, s in zip(uploads, looked_at, strict=True)
        )
    )
    assert raised == [None, None]
    assert set(Figure.objects.values_list("area_name", flat=True)) == {"East", "West"}


def test_one_upload_committed_twice_at_once_is_committed_once(force, analyst):
    upload = uploaded(analyst, force, ("shoplifting", "East", "2022-06", 71))
    looked_at = seen(analyst, upload)
    raised = at_once(
        *(
            lambda: commit_upload(
                by=analyst, upload=Upload.objects.get(pk=upload.pk), seen=looked_at
            ),
        )
        * 2
    )
    assert sorted(type(r) for r in raised if r) == [ChangedMeanwhileError], raised
    assert Figure.objects.count() == 1
