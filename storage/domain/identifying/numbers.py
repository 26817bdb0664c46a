"""Numbers and addresses that belong to one person: register number, IBAN, phone, mail."""

import re
from collections.abc import Iterator
from itertools import accumulate

from storage.domain.identifying.kinds import Finding, Identifier
from storage.domain.identifying.lists import cue, either
from storage.domain.identifying.tokens import Parts

_SEPARATORS = r" ./\-_:,()"
_RUN = re.compile(r"\d(?:[ ./\-_()]{0,3}\d){6,40}")
_LED = re.compile(r"(?:\+\s?)?\(?$")
_MAIL = re.compile(
    r"[\w.+-]{1,64}(?:@|\s?[\[(]\s?(?:at|@)\s?[\])]\s?|\s@\s|\s@|@\s|\s(?:at|apenstaartje)\s(?=[\w-]{1,63}\.[a-z]{2,6}\b))"
    r"[\w-]{1,63}(?:\s?\.\s?[\w-]{1,63}){0,4}\.[a-z]{2,12}\b",
    re.IGNORECASE,
)
_IBAN = re.compile(r"[a-z]{2}\s?\d\s?\d(?:[ .\-]{0,2}[a-z0-9]){11,30}(?![a-z0-9])", re.IGNORECASE)
_BELGIAN_IBAN = re.compile(r"be\s?\d\s?\d(?:[ .\-/]{0,2}\d){12}(?!\d)", re.IGNORECASE)
_ACCOUNT = re.compile(r"\d{3}[ -]\d{7}[ -]\d{2}(?!\d)")
_LONGEST = 66
"""How many characters stand before the sign of a mail address."""
_FEWEST = 10
"""How many digits an IBAN has at least."""
_REGISTER = 11
_NEAR = 30
"""How many characters before a number are read for what it is."""
_FEWEST_DIGITS, _MOST_DIGITS = 8, 16
_DATED = re.compile(r"\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d(?!\d)|(?:19|20)\d\d([./-])\d{1,2}\2\d{1,2}(?!\d)")


def numbers(parts: Parts) -> Iterator[Finding]:
    """Mail addresses, accounts, register numbers and phone numbers, in that order."""
    text, last = parts.text, 0
    for sign in _signs(parts):
        if sign < last or text.find(".", sign, sign + 2 * _LONGEST) < 0:
            continue
        match = _MAIL.search(text, max(last, sign - _LONGEST), min(len(text), sign + 2 * _LONGEST))
        if match:
            last = match.end()
            yield Finding(match.start(), match.end(), Identifier.MAIL)
    yield from _accounts(parts)
    for match in _RUN.finditer(text):
        led = _LED.search(text, max(0, match.start() - 3), match.start())
        yield from _told(text, led.start() if led else match.start(), match.end())


def _signs(parts: Parts) -> list[int]:
    """Where a mail address may have its sign."""
    found = [one.start for one in parts.words if one.low in {"at", "apenstaartje"}]
    at = parts.text.find("@")
    while at >= 0:
        found.append(at)
        at = parts.text.find("@", at + 1)
    return sorted(found)


def _accounts(parts: Parts) -> Iterator[Finding]:
    text = parts.text
    for start, end in parts.numbers:
        if end - start == 3 and (match := _ACCOUNT.match(text, start)):
            digits = re.sub(r"\D", "", match[0])
            if (int(digits[:10]) % 97 or 97) == int(digits[10:]):
                yield Finding(start, match.end(), Identifier.IBAN)
        head = start - (3 if text[start - 1 : start].isspace() else 2)
        if head >= 0 and text[head].isalpha() and not (head and (text[head - 1].isalnum() or text[head - 1] == "_")):
            yield from _international(text, head)


def _international(text: str, start: int) -> Iterator[Finding]:
    if match := _BELGIAN_IBAN.match(text, start):
        yield Finding(start, match.end(), Identifier.IBAN)
    elif text[start : start + 2].lower() in cue("countries") and (match := _IBAN.match(text, start)):
        end = _iban_end(match[0])
        if end:
            yield Finding(start, start + end, Identifier.IBAN)


def _iban_end(written: str) -> int:
    """How many characters of what is written are an IBAN with a right check; 0 for none."""
    places = [at for at, one in enumerate(written) if one.isalnum()]
    letters = [written[at] for at in places]
    if not written.isascii() or sum(map(str.isdigit, letters[:20])) < _FEWEST:
        return 0
    head = "".join(str(int(one, 36)) for one in letters[:4])
    body = [str(int(one, 36)) for one in letters[4:]]
    for length in range(min(34, len(places)), 14, -1):
        if int("".join(body[: length - 4]) + head) % 97 == 1:
            return places[length - 1] + 1
    return 0


def _told(text: str, start: int, end: int) -> Iterator[Finding]:
    """The register or phone numbers in a run of digits."""
    groups = list(re.finditer(r"\+?\d+", text[start:end]))
    if len(groups) > 1 and all(one.end() - one.start() == 1 for one in groups):
        what = _what(text, start, groups)
        if what is not None:
            yield Finding(start + groups[0].start(), start + groups[-1].end(), what)
        return
    at, sums = 0, [0, *accumulate(one.end() - one.start() for one in groups)]
    while at < len(groups):
        dialled, near = groups[at][0][0] in "0+3", groups[at].start() < _NEAR
        for last in range(min(len(groups), at + 13), at, -1):
            digits = sums[last] - sums[at]
            if not _FEWEST_DIGITS <= digits <= _MOST_DIGITS or not (dialled or near or digits == _REGISTER):
                continue
            what = _what(text, start, groups[at:last])
            if what is not None:
                opened = ")" in text[start + groups[at].start() : start + groups[last - 1].end()]
                bracket = int(opened and text[max(0, start + groups[at].start() - 1)] == "(")
                yield Finding(start + groups[at].start() - bracket, start + groups[last - 1].end(), what)
                at = last
                break
        else:
            at += 1


def _what(text: str, start: int, groups: list[re.Match[str]]) -> Identifier | None:
    parts = [one[0] for one in groups]
    digits = "".join(parts)
    if not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return None
    written = text[start + groups[0].start() : start + groups[-1].end()]
    before = text[max(0, start + groups[0].start() - _NEAR) : start + groups[0].start()].lower()
    if len(digits) == _REGISTER and _register(digits, parts, before):
        return Identifier.REGISTER_NUMBER
    return Identifier.PHONE if not _DATED.match(written) and _phone(digits, parts, before) else None


def _register(digits: str, parts: list[str], before: str) -> bool:
    """Whether eleven digits are a national register number: by its check, its writing, or what stands before."""
    if digits[0] == "+":
        return False
    month, day = int(digits[2:4]) % 20, int(digits[4:6])
    if month > 12 or day > 31:
        return bool(re.search(either("register"), before))
    number, check = int(digits[:9]), int(digits[9:])
    if check in {97 - number % 97, 97 - (2_000_000_000 + number) % 97}:
        return True
    shape = [len(one) for one in parts]
    return shape in ([2, 2, 2, 3, 2], [6, 3, 2], [6, 5], [2, 2, 2, 5]) or bool(re.search(either("register"), before))


def _phone(digits: str, parts: list[str], before: str) -> bool:
    """Whether the digits are a phone number: Belgian, or foreign with a plus or two zeros before it."""
    abroad = digits[0] == "+" or digits.startswith("00")
    bare = digits.lstrip("+")
    bare = bare.removeprefix("00")
    if abroad:
        return 9 <= len(bare) <= 15 and bare[0] != "0"
    if digits.startswith("32") and re.fullmatch(r"32(?:4[5-9]\d{7}|[1-9]\d{7})", digits):
        return len(digits) == 11 or bool(re.search(either("phone"), before))
    single = max(map(len, parts)) == 1
    tidy = single or (min(map(len, parts[1:]), default=2) > 1 and max(map(len, parts[1:]), default=6) != 4)
    if re.fullmatch(r"04[5-9]\d{7}", digits):
        return min(map(len, parts)) > 1 or single
    if re.fullmatch(r"0[1-9]\d{7}", digits):
        return tidy and (len(parts) < 2 or len(parts[0]) in {1, 2, 3})
    return bool(re.search(either("phone"), before)) and 8 <= len(digits) <= 10
