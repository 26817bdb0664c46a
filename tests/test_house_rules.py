"""Rules of the house that no linter knows: where sentences live, how long a module is, what the documents list."""

import ast
import re
from collections.abc import Iterator
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


def _strings(tree: ast.AST) -> Iterator[ast.Constant]:
    """The string constants in a module that are not docstrings."""
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            alone = isinstance(node, ast.Expr)
            if isinstance(child, ast.Constant) and isinstance(child.value, str) and not alone:
                yield child


@pytest.mark.parametrize(
    "module",
    [path for path in MODULES if not {"texts", "language"} & set(path.parts)],
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


def test_no_text_names_a_package_registry() -> None:
    hosts = re.compile(r"--index-url|--extra-index-url")
    texts = [ROOT / "constraints.txt", ROOT / "pyproject.toml", ROOT / "README.md", ROOT / ".ci" / "run"]
    assert not [path.name for path in texts if hosts.search(path.read_text("utf-8"))]
