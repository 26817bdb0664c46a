"""Rules of the house that no linter knows: where sentences live, how long a module is, what the documents list."""

import ast
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from dialogs.language.intents import Intent

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "dialogs", "storage")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
LONGEST_MODULE = 400

DUTCH = re.compile(
    r"\b(de|het|een|je|jij|ik|niet|geen|van|voor|met|op|wie|wat|naar|nog|zijn|wordt|kan|dat|dit)\b", re.IGNORECASE
)
"""Common Dutch words; two of them in one text outside the texts make it a sentence in the wrong place."""


READS_OR_SAYS = {"texts", "language", "identifying"}
"""Where Dutch is said, and where it is read: patterns are made of its words."""


def _strings(tree: ast.AST) -> Iterator[ast.Constant]:
    """The string constants in a module that are not docstrings."""
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            alone = isinstance(node, ast.Expr)
            if isinstance(child, ast.Constant) and isinstance(child.value, str) and not alone:
                yield child


@pytest.mark.parametrize(
    "module",
    [path for path in MODULES if not READS_OR_SAYS & set(path.parts)],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_every_dutch_sentence_lives_in_the_texts_or_the_language_data(module: Path) -> None:
    found = [
        f"line {constant.lineno}: {constant.value!r}"
        for constant in _strings(ast.parse(module.read_text("utf-8")))
        if len(DUTCH.findall(constant.value)) > 1
    ]
    assert not found


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_over_400_lines(module: Path) -> None:
    assert len(module.read_text("utf-8").splitlines()) <= LONGEST_MODULE


def test_the_documented_intents_are_those_of_the_code() -> None:
    documented = re.findall(r"^\| `([a-z_.]+)` \|", (ROOT / "docs" / "intents.md").read_text("utf-8"), re.MULTILINE)
    assert documented == [intent.value for intent in Intent]


def test_the_lock_names_no_address() -> None:
    for name in ("constraints.txt", "pyproject.toml", ".ci/run"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text, name
        assert "index-url" not in text, name


TEXTS = sorted((ROOT / "dialogs" / "texts").glob("*.py"))


def _constants(module: Path) -> list[str]:
    """The names that a module assigns at its top level."""
    found: list[str] = []
    for node in ast.parse(module.read_text("utf-8")).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        found.extend(target.id for target in targets if isinstance(target, ast.Name))
    return found


@cache
def _words() -> Counter[str]:
    """How often each word stands in the code."""
    return Counter(word for path in MODULES for word in re.findall(r"\w+", path.read_text("utf-8")))


@pytest.mark.parametrize("module", TEXTS, ids=lambda path: path.name)
def test_no_sentence_is_overwritten_by_another(module: Path) -> None:
    names = _constants(module)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("module", TEXTS, ids=lambda path: path.name)
def test_every_sentence_has_a_speaker(module: Path) -> None:
    unused = [name for name in _constants(module) if _words()[name] < 2]
    assert not unused


@pytest.mark.parametrize(
    ("said", "passed"), [([], []), (["AS=nele@waterland.example"], ["--as", "nele@waterland.example"])]
)
def test_make_demo_says_who_you_are_only_when_you_do(said: list[str], passed: list[str]) -> None:
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is not installed")
    run = subprocess.run(
        [make, "-n", "--no-print-directory", "demo", *said], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-1].split()[-len(passed) - 1 :] == ["demo", *passed]
