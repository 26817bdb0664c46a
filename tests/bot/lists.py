"""A meeting's list as the tests about registrations see it, and people to fill it with."""

from collections.abc import Callable, Sequence

from tests.bot.connector import JONAS, KATRIEN, LOTTE, NELE, SAMIRA, TEAM, WOUT, Posted, Teams, User

Query = Callable[[str], list[tuple[object, ...]]]

EMRE = User("Emre Kaya", "emre.kaya@hetanker.example")
TUUR = User("Tuur Dhondt", "tuur.dhondt@debranding.example")

EVERYBODY = (NELE, JONAS, SAMIRA, WOUT, KATRIEN, LOTTE, EMRE, TUUR)

HOMEWORK = "intervisie-huiswerk"
"""On 3 December: Jonas, Samira, Emre, Tuur (for Wout) and Lotte are registered."""
MOTIVATION = "intervisie-motivatie"
"""On 4 February: nobody is registered."""


async def everybody(teams: Teams) -> Teams:
    """The same Teams, in which the bot has met everybody in their personal chat."""
    teams.rosters[TEAM] = [*teams.rosters[TEAM], EMRE, TUUR]
    teams.rosters |= {user.chat.conversation: [user] for user in (EMRE, TUUR)}
    for user in EVERYBODY:
        await teams.say(user, user.chat, "dag")
    return teams.quiet()


def meeting_id(query: Query, key: str) -> int:
    """The id of a meeting of the demo network."""
    return int(str(query(f"SELECT id FROM meetings WHERE key = '{key}'")[0][0]))


def person_id(query: Query, who: User) -> int:
    """The id of somebody of the demo network."""
    return int(str(query(f"SELECT id FROM people WHERE email = '{who.mail}'")[0][0]))


def status(query: Query, who: User, key: str = HOMEWORK) -> object:
    """Where somebody stands; None when they never said anything."""
    found = query(
        "SELECT r.status FROM registrations r JOIN people p ON p.id = r.person_id JOIN meetings m "
        f"ON m.id = r.meeting_id WHERE p.email = '{who.mail}' AND m.key = '{key}'"
    )
    return found[0][0] if found else None


def snapshot(query: Query) -> Sequence[tuple[object, ...]]:
    """All registrations and seats, to see that nothing changed."""
    return [
        *query("SELECT meeting_id, person_id, status, replaced_by_id, reason FROM registrations ORDER BY id"),
        *query("SELECT id, capacity, closed_at, per_organisation FROM meetings ORDER BY id"),
        *query("SELECT count(*) FROM people"),
    ]


def seats(query: Query, number: int, key: str = HOMEWORK) -> None:
    """Give a meeting so many seats."""
    query(f"UPDATE meetings SET capacity = {number} WHERE key = '{key}'")


def buttons(posted: Posted) -> list[str]:
    """The titles of the buttons under a message."""
    return [action["title"] for action in posted.card.get("actions", [])]


async def says(teams: Teams, who: User, text: str) -> str:
    """What somebody hears who says this in their personal chat."""
    return "\n\n".join(one.text for one in await teams.say(who, who.chat, text) if one.conversation in _chat(who))


async def hears(teams: Teams, who: User, text: str) -> Posted:
    """The same as a message with its card."""
    return [one for one in await teams.say(who, who.chat, text) if one.conversation in _chat(who)][-1]


async def presses(teams: Teams, who: User, card: Posted, title: str, **typed: str) -> Posted:
    """What somebody hears who presses a button on a card, with what they typed on it."""
    told = await teams.press(who, who.chat, {**card.button(title), **typed})
    return [one for one in told if one.conversation in _chat(who)][-1]


def _chat(who: User) -> tuple[str, ...]:
    return (who.chat.conversation,)
