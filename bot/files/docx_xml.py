"""Reads one XML part of a Word document without building a tree: no DTD, no entities, no outside.

Expat is fed the whole part at once (in pieces a long token is read again and again) and calls back per element.
"""

from typing import Protocol
from xml.parsers.expat import ExpatError, ParserCreate

from storage.domain.uploads import Unread, Unreadable

DEEPEST = 256
"""Elements within each other; Word itself stays under 100."""

_SPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
}


class Reader(Protocol):
    """What hears the elements of a part: names are `w:…`, `mc:…` or `?`, attributes have their local names."""

    def start(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """It ends."""

    def text(self, text: str) -> None:
        """Text, in pieces."""


def read_part(xml: bytes, reader: Reader) -> None:
    """Tell the reader all that a part holds, in order.

    :raises Unreadable: when it is no well-formed XML, or has a DTD or elements hundreds deep.
    """
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    names: dict[str, str] = {}
    open_names = [""]

    def start(full: str, attributes: dict[str, str]) -> None:
        name = names.get(full)
        if name is None:
            name = names[full] = _short(full)
        if len(open_names) > DEEPEST:
            raise Unreadable(Unread.SUSPECT)
        if attributes:
            attributes = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        reader.start(name, open_names[-1], attributes)
        open_names.append(name)

    def end(_: str) -> None:
        reader.end(open_names.pop())

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse_dtd
    try:
        parser.Parse(xml, True)
    except (ExpatError, ValueError, LookupError) as broken:
        raise Unreadable(Unread.BROKEN) from broken


def _refuse_dtd(*_: object) -> None:
    raise Unreadable(Unread.SUSPECT)


def _short(full: str) -> str:
    space, _, local = full.rpartition(" ")
    prefix = _SPACES.get(space)
    return prefix + local if prefix else "?"
