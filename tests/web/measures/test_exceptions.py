"""The exceptions: what deserves a question this month?"""

from __future__ import annotations

import re

import pytest

from tests.web.measures.showing import JUNE, made, published, text_of, with_figures

pytestmark = pytest.mark.django_db

ADDRESS = "/northshire/exceptions/"
ASKED = {"month": "2022-06"}


@pytest.fixture
def force(bodies, people):
    with_figures(bodies["force"], people, ("drug-offences", "rape", "shoplifting"))
    published(bodies["force"], people)
    made(bodies["force"], JUNE)
    return bodies["force"]


def test_it_says_first_how_many_to_expect_by_chance(force, as_role):
    page = text_of(as_role("public").get(ADDRESS))
    assert "Of 6 series judged, 3 lie outside their limits." in page
    assert "would do so by chance if nothing were going on anywhere." in page


def test_the_strong_ones_are_said_and_the_list_is_by_evidence(force, as_role):
    page = text_of(as_role("public").get(ADDRESS))
    assert "Strong evidence" in page
    table = page[page.index("<tbody") : page.index("</tbody>")]
    p_values = [float(p) for p in re.findall(r">(0\.\d+)<", table)]
    assert p_values == sorted(p_values)
    assert table.count("/northshire/measures/shoplifting/?month=2022-06") == 3


def test_a_reader_who_sees_less_than_was_judged_is_not_told_how_many_were(force, as_role):
    from frankpledge.web.measures.models import Measure

    assert "Of 9 series judged" in text_of(as_role("force_analyst").get(ADDRESS, ASKED))
    Measure.objects.filter(key="rape").update(visibility="force")
    page = text_of(as_role("office_officer").get(ADDRESS, ASKED))
    assert "series judged" not in page
    assert "In June 2022 3 figures were outside their limits." in page
    assert "Of 9 series judged" in text_of(as_role("force_analyst").get(ADDRESS, ASKED))


def test_what_is_judged_for_the_public_is_what_the_public_sees(force, as_role):
    page = text_of(as_role("public").get(ADDRESS))
    for hidden in ("Rape", ">229<", "229 offences", "of 9 series"):
        assert hidden not in page


def test_a_month_without_exceptions_says_so(force, as_role):
    from frankpledge.web.measures.models import Measure

    Measure.objects.filter(key="shoplifting").update(visibility="office")
    page = text_of(as_role("public").get(ADDRESS))
    assert "No figure was outside its limits in June 2022." in page


def test_the_number_of_queries_does_not_grow(force, as_role, django_assert_max_num_queries):
    client = as_role("public")
    with django_assert_max_num_queries(8):
        client.get(ADDRESS)
