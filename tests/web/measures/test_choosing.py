"""The pages on which shipped definitions are loaded and measures shared: done, refused, not hinted at."""

from __future__ import annotations

import pytest

from frankpledge.definitions import load
from frankpledge.web.audit.models import Event
from frankpledge.web.measures.acts import revise_definition
from frankpledge.web.measures.models import Definition, Measure
from frankpledge.web.measures.reads.shipping import PACKS, pack_of
from tests.web.measures.making import with_measures
from tests.web.measures.test_keeping_pages import errors_of, soup, words_of

pytestmark = pytest.mark.django_db

HERE = "/northshire/measures"


@pytest.fixture
def measures(bodies):
    return with_measures(bodies["force"])


def test_a_pack_is_the_folder_in_which_its_definitions_are_shipped():
    from importlib.resources import files

    library = files("frankpledge.definitions") / "library"
    for pack in PACKS:
        shipped = {f.name.removesuffix(".toml") for f in (library / pack).iterdir()}
        assert {m.id for m in load() if pack_of(m) == pack} == shipped


def test_what_is_not_here_is_listed_by_pack_and_loaded(as_role, bodies, measures):
    client = as_role("force_analyst")
    page = soup(client.get(f"{HERE}/load/"))
    offered = {box["value"] for box in page.select("input[type=checkbox]")}
    assert offered == set(load().measures) - set(measures)
    assert "None" not in page.select_one("main form").get_text()
    assert {legend.get_text(strip=True) for legend in page.select("legend")} >= set(PACKS.values())
    answer = client.post(
        f"{HERE}/load/",
        {"volumes": ["bicycle-theft"], "visibility": "panel", "why": "Asked for by the panel."},
    )
    assert (answer.status_code, answer["Location"]) == (302, f"{HERE}/")
    loaded = Measure.objects.get(key="bicycle-theft")
    assert (loaded.body, loaded.visibility) == (bodies["force"], "panel")
    assert Event.objects.get(verb="definitions.loaded", why__startswith="Asked").by is not None
    assert 'value="bicycle-theft"' not in client.get(f"{HERE}/load/").content.decode()


def test_nothing_chosen_is_refused_and_so_is_what_is_not_shipped(as_role, measures):
    client = as_role("force_analyst")
    answer = client.post(f"{HERE}/load/", {"visibility": "office"})
    assert answer.status_code == 422
    assert errors_of(answer) == ["Select at least one definition to load"]
    answer = client.post(f"{HERE}/load/", {"volumes": ["no-such"], "visibility": "office"})
    assert answer.status_code == 422
    assert Measure.objects.count() == len(measures)


def test_what_changed_since_is_loaded_again_unless_it_was_revised_here(as_role, people, measures):
    for key in ("shoplifting", "rape"):
        Definition.objects.filter(measure=measures[key]).update(toml="An earlier wording.")
    now = load().get("rape")
    text = _text("rape").replace(now.title, "Rape, as we say it", 1)
    revise_definition(
        by=people["force_analyst"], measure=measures["rape"], text=text, why="Ours.", seen=1
    )
    client = as_role("office_officer")
    page = client.get(f"{HERE}/load/")
    boxes = [b["value"] for b in soup(page).select("input[name=changed]")]
    assert boxes == ["shoplifting"]
    assert "Rape, as we say it" in words_of(page)
    client.post(f"{HERE}/load/", {"changed": ["shoplifting"], "visibility": "office"})
    assert measures["shoplifting"].definitions.first().number == 2
    assert measures["rape"].definitions.first().number == 2


def _text(key: str) -> str:
    from frankpledge.definitions.library import shipped_texts

    return shipped_texts()[key]


def test_measures_are_shared_by_the_page(as_role, people, measures):
    client = as_role("force_analyst")
    answer = client.post(
        f"{HERE}/share/", {"keys": ["shoplifting", "rape"], "visibility": "public"}
    )
    assert answer.status_code == 302
    shared = Measure.objects.filter(visibility="public").values_list("key", flat=True)
    assert set(shared) == {"shoplifting", "rape"}
    listed = words_of(client.get(f"{HERE}/"))
    assert "Everybody, once a report is published" in listed
    answer = client.post(f"{HERE}/share/", {"visibility": "named", "keys": ["rape"]})
    assert answer.status_code == 422
    answer = client.post(f"{HERE}/share/", {"visibility": "panel"})
    assert errors_of(answer) == ["Select at least one measure"]


def test_the_office_cannot_share_what_the_force_keeps_to_itself(as_role, people, measures):
    Measure.objects.filter(key="rape").update(visibility="force")
    client = as_role("office_officer")
    assert 'value="rape"' not in client.get(f"{HERE}/share/").content.decode()
    answer = client.post(f"{HERE}/share/", {"keys": ["rape"], "visibility": "public"})
    assert answer.status_code == 422
    assert Measure.objects.get(key="rape").visibility == "force"


@pytest.mark.parametrize("page", ["load", "share"])
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("public", 404),
        ("panel_chair", 404),
        ("other_force_analyst", 404),
        ("measure_owner", 403),
        ("commissioner", 403),
    ],
)
def test_others_are_not_shown_the_pages(as_role, measures, role, status, page):
    client = as_role(role)
    assert client.get(f"{HERE}/{page}/").status_code == status
    sent = {"volumes": ["bicycle-theft"], "visibility": "public", "keys": ["rape"]}
    assert client.post(f"{HERE}/{page}/", sent).status_code == status
    assert Measure.objects.filter(visibility="public").count() == 0
    assert Measure.objects.count() == len(measures)
    assert f"{HERE}/{page}/" not in client.get(f"{HERE}/").content.decode()
