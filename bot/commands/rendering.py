"""An activity in the terminal: markdown as text, a card as a panel, its buttons numbered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.panel import Panel
from rich.table import Table
from rich.text import Text


@dataclass(frozen=True, slots=True)
class Button:
    """A button that can be chosen: its data, or the address it opens."""

    title: str
    data: dict[str, Any] | None = None
    url: str | None = None


def show(console: Console, who: str, activity: dict[str, Any], first_number: int) -> list[Button]:
    """Print an activity; its buttons, numbered from `first_number`."""
    if activity.get("text"):
        console.print(f"[bold cyan]{who}[/]")
        console.print(Markdown(str(activity["text"])))
    buttons: list[Button] = []
    for attachment in activity.get("attachments") or ():
        card = attachment.get("content") or {}
        if "body" not in card and "actions" not in card:
            console.print(Text(f"📎 {attachment.get('name') or ''}", style="cyan"))
            continue
        found = list(_buttons(card))
        numbers = range(first_number + len(buttons), first_number + len(buttons) + len(found))
        console.print(_panel(card, found, numbers))
        buttons.extend(found)
    return buttons


def _panel(card: dict[str, Any], buttons: Sequence[Button], numbers: range) -> RenderableType:
    parts = [part for element in _flat(card.get("body") or ()) if (part := _element(element)) is not None]
    for number, button in zip(numbers, buttons, strict=True):
        where = f" → {button.url}" if button.url else ""
        parts.append(Text.assemble((f"[{number}] ", "bold yellow"), button.title, (where, "dim")))
    return Panel(Group(*parts), border_style="cyan", expand=False)


def _flat(elements: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What stands on a card, also within its containers and columns."""
    for element in elements:
        within = [*(element.get("items") or ()), *(element.get("columns") or ())]
        yield from _flat(within) if within else (element,)


def _element(element: dict[str, Any]) -> RenderableType | None:
    match element.get("type"):
        case "TextBlock":
            return Markdown(f"**{element['text']}**" if element.get("weight") == "Bolder" else str(element["text"]))
        case "FactSet":
            table = Table.grid(padding=(0, 2))
            for fact in element["facts"]:
                table.add_row(Text(fact["title"], style="bold"), Markdown(fact["value"]))
            return table
        case str(kind) if kind.startswith("Input."):
            value = f": {_shown(element)}" if element.get("value") else ""
            return Text.assemble((str(element.get("label") or element.get("title") or ""), "bold"), value)
        case _:
            return None


def _shown(element: dict[str, Any]) -> str:
    """The value of an input as one reads it."""
    chosen = str(element["value"]).split(",")
    titles = [choice["title"] for choice in element.get("choices") or () if choice["value"] in chosen]
    return ", ".join(titles) or f"{element['value']}".removesuffix(".0")


def _inputs(elements: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (element for element in _flat(elements) if str(element.get("type", "")).startswith("Input."))


def _buttons(card: dict[str, Any]) -> Iterator[Button]:
    inputs = list(_inputs(card.get("body") or ()))
    lists = [element for element in inputs if element["type"] == "Input.ChoiceSet"] if len(inputs) == 1 else []
    typed = {element["id"]: element["value"] for element in inputs if element.get("value") is not None}
    within = [one for element in _flat(card.get("body") or ()) for one in element.get("actions") or ()]
    for action in (*within, *(card.get("actions") or ())):
        if action.get("type") in {"Action.ToggleVisibility", "Action.ShowCard"}:
            continue
        data = dict(action.get("data") or {})
        if action.get("type") == "Action.OpenUrl":
            yield Button(action["title"], url=action["url"])
        elif lists:
            # In a terminal a list and its button are one step: each choice is a button.
            for choice in lists[0]["choices"]:
                yield Button(choice["title"], {**data, lists[0]["id"]: choice["value"]})
        else:
            # A form can't be filled in here: its button sends what stands in it.
            yield Button(action["title"], {**data, **typed})
