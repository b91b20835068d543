"""The zip archive inside every Office file, unpacked with care.

Every part is unpacked once, piece by piece, and counted; nothing is kept. Each part that is XML goes
through a parser that refuses document types and entities, and past the watchers of its kind.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from frankpledge.intake.limits import MEGABYTE, Limits
from frankpledge.intake.problems import Problem, RefusedError

_PIECE = 256 * 1024
_CENTRAL_RECORD = b"PK\x01\x02"
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
_DAMAGED = "Open it in the program it was made with, save it again and upload that."


@dataclass
class Package:
    """An Office file's archive, not yet trusted."""

    name: str
    archive: zipfile.ZipFile
    limits: Limits
    problems: list[Problem] = field(default_factory=list)

    @property
    def parts(self) -> list[str]:
        """The names of its parts."""
        return self.archive.namelist()

    def found(self, what: str, what_to_do: str, where: str | None = None) -> None:
        """One more reason to refuse it."""
        self.problems.append(Problem(where or self.name, what, what_to_do))


_TOKEN = 1_000_000
"""The longest tag or comment. Older parsers read one again from its start with every piece of it."""
_UNPACKING = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What Python says of an archive that is not as it says it is."""
_ELEMENTS = 300_000
"""How many elements a part may have that is held in memory whole."""
_MANY = {"document": 2_000_000, "sst": 2_000_000, "worksheet": None}
"""Those that may have more, by their root. A worksheet is counted by its own watcher."""

Watch = Callable[[str, str, dict[str, str]], object | None]
"""From a part's name, its root element and that element's attributes to the watcher of its XML."""


def open_package(data: bytes, name: str, limits: Limits) -> Package:
    """The archive by its list of contents alone; refused where that is already too much."""

    def refused(what: str, to_do: str) -> RefusedError:
        return RefusedError([Problem(name, what, to_do)])

    # Python reads the whole list before it says how long it is; its records are counted first.
    if data.count(_CENTRAL_RECORD) > limits.parts:
        raise refused(
            f"It is an archive of more than {limits.parts:,} parts.",
            "Upload one workbook or document, not an archive of many.",
        )
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise refused("The file is damaged or not whole.", _DAMAGED) from None
    package = Package(name, archive, limits)
    _check_list(package)
    if package.problems:
        raise RefusedError(package.problems)
    return package


def _check_list(package: Package) -> None:
    """What the archive's own list admits: sizes, ratios, names, methods, encryption."""
    infos, limits = package.archive.infolist(), package.limits
    if any(info.flag_bits & 0x41 for info in infos):
        package.found(
            "It is protected with a password.", "Take the password off and save it again."
        )
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
        package.found("It is packed in a way that Office does not use.", _DAMAGED)
    names = [info.filename.lower() for info in infos]
    offsets = {info.header_offset for info in infos}
    if len(set(names)) < len(names) or len(offsets) < len(infos):
        package.found("It has parts that stand in each other's place.", _DAMAGED)
    wandering = [info.orig_filename for info in infos if _wanders(info.orig_filename)]
    if wandering:
        package.found(
            "It has parts whose names lead out of the file.",
            "Do not open it; ask whoever sent it to you where it comes from.",
        )
    if sum(info.file_size for info in infos) > limits.unpacked:
        _too_large(package)
    elif any(_swells(info.file_size, info.compress_size, limits) for info in infos):
        _bomb(package)


def _wanders(name: str) -> bool:
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ".." in plain.split("/") or ":" in plain or "\x00" in name


def _swells(size: int, packed: int, limits: Limits) -> bool:
    return size > limits.ratio_from and size > limits.ratio * max(packed, 1)


def _too_large(package: Package) -> None:
    package.found(
        f"Unpacked it is larger than {package.limits.unpacked // MEGABYTE} MB.",
        "Leave out what is not needed, or upload it in several files.",
    )


def _bomb(package: Package) -> None:
    package.found(
        f"A part of it swells to more than {package.limits.ratio} times its size when it is unpacked.",
        "Copy the table alone into a new workbook or document and upload that.",
    )


def look_through(package: Package, watch: Watch, whole: frozenset[str] = frozenset()) -> None:
    """Unpacks every part once, counting, and shows XML to the watchers. Raises when it is too much.

    `whole` names the parts that may be as large as everything together (sheets and their texts).
    """
    unpacked = 0
    # The small parts first: they say what the sheets are called.
    for info in sorted(package.archive.infolist(), key=lambda info: info.filename in whole):
        if info.is_dir():
            continue
        try:
            unpacked += _look_at(package, info, watch, unpacked, info.filename in whole)
        except _UNPACKING as error:
            if isinstance(error, RefusedError):
                raise
            package.found("The file is damaged or not whole.", _DAMAGED)
            raise RefusedError(package.problems) from None


def _look_at(
    package: Package, info: zipfile.ZipInfo, watch: Watch, before: int, whole: bool
) -> int:
    """One part: how large it came out."""
    limits, size, parser = package.limits, 0, None
    with package.archive.open(info) as part:
        while piece := part.read(_PIECE):
            if size == 0:
                _check_nested(package, info.filename, piece)
                parser = _parser_for(info.filename, piece, watch)
            size += len(piece)
            if before + size > limits.unpacked:
                _too_large(package)
                raise RefusedError(package.problems)
            if _swells(size, info.compress_size, limits):
                _bomb(package)
                raise RefusedError(package.problems)
            if parser and not whole and size > limits.part:
                _too_large(package)
                raise RefusedError(package.problems)
            parser = _feed(package, parser, piece, size)
    _close(package, parser)
    return size


def _check_nested(package: Package, part: str, head: bytes) -> None:
    if head.startswith(_ARCHIVES):
        package.found(
            "It has another archive or document inside it.",
            "Take the embedded file out and upload the table alone.",
        )


def _parser_for(part: str, head: bytes, watch: Watch) -> DefusedXMLParser | None:
    """A parser where the part is XML by how it begins, in any of the encodings XML may have."""
    start = head[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00\t\r\n ")
    if not start.startswith(b"<"):
        return None
    usher = _Reader(part, watch) if part.startswith("word/") else _Usher(part, watch)
    return DefusedXMLParser(target=usher, forbid_dtd=True)


def _feed(
    package: Package, parser: DefusedXMLParser | None, piece: bytes, fed: int
) -> DefusedXMLParser | None:
    """The parser once it has read one more piece, `fed` bytes in all; None where there is none."""
    if parser is None:
        return None
    try:
        parser.feed(piece)
        if fed - parser.parser.CurrentByteIndex > _TOKEN:
            raise TooManyError
    except DefusedXmlException:
        package.found(
            "Its XML declares a document type or entities, which Office never writes.",
            "Do not open it; ask whoever sent it to you where it comes from.",
        )
        raise RefusedError(package.problems) from None
    except (ParseError, LookupError):
        package.found("The file is damaged: a part of it cannot be read.", _DAMAGED)
        raise RefusedError(package.problems) from None
    except TooManyError:
        package.found(
            "A part of it says more than any table needs.",
            "Copy the table alone into a new workbook or document and upload that.",
        )
        raise RefusedError(package.problems) from None
    return parser


def _close(package: Package, parser: DefusedXMLParser | None) -> None:
    if parser is None:
        return
    try:
        parser.close()
    except (ParseError, LookupError):
        package.found("The file is damaged: a part of it cannot be read.", _DAMAGED)
        raise RefusedError(package.problems) from None


class TooManyError(Exception):
    """A part has more elements than an honest one."""


class _Usher:
    """Waits for the root element and hands the rest to the watcher for that kind of part."""

    def __init__(self, part: str, watch: Watch) -> None:
        self.part, self.watch = part, watch
        self.watcher: object | None = None
        self.elements = 0
        self.most: int | None = _ELEMENTS

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.elements == 0:
            self.most = _MANY.get(tag.rsplit("}", 1)[-1], _ELEMENTS)
            self.watcher = self.watch(self.part, tag, attributes)
        self.elements += 1
        if self.most is not None and self.elements > self.most:
            raise TooManyError
        if self.watcher is not None:
            self.watcher.start(tag, attributes)

    def end(self, tag: str) -> None:
        if self.watcher is not None:
            self.watcher.end(tag)

    def close(self) -> None:
        """Nothing is built."""


class _Reader(_Usher):
    """Hands over the words too, which cost time and are wanted of documents alone."""

    def data(self, text: str) -> None:
        reading = getattr(self.watcher, "data", None)
        if reading is not None:
            reading(text)
