"""What is no workbook and no document: text, Parquet, and what is neither."""

from __future__ import annotations

from io import BytesIO

import polars as pl
import pytest

from frankpledge.intake.limits import Limits
from frankpledge.intake.opening import Kind, open_upload
from frankpledge.intake.problems import RefusedError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def refusal(data: bytes, name: str = "plan.csv", **more) -> str:
    with pytest.raises(RefusedError) as refused:
        open_upload(data, name, **more)
    return str(refused.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \r\n", "The file is empty."),
        (b"%PDF-1.7\n...", "This is a PDF."),
        (OLE + "Workbook".encode("utf-16-le"), "an old Excel workbook (.xls)"),
        (OLE + "WordDocument".encode("utf-16-le"), "an old Word document (.doc)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        (b"\n<HTML><table><tr><td>1</td></tr></table>", "a web page (HTML)"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
            "an XML file",
        ),
        (b"{\\rtf1 hello}", "rich text"),
        (b"\x1f\x8b\x08abc", "a compressed archive"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
    ],
)
def test_what_is_another_kind_of_file_is_named(data, said):
    assert said in refusal(data, "plan.xlsx")


def test_a_file_over_the_limit_is_refused_without_being_read_whole():
    class Endless(BytesIO):
        asked = 0

        def read(self, size=-1):
            assert size >= 0
            self.asked += size
            return b"a" * size

    endless = Endless()
    with pytest.raises(RefusedError, match="larger than 25 MB"):
        open_upload(endless, "plan.csv")
    assert endless.asked == 25_000_001


def test_a_path_an_open_file_and_bytes_are_all_opened(tmp_path):
    data = b"ref,what\n1,do\n"
    (tmp_path / "a.csv").write_bytes(data)
    digests = {
        open_upload(one, "a.csv").digest for one in (tmp_path / "a.csv", BytesIO(data), data)
    }
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("ref,what\n1,£5".encode(), "utf-8"),
        ("ref,what\n1,£5".encode("utf-8-sig"), "utf-8-sig"),
        ("ref,what\n1,£5".encode("cp1252"), "cp1252"),
        ("ref\twhat\n1\t£5".encode("utf-16"), "utf-16"),
    ],
)
def test_encodings_are_told(data, encoding):
    opened = open_upload(data, "plan.csv")
    assert opened.separated.encoding == encoding
    assert opened.separated.text.endswith("£5")
    assert any("Windows-1252" in r for r in opened.remarks) == (encoding == "cp1252")


def test_bytes_that_are_text_in_no_encoding_are_refused():
    assert "no encoding that can be told" in refusal(b"ref,what\n1,\x81\x8d\x8f")


def test_nul_bytes_are_refused():
    assert "NUL" in refusal(b"ref,what\n1,\x00do")


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("ref,what\n1,do; then stop\n2,do; do; do", ","),
        ("ref;what;who\n1;do, then stop;a\n2;x, y;b", ";"),
        ("ref\twhat, who\n1\tdo, do", "\t"),
        ("sep=;\nref;what\n1;do", ";"),
        ("what\ndo this\ndo that", ","),
    ],
)
def test_what_separates_values_is_told(text, mark):
    assert open_upload(text.encode(), "plan.csv").separated.separator == mark


def test_a_quotation_mark_never_closed_is_refused_with_its_row():
    said = refusal(b'ref,what\n1,"do this\n2,and that\n')
    assert "row 2" in said
    assert "quotation mark" in said


def test_formulas_in_text_are_refused_with_their_cells():
    assert "formulas in B2 and A3" in refusal(b'ref,what\n1,=1+1\n"=cmd|x",2\n')


def test_a_minus_a_telephone_number_and_an_at_sign_are_no_formulas():
    assert open_upload(b"ref,what\n-1,+44 1905 000000\n2,@office\n3,- a point\n4,=\n", "a.csv")


def test_a_cell_longer_than_a_spreadsheet_can_hold_is_refused():
    assert "characters: B2" in refusal(b"ref,what\n1," + b"a" * 32_768)
    assert "more than 32,767" in refusal(b"ref,what\n1," + b"a" * 200_000)


def test_too_many_rows_and_columns_are_refused():
    assert "more than 200 columns" in refusal(b"," * 10_000)
    assert "more than 5 rows" in refusal(b"a,b\n" * 6, limits=Limits(rows=5))


def parquet(frame: pl.DataFrame) -> bytes:
    file = BytesIO()
    frame.write_parquet(file)
    return file.getvalue()


def test_parquet_is_opened_where_it_is_taken():
    data = parquet(pl.DataFrame({"measure": ["a"], "value": [1]}))
    assert open_upload(data, "a.parquet", allowed={"parquet"}).kind is Kind.PARQUET
    assert "not taken here" in refusal(data)


def test_parquet_too_long_wide_or_damaged_is_refused():
    allowed = {"parquet"}
    long = parquet(pl.DataFrame({"a": pl.repeat(0, 200_001, eager=True)}))
    assert "200,001 rows" in refusal(long, allowed=allowed)
    wide = parquet(pl.DataFrame({f"c{n}": [1] for n in range(201)}))
    assert "201 columns" in refusal(wide, allowed=allowed)
    assert "damaged" in refusal(b"PAR1" + bytes(20) + b"PAR1", allowed=allowed)
