"""What is told in person only, and never where others read along."""

import pytest

from dialogs.texts import general as texts
from tests.bot.connector import (
    CHANNEL,
    GENERAL,
    GROUP,
    JONAS,
    JORIS,
    KATRIEN,
    LOTTE,
    MIRA,
    NELE,
    SAMIRA,
    WOUT,
    Spot,
    Teams,
    User,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

PRIVATE = {
    "own_standing": (JONAS, "ben ik ingeschreven voor de volgende intervisie?", "Je bent ingeschreven"),
    "own_replacement": (WOUT, "ben ik ingeschreven voor de volgende intervisie?", "Tuur Dhondt"),
    "own_meetings": (JONAS, "waarvoor ben ik ingeschreven?", "Netwerkdag Samen school maken"),
    "mail": (JONAS, "wat is het mailadres van Samira Bensaïd?", "samira.bensaid@hetanker.example"),
    "excused": (JONAS, "wie is er verontschuldigd voor de volgende intervisie?", "Griet Maes"),
    "closed_agenda": (KATRIEN, "wat staat er op de agenda van de stuurgroep?", "Begroting"),
    "organisations_of_the_round": (NELE, "welke organisaties zijn er?", "Basisschool Het Zeilschip"),
    "contact_of_waiting": (NELE, "wie is de contactpersoon van Centrum De Boei?", "Bert Neyrinck"),
    "organisation_of_waiting": (NELE, "bij welke organisatie hoort Bert Neyrinck?", "Centrum De Boei"),
}
COMPANY = {"channel": CHANNEL, "thread": CHANNEL.in_thread("1700000000001"), "general": GENERAL, "group": GROUP}


@pytest.fixture
def teams(shared_teams: Teams) -> Teams:
    """The Teams of this module, with nothing said yet."""
    return shared_teams.quiet()


@pytest.mark.parametrize(("who", "question", "secret"), PRIVATE.values(), ids=PRIVATE.keys())
async def test_in_a_personal_chat_it_is_told_there(teams: Teams, who: User, question: str, secret: str) -> None:
    told = await teams.say(who, who.chat, question)
    assert [one.conversation for one in told] == [who.chat.id]
    assert secret in told[0].text


@pytest.mark.parametrize("where", COMPANY.values(), ids=COMPANY.keys())
@pytest.mark.parametrize(("who", "question", "secret"), PRIVATE.values(), ids=PRIVATE.keys())
async def test_asked_in_company_it_is_told_in_person(
    teams: Teams, who: User, question: str, secret: str, where: Spot
) -> None:
    told = await teams.say(who, where, question)
    assert [one.text for one in told if one.conversation == where.id] == [texts.ANSWERED_PRIVATELY]
    assert [secret in one.text for one in told if one.conversation == who.chat.id] == [True]
    assert len(told) == 2


@pytest.mark.parametrize("where", [CHANNEL.in_thread("1700000000001"), GROUP], ids=["channel", "group"])
@pytest.mark.parametrize(("who", "question", "secret"), PRIVATE.values(), ids=PRIVATE.keys())
async def test_when_the_person_cannot_be_reached_it_is_told_nowhere(
    teams: Teams, who: User, question: str, secret: str, where: Spot
) -> None:
    teams.closed.add(who.id)
    told = await teams.say(who, where, question)
    assert [(one.conversation, one.text, one.card) for one in told] == [(where.id, texts.UNREACHABLE, {})]
    assert secret not in str(told[0].activity)


async def test_a_personal_chat_that_takes_no_messages_counts_as_unreachable(teams: Teams) -> None:
    teams.mute.add(JONAS.chat.conversation)
    told = await teams.say(JONAS, CHANNEL, "waarvoor ben ik ingeschreven?")
    assert [one.text for one in told] == [texts.UNREACHABLE]


async def test_a_conversation_of_a_kind_that_nobody_knows_counts_as_company(teams: Teams) -> None:
    activity = teams.message(JONAS, JONAS.chat, "waarvoor ben ik ingeschreven?", mention=True)
    activity["conversation"] = {"id": "19:nieuw@thread.v2", "conversationType": "zaal", "isGroup": True}
    teams.rosters["19:nieuw@thread.v2"] = [JONAS]
    told = await teams.deliver(activity)
    assert [one.text for one in told if one.conversation != JONAS.chat.id] == [texts.ANSWERED_PRIVATELY]


async def test_a_group_without_a_kind_counts_as_company(teams: Teams) -> None:
    activity = teams.message(JONAS, GROUP, "waarvoor ben ik ingeschreven?")
    del activity["conversation"]["conversationType"]
    told = await teams.deliver(activity)
    assert [one.text for one in told if one.conversation == GROUP.id] == [texts.ANSWERED_PRIVATELY]


@pytest.mark.parametrize("who", [JONAS, SAMIRA, WOUT, MIRA], ids=["ambassador", "another", "excused", "unknown"])
@pytest.mark.parametrize("where", ["own", "group", "channel"])
async def test_a_closed_agenda_is_not_for_others(teams: Teams, who: User, where: str) -> None:
    await teams.install(NELE, CHANNEL)
    spot = {"own": who.chat, "group": GROUP, "channel": CHANNEL}[where]
    await teams.say(who, spot, "wat staat er op de agenda van de stuurgroep?")
    await teams.say(who, spot, "en welke casussen?")
    assert all("Begroting" not in one.text and "ronde" not in one.text for one in teams.posted)


async def test_a_closed_agenda_is_not_in_the_card_of_its_meeting(teams: Teams) -> None:
    told = await teams.say(JONAS, JONAS.chat, "wanneer is de stuurgroep?")
    assert "Agenda" not in [action["title"] for action in told[0].card["actions"]]


async def test_the_card_in_a_channel_does_not_carry_a_closed_agenda_either(teams: Teams) -> None:
    told = await teams.say(LOTTE, CHANNEL, "wanneer is de stuurgroep?")
    assert "Begroting" not in str(told[0].activity)


CONFIDENTIAL = [
    "wie is de contactpersoon van Basisschool Het Zeilschip?",
    "wie is de contactpersoon van Centrum De Boei?",
    "bij welke organisatie hoort Bert Neyrinck?",
    "welke organisaties zijn er?",
    "welke scholen zijn er in verkenning?",
    "is Het Zeilschip lid van het netwerk?",
]


@pytest.mark.parametrize("question", CONFIDENTIAL)
@pytest.mark.parametrize("who", [JONAS, LOTTE, MIRA, JORIS], ids=["ambassador", "external", "unknown", "stranger"])
async def test_organisations_of_the_round_are_not_told_to_others(teams: Teams, who: User, question: str) -> None:
    await teams.install(NELE, CHANNEL)
    for where in (who.chat, GROUP, CHANNEL):
        await teams.say(who, where, question)
    # The button that passes the question on holds what they wrote themselves.
    told = "\n".join(str(one.activity).replace(question, "") for one in teams.posted)
    assert "Zeilschip" not in told
    assert "Boei" not in told


@pytest.mark.parametrize("question", CONFIDENTIAL)
async def test_organisations_of_the_round_are_never_named_in_company(teams: Teams, question: str) -> None:
    for where in (GROUP, CHANNEL, GENERAL):
        await teams.say(NELE, where, question)
    told = "\n".join(str(one.activity) for one in teams.posted if one.conversation != NELE.chat.id)
    assert "Zeilschip" not in told
    assert "Boei" not in told


async def test_what_the_coordinator_asked_in_a_group_opens_nothing_for_who_asks_next(teams: Teams) -> None:
    await teams.say(NELE, GROUP, "wie is de contactpersoon van Centrum De Boei?")
    await teams.say(JONAS, GROUP, "en van welke organisatie?")
    await teams.say(JONAS, GROUP, "wie is de contactpersoon daar?")
    told = "\n".join(str(one.activity) for one in teams.posted if one.conversation != NELE.chat.id)
    assert "Boei" not in told


async def test_the_coordinators_mail_address_is_not_told_in_company(teams: Teams) -> None:
    assert NELE.mail in (await teams.say(JONAS, JONAS.chat, "wie is de coördinator?"))[0].text
    assert NELE.mail not in (await teams.say(JONAS, CHANNEL, "wie is de coördinator?"))[0].text


async def test_a_private_answer_is_addressed_to_the_one_who_asked(teams: Teams) -> None:
    await teams.say(JONAS, CHANNEL, "waarvoor ben ik ingeschreven?")
    await teams.say(SAMIRA, CHANNEL, "waarvoor ben ik ingeschreven?")
    assert [len(teams.texts_in(user.chat)) for user in (JONAS, SAMIRA, KATRIEN)] == [1, 1, 0]


async def test_private_questions_at_once_each_reach_their_own_asker(teams: Teams) -> None:
    asked = {JONAS: "Je bent ingeschreven", KATRIEN: "niet ingeschreven", WOUT: "Tuur Dhondt"}
    question = "ben ik ingeschreven voor de volgende intervisie?"
    await teams.together([teams.message(user, CHANNEL, question) for user in asked for _ in range(3)])
    for user, secret in asked.items():
        assert [secret in text for text in teams.texts_in(user.chat)] == [True] * 3
    assert teams.texts_in(CHANNEL) == [texts.ANSWERED_PRIVATELY] * 9
