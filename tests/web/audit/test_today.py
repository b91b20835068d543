"""What day it is, and what the trail says of a day in summer."""

from datetime import UTC, date

from django.utils import timezone

from frankpledge.web.audit.today import now, on_day, today

MIDSUMMER = date(2022, 7, 22)


def test_within_a_day_it_is_that_day_and_afterwards_it_is_not():
    with on_day(MIDSUMMER):
        assert today() == MIDSUMMER
        assert timezone.localdate(now()) == MIDSUMMER
    assert today() == timezone.localdate()


def test_the_demonstration_has_a_day_of_its_own(settings):
    settings.DEMONSTRATION_DAY = MIDSUMMER
    assert today() == MIDSUMMER


def test_a_moment_of_a_said_day_is_told_in_utc_so_that_the_trail_reads_as_it_was_written():
    with on_day(MIDSUMMER):
        assert now().tzinfo is UTC
