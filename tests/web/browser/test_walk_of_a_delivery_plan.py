"""A delivery plan, from the workbook an office keeps it in to the extract its panel is shown."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from frankpledge.web.actions.acts import Owner, assign_owner
from frankpledge.web.actions.models import Action, ActionUpdate
from tests.web.actions.importing import DEMO
from tests.web.actions.making import a_list
from tests.web.plans.plans import make_plan

FIVE = ("1.1.1", "1.2.1", "A1.2", "2.1.2", "2.8.2")


@pytest.fixture
def delivery_plan(people, bodies, two_connections, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_plan(bodies, people)
    return a_list(people, bodies["office"])


def brings_the_plan(page) -> None:
    page.goto("/northshire/actions/")
    page.get_by_role("link", name="Import").first.click()
    page.get_by_label("List that it is for").select_option(label=PLAN)
    page.get_by_label("File", exact=True).set_input_files(DEMO / "delivery-plan.xlsx")
    for part, value in (("Day", "30"), ("Month", "June"), ("Year", "2022")):
        page.get_by_role("group", name="Day that the file speaks of").get_by_label(
            part, exact=True
        ).fill(value)
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which column is which")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("would do")
    assert Action.objects.count() == 0
    page.locator("button[value=take]").click()
    expect(page.get_by_role("alert")).to_contain_text("96 actions added, 0 revised")


PLAN = "Delivery plan (Northshire Police and Crime Commissioner)"


def gives_owners(page, officer, owner) -> None:
    """The first by the page, as an officer does it; the others by the act behind it."""
    first, *others = [Action.objects.get(reference=reference) for reference in FIVE]
    page.goto("/northshire/actions/")
    page.get_by_role("link", name=f"{first.reference} of Delivery plan").click()
    page.get_by_role("link", name="Give an owner").click()
    page.get_by_label("Owner", exact=True).select_option(label=str(owner))
    page.get_by_label("Post").fill("Superintendent, local policing")
    page.get_by_role("radio", name="Answers for it").check()
    page.get_by_role("button").filter(has_text="owner").click()
    expect(page.get_by_role("alert")).to_be_visible()
    for action in others:
        assign_owner(by=officer, action=action, owner=Owner(owner))


def updates_all_at_once(page) -> None:
    page.goto("/my/actions/")
    assert page.locator("fieldset.govuk-fieldset[id^='action-']").count() == len(FIVE)
    for at, row in enumerate(page.locator("fieldset[id^='action-']").all()):
        row.get_by_role("textbox").first.fill(f"Step {at + 1} of it is done.")
        row.get_by_label("Status").select_option("in_progress")
    page.get_by_role("button", name="Save all").click()
    expect(page.get_by_role("alert")).to_contain_text("5 actions updated.")


def shown_in_extract(page) -> list[str]:
    return page.locator("tbody th a").all_inner_texts()


def test_a_delivery_plan_goes_from_a_workbook_to_the_panel(opened, delivery_plan, people):
    officer, owner, panel = (
        opened("office_officer"),
        opened("measure_owner"),
        opened("panel_officer"),
    )
    brings_the_plan(officer)
    from_the_file = ActionUpdate.objects.count()
    assert from_the_file > 0
    gives_owners(officer, people["office_officer"], people["measure_owner"])
    updates_all_at_once(owner)
    assert ActionUpdate.objects.count() == from_the_file + len(FIVE)

    panel.goto("/northshire/actions/")
    panel.get_by_role("button", name="Extract for the panel").click()
    assert sorted(shown_in_extract(panel)) == sorted(FIVE)
    panel.get_by_role("button", name="Make the extract").click()
    expect(panel.get_by_role("alert")).to_contain_text("Extract 1 made, with 5 updates")
    assert sorted(shown_in_extract(panel)) == sorted(FIVE)

    officer.goto("/northshire/actions/extract/")
    expect(officer.locator(".app-lead")).to_contain_text("has been shown every update since")
    assert shown_in_extract(officer) == []
    assert officer.get_by_role("button", name="Make the extract").count() == 0
    assert [page.complaints for page in (officer, owner, panel)] == [[], [], []]
