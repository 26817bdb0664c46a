"""Who is writing: by the roster's mail address the first time, by Entra id afterwards, strangers never."""

from collections.abc import Callable

import pytest

from bot.app import running
from bot.settings import Settings
from dialogs.texts import general as texts
from storage.services.house import House
from tests.bot.connector import (
    CHANNEL,
    GROUP,
    JONAS,
    JORIS,
    LOTTE,
    MIRA,
    NELE,
    OTHER_TENANT,
    TEAM,
    Teams,
    User,
)

QUESTION = "waarvoor ben ik ingeschreven?"
ANSWER = "Netwerkdag Samen school maken"
Query = Callable[[str], list[tuple[object, ...]]]


def is_stranger(text: str) -> bool:
    """Whether this is what strangers hear: whom to ask, and nothing else."""
    return text == texts.STRANGER_ASK.format(names="Nele Verhaegen")


async def test_a_person_is_recognised_by_the_mail_address_in_the_roster(teams: Teams) -> None:
    assert ANSWER in (await teams.say(JONAS, JONAS.chat, QUESTION))[0].text
    assert teams.lookups == [(JONAS.chat.conversation, JONAS.id)]


async def test_a_person_once_recognised_is_not_looked_up_again(teams: Teams) -> None:
    await teams.say(JONAS, JONAS.chat, QUESTION)
    teams.lookups.clear()
    assert ANSWER in (await teams.say(JONAS, JONAS.chat, QUESTION))[0].text
    assert teams.lookups == []


async def test_a_recognised_person_is_known_everywhere(teams: Teams) -> None:
    await teams.say(JONAS, JONAS.chat, "dag")
    teams.lookups.clear()
    await teams.say(JONAS, CHANNEL.in_thread("5"), QUESTION)
    await teams.say(JONAS, GROUP, QUESTION)
    assert teams.lookups == []
    assert len([text for text in teams.texts_in(JONAS.chat) if ANSWER in text]) == 2


async def test_the_entra_id_is_kept_with_the_person(teams: Teams, query: Query) -> None:
    await teams.say(JONAS, CHANNEL, "wanneer is de volgende intervisie?")
    assert query(f"SELECT entra_id FROM people WHERE email = '{JONAS.mail}'") == [(JONAS.aad,)]


async def test_a_person_is_still_known_after_a_restart(settings: Settings, teams: Teams) -> None:
    await teams.say(JONAS, JONAS.chat, QUESTION)
    teams.lookups.clear()
    async with running(settings) as restarted:
        teams.bot_url = restarted.url
        assert ANSWER in (await teams.say(JONAS, JONAS.chat, QUESTION))[0].text
    assert teams.lookups == []


async def test_a_person_is_known_by_entra_id_whatever_their_mail_address_became(teams: Teams) -> None:
    await teams.say(JONAS, JONAS.chat, QUESTION)
    married = User("Jonas Anders", "jonas.anders@vuurtoren.example", entra_id=JONAS.aad)
    teams.rosters[married.chat.conversation] = [married]
    assert ANSWER in (await teams.say(married, married.chat, QUESTION))[0].text


@pytest.mark.parametrize(
    "user",
    [
        User("Jonas C.", "Jonas.Claerhout@Vuurtoren.EXAMPLE", entra_id="b0f0c0de-0000-4000-8000-000000000001"),
        User("Jonas C.", "", JONAS.mail, "b0f0c0de-0000-4000-8000-000000000002"),
        User("Jonas C.", "alias@vuurtoren.example", JONAS.mail, "b0f0c0de-0000-4000-8000-000000000003"),
        User("Jonas C.", JONAS.mail, "jc01@vuurtoren.example", "b0f0c0de-0000-4000-8000-000000000004"),
        User("Jonas C.", f" {JONAS.mail} ", "x", "b0f0c0de-0000-4000-8000-000000000005"),
    ],
    ids=["capitals", "only_upn", "upn", "mail", "spaces"],
)
async def test_either_address_of_an_account_tells_who_it_is(teams: Teams, user: User) -> None:
    teams.rosters[user.chat.conversation] = [user]
    assert ANSWER in (await teams.say(user, user.chat, QUESTION))[0].text


@pytest.mark.parametrize(
    ("mail", "upn"),
    [
        ("lotte.segers@clbdesluis.example", "lotte.segers_clbdesluis.example#EXT#@waterland.example"),
        ("", "lotte.segers_clbdesluis.example#EXT#@waterland.example"),
        ("", "Lotte.Segers_CLBdeSluis.example#ext#@waterland.example"),
    ],
)
async def test_a_guest_is_recognised(teams: Teams, mail: str, upn: str) -> None:
    guest = User("Lotte (gast)", mail, upn, "b0f0c0de-0000-4000-8000-000000000006", OTHER_TENANT)
    teams.rosters[guest.chat.conversation] = [guest]
    assert "Stuurgroep Waterland" in (await teams.say(guest, guest.chat, QUESTION))[0].text


async def test_a_guests_underscores_before_the_domain_stay(teams: Teams, query: Query) -> None:
    query("UPDATE people SET email = 'lotte_segers@clbdesluis.example' WHERE name = 'Lotte Segers'")
    guest = User("Lotte", "", "lotte_segers_clbdesluis.example#EXT#@waterland.example", LOTTE.aad)
    teams.rosters[guest.chat.conversation] = [guest]
    assert "Stuurgroep Waterland" in (await teams.say(guest, guest.chat, QUESTION))[0].text


@pytest.mark.parametrize("upn", ["#EXT#@waterland.example", "_#EXT#@x.example", "geen-adres", "_", "@"])
async def test_an_account_without_a_usable_address_is_a_stranger(teams: Teams, upn: str) -> None:
    odd = User("Zonder Adres", "", upn, "b0f0c0de-0000-4000-8000-000000000007")
    teams.rosters[odd.chat.conversation] = [odd]
    assert is_stranger((await teams.say(odd, odd.chat, QUESTION))[0].text)


async def test_an_address_of_somebody_with_another_entra_id_opens_no_door(teams: Teams) -> None:
    await teams.say(NELE, NELE.chat, "dag")
    impostor = User("Nele V.", NELE.mail, entra_id="b0f0c0de-0000-4000-8000-00000000dead")
    teams.rosters[impostor.chat.conversation] = [impostor]
    answers = await teams.say(impostor, impostor.chat, "welke organisaties zijn er?")
    assert [is_stranger(answer.text) for answer in answers] == [True]


async def test_an_impostor_in_the_team_is_no_coordinator(teams: Teams, query: Query) -> None:
    await teams.say(NELE, NELE.chat, "dag")
    impostor = User("Nele V.", NELE.mail, entra_id="b0f0c0de-0000-4000-8000-00000000dead")
    teams.rosters[TEAM].append(impostor)
    await teams.say(impostor, CHANNEL, "welke organisaties zijn er?")
    await teams.say(impostor, CHANNEL, "post hier")
    told = "\n".join(one.text for one in teams.posted)
    assert "Zeilschip" not in told
    assert query("SELECT count(*) FROM places WHERE posts_here") == [(0,)]
    assert query(f"SELECT entra_id FROM people WHERE email = '{NELE.mail}'") == [(NELE.aad,)]


async def test_an_impostor_cannot_introduce_themselves_as_the_one_they_imitate(teams: Teams, query: Query) -> None:
    await teams.say(NELE, NELE.chat, "dag")
    before = query("SELECT id, email, entra_id FROM people ORDER BY id")
    impostor = User("Nele V.", NELE.mail, entra_id="b0f0c0de-0000-4000-8000-00000000dead")
    teams.rosters[TEAM].append(impostor)
    await teams.press(impostor, CHANNEL, {"action": "tell_organisation", "organisation": "1"})
    assert query("SELECT id, email, entra_id FROM people ORDER BY id") == before


async def test_an_account_with_the_addresses_of_two_people_is_neither(teams: Teams, query: Query) -> None:
    both = User("Twee", JONAS.mail, NELE.mail, "b0f0c0de-0000-4000-8000-000000000008")
    teams.rosters[both.chat.conversation] = [both]
    assert is_stranger((await teams.say(both, both.chat, QUESTION))[0].text)
    assert query("SELECT count(*) FROM people WHERE entra_id IS NOT NULL") == [(0,)]


async def test_a_sender_whom_the_roster_gives_another_entra_id_is_a_stranger(teams: Teams) -> None:
    activity = teams.message(JONAS, JONAS.chat, QUESTION)
    activity["from"]["aadObjectId"] = "b0f0c0de-0000-4000-8000-00000000dead"
    assert [is_stranger(one.text) for one in await teams.deliver(activity)] == [True]


async def test_a_sender_without_an_entra_id_is_a_stranger(teams: Teams) -> None:
    activity = teams.message(JONAS, JONAS.chat, QUESTION)
    del activity["from"]["aadObjectId"]
    assert [is_stranger(one.text) for one in await teams.deliver(activity)] == [True]


async def test_capitals_in_an_entra_id_make_no_difference(teams: Teams) -> None:
    await teams.say(JONAS, JONAS.chat, QUESTION)
    activity = teams.message(JONAS, JONAS.chat, QUESTION)
    activity["from"]["aadObjectId"] = JONAS.aad.upper()
    assert ANSWER in (await teams.deliver(activity))[0].text


@pytest.mark.parametrize(
    "text",
    [
        "wanneer is de volgende intervisie?",
        "wie komt er?",
        "wat is het mailadres van Jonas Claerhout?",
        "welke organisaties zijn er?",
        "hoe word ik ambassadeur?",
        "post hier",
        "help",
        "dag",
        "",
    ],
)
async def test_a_stranger_hears_nothing_but_whom_to_ask(teams: Teams, text: str) -> None:
    assert [is_stranger(one.text) for one in await teams.say(JORIS, JORIS.chat, text)] == [True]


async def test_a_stranger_gets_no_card(teams: Teams) -> None:
    assert [one.card for one in await teams.say(JORIS, JORIS.chat, "help")] == [{}]


@pytest.mark.parametrize("where", [GROUP, CHANNEL], ids=["group", "channel"])
async def test_a_stranger_in_company_hears_only_whom_to_ask(teams: Teams, where: object) -> None:
    spot = GROUP if where is GROUP else CHANNEL.in_thread("8")
    assert [is_stranger(one.text) for one in await teams.say(JORIS, spot, "wie komt er?")] == [True]


async def test_a_strangers_buttons_do_nothing(teams: Teams, query: Query) -> None:
    before = query("SELECT count(*) FROM people")
    answers = await teams.press(JORIS, JORIS.chat, {"action": "tell_organisation", "organisation": "1"})
    assert [is_stranger(one.text) for one in answers] == [True]
    assert query("SELECT count(*) FROM people") == before


async def test_without_a_coordinator_a_stranger_is_told_so_much(teams: Teams, query: Query) -> None:
    query("UPDATE people SET role = 'external'")
    assert [one.text for one in await teams.say(JORIS, JORIS.chat, "dag")] == [texts.STRANGER]


@pytest.mark.parametrize("status", [403, 429, 500, 502])
async def test_when_the_roster_cannot_be_read_a_new_face_is_a_stranger(teams: Teams, status: int) -> None:
    teams.roster_status = status
    assert [is_stranger(one.text) for one in await teams.say(JONAS, JONAS.chat, QUESTION)] == [True]


async def test_when_the_roster_can_be_read_again_the_person_is_recognised(teams: Teams) -> None:
    teams.roster_status = 429
    await teams.say(JONAS, JONAS.chat, QUESTION)
    teams.roster_status = 200
    assert ANSWER in (await teams.say(JONAS, JONAS.chat, QUESTION))[0].text


async def test_a_known_person_is_answered_while_the_roster_cannot_be_read(teams: Teams) -> None:
    await teams.say(JONAS, JONAS.chat, QUESTION)
    teams.roster_status = 500
    assert ANSWER in (await teams.say(JONAS, JONAS.chat, QUESTION))[0].text


async def test_two_first_messages_at_once_recognise_the_same_person(teams: Teams, query: Query) -> None:
    await teams.together([teams.message(JONAS, JONAS.chat, QUESTION) for _ in range(5)])
    assert [ANSWER in text for text in teams.texts_in(JONAS.chat)] == [True] * 5
    assert query("SELECT count(*) FROM people WHERE entra_id IS NOT NULL") == [(1,)]


async def test_a_member_of_the_team_is_answered_in_a_personal_chat_too(teams: Teams) -> None:
    await teams.install(NELE, CHANNEL)
    assert "Intervisie huiswerkbegeleiding" in (await teams.say(MIRA, MIRA.chat, "wanneer is de intervisie?"))[0].text


async def test_somebody_who_left_the_team_is_a_stranger_again(teams: Teams) -> None:
    await teams.install(NELE, CHANNEL)
    await teams.say(MIRA, MIRA.chat, "dag")
    teams.rosters[TEAM].remove(MIRA)
    assert is_stranger((await teams.say(MIRA, MIRA.chat, "wanneer is de intervisie?"))[0].text)


async def test_after_the_bot_left_the_team_its_members_are_strangers(teams: Teams) -> None:
    await teams.install(NELE, CHANNEL)
    await teams.install(NELE, CHANNEL, "remove")
    assert is_stranger((await teams.say(MIRA, MIRA.chat, "wanneer is de intervisie?"))[0].text)


async def test_a_person_of_the_network_needs_no_team(teams: Teams) -> None:
    teams.rosters[TEAM].clear()
    assert ANSWER in (await teams.say(JONAS, JONAS.chat, QUESTION))[0].text


async def test_a_recognised_person_is_the_one_in_storage(teams: Teams, bot_house: House) -> None:
    await teams.say(NELE, NELE.chat, "dag")
    visit = await bot_house.visitors.visit(NELE.aad, NELE.chat.id)
    assert visit.person is not None
    assert (visit.person.email, visit.person.role.value) == (NELE.mail, "coordinator")
