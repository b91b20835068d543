"""The forms a report comes in."""

FORMS = {
    "html": "report.html",
    "pdf": "report.pdf",
    "word": "report.docx",
    "excel": "report.xlsx",
}
"""Each form and its file's name; `findings.json` and its schema always come too."""
