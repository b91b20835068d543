"""Bringing figures: what is looked at, what is kept, what is refused, and by whom."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import polars as pl
import pytest
from django.core.exceptions import PermissionDenied
from polars.testing import assert_frame_equal

from frankpledge.analysis.series import OBSERVATION
from frankpledge.analysis.series import observations as tidy
from frankpledge.figures import write_tidy
from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.audit.models import Event
from frankpledge.web.audit.today import on_day
from frankpledge.web.measures.acts import (
    commit_upload,
    discard_upload,
    give_owner,
    upload_figures,
)
from frankpledge.web.measures.intake import UploadRefusedError
from frankpledge.web.measures.models import Figure, Upload
from frankpledge.web.measures.observations import observations
from frankpledge.web.organisations.models import Area
from tests.web.measures.making import (
    JUNE,
    KNOWN,
    committed,
    seen,
    uploaded,
    with_measures,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def measures(bodies):
    return with_measures(bodies["force"])


@pytest.fixture
def force(bodies, measures):
    return bodies["force"]


@pytest.fixture
def analyst(people):
    return people["force_analyst"]


def refused(by, force, data, name="june.csv", **more):
    """The words of a refusal; nothing may have been kept."""
    before = Event.objects.count()
    with pytest.raises(UploadRefusedError) as found:
        upload_figures(by=by, force=force, data=data, name=name, **more)
    assert (Upload.objects.count(), Figure.objects.count(), Event.objects.count()) == (0, 0, before)
    return str(found.value)


def test_an_upload_is_looked_at_and_changes_no_figure(force, analyst):
    upload = uploaded(analyst, force, ("shoplifting", "East", "2022-06", 71))
    assert (upload.state, upload.new, upload.revised, upload.unchanged) == ("previewed", 1, 0, 0)
    assert Figure.objects.count() == 0
    assert Event.objects.filter(verb="upload.previewed").count() == 1


def test_a_commit_keeps_each_figure_with_its_upload(force, analyst):
    upload = committed(
        analyst, force, ("shoplifting", "East", "2022-06", 71), ("rape", "Northshire", "2022-06", 9)
    )
    figure = Figure.objects.get(area_name="East")
    assert (figure.value, figure.number, figure.known_at, figure.upload) == (71.0, 1, KNOWN, upload)
    assert figure.area.name == "East"
    assert Figure.objects.get(area_name="Northshire").area is None
    assert Event.objects.filter(verb="upload.committed").count() == 1


def test_the_same_month_again_is_a_revision_and_not_a_duplicate(force, analyst):
    committed(
        analyst,
        force,
        ("shoplifting", "East", "2022-06", 71),
        ("shoplifting", "West", "2022-06", 40),
    )
    again = committed(
        analyst, force, ("shoplifting", "East", "2022-06", 75), ("shoplifting", "West", "2022-06", 40),
        ("shoplifting", "East", "2022-05", 60), known_at=date(2022, 8, 12),
    )  # fmt: skip
    assert (again.new, again.revised, again.unchanged) == (1, 1, 1)
    east = Figure.objects.filter(area_name="East", month=JUNE).values_list("number", "value")
    assert list(east) == [(1, 71.0), (2, 75.0)]


def test_a_total_that_is_not_the_sum_of_its_areas_is_told_and_not_refused(force, analyst):
    areas = Area.objects.filter(force=force).values_list("name", flat=True)
    parts = [("shoplifting", name, "2022-06", 10) for name in areas]
    whole = 10 * len(parts)
    right = committed(analyst, force, *parts, ("shoplifting", "Northshire", "2022-06", whole))
    assert right.remarks == []
    wrong = uploaded(analyst, force, ("shoplifting", "East", "2022-06", 14))
    assert wrong.remarks == [
        f"Shoplifting, June 2022: the figure of the force would be {whole}, and its areas come to"
        f" {whole + 4}."
    ]
    assert uploaded(analyst, force, ("shoplifting", "East", "2022-05", 14)).remarks == []


def test_ten_times_the_figures_is_told_by_its_counts(force, analyst):
    """Somebody chose the file of ten years: the preview says so before anything is done."""
    rows = [
        ("shoplifting", "East", f"{year}-{month:02d}", 50 + month)
        for year in range(2012, 2022)
        for month in range(1, 13)
    ]
    upload = uploaded(analyst, force, *rows)
    assert (upload.new, upload.first_month, upload.last_month) == (
        120,
        date(2012, 1, 1),
        date(2021, 12, 1),
    )


def test_values_come_back_exactly_as_they_were_read(force, analyst, tmp_path):
    """A frame written by `figures`, uploaded and committed, is the frame again: conditions and all."""
    rows = tidy(pl.DataFrame(
        [
            {"measure": "public-confidence", "area": "East", "month": JUNE, "value": 100 / 3, "numerator": 1.0,
             "denominator": 3.0, "known_at": KNOWN, "condition": None, "reason": None},
            {"measure": "rape", "area": "East", "month": JUNE, "value": None, "numerator": None,
             "denominator": None, "known_at": KNOWN, "condition": "suppressed", "reason": "written <5"},
            {"measure": "rape", "area": "West", "month": JUNE, "value": None, "numerator": None,
             "denominator": None, "known_at": None, "condition": "missing", "reason": "the system was down"},
            {"measure": "shoplifting", "area": "East", "month": JUNE, "value": 636.0, "numerator": None,
             "denominator": None, "known_at": KNOWN, "condition": "provisional", "reason": None},
            {"measure": "shoplifting", "area": "East", "month": JUNE, "value": 641.0, "numerator": None,
             "denominator": None, "known_at": date(2022, 10, 14), "condition": "observed", "reason": None},
        ],
        schema_overrides={"known_at": pl.Date},
    ))  # fmt: skip
    write_tidy(rows, tmp_path / "figures.csv")
    data = (tmp_path / "figures.csv").read_bytes()
    upload = upload_figures(by=analyst, force=force, data=data, name="figures.csv")
    commit_upload(by=analyst, upload=upload, seen=seen(analyst, upload))
    found = observations(force)
    assert dict(found.schema) == OBSERVATION
    order = ["measure", "area", "month", "known_at"]
    assert_frame_equal(found.sort(order), rows.sort(order))


def test_as_at_an_earlier_day_the_earlier_figure_stands(force, analyst):
    committed(analyst, force, ("shoplifting", "East", "2022-06", 71))
    committed(analyst, force, ("shoplifting", "East", "2022-06", 75), known_at=date(2022, 8, 12))
    assert observations(force, as_at=date(2022, 7, 31))["value"].to_list() == [71.0]
    assert observations(force, as_at=date(2022, 8, 12))["value"].to_list() == [71.0, 75.0]
    assert observations(force, keys=["rape"]).is_empty()


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_wide_workbook_is_read(force, analyst):
    data = workbook(["measure", "area", "May 2022", "Jun 2022"], ["shoplifting", "East", 68, 71])
    upload = upload_figures(by=analyst, force=force, data=data, name="june.xlsx", known_at=KNOWN)
    assert (upload.new, upload.last_month) == (2, JUNE)


def test_a_parquet_file_is_read(force, analyst, tmp_path):
    path = tmp_path / "figures.parquet"
    write_tidy(
        tidy(pl.DataFrame([{"measure": "rape", "area": "East", "month": JUNE, "value": 6.0}])), path
    )
    upload = upload_figures(by=analyst, force=force, data=path.read_bytes(), name="f.parquet")
    assert upload.new == 1


def test_a_month_to_come_is_refused(force, analyst):
    data = written(("shoplifting", "East", "2022-07", 71))
    words = refused(analyst, force, data, until=JUNE)
    assert "june.csv, row 2, column month" in words
    assert "a month not after June 2022" in words


def test_a_month_to_come_on_the_day_of_the_setting_is_refused(force, analyst):
    """The clock says another day: the demonstration is of July 2022."""
    data = written(("shoplifting", "East", "2022-08", 71))
    with on_day(date(2022, 7, 22)):
        assert "a month not after July 2022" in refused(analyst, force, data)
    assert upload_figures(by=analyst, force=force, data=data, name="august.csv").new == 1


def test_a_figure_known_on_a_day_to_come_is_refused(force, analyst):
    data = written(("shoplifting", "East", "2022-06", 71), known_at=date(2190, 1, 2))
    assert "1 figure says it becomes known after today, the last on 2 January 2190." in refused(
        analyst, force, data
    )


def test_the_file_of_another_month_is_refused(force, analyst):
    words = refused(analyst, force, written(("shoplifting", "East", "2022-05", 71)), month=JUNE)
    assert "You said that this is the file of June 2022. Its figures are of May 2022." in words


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"%PDF-1.7 not a table", "june.pdf"), (b"\x89PNG\r\n\x1a\n", "june.csv"), (b"", "june.csv"),
     (b"just some words\n", "june.csv"), (b"measure,area,month,value\n", "june.csv")],
)  # fmt: skip
def test_a_wrong_file_or_an_empty_one_is_refused(force, analyst, data, name):
    assert refused(analyst, force, data, name)


def test_everything_wrong_is_said_at_once_with_row_and_column(force, analyst):
    data = written(
        ("shoplifting", "East", "2022-06", "many"), ("shopliting", "East", "2022-06", 3),
        ("shoplifting", "East", "June", 3), ("shoplifting", "West", "2022-06", "-4"),
    )  # fmt: skip
    words = refused(analyst, force, data)
    for told in (
        "row 2, column value",
        "row 3, column measure",
        "row 4, column month",
        "row 5, column value",
    ):
        assert told in words
    assert "Perhaps shoplifting is meant." in words
    assert "frankpledge measures list" not in words


def test_areas_and_days_are_told_with_what_is_wrong_in_the_cells(force, analyst):
    data = written(
        ("shoplifting", "Nowhere", "2022-06", "many"), ("shoplifting", "East", "2022-06", 3),
        known_at=date(2190, 1, 2),
    )  # fmt: skip
    words = refused(analyst, force, data)
    for told in ("row 2, column value", "Area “Nowhere”, in 1 figure", "last on 2 January 2190"):
        assert told in words


def test_an_area_nobody_knows_is_refused_with_the_nearest(force, analyst):
    words = refused(
        analyst,
        force,
        written(("shoplifting", "east", "2022-06", 3), ("rape", "Nowhere", "2022-06", 3)),
    )
    assert "Area “east”, in 1 figure" in words
    assert "Write East." in words
    assert "Area “Nowhere”" in words


def test_a_measure_of_the_library_that_the_force_has_not_is_refused(force, analyst):
    assert "a measure that is defined" in refused(
        analyst, force, written(("bicycle-theft", "East", "2022-06", 3))
    )


def test_an_owner_brings_figures_of_their_own_measures(force, people, measures):
    owner = people["measure_owner"]
    give_owner(by=people["force_analyst"], measure=measures["shoplifting"], owner=owner)
    upload = uploaded(owner, force, ("shoplifting", "East", "2022-06", 71))
    commit_upload(by=owner, upload=upload, seen=seen(owner, upload))
    assert Figure.objects.count() == 1


def test_a_figure_of_a_measure_that_is_not_theirs_is_refused_and_nothing_kept(
    force, people, measures
):
    owner = people["measure_owner"]
    give_owner(by=people["force_analyst"], measure=measures["shoplifting"], owner=owner)
    data = written(("shoplifting", "East", "2022-06", 71), ("rape", "East", "2022-06", 3))
    words = refused(owner, force, data)
    assert "Rape, in 1 figure: You may bring figures of the measures you own" in words
    assert "Shoplifting" not in words


def test_an_owner_whose_measure_was_given_to_another_cannot_commit(force, people, measures):
    owner, analyst = people["measure_owner"], people["force_analyst"]
    give_owner(by=analyst, measure=measures["shoplifting"], owner=owner)
    upload = uploaded(owner, force, ("shoplifting", "East", "2022-06", 71))
    looked_at = seen(owner, upload)
    give_owner(by=analyst, measure=measures["shoplifting"], owner=people["chief_officer"])
    with pytest.raises(UploadRefusedError):
        commit_upload(by=owner, upload=upload, seen=looked_at)
    assert Figure.objects.count() == 0


@pytest.mark.parametrize(
    "role", ["measure_owner", "chief_officer", "office_officer", "panel_officer", "auditor", "administrator",
             "other_force_analyst"],
)  # fmt: skip
def test_others_bring_no_figures(force, people, role):
    with pytest.raises(PermissionDenied):
        uploaded(people[role], force, ("shoplifting", "East", "2022-06", 71))
    assert Upload.objects.count() == 0


def test_another_forces_analyst_cannot_commit_or_discard(force, people, analyst):
    upload = uploaded(analyst, force, ("shoplifting", "East", "2022-06", 71))
    for act in (discard_upload, commit_upload):
        more = {"seen": seen(analyst, upload)} if act is commit_upload else {}
        with pytest.raises(PermissionDenied):
            act(by=people["other_force_analyst"], upload=upload, **more)


def test_a_discarded_upload_is_put_aside_and_its_file_deleted(
    force, analyst, django_capture_on_commit_callbacks
):
    upload = uploaded(analyst, force, ("shoplifting", "East", "2022-06", 71))
    storage, kept = upload.kept_file.storage, upload.kept_file.name
    with django_capture_on_commit_callbacks(execute=True):
        discarded = discard_upload(by=analyst, upload=upload)
    assert discarded.state == "discarded"
    assert not storage.exists(kept)
    with pytest.raises(ChangedMeanwhileError, match="already discarded"):
        commit_upload(by=analyst, upload=upload, seen="")


def test_a_figure_that_was_known_before_the_one_that_stands_is_refused(force, analyst):
    committed(analyst, force, ("shoplifting", "East", "2022-06", 71), known_at=date(2022, 8, 12))
    with pytest.raises(
        UploadRefusedError, match="known on 15 July 2022, and one known on 12 August 2022 stands"
    ):
        uploaded(analyst, force, ("shoplifting", "East", "2022-06", 75))
    assert Upload.objects.count() == 1


def test_the_file_is_kept_as_it_came(force, analyst):
    data = written(("shoplifting", "East", "2022-06", 71))
    upload = upload_figures(
        by=analyst, force=force, data=data, name="../../june.csv", known_at=KNOWN
    )
    with upload.kept_file.open("rb") as kept:
        assert kept.read() == data
    assert upload.file_name == "june.csv"
    assert upload.sha256 in upload.kept_file.name
    assert ".." not in upload.kept_file.name


def with_hidden_sheet():
    book = openpyxl.Workbook()
    book.active.append(["measure", "area", "month", "value"])
    book.active.append(["shoplifting", "East", "2022-06", 71])
    book.create_sheet("Behind").sheet_state = "hidden"
    book["Behind"].append(["measure", "area", "month", "value"])
    book["Behind"].append(["rape", "East", "2022-06", 3])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def with_part(name, content):
    held = io.BytesIO(
        workbook(["measure", "area", "month", "value"], ["shoplifting", "East", "2022-06", 71])
    )
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (lambda: workbook(["measure", "area", "month", "value"], ["shoplifting", "East", "2022-06", "=70+1"]), "formula"),
        (with_hidden_sheet, "hidden"),
        (lambda: with_part("xl/vbaProject.bin", b"\0" * 64), "macro"),
        (lambda: workbook(["measure", "area", *(f"{n}" for n in range(10_000))], ["rape", "East"]), "columns"),
        (lambda: with_part("xl/worksheets/sheet2.xml", b" " * 300_000_000), "unpack"),
    ],
    ids=["formulas", "a hidden sheet", "macros", "10,000 columns", "a zip bomb"],
)  # fmt: skip
def test_a_workbook_that_hides_or_harms_is_refused(force, analyst, data, told):
    assert told in refused(analyst, force, data(), name="june.xlsx").lower()
