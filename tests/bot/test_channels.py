"""In company: only when spoken to, in the thread; one welcome a place; one channel to post in."""

from collections.abc import Callable

import pytest

from bot.app import running
from bot.settings import Settings
from bot.teams.standin import BOT_ID
from dialogs.conversations.channels import welcome
from dialogs.texts import general as texts
from dialogs.texts.refusals import SENTENCES
from storage.domain.places import PlaceKind
from storage.domain.refusals import NotCoordinator, NotInChannel
from storage.services.house import House
from tests.bot.connector import CHANNEL, GENERAL, GROUP, JONAS, MIRA, NELE, TEAM, Json, Spot, Teams

QUESTION = "wanneer is de volgende intervisie?"
ANSWER = "Intervisie huiswerkbegeleiding"
OTHER_CHANNEL = Spot("19:varia@thread.tacv2", "channel", TEAM)
OTHER_TEAM = Spot("19:ander-team@thread.tacv2", "channel", "19:ander-team@thread.tacv2")
Query = Callable[[str], list[tuple[object, ...]]]


@pytest.mark.parametrize("where", [GROUP, CHANNEL, CHANNEL.in_thread("1"), GENERAL])
async def test_a_message_in_company_without_a_mention_is_ignored(teams: Teams, where: Spot) -> None:
    assert await teams.say(JONAS, where, QUESTION, mention=False) == []
    assert teams.lookups == []


@pytest.mark.parametrize("where", [GROUP, CHANNEL, CHANNEL.in_thread("1"), GENERAL])
async def test_a_message_in_company_with_a_mention_is_answered(teams: Teams, where: Spot) -> None:
    teams.rosters[GENERAL.conversation] = [JONAS]
    assert [ANSWER in one.text for one in await teams.say(JONAS, where, QUESTION)] == [True]


async def test_a_mention_of_somebody_else_is_no_mention_of_the_bot(teams: Teams) -> None:
    activity = teams.message(JONAS, CHANNEL, QUESTION)
    activity["entities"] = [{"type": "mention", "mentioned": {"id": NELE.id}, "text": "<at>Nele</at>"}]
    assert await teams.deliver(activity) == []


async def test_the_bots_name_in_plain_text_is_no_mention(teams: Teams) -> None:
    assert await teams.say(JONAS, CHANNEL, f"Ambassadeursbot, {QUESTION}", mention=False) == []


async def test_a_mention_beside_others_counts(teams: Teams) -> None:
    activity = teams.message(JONAS, CHANNEL, QUESTION)
    other = {"type": "mention", "mentioned": {"id": NELE.id}, "text": "<at>Nele</at>"}
    activity["entities"] = [{"type": "clientInfo"}, other, *activity["entities"]]
    assert [ANSWER in one.text for one in await teams.deliver(activity)] == [True]


@pytest.mark.parametrize("text", ["", " ", "\n", "&nbsp;"])
async def test_only_a_mention_is_answered_with_help(teams: Teams, text: str) -> None:
    assert [one.text[:40] for one in await teams.say(JONAS, CHANNEL, text)] == [texts.HELP[:40]]


async def test_an_answer_in_a_channel_goes_into_the_thread(teams: Teams) -> None:
    activity = teams.message(JONAS, CHANNEL.in_thread("1700000000123"), QUESTION)
    told = (await teams.deliver(activity))[0]
    assert told.conversation == "19:bijeenkomsten@thread.tacv2;messageid=1700000000123"
    assert told.reply_path == activity["id"]
    assert told.activity["replyToId"] == activity["id"]
    assert told.activity["conversation"] == {"id": told.conversation}
    assert told.activity["from"] == {"id": BOT_ID}
    assert told.activity["recipient"]["id"] == JONAS.id


@pytest.mark.parametrize("id_", ["a b", "a/b", "1:2;3", "ž", "a%2Fb", "1700?x=#y"])
async def test_odd_signs_in_ids_reach_the_connector_as_they_are(teams: Teams, id_: str) -> None:
    spot = Spot(f"19:{id_}@thread.v2", "groupChat")
    teams.rosters[spot.conversation.split(";", 1)[0]] = [JONAS]
    told = await teams.deliver({**teams.message(JONAS, spot, QUESTION), "id": id_})
    assert [(one.conversation, one.reply_path) for one in told] == [(spot.id, id_)]


async def test_the_roster_is_asked_for_the_channel_and_not_for_the_thread(teams: Teams) -> None:
    await teams.say(JONAS, CHANNEL.in_thread("9"), QUESTION)
    assert teams.lookups == [(CHANNEL.conversation, JONAS.id)]


@pytest.mark.parametrize(
    ("where", "kind"),
    [(JONAS.chat, PlaceKind.PERSONAL), (GROUP, PlaceKind.GROUP), (CHANNEL, PlaceKind.TEAM)],
    ids=["personal", "group", "team"],
)
async def test_an_installation_is_greeted(teams: Teams, where: Spot, kind: PlaceKind) -> None:
    told = await teams.install(JONAS, where)
    assert [(one.conversation, one.text) for one in told] == [(where.id, welcome(kind).text)]


PLACES = {"personal": JONAS.chat, "group": GROUP, "team": CHANNEL}


@pytest.mark.parametrize("where", PLACES.values(), ids=PLACES.keys())
async def test_both_activities_of_one_installation_make_one_welcome(teams: Teams, where: Spot) -> None:
    await teams.deliver(teams.installation(JONAS, where))
    await teams.deliver(teams.membership(JONAS, where))
    assert len(teams.posted) == 1


@pytest.mark.parametrize("where", PLACES.values(), ids=PLACES.keys())
async def test_the_activities_of_one_installation_at_once_make_one_welcome(teams: Teams, where: Spot) -> None:
    both: list[Json] = [teams.installation(JONAS, where), teams.membership(JONAS, where)]
    assert len(await teams.together([*both, *both, *both])) == 1


async def test_installations_from_several_channels_of_a_team_make_one_welcome(teams: Teams) -> None:
    channels = [GENERAL, CHANNEL, OTHER_CHANNEL]
    installed = [make(NELE, spot) for spot in channels for make in (teams.installation, teams.membership)]
    assert len(await teams.together(installed)) == 1


async def test_two_teams_are_each_greeted(teams: Teams) -> None:
    told = [*await teams.install(NELE, CHANNEL), *await teams.install(NELE, OTHER_TEAM)]
    assert [one.conversation for one in told] == [CHANNEL.id, OTHER_TEAM.id]


async def test_two_people_are_each_greeted(teams: Teams) -> None:
    told = await teams.together([teams.installation(user, user.chat) for user in (JONAS, NELE)])
    assert {one.conversation for one in told} == {JONAS.chat.id, NELE.chat.id}


async def test_a_welcome_is_not_repeated_after_a_restart(settings: Settings, teams: Teams) -> None:
    await teams.install(JONAS, JONAS.chat)
    async with running(settings) as restarted:
        teams.bot_url = restarted.url
        assert await teams.install(JONAS, JONAS.chat) == []


@pytest.mark.parametrize("action", ["add-upgrade", "add"])
async def test_an_upgrade_is_not_greeted(teams: Teams, action: str) -> None:
    await teams.install(JONAS, JONAS.chat)
    assert await teams.install(JONAS, JONAS.chat, action) == []


async def test_a_question_before_the_installation_does_not_take_the_welcome_away(teams: Teams) -> None:
    await teams.say(JONAS, JONAS.chat, QUESTION)
    assert len(await teams.install(JONAS, JONAS.chat)) == 1


@pytest.mark.parametrize("action", ["remove", "remove-upgrade"])
@pytest.mark.parametrize("where", PLACES.values(), ids=PLACES.keys())
async def test_a_removal_is_taken_in_silence(teams: Teams, where: Spot, action: str) -> None:
    await teams.install(NELE, where)
    assert await teams.install(NELE, where, action) == []


@pytest.mark.parametrize("where", PLACES.values(), ids=PLACES.keys())
async def test_a_return_is_greeted_again_once(teams: Teams, where: Spot) -> None:
    await teams.install(NELE, where)
    await teams.install(NELE, where, "remove")
    assert len(await teams.together([teams.installation(NELE, where), teams.membership(NELE, where)])) == 1


async def test_an_upgrade_is_no_removal(teams: Teams, bot_house: House) -> None:
    await teams.install(NELE, CHANNEL)
    await teams.say(NELE, CHANNEL, "post hier")
    chosen = await bot_house.places.posting()
    assert await teams.install(NELE, CHANNEL, "remove-upgrade") == []
    assert await teams.install(NELE, CHANNEL, "add-upgrade") == []
    assert chosen is not None
    assert await bot_house.places.posting() == chosen


async def test_removal_by_membership_is_understood(teams: Teams, bot_house: House) -> None:
    await teams.install(NELE, CHANNEL)
    await teams.deliver(teams.membership(NELE, CHANNEL, "membersRemoved"))
    assert list(await bot_house.places.teams()) == []


async def test_a_removal_from_where_the_bot_never_was_is_taken_in_silence(teams: Teams) -> None:
    assert await teams.install(NELE, OTHER_TEAM, "remove") == []


async def test_somebody_else_who_joins_or_leaves_is_not_the_bot(teams: Teams, bot_house: House) -> None:
    await teams.install(NELE, CHANNEL)
    teams.posted.clear()
    for change in ("membersAdded", "membersRemoved"):
        activity = {**teams.activity(NELE, CHANNEL, "conversationUpdate"), change: [{"id": JONAS.id}]}
        assert await teams.deliver(activity) == []
    assert [place.conversation_id for place in await bot_house.places.teams()] == [TEAM]


async def test_a_welcome_that_cannot_be_said_does_not_bring_the_bot_down(teams: Teams) -> None:
    teams.mute.add(GROUP.conversation)
    assert await teams.install(NELE, GROUP) == []
    teams.mute.clear()
    assert [ANSWER in one.text for one in await teams.say(JONAS, GROUP, QUESTION)] == [True]


async def test_the_coordinator_chooses_the_channel_to_post_in(teams: Teams, bot_house: House) -> None:
    told = await teams.say(NELE, CHANNEL.in_thread("2"), "post hier")
    assert [one.text for one in told] == [texts.POSTING_HERE]
    posting = await bot_house.places.posting()
    assert posting is not None
    assert (posting.conversation_id, posting.team_id) == (CHANNEL.conversation, TEAM)


async def test_the_last_choice_of_a_channel_counts(teams: Teams, bot_house: House) -> None:
    teams.rosters[OTHER_CHANNEL.conversation] = [NELE]
    await teams.say(NELE, CHANNEL, "post hier")
    await teams.say(NELE, OTHER_CHANNEL, "post hier")
    posting = await bot_house.places.posting()
    assert posting is not None
    assert posting.conversation_id == OTHER_CHANNEL.conversation


@pytest.mark.parametrize("who", [JONAS, MIRA], ids=["ambassador", "unknown"])
async def test_only_the_coordinator_chooses_the_channel(teams: Teams, bot_house: House, who: object) -> None:
    told = await teams.say(JONAS if who is JONAS else MIRA, CHANNEL, "post hier")
    assert told[0].text == SENTENCES[NotCoordinator]
    assert await bot_house.places.posting() is None


@pytest.mark.parametrize("where", [NELE.chat, GROUP], ids=["personal", "group"])
async def test_posting_is_chosen_in_a_channel_only(teams: Teams, bot_house: House, where: Spot) -> None:
    assert [one.text for one in await teams.say(NELE, where, "post hier")] == [SENTENCES[NotInChannel]]
    assert await bot_house.places.posting() is None


async def test_when_the_bot_leaves_the_team_it_posts_nowhere(teams: Teams, bot_house: House) -> None:
    await teams.install(NELE, CHANNEL)
    await teams.say(NELE, CHANNEL, "post hier")
    await teams.install(NELE, CHANNEL, "remove")
    assert await bot_house.places.posting() is None


async def test_choosing_the_general_channel_leaves_the_team_known(teams: Teams, bot_house: House) -> None:
    # A team's General channel has the id of the team itself.
    await teams.install(NELE, GENERAL)
    await teams.say(NELE, GENERAL, "post hier")
    assert [place.conversation_id for place in await bot_house.places.teams()] == [TEAM]
    posting = await bot_house.places.posting()
    assert posting is not None
    assert posting.conversation_id == TEAM


async def test_members_stay_members_after_the_general_channel_was_chosen(teams: Teams) -> None:
    await teams.install(NELE, GENERAL)
    await teams.say(NELE, GENERAL, "post hier")
    assert ANSWER in (await teams.say(MIRA, MIRA.chat, QUESTION))[0].text


async def test_who_comes_names_no_organisation_of_the_round_in_company(teams: Teams, query: Query) -> None:
    query(
        "INSERT INTO registrations (meeting_id, person_id, status, created_at) SELECT m.id, p.id, 'registered', "
        "'2026-11-01 10:00:00' FROM meetings m, people p WHERE m.title LIKE '%huiswerk%' AND p.name = 'Bert Neyrinck'"
    )
    await teams.say(NELE, CHANNEL, "wie komt er naar de volgende intervisie?")
    told = teams.texts_in(CHANNEL)[-1]
    assert "Bert Neyrinck" in told
    assert "Boei" not in told
