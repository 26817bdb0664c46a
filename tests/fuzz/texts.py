"""What somebody might type, or make a machine type: real questions, mixtures of them, and everything Unicode has."""

import json
import random
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SENTENCES = Path(__file__).parents[1] / "sentences"

ODD = (
    "",
    " ",
    "\n\n\n",
    "\x00",
    "a\x00b",
    "\ud800",
    "wanneer \udfff is het",
    "\u202eeisivretni",
    "מתי הפגישה הבאה?",
    "متى الاجتماع القادم؟",
    "👩‍👩‍👧‍👦🏳️‍🌈🇧🇪",
    "e\u0301" * 300,
    "Z\u0351\u036b\u0343\u036a\u0302" * 200,
    "\u200b\u200c\u200d\ufeff",
    "ﬁjn İstanbul ſtraße K",
    "٣ december om ９ uur",
    "<at>Ambassadeursbot</at>",
    "<at></at><at>",
    "&nbsp;&lt;script&gt;",
    "[klik](javascript:alert(1)) **vet** `code`",
    "'; DROP TABLE people; --",
    "%s %d {0} {text} ${x} {{",
    "../../../../etc/passwd",
    "\\" * 500,
    "\t\r\x0b\x0c\x1f\x7f\x85\u2028\u2029",
    "31 februari 2026",
    "0/0/0000 99:99",
    "de 99999999999999999999e",
    "1" * 5000,
    "1/" * 2000,
    "volgende " * 500,
    "over 999999999 weken",
    "3 december 999999",
    "a" * 20_000,
    "wanneer?" * 2500,
    "intervisie en " * 1500,
    "é" * 9000,
    "🐙" * 5000,
    ("maandag of dinsdag of " * 300),
    ("wie is Lotte en wie is Samira en " * 100),
    ("(" * 3000) + (")" * 3000),
)

LETTERS = "abcdeéèëfghiïjklmnoöpqrstuüvwxyz   .,?!'-/0123456789🙂\u202e\u0301"


@cache
def sentences() -> tuple[str, ...]:
    """Every text in the sentences that others wrote for the tests."""
    found: list[str] = []
    for file in sorted(SENTENCES.glob("*.yaml")):
        _collect(yaml.safe_load(file.read_text("utf-8")), found)
    for file in sorted((*SENTENCES.glob("*.tsv"), *SENTENCES.glob("*.txt"))):
        found += [line.split("\t")[0] for line in file.read_text("utf-8").splitlines() if line[:1] != "#"]
    return tuple(found)


def _collect(value: Any, found: list[str]) -> None:
    if isinstance(value, dict):
        found += [said for name, said in value.items() if name == "say" and isinstance(said, str)]
        for part in value.values():
            _collect(part, found)
    elif isinstance(value, list):
        for part in value:
            _collect(part, found)


@cache
def words() -> tuple[str, ...]:
    """Every word in those sentences."""
    return tuple(sorted({word for sentence in sentences() for word in sentence.split()}))


def any_text(chance: random.Random) -> str:
    """Something typed."""
    match chance.randrange(10):
        case 0 | 1 | 2 | 3:
            return chance.choice(sentences())
        case 4 | 5:
            return " ".join(chance.choices(words(), k=chance.choice((1, 3, 6, 12, 30))))
        case 6:
            return _damaged(chance, chance.choice(sentences()))
        case 7:
            return " ".join(chance.choice(sentences()) for _ in range(chance.choice((2, 3, 5, 20))))
        case 8:
            return "".join(chance.choices(LETTERS, k=chance.choice((1, 5, 20, 100, 1000))))
        case _:
            return chance.choice(ODD)


@cache
def report() -> str:
    """A whole report, as somebody may paste it."""
    return (SENTENCES.parents[1] / "bot/commands/demo_report.md").read_text("utf-8")


def any_report(chance: random.Random) -> str:
    """A report with its lines mixed, doubled or damaged."""
    lines = report().splitlines()
    for _ in range(chance.randint(0, 30)):
        at = chance.randrange(len(lines))
        lines[at] = chance.choice((lines[at] * 2, _damaged(chance, lines[at]), chance.choice(lines), any_text(chance)))
    return "\n".join(lines)


def _damaged(chance: random.Random, text: str) -> str:
    """The same with some characters gone, doubled or replaced by any that exist, lone surrogates included."""
    characters = list(text) or [""]
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(characters))
        characters[at] = chance.choice(("", characters[at] * 2, chr(chance.randrange(0x11_0000)), "\x00"))
    return "".join(characters)


def any_value(chance: random.Random) -> Any:
    """Any JSON value, of any type and size."""
    match chance.randrange(9):
        case 0:
            return chance.choice((None, True, False))
        case 1:
            return chance.choice((0, -1, 1, 2**31, 2**63, 2**64, 10**40, 1e308, 5e-324, -0.0, 1.5))
        case 2:
            return chance.choice((float("nan"), float("inf"), float("-inf")))
        case 3:
            return [any_value(chance) for _ in range(chance.randrange(4))]
        case 4:
            return {any_text(chance)[:50]: any_value(chance) for _ in range(chance.randrange(4))}
        case 5:
            return chance.choice(([], {}, [[]], [None], {"id": None}, {"id": []}, {"id": {"id": "x"}}, "", [[[{}]]]))
        case _:
            return any_text(chance)


def as_json(value: Any) -> bytes:
    """JSON as Python writes it: NaN and Infinity as such, lone surrogates as escapes."""
    return json.dumps(value).encode()
