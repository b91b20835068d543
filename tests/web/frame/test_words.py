"""Dates in words."""

from datetime import UTC, date, datetime

from frankpledge.web.frame.templatetags.words import long_date, long_time, month_words


def test_dates_are_said_in_full():
    assert long_date(date(2022, 6, 4)) == "4 June 2022"
    assert month_words(date(2022, 6, 1)) == "June 2022"


def test_a_moment_is_said_as_the_clock_here_shows_it():
    summer = datetime(2022, 6, 14, 23, 5, tzinfo=UTC)
    assert long_date(summer) == "15 June 2022"
    assert long_time(summer) == "15 June 2022 at 12:05am"
    assert long_time(datetime(2022, 1, 14, 12, 0, tzinfo=UTC)) == "14 January 2022 at 12:00pm"


def test_no_date_is_said_rather_than_left_blank():
    assert long_date(None) == "no date"
    assert long_date(None, "not yet due") == "not yet due"
    assert month_words(None) == "no month"
