"""The phrases that the model learns from: YAML files by several authors, normalised as a message is when it is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import yaml

from dialogs.language.intents import Intent
from dialogs.language.patterns import BrokenLanguageData
from dialogs.language.reduction import corrected
from dialogs.language.references import mask_kinds
from dialogs.language.spelling import BREAK, fold, strip_markup, tokens

FOLDER = Path(str(files("dialogs.language"))) / "data" / "phrases"

PLACEHOLDERS: Mapping[str, str] = {
    "{soort}": "<soort>",
    "{titel}": "<soort>",
    "{datum}": "<datum>",
    "{uur}": "<uur>",
    "{telkens}": "<telkens>",
    "{persoon}": "<persoon>",
    "{organisatie}": "<organisatie>",
}


@dataclass(frozen=True, slots=True)
class LabelledPhrase:
    """A normalised phrase, what it means, and whose it is."""

    intent: Intent
    text: str
    author: str


def phrases() -> tuple[LabelledPhrase, ...]:
    """Every phrase of every author. Raises BrokenLanguageData with the file and what is wrong."""
    found = [one for path in sorted(FOLDER.glob("*.yaml")) for one in _read(path)]
    return tuple(dict.fromkeys(found))


def normal(words: Sequence[str]) -> str:
    """Words, with masks in place of names, as the model sees them."""
    return " ".join(word for word in words if word not in {BREAK, ""})


def _read(path: Path) -> list[LabelledPhrase]:
    try:
        entries = yaml.safe_load(path.read_text("utf-8"))
        return [
            LabelledPhrase(Intent(name), text, path.stem)
            for name, lines in entries.items()
            for line in lines.splitlines()
            if (text := _normalised(line))
        ]
    except (yaml.YAMLError, ValueError, AttributeError) as error:
        raise BrokenLanguageData(f"{path.name}: {error}") from error


def _normalised(phrase: str) -> str:
    marked = {placeholder: f"zz{number}zz" for number, placeholder in enumerate(PLACEHOLDERS)}
    for placeholder, mark in marked.items():
        phrase = phrase.replace(placeholder, f" {mark} ")
    masks = {mark: PLACEHOLDERS[placeholder] for placeholder, mark in marked.items()}
    words = [masks.get(word, word) for word in tokens(fold(strip_markup(phrase)), breaks=True)]
    mask_kinds(words)
    return normal(corrected(words))
