"""The scorecard: how are we doing against what good looks like?"""

from __future__ import annotations

from datetime import date

import pytest

from frankpledge.web.audit.acts import THE_SYSTEM
from frankpledge.web.audit.today import on_day
from frankpledge.web.measures.acts import (
    link_commitments,
    review_commentary,
    sign_off_commentary,
    write_commentary,
)
from frankpledge.web.measures.models import Measure, StoredFindings
from frankpledge.web.plans.models import Commitment
from tests.web.measures.showing import (
    JUNE,
    MAY,
    RAPE,
    SHOPLIFTING,
    made,
    published,
    text_of,
    with_figures,
)
from tests.web.plans.plans import make_plan

pytestmark = pytest.mark.django_db

ADDRESS = "/northshire/scorecard/"


@pytest.fixture
def force(bodies, people):
    with_figures(bodies["force"], people)
    published(bodies["force"], people)
    made(bodies["force"], JUNE)
    return bodies["force"]


def test_its_first_sentence_answers_the_question(force, as_role):
    page = text_of(as_role("public").get(ADDRESS))
    assert "Of 2 measures with figures for June 2022, 2 could be judged" not in page
    assert "1 could be judged against an expected range and 1 was above it." in page


def test_a_row_says_the_finding_and_leads_to_the_measure(force, as_role):
    page = text_of(as_role("public").get(ADDRESS))
    assert "Shoplifting was above its expected range in June 2022: 636 offences" in page
    assert f'href="/northshire/measures/{SHOPLIFTING}/?month=2022-06"' in page
    assert 'class="app-spark" role="img"' in page
    assert "last 12 months: from July 2021" in page
    assert "review overdue since 30 April 2023" in page


def test_its_tables_have_captions_and_scopes(force, as_role):
    page = text_of(as_role("public").get(ADDRESS))
    assert page.count("<caption") == page.count("<table") > 0
    assert '<th scope="row"' in page
    assert '<th scope="col"' in page
    assert "style=" not in page


def test_the_months_to_choose_are_those_kept_for_the_reader(force, as_role):
    made(force, MAY)
    page = text_of(as_role("public").get(ADDRESS))
    assert '<option value="2022-06" selected>June 2022</option>' in page
    assert '<option value="2022-05">May 2022</option>' in page
    assert "July 2022</option>" not in page
    assert "July 2022</option>" in text_of(as_role("office_officer").get(ADDRESS))


def test_an_unpublished_month_is_as_one_that_never_was(force, as_role):
    public = as_role("public")
    july = public.get(ADDRESS, {"month": "2022-07"})
    never = public.get(ADDRESS, {"month": "1999-07"})
    assert july.status_code == never.status_code == 404
    assert text_of(july).replace("2022", "") == text_of(never).replace("1999", "")
    assert public.get(ADDRESS, {"month": "soon"}).status_code == 404


def test_what_is_not_public_is_nowhere_on_it(force, as_role):
    page = text_of(as_role("public").get(ADDRESS))
    for hidden in (RAPE, "Rape", "public-confidence", ">683<", "683 offences"):
        assert hidden not in page
    assert "Rape" in text_of(as_role("office_officer").get(ADDRESS, {"month": "2022-06"}))


def test_a_reader_is_not_served_what_was_kept_for_another(force, as_role):
    whole = text_of(as_role("force_analyst").get(ADDRESS, {"month": "2022-06"}))
    assert "Rape" in whole
    assert "Rape" not in text_of(as_role("public").get(ADDRESS, {"month": "2022-06"}))
    assert "Rape" not in text_of(as_role("other_office_officer").get(ADDRESS, {"month": "2022-06"}))
    Measure.objects.filter(key=RAPE).update(visibility="force")
    assert "Rape" in text_of(as_role("force_analyst").get(ADDRESS, {"month": "2022-06"}))
    assert "Rape" not in text_of(as_role("office_officer").get(ADDRESS, {"month": "2022-06"}))


def test_words_signed_off_change_a_kept_page(force, as_role, people):
    measure = Measure.objects.get(key=SHOPLIFTING)
    assert "14 July 2022" not in text_of(as_role("public").get(ADDRESS))
    words = write_commentary(by=THE_SYSTEM, measure=measure, month=JUNE, seen=0)
    with on_day(date(2022, 7, 14)):
        review_commentary(by=people["force_analyst"], words=words)
    assert "14 July 2022" not in text_of(as_role("public").get(ADDRESS))
    sign_off_commentary(by=people["chief_officer"], words=words)
    assert "14 July 2022" in text_of(as_role("public").get(ADDRESS))


def test_a_page_that_is_behind_says_so_and_shows_what_it_has(force, as_role):
    from django.utils import timezone

    StoredFindings.objects.update(behind_since=timezone.now())
    page = text_of(as_role("force_analyst").get(ADDRESS, {"month": "2022-06"}))
    assert "Being brought up to date." in page
    assert "636 offences" in page


def test_the_public_is_not_told_that_something_changed_which_is_not_published(force, as_role):
    from django.utils import timezone

    StoredFindings.objects.update(behind_since=timezone.now())
    for role in ("public", "other_force_analyst"):
        page = text_of(as_role(role).get(ADDRESS))
        assert "636 offences" in page
        assert "brought up to date" not in page


def test_where_nothing_is_published_it_says_so(bodies, people, as_role):
    page = as_role("public").get(ADDRESS)
    assert page.status_code == 200
    assert "No figures have been published for Northshire yet." in text_of(page)


def test_a_measure_stands_under_the_objective_whose_commitment_it_tells_of(
    force, as_role, bodies, people
):
    plan = make_plan(bodies, people)
    before = text_of(as_role("public").get(ADDRESS))
    assert "Keep people safe" not in before
    link_commitments(
        by=people["office_officer"], measure=Measure.objects.get(key=SHOPLIFTING),
        commitments=[Commitment.objects.get(plan=plan, key="2-2")],
    )  # fmt: skip
    after = text_of(as_role("public").get(ADDRESS))
    assert after.index("Keep people safe") < after.index("Shoplifting")


def test_the_number_of_queries_does_not_grow(
    bodies, people, as_role, django_assert_num_queries, django_assert_max_num_queries
):
    few, many = (SHOPLIFTING,), (RAPE, "drug-offences", "business-robbery", "bicycle-theft")
    with_figures(bodies["force"], people, few)
    published(bodies["force"], people)
    made(bodies["force"], JUNE)
    client = as_role("public")
    with django_assert_max_num_queries(11) as counted:
        client.get(ADDRESS)
    grown = len(counted)
    with_more(bodies["force"], people, many)
    made(bodies["force"])
    with django_assert_num_queries(grown):
        page = text_of(client.get(ADDRESS))
    assert "Drug offences" in page


def with_more(force, people, keys):
    from frankpledge.web.measures.models import JudgingSettings

    JudgingSettings.objects.filter(body=force).delete()
    with_figures(force, people, keys)
    Measure.objects.filter(body=force, key=RAPE).update(visibility="public")
    published(force, people)


def test_a_measure_without_figures_stands_there_all_the_same(force, as_role):
    from tests.web.measures.making import with_measures

    with_measures(force, ("employees-suspended",))
    Measure.objects.filter(key="employees-suspended").update(
        visibility="public", public_month=JUNE, public_as_at="2022-07-22"
    )
    made(force, JUNE)
    page = text_of(as_role("public").get(ADDRESS))
    row = page[page.index("/measures/employees-suspended/") :]
    assert "No figures are held for this indicator." in row[: row.index("</tr>")]
    assert "not available" in row[: row.index("</tr>")]
