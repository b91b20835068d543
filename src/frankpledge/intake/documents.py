"""A Word document looked through before it is read: changes that are tracked, hidden text, fields."""

from __future__ import annotations

from frankpledge.intake.package import Package

_FETCHING = frozenset(
    {"DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "LINK", "IMPORT", "DATABASE"}
)
_TRACKED = frozenset({"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"})


class DocumentWatcher:
    """Watches the XML of a document's text go by."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.path: list[str] = []
        self.tracked = self.hidden = self.numbered = False
        self.fetching: set[str] = set()
        self.instruction = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag[tag.rfind("}") + 1 :]
        self.path.append(name)
        if name in _TRACKED:
            self.tracked = True
        elif name in ("vanish", "specVanish"):
            self.hidden |= self.path[-3:-1] == ["r", "rPr"] and not _off(attributes)
        elif name == "fldSimple":
            self._field(_value(attributes, "instr"))
        elif name == "fldChar":
            self._field(self.instruction)
            self.instruction = ""

    def data(self, text: str) -> None:
        if self.path and self.path[-1] == "instrText" and len(self.instruction) < 1000:
            self.instruction += text

    def end(self, tag: str) -> None:
        self.path.pop()

    def _field(self, instruction: str) -> None:
        first = instruction.split()[:1]
        if first and first[0].upper() in _FETCHING:
            self.fetching.add(first[0].upper())

    def check(self) -> None:
        """What is wrong with the document once all of it has gone by."""
        if self.tracked:
            self.package.found(
                "It has tracked changes, and cannot be read one way only.",
                "In Word choose Review, then accept or reject all changes, and save it.",
            )
        if self.hidden:
            self.package.found(
                "It has hidden text.",
                "Select everything, clear Hidden under Font, and delete what is not meant to be sent.",
            )
        if self.fetching:
            self.package.found(
                f"It has fields that fetch from outside it ({', '.join(sorted(self.fetching))}).",
                "Select everything, press Ctrl+Shift+F9 to turn fields into text, and save it.",
            )


def _value(attributes: dict[str, str], name: str) -> str:
    return next((v for k, v in attributes.items() if k.rsplit("}", 1)[-1] == name), "")


def _off(attributes: dict[str, str]) -> bool:
    return _value(attributes, "val") in ("0", "false", "off")
