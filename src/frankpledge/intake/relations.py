"""What an Office file is joined to: other files, databases, programs, embedded objects."""

from __future__ import annotations

import posixpath
import re

from frankpledge.intake.package import Package

_DRIVE = re.compile(r"(file:/{2,3})?[A-Za-z]:[/\\]")

# A part by its name or content type, what it is in words, and what to do.
_FORBIDDEN = (
    (
        re.compile(r"vbaproject|macroenabled|macrosheet|intlmacrosheet|vbadata|\.xlm$"),
        "It has macros.",
        "Save it without macros, as {plain}.",
    ),
    (
        re.compile(r"externallink"),
        "It takes figures from other files (external links).",
        "In Excel choose Data, Edit links, Break link, or paste the table as values in a new workbook.",
    ),
    (
        re.compile(r"xl/connections|querytable|xl/model/|powerpivot|datamashup|\bconnections\+xml"),
        "It has connections to data outside it.",
        "Paste the table as values in a new workbook.",
    ),
    (
        re.compile(r"pivotcache|pivottable"),
        "It has a pivot table, which carries a copy of all the rows behind it.",
        "Copy the pivot table and paste it as values in a new workbook.",
    ),
    (
        re.compile(r"activex|/ctrlprops/|controlproperties"),
        "It has controls (ActiveX or form controls).",
        "Delete them, or copy the table alone into a new file.",
    ),
    (
        re.compile(r"/embeddings/|oleobject"),
        "It has other files or objects embedded in it.",
        "Delete them, or copy the table alone into a new file.",
    ),
    (
        re.compile(r"/afchunk"),
        "It has other documents put into it whole.",
        "Open it in Word, save it again and upload that.",
    ),
)
_LEFT = (
    (re.compile(r"/comments\d*\.xml$|threadedcomments/"), "Comments are not read."),
    (re.compile(r"/media/"), "Pictures are not read."),
    (re.compile(r"/charts?/|chartsheets/"), "Charts are not read."),
)


def check_names(package: Package, types: dict[str, str], plain: str) -> list[str]:
    """Refuses parts that do something; tells of parts that are left aside."""
    spoken = [text.lower() for text in (*package.parts, *types, *types.values())]
    for pattern, what, to_do in _FORBIDDEN:
        if any(pattern.search(text) for text in spoken):
            package.found(what, to_do.format(plain=plain))
    return [told for pattern, told in _LEFT if any(pattern.search(text) for text in spoken)]


class RelationWatcher:
    """Watches the joints of one part go by, and keeps those inside the file."""

    def __init__(self, part: str, package: Package, remarks: list[str]) -> None:
        self.part, self.package, self.remarks = part, package, remarks
        self.targets: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not tag.endswith("}Relationship"):
            return
        target, kind = attributes.get("Target", ""), attributes.get("Type", "").rsplit("/", 1)[-1]
        if attributes.get("TargetMode") == "External":
            self._outside(kind, target)
            return
        self.targets[attributes.get("Id", "")] = self._inside(target)

    def end(self, tag: str) -> None:
        """Nothing is nested here."""

    def _inside(self, target: str) -> str:
        if target.startswith("/"):
            return target[1:]
        folder = posixpath.dirname(posixpath.dirname(self.part))
        return posixpath.normpath(posixpath.join(folder, target))

    def _outside(self, kind: str, target: str) -> None:
        if kind == "hyperlink":
            return
        if kind == "attachedTemplate" and _DRIVE.match(target):
            self.remarks.append("The template it was written with is not fetched.")
            return
        self.package.found(
            f"It fetches something from outside it ({kind or 'unnamed'}).",
            "Break its links, or copy the table alone into a new file.",
        )


class TypesWatcher:
    """Watches [Content_Types].xml go by: what each part says it is."""

    def __init__(self) -> None:
        self.types: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.endswith("}Override"):
            self.types[attributes.get("PartName", "").lstrip("/")] = attributes.get(
                "ContentType", ""
            )
        elif tag.endswith("}Default"):
            self.types["." + attributes.get("Extension", "")] = attributes.get("ContentType", "")

    def end(self, tag: str) -> None:
        """Nothing is nested here."""
