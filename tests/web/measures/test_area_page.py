"""An area's page: how is my place?"""

from __future__ import annotations

import pytest

from tests.web.measures.showing import JUNE, made, published, text_of, with_figures

pytestmark = pytest.mark.django_db

ADDRESS = "/northshire/areas/east/"


@pytest.fixture
def force(bodies, people):
    with_figures(bodies["force"], people, ("drug-offences", "rape", "shoplifting"))
    published(bodies["force"], people)
    made(bodies["force"], JUNE)
    return bodies["force"]


def test_its_first_sentence_says_what_is_out_of_line(force, as_role):
    page = text_of(as_role("public").get(ADDRESS))
    assert '<p class="app-lead">Shoplifting was above the expected range in June 2022.</p>' in page


def test_what_is_exceptional_comes_first(force, as_role):
    page = text_of(as_role("public").get(ADDRESS))
    table = page[page.index("<tbody") :]
    assert table.index("Shoplifting") < table.index("Drug offences")
    assert 'href="/northshire/measures/shoplifting/?month=2022-06&amp;area=east"' in table


def test_it_leads_to_its_neighbours(force, as_role):
    page = text_of(as_role("public").get(ADDRESS))
    assert '<a class="govuk-link" href="/northshire/areas/west/?month=2022-06">West</a>' in page


def test_it_shows_nothing_that_is_not_the_readers(force, as_role):
    page = text_of(as_role("public").get(ADDRESS))
    for hidden in ("Rape", ">229<", "229 offences", "July 2022</option>"):
        assert hidden not in page
    assert "Rape" in text_of(as_role("office_officer").get(ADDRESS))
    assert "Rape" not in text_of(as_role("other_office_officer").get(ADDRESS))


def test_an_area_of_another_place_is_none_of_this_one(force, as_role):
    client = as_role("public")
    assert client.get("/northshire/areas/atlantis/").status_code == 404
    assert client.get("/southshire/areas/east/").status_code == 404


def test_an_area_without_figures_says_so(force, as_role):
    from frankpledge.web.organisations.models import Area

    Area.objects.create(force=force, name="Hills", slug="hills")
    page = text_of(as_role("public").get("/northshire/areas/hills/"))
    assert "No figures are held for Hills in June 2022." in page


def test_the_number_of_queries_does_not_grow(force, as_role, django_assert_max_num_queries):
    client = as_role("public")
    with django_assert_max_num_queries(9):
        client.get(ADDRESS)
