"""Words on a month: written, reviewed and signed off by three people, in revisions."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.audit.models import Event
from frankpledge.web.measures.acts import (
    give_owner,
    open_to_public,
    return_commentary,
    review_commentary,
    share_measures,
    sign_off_commentary,
    write_commentary,
)
from frankpledge.web.measures.commentary import final_comment, final_comments
from frankpledge.web.measures.models import Commentary
from tests.web.measures.making import JUNE, KNOWN, with_measures

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(bodies, people):
    measure = with_measures(bodies["force"])["shoplifting"]
    return give_owner(by=people["force_analyst"], measure=measure, owner=people["measure_owner"])


def written(by, measure, seen=0, text="Costs are rising.\n\nEach area is up."):
    return write_commentary(
        by=by,
        measure=measure,
        month=JUNE,
        seen=seen,
        what_does_this_mean=text,
        action_required=False,
    )


def signed_off(people, measure):
    words = written(people["measure_owner"], measure)
    words = review_commentary(by=people["force_analyst"], words=words)
    return sign_off_commentary(by=people["chief_officer"], words=words)


def test_three_people_make_words_final_and_the_report_has_them(bodies, people, measure):
    words = signed_off(people, measure)
    assert (words.state, words.number) == ("final", 1)
    (comment,) = final_comments(bodies["force"], JUNE)
    assert comment.what_does_this_mean == ("Costs are rising.", "Each area is up.")
    assert (comment.measure, comment.area, comment.action_required, comment.reviewed) == (
        "shoplifting", None, False, words.reviewed_at.date(),
    )  # fmt: skip
    assert comment.by == "Performance analyst, strategy and insight"
    assert [e.verb for e in Event.objects.filter(verb__startswith="commentary")] == [
        "commentary.written", "commentary.reviewed", "commentary.signed_off",
    ]  # fmt: skip


def test_nobody_reviews_their_own_words(people, measure):
    words = written(people["force_analyst"], measure)
    with pytest.raises(PermissionDenied):
        review_commentary(by=people["force_analyst"], words=words)


def test_nobody_signs_off_what_they_wrote_or_reviewed(people, measure):
    words = review_commentary(
        by=people["chief_officer"], words=written(people["force_analyst"], measure)
    )
    for role in ("force_analyst", "chief_officer", "measure_owner", "office_officer"):
        with pytest.raises(PermissionDenied):
            sign_off_commentary(by=people[role], words=words)


@pytest.mark.parametrize(
    ("first", "second"),
    [("written_by", "reviewed_by"), ("written_by", "final_by"), ("reviewed_by", "final_by")],
)
def test_the_database_refuses_one_person_in_two_parts(people, measure, first, second):
    words = signed_off(people, measure)
    with pytest.raises(IntegrityError, match="commentary_"), transaction.atomic():
        Commentary.objects.filter(pk=words.pk).update(**{second: getattr(words, first)})


def test_words_that_were_not_reviewed_cannot_be_signed_off(people, measure):
    words = written(people["measure_owner"], measure)
    with pytest.raises(ChangedMeanwhileError, match="draft"):
        sign_off_commentary(by=people["chief_officer"], words=words)


def test_writing_again_keeps_the_earlier_words_and_those_signed_off_stand(bodies, people, measure):
    signed_off(people, measure)
    written(people["measure_owner"], measure, seen=1, text="On second thoughts.")
    assert list(measure.commentaries.values_list("number", "state")) == [(2, "draft"), (1, "final")]
    assert final_comments(bodies["force"], JUNE)[0].what_does_this_mean[0] == "Costs are rising."


def test_two_who_write_at_once_the_second_is_told_and_nothing_is_lost(people, measure):
    written(people["measure_owner"], measure)
    with pytest.raises(ChangedMeanwhileError, match="has written about this while you were"):
        written(people["force_analyst"], measure, text="Mine.")
    assert Commentary.objects.count() == 1


def test_a_reviewer_who_read_older_words_is_told(people, measure):
    first = written(people["measure_owner"], measure)
    written(people["measure_owner"], measure, seen=1, text="Newer.")
    with pytest.raises(ChangedMeanwhileError, match="newer words"):
        review_commentary(by=people["force_analyst"], words=first)


def test_words_sent_back_say_why_and_can_be_written_again(people, measure):
    words = written(people["measure_owner"], measure)
    back = return_commentary(by=people["force_analyst"], words=words, why="Say which areas.")
    assert (back.state, back.why_returned) == ("returned", "Say which areas.")
    assert written(people["measure_owner"], measure, seen=1).number == 2


@pytest.mark.parametrize(
    "role",
    [
        "chief_officer",
        "office_officer",
        "panel_officer",
        "other_force_analyst",
        "other_measure_owner",
    ],
)
def test_others_do_not_write(people, measure, role):
    with pytest.raises(PermissionDenied):
        written(people[role], measure)


def test_the_public_reads_words_once_final_and_published(bodies, people, measure):
    force = bodies["force"]
    share_measures(
        by=people["office_officer"], force=force, keys=["shoplifting"], visibility="public"
    )
    words = signed_off(people, measure)
    assert final_comment(None, force, "shoplifting", JUNE) is None
    open_to_public(by=people["office_officer"], force=force, month=JUNE, as_at=KNOWN)
    assert (
        final_comment(None, force, "shoplifting", JUNE).what_does_this_mean[0]
        == "Costs are rising."
    )
    written(people["measure_owner"], measure, seen=1, text="A draft.")
    assert list(Commentary.objects.visible_to(None)) == [words]
