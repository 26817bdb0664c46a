"""What somebody hears when they ask what is kept of them."""

from dialogs.texts import general as texts
from storage.domain.agenda import NewPoint
from storage.domain.people import Viewer
from storage.domain.polls import NewOption, NewPoll, PollKind
from storage.domain.reports import LineKind, NewLine
from storage.services.house import House
from tests.bot.connector import GROUP, JONAS, NELE, Teams
from tests.bot.lists import Query
from tests.bot.reports import DECISION, TASK, held, posted
from tests.conftest import NOW
from tests.storage.support import viewer

ASKED = "wat weet je van mij?"


async def test_what_they_brought_to_agendas_is_told_and_to_themselves_only(teams: Teams, bot_house: House) -> None:
    (before,) = await teams.say(JONAS, JONAS.chat, ASKED)
    assert JONAS.mail in before.text
    assert "agenda" not in before.text
    jonas = await bot_house.people.by_email(JONAS.mail)
    for title in ("Huiswerk", "Spijbelen"):
        await bot_house.points.propose(NewPoint(title), Viewer(jonas, member=True), NOW)
    await bot_house.points.keep_draft("point", {"title": "Verlof"}, Viewer(jonas, member=True), NOW)
    told = await teams.say(JONAS, GROUP, ASKED)
    assert [one.text for one in told if one.conversation == GROUP.id] == [texts.ANSWERED_PRIVATELY]
    (own,) = [one.text for one in told if one.conversation == JONAS.chat.id]
    wanted = "bewaar ik 2 agendapunten die je voorstelde en 1 punt dat je nog aan het invullen bent."
    assert wanted in own


async def test_what_they_noted_and_have_to_do_is_told(teams: Teams, bot_house: House, query: Query) -> None:
    number = await held(bot_house, query)
    nele = await viewer(bot_house, NELE.mail)
    for new in (NewLine(LineKind.DECISION, DECISION), NewLine(LineKind.ACTION, TASK, owner=NELE.name)):
        await bot_house.reports.note(new, number, nele, NOW)
    await posted(bot_house, number)
    (told,) = await teams.say(NELE, NELE.chat, ASKED)
    assert "Van verslagen en acties bewaar ik 2 notities van jou en 1 actie op jouw naam." in told.text


async def test_what_they_voted_by_name_is_told_and_nothing_of_anonymous_votes(teams: Teams, bot_house: House) -> None:
    jonas = await viewer(bot_house, JONAS.mail)
    bot_house.polls.keep_key(b"0123456789abcdef0123456789abcdef")
    for anonymous in (False, True):
        options = (NewOption("NAFT"), NewOption("internaten"))
        new = NewPoll(PollKind.SINGLE, "Welk thema?", options, anonymous, conversation_id=GROUP.id)
        poll = await bot_house.polls.create(new, jonas, NOW)
        await bot_house.polls.vote(poll.id, {poll.options[0].id: 1}, jonas, NOW, GROUP.id)
    (told,) = await teams.say(JONAS, JONAS.chat, ASKED)
    assert "Van peilingen bewaar ik 2 peilingen die je startte en 1 stem op jouw naam." in told.text
    assert "nooit wat" in told.text
