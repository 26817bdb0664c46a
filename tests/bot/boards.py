"""Points on the board of the demo network, as the tests see them, and every button of a card."""

from collections.abc import Iterator

from tests.bot.connector import JONAS, KATRIEN, NELE, Json, Posted, Teams, User
from tests.bot.lists import HOMEWORK, Query, meeting_id, person_id

WELCOME, THEME, CASE, RULES, VARIA = (
    "Verwelkoming en goedkeuring vorig verslag",
    "Huiswerk zonder strijd",
    "Casus huiswerk in een leefgroep van twaalf",
    "Afspraken met het CLB",
    "Varia",
)
PAUSES, PLAYGROUND, PARENTS = "Pauzes", "Speelplaats", "Oudercontact"
BOARD = "toon het agendabord"


def put(query: Query, title: str, who: User, key: str | None = HOMEWORK, **more: object) -> int:
    """Have something proposed; its id."""
    meeting = meeting_id(query, key) if key else "NULL"
    columns = {
        "meeting_id": meeting,
        "position": 0,
        "title": f"'{title}'",
        "state": "'proposed'",
        "proposer_id": person_id(query, who),
        "proposed_at": "'2026-11-20 10:00:00'",
        "carried": 0,
        "recurring": 0,
        **more,
    }
    names, values = ", ".join(columns), ", ".join(str(one) for one in columns.values())
    query(f"INSERT INTO agenda_points ({names}) VALUES ({values})")
    return int(str(query("SELECT max(id) FROM agenda_points")[0][0]))


def three(query: Query) -> tuple[int, int, int]:
    """Points 6, 7 and 8 of the next intervisie: of Katrien, of Jonas and of Nele herself."""
    return put(query, PAUSES, KATRIEN), put(query, PLAYGROUND, JONAS), put(query, PARENTS, NELE)


def state(query: Query, point: int) -> object:
    """Where a point stands."""
    return query(f"SELECT state FROM agenda_points WHERE id = {point}")[0][0]


def agenda(query: Query, key: str = HOMEWORK) -> list[object]:
    """The titles on the agenda of a meeting."""
    found = query(
        f"SELECT title FROM agenda_points WHERE meeting_id = {meeting_id(query, key)} AND state = 'accepted' "
        "ORDER BY position, id"
    )
    return [title for (title,) in found]


def everything(query: Query) -> list[tuple[object, ...]]:
    """All points, comments and supports, to see that nothing changed."""
    return [
        *query("SELECT * FROM agenda_points ORDER BY id"),
        *query("SELECT * FROM agenda_comments ORDER BY id"),
        *query("SELECT * FROM agenda_supports ORDER BY point_id, person_id"),
    ]


def told(query: Query) -> list[object]:
    """The kinds of notices that were planned."""
    return [kind for (kind,) in query("SELECT kind FROM notices ORDER BY id")]


def actions(card: Json) -> Iterator[Json]:
    """Every button of a card, those within rows and on cards that unfold as well."""
    for action in card.get("actions", []):
        yield action
        yield from actions(action.get("card", {}))
    for element in card.get("body", []):
        yield from actions(element)
        for column in element.get("columns", []):
            yield from actions({"body": column["items"]})


def button(card: Posted, title: str, number: int = 0) -> Json:
    """The data of a button with this title."""
    return dict([one["data"] for one in actions(card.card) if one.get("title") == title and "data" in one][number])


def titles(card: Posted) -> list[str]:
    """The titles of all buttons, those on cards that unfold as well."""
    return [one["title"] for one in actions(card.card)]


async def presses(teams: Teams, who: User, card: Posted, title: str, number: int = 0, **typed: object) -> Posted:
    """What somebody hears who presses a button, with what they typed beside it."""
    return await sends(teams, who, {**button(card, title, number), **typed})


async def sends(teams: Teams, who: User, data: Json) -> Posted:
    """What somebody hears who presses a button with this data."""
    answers = await teams.press(who, who.chat, data)
    return [one for one in answers if one.conversation == who.chat.conversation][-1]
