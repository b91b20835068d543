"""A workbook or a document is opened only when nothing in it is hidden, runs or lies."""

from __future__ import annotations

import time
import tracemalloc
import zipfile
from io import BytesIO

import pytest
from tests.intake.files import document, lying_bomb, overlapping_bomb, repacked, workbook

from frankpledge.intake.limits import Limits
from frankpledge.intake.opening import Kind, open_upload
from frankpledge.intake.problems import RefusedError


def refusal(data: bytes, name: str = "plan.xlsx", **more) -> str:
    with pytest.raises(RefusedError) as refused:
        open_upload(data, name, **more)
    for problem in refused.value.problems:
        assert problem.where
        assert problem.what.endswith(".")
        assert problem.what_to_do.strip().endswith((".", ")"))
    return str(refused.value)


def test_an_honest_workbook_and_document_are_opened():
    assert open_upload(workbook(), "plan.xlsx").kind is Kind.XLSX
    assert open_upload(document(), "plan.docx").kind is Kind.DOCX


def test_a_file_is_known_by_what_is_in_it_and_the_person_is_told():
    opened = open_upload(workbook(), "C:\\Plans\\plan.csv")
    assert (opened.name, opened.kind) == ("plan.csv", Kind.XLSX)
    assert "named .csv, but it is an Excel workbook" in opened.remarks[0]


def test_a_kind_that_is_not_taken_here_is_refused_with_those_that_are():
    assert "a Word document, which is not taken here" in refusal(
        document(), allowed={"csv", "xlsx"}
    )
    assert "Save it as CSV (.csv) or Excel Workbook (.xlsx)." in refusal(
        document(), allowed={"csv", "xlsx"}
    )


def test_formulas_are_refused_with_the_first_ten_cells_and_how_many_more():
    rows = [["Ref", "Count"], *([str(n), f"={n}+1"] for n in range(13))]
    said = refusal(workbook(*rows))
    assert "formulas in B2, B3, B4, B5, B6, B7, B8, B9, B10, B11 and 3 more" in said
    assert "paste it as values" in said


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_refused(state):
    def change(book):
        book.create_sheet("Old").sheet_state = state

    assert "sheet 'Old' is hidden" in refusal(workbook(change=change))


def test_hidden_rows_and_columns_are_refused_where_they_hold_something():
    def change(book):
        book.active.row_dimensions[2].hidden = True
        book.active.column_dimensions["B"].hidden = True

    said = refusal(workbook(change=change))
    assert "hidden rows with something in them: 2" in said
    assert "hidden columns with something in them: B" in said


def test_hidden_rows_and_columns_without_anything_are_nothing_to_refuse():
    def change(book):
        book.active.row_dimensions[40].hidden = True
        book.active.column_dimensions["K"].hidden = True

    assert open_upload(workbook(change=change), "plan.xlsx")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/externalLinks/externalLink1.xml", "external links"),
        ("xl/connections.xml", "connections to data"),
        ("xl/queryTables/queryTable1.xml", "connections to data"),
        ("xl/pivotCache/pivotCacheRecords1.xml", "pivot table"),
        ("xl/activeX/activeX1.bin", "ActiveX"),
        ("xl/embeddings/oleObject1.bin", "embedded in it"),
    ],
)
def test_parts_that_run_or_fetch_are_refused(part, said):
    assert said in refusal(repacked(workbook(), add={part: b"<x/>"}))


def test_a_macro_content_type_is_refused_though_no_macro_is_found():
    plain, macro = b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml"
    kind = b"application/vnd.openxmlformats-officedocument." + plain
    data = repacked(
        workbook(),
        **{"[Content_Types]": lambda xml: xml.replace(kind, b"application/vnd.ms-excel." + macro)},
    )
    assert "It has macros." in refusal(data)


@pytest.mark.parametrize(
    "part", ["word/vbaProject.bin", "word/embeddings/a.bin", "word/afchunk1.rtf"]
)
def test_a_document_with_macros_or_objects_is_refused(part):
    assert refusal(repacked(document(), add={part: b"x"}), "plan.docx")


def relation(kind: str, target: str):
    joint = (
        f'<Relationship Id="rX" Type="http://x/{kind}" Target="{target}" TargetMode="External"/>'
    )
    return lambda xml: xml.replace(b"</Relationships>", joint.encode() + b"</Relationships>")


def test_what_is_fetched_from_outside_is_refused_but_a_link_to_click_is_not():
    fetched = repacked(
        document(), document_xml_rels=relation("image", "http://tracker.example/a.png")
    )
    assert "fetches something from outside it (image)" in refusal(fetched, "plan.docx")
    linked = repacked(document(), document_xml_rels=relation("hyperlink", "https://body.example/"))
    assert open_upload(linked, "plan.docx")


@pytest.mark.parametrize(
    "target", ["http://bad.example/t.dotm", r"\\bad.example\t.dotm", "file://bad/t.dotm"]
)
def test_a_template_from_the_network_is_refused(target):
    data = repacked(document(), document_xml_rels=relation("attachedTemplate", target))
    assert "attachedTemplate" in refusal(data, "plan.docx")


def test_a_template_on_the_writers_own_drive_is_told():
    made = relation("attachedTemplate", "file:///C:\\Users\\office\\Normal.dotm")
    opened = open_upload(repacked(document(), document_xml_rels=made), "plan.docx")
    assert "template" in opened.remarks[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ((b"<w:r>", b"<w:ins w:id='1'><w:r>", b"</w:r>", b"</w:r></w:ins>"), "tracked changes"),
        ((b"<w:r>", b"<w:r><w:rPr><w:vanish/></w:rPr>", b"", b""), "hidden text"),
        (
            (b"<w:r>", b"<w:r><w:instrText> dde excel a b</w:instrText><w:fldChar/>", b"", b""),
            "DDE",
        ),
    ],
)
def test_a_document_that_reads_in_more_than_one_way_is_refused(change, said):
    old, new, old_end, new_end = change

    def rewrite(xml):
        xml = xml.replace(old, new)
        return xml.replace(old_end, new_end) if old_end else xml

    assert said in refusal(repacked(document(), document=rewrite), "plan.docx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["sheet1", "workbook", "styles", "theme1"])
def test_entities_are_refused_in_every_part_and_encoding(part, encoding):
    def rewrite(xml):
        text = xml.decode().split("?>", 1)[-1]
        bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
        return f'<?xml version="1.0" encoding="{encoding}"?>{bomb}{text}'.encode(encoding)

    assert "entities, which Office never writes" in refusal(repacked(workbook(), **{part: rewrite}))


def test_ten_thousand_columns_are_refused_whatever_the_sheet_says_of_its_size():
    data = workbook(["Ref"] * 10_000)
    lying = repacked(data, sheet1=lambda xml: xml.replace(b'ref="A1:NTP1"', b'ref="A1"'))
    for one in (data, lying):
        assert "more than 200 columns" in refusal(one)


def test_a_sheet_that_says_it_is_vast_and_is_not_is_read():
    data = repacked(
        workbook(), sheet1=lambda xml: xml.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    )
    assert open_upload(data, "plan.xlsx").sheets[0].last_row == 2


def test_a_cell_far_down_is_refused_before_the_space_up_to_it_is_made():
    data = repacked(
        workbook(),
        sheet1=lambda xml: (
            xml.replace(b'r="2"', b'r="1048576"')
            .replace(b'"A2"', b'"A1048576"')
            .replace(b'"B2"', b'"B1048576"')
        ),
    )
    assert "more than 200,000 rows" in refusal(data)


def test_merged_cells_that_would_multiply_a_text_are_refused():
    many = "".join(f'<mergeCell ref="A{n}:GR200000"/>' for n in range(1, 5000))
    merged = f"</sheetData><mergeCells>{many}</mergeCells>".encode()

    def change(book):
        book.active["GR9000"] = "far"

    data = repacked(
        workbook(change=change), sheet1=lambda xml: xml.replace(b"</sheetData>", merged)
    )
    assert "merged cells that lie over each other" in refusal(data)


def measured(data: bytes) -> tuple[str, float, int]:
    """What is said of a file, in how many seconds, and how much memory it took at most."""
    open_upload(workbook(), "warm.xlsx")
    tracemalloc.start()
    start = time.process_time()
    try:
        said = refusal(data)
        return said, time.process_time() - start, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_ten_kilobytes_that_unpack_to_ten_gigabytes_are_refused_at_once():
    bomb = overlapping_bomb()
    assert len(bomb) < 80_000
    with zipfile.ZipFile(BytesIO(bomb)) as archive:
        assert sum(info.file_size for info in archive.infolist()) == 10_000_000_000
    said, seconds, memory = measured(bomb)
    assert "larger than 200 MB" in said
    assert seconds < 1
    assert memory < 20_000_000


def test_a_part_that_lies_about_its_size_is_refused_without_being_unpacked():
    said, seconds, memory = measured(lying_bomb())
    assert "damaged" in said or "swells" in said
    assert seconds < 1
    assert memory < 20_000_000


def test_one_part_that_swells_a_thousandfold_is_refused():
    data = repacked(workbook(), add={"xl/media/a.bin": bytes(20_000_000)})
    said, seconds, memory = measured(data)
    assert "swells to more than 250 times" in said
    assert seconds < 1
    assert memory < 20_000_000


def test_counting_goes_on_while_unpacking():
    limits = Limits(unpacked=3_000)
    with pytest.raises(RefusedError, match="larger than"):
        open_upload(workbook(), "plan.xlsx", limits=limits)


def test_an_archive_of_very_many_parts_is_refused_before_its_list_is_read():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(2_100):
            archive.writestr(str(number), b"")
    assert "more than 2,000 parts" in refusal(out.getvalue())


def test_an_archive_in_the_archive_is_refused():
    assert "another archive" in refusal(repacked(workbook(), add={"xl/media/a.png": workbook()}))


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil", "xl\\..\\..\\evil", "C:evil"])
def test_names_that_lead_out_are_refused(name):
    assert "lead out of the file" in refusal(repacked(workbook(), add={name: b"x"}))


def test_everything_that_is_wrong_is_said_at_once():
    def change(book):
        book.active["C1"] = "=1+1"
        book.create_sheet("Old").sheet_state = "hidden"

    data = repacked(workbook(change=change), add={"xl/vbaProject.bin": b"x"})
    with pytest.raises(RefusedError) as refused:
        open_upload(data, "plan.xlsx")
    assert len(refused.value.problems) == 3


@pytest.mark.parametrize("cut", [10, 100, -30])
def test_half_a_file_is_refused(cut):
    assert "damaged" in refusal(workbook()[:cut])


def test_xml_in_an_encoding_there_is_none_of_is_refused():
    def rewrite(xml):
        return b'<?xml version="1.0" encoding="UTFE8"?>' + xml.split(b"?>", 1)[-1]

    assert "damaged" in refusal(repacked(workbook(), styles=rewrite))


def test_a_strict_workbook_is_refused_rather_than_read_as_empty():
    loose, strict = (
        b"schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"purl.oclc.org/ooxml/spreadsheetml/main",
    )
    data = repacked(workbook(), sheet1=lambda xml: xml.replace(loose, strict))
    assert "strict form" in refusal(data)


def test_an_empty_workbook_is_refused():
    assert "nothing in its sheets" in refusal(workbook([]))


def sheet_of(inside: bytes) -> bytes:
    return repacked(
        workbook(), sheet1=lambda xml: xml.replace(b"</sheetData>", inside + b"</sheetData>")
    )


# Each a few hundred kilobytes that would take gigabytes or minutes to read.
@pytest.mark.parametrize(
    "inside",
    [
        b"<row/>" * 1_200_000,
        b"<row>" + b"<c/>" * 200_000 + b"</row>",
        b"<x/>" * 600_000,
        b"<!--" + b"a" * 8_000_000 + b"-->",
        b'<row r="' + b"9" * 8_000_000 + b'"/>',
    ],
    ids=["rows", "cells", "others", "a comment", "an attribute"],
)
def test_a_sheet_with_more_than_excel_could_write_is_refused(inside):
    start = time.process_time()
    said = refusal(sheet_of(inside))
    assert "more than any table needs" in said
    assert time.process_time() - start < 8


def test_other_parts_with_very_many_elements_are_refused():
    data = repacked(
        workbook(),
        styles=lambda xml: xml.replace(b"</styleSheet>", b"<xf/>" * 301_000 + b"</styleSheet>"),
    )
    assert "more than any table needs" in refusal(data)
