"""The parts of a Word document beside its text: styles and numbering, as `Numbering` counts with them."""

import re

from bot.files.docx_numbering import Level, Numbering, Style
from bot.files.docx_xml import read_part

_WHOLE = re.compile(r"-?[0-9]{1,8}")


def read_numbering(styles: bytes | None, numbering: bytes | None) -> Numbering:
    """What word/styles.xml and word/numbering.xml say of lists; a document may lack either."""
    found = Numbering()
    if styles:
        read_part(styles, _Styles(found))
    if numbering:
        read_part(numbering, _Lists(found))
    return found


def number_of(attributes: dict[str, str], otherwise: int = 0) -> int:
    """An element's w:val as a whole number."""
    value = attributes.get("val", "")
    return int(value) if _WHOLE.fullmatch(value) else otherwise


def is_on(attributes: dict[str, str]) -> bool:
    """Whether a switch element (w:vanish, w:isLgl) is on: it is, unless it says not."""
    return attributes.get("val", "true") not in {"0", "false", "off"}


class _Styles:
    def __init__(self, found: Numbering) -> None:
        self.found = found
        self.style = Style()

    def start(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        value = attributes.get("val", "")
        if name == "w:style":
            self.style = self.found.styles[attributes.get("styleId", "")] = Style()
            if attributes.get("type") == "paragraph" and attributes.get("default") in {"1", "true"}:
                self.found.default_style = attributes.get("styleId", "")
        elif name == "w:name" and parent == "w:style":
            self.style.name = value.lower()
        elif name == "w:basedOn":
            self.style.based_on = value
        elif name == "w:numId":
            self.style.number = value
        elif name == "w:ilvl":
            self.style.level = number_of(attributes)

    def end(self, name: str) -> None:
        """A style ends where the next begins."""

    def text(self, text: str) -> None:
        """Styles have none."""


class _Lists:
    def __init__(self, found: Numbering) -> None:
        self.found = found
        self.list = self.number = ""
        self.level, self.at = Level(), 0

    def start(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        value, found = attributes.get("val", ""), self.found
        if name == "w:abstractNum":
            self.list = attributes.get("abstractNumId", "")
            found.lists[self.list] = {}
        elif name == "w:num":
            self.number = attributes.get("numId", "")
        elif name == "w:abstractNumId" and parent == "w:num":
            found.numbers[self.number] = value
        elif name == "w:numStyleLink":
            found.linked[self.list] = value
        elif name == "w:styleLink":
            found.offered[value] = self.list
        elif name == "w:lvlOverride":
            self.at = number_of({"val": attributes.get("ilvl", "")})
        elif name == "w:startOverride":
            found.starts.setdefault(self.number, {})[self.at] = number_of(attributes, 1)
        elif name == "w:lvl":
            self._begin_level(parent, number_of({"val": attributes.get("ilvl", "")}))
        elif parent == "w:lvl":
            self._describe(name, attributes)

    def _begin_level(self, parent: str, at: int) -> None:
        """A level; of a number that has its own, the number gets a list of its own."""
        self.level, found = Level(start=0), self.found  # as the standard has it when nothing is said
        if parent == "w:lvlOverride":
            own = f"{self.number}'"
            if found.numbers.get(self.number) != own:
                found.lists[own] = dict(found.lists.get(found.numbers.get(self.number, ""), {}))
                found.numbers[self.number] = own
            found.lists[own][at] = self.level
        elif self.list:
            found.lists[self.list][at] = self.level

    def _describe(self, name: str, attributes: dict[str, str]) -> None:
        value = attributes.get("val", "")
        if name == "w:start":
            self.level.start = number_of(attributes, 1)
        elif name == "w:numFmt":
            self.level.digits = value
        elif name == "w:lvlText":
            self.level.text = value[:50]
        elif name == "w:pStyle":
            self.level.style = value
        elif name == "w:isLgl":
            self.level.legal = is_on(attributes)
        elif name == "w:lvlRestart":
            self.level.restart = number_of(attributes)

    def end(self, name: str) -> None:
        """A level ends where the next begins."""

    def text(self, text: str) -> None:
        """Lists have none."""
