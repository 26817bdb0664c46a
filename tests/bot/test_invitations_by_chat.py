"""Inviting, whom one can't reach, and what goes out by itself, as coordinators say it in chat."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dialogs.texts import invitations as texts
from dialogs.texts import rules as rule_texts
from dialogs.texts.refusals import SENTENCES
from storage.domain.meetings import MeetingKind
from storage.domain.refusals import NotCoordinator
from storage.domain.rules import HIGHEST, LONGEST_RULE_TEXT
from storage.services.house import House
from tests.bot.acquaintances import greeted, met
from tests.bot.connector import CHANNEL, JONAS, NELE, Posted, Teams, User

Query = Callable[[str], list[tuple[object, ...]]]

INVITE = "nodig iedereen uit voor de intervisie van 4 februari"
ON_MONDAY = "maandag 23 november om 8 uur"
PLANNED = "SELECT count(*) FROM notices WHERE kind = 'invitation'"


KNOWN = (NELE, JONAS)


@pytest.fixture(scope="module")
def filled_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same file with their chats known."""
    return greeted(filled_database, tmp_path_factory.mktemp("greeted"), KNOWN)


@pytest.fixture
def network(teams: Teams, query: Query) -> Teams:
    """A Teams whose coordinator and one other the bot knows."""
    return met(teams, query, KNOWN)


async def told(teams: Teams, user: User, text: str) -> Posted:
    """What somebody hears in their own chat."""
    return next(one for one in await teams.say(user, user.chat, text) if one.conversation == user.chat.conversation)


async def press(teams: Teams, posted: Posted, title: str, user: User = NELE, **typed: str) -> Posted:
    """What somebody hears when they press a button, with what they typed on its card."""
    data: dict[str, Any] = {**posted.button(title), **typed}
    return next(one for one in await teams.press(user, user.chat, data) if one.conversation == user.chat.conversation)


def buttons(posted: Posted) -> list[str]:
    """The titles of the buttons under a message."""
    return [action["title"] for action in posted.card.get("actions", [])]


# Inviting


async def test_an_invitation_is_shown_first_with_whom_it_goes_to_and_when(network: Teams, query: Query) -> None:
    shown = await told(network, NELE, INVITE)
    assert f"vertrekt {ON_MONDAY} persoonlijk naar 11 mensen:" in shown.text
    assert "> **Uitnodiging: Intervisie schoolmotivatie**" in shown.text
    assert "ken ik nog geen account in Teams" in shown.text
    assert texts.NO_CHANNEL in shown.text
    assert buttons(shown) == [texts.BUTTON_INVITE_AT.format(when=ON_MONDAY), "Nu meteen", "Toch niet"]
    assert query(PLANNED) == [(0,)]


@pytest.mark.parametrize("yes", ["ja", "verstuur maar", "Nodig ze uit", "ja, graag"])
async def test_yes_invites_everybody(network: Teams, query: Query, yes: str) -> None:
    await told(network, NELE, INVITE)
    said = await told(network, NELE, yes)
    assert said.text.startswith("In orde: de uitnodiging voor Intervisie schoolmotivatie vertrekt maandag")
    assert query(PLANNED) == [(11,)]


@pytest.mark.parametrize("no", ["nee", "toch niet", "nee, laat maar"])
async def test_no_invites_nobody(network: Teams, query: Query, no: str) -> None:
    await told(network, NELE, INVITE)
    assert (await told(network, NELE, no)).text == texts.NOT_INVITED
    assert query(PLANNED) == [(0,)]
    await told(network, NELE, "ja")
    assert query(PLANNED) == [(0,)]


async def test_nu_meteen_waits_for_no_monday(network: Teams, query: Query) -> None:
    shown = await told(network, NELE, INVITE)
    assert "vertrekt meteen" in (await press(network, shown, "Nu meteen")).text
    assert query("SELECT DISTINCT timing FROM notices WHERE kind = 'invitation'") == [("urgent",)]


async def test_the_button_pressed_twice_invites_once(network: Teams, query: Query) -> None:
    shown = await told(network, NELE, INVITE)
    button = texts.BUTTON_INVITE_AT.format(when=ON_MONDAY)
    await press(network, shown, button)
    await network.press(NELE, NELE.chat, shown.button(button))
    assert query(PLANNED) == [(11,)]


async def test_in_a_channel_the_invitation_is_shown_to_the_coordinator_alone(network: Teams) -> None:
    said = await network.say(NELE, CHANNEL, INVITE)
    here = [one.text for one in said if one.conversation == CHANNEL.conversation]
    assert not any("Uitnodiging" in one for one in here)
    assert any("Uitnodiging" in one.text for one in said if one.conversation == NELE.chat.conversation)


async def test_with_a_channel_it_is_posted_there_too(network: Teams, query: Query) -> None:
    await network.say(NELE, CHANNEL, "post hier")
    shown = await told(network, NELE, INVITE)
    assert "persoonlijk naar 11 mensen en naar het kanaal:" in shown.text
    await told(network, NELE, "ja")
    assert query("SELECT target FROM notices WHERE kind = 'invitation_post'") == [("posting",)]


async def test_only_a_coordinator_invites_whoever_presses_the_button(network: Teams, query: Query) -> None:
    assert (await told(network, JONAS, INVITE)).text == SENTENCES[NotCoordinator]
    shown = await told(network, NELE, INVITE)
    assert (await press(network, shown, "Nu meteen", JONAS)).text == SENTENCES[NotCoordinator]
    assert query(PLANNED) == [(0,)]


async def test_asked_again_it_says_that_everybody_has_it(network: Teams, query: Query) -> None:
    await told(network, NELE, INVITE)
    await told(network, NELE, "ja")
    assert (await told(network, NELE, INVITE)).text == texts.EVERYBODY_HAS_IT.format(title="Intervisie schoolmotivatie")
    assert query(PLANNED) == [(11,)]


async def test_the_outbox_names_an_invitation_and_it_can_be_held(network: Teams) -> None:
    await told(network, NELE, INVITE)
    await told(network, NELE, "ja")
    shown = await told(network, NELE, "wat staat er klaar om te versturen?")
    assert "De uitnodiging voor Intervisie schoolmotivatie, naar 11 mensen" in shown.text
    assert (
        "ik hou de uitnodiging voor Intervisie schoolmotivatie tegen"
        in (await press(network, shown, "Tegenhouden")).text
    )


async def test_another_question_leaves_the_invitation_waiting(network: Teams, query: Query) -> None:
    await told(network, NELE, INVITE)
    assert "Intervisie" in (await told(network, NELE, "wanneer is de volgende intervisie?")).text
    await told(network, NELE, "ja")
    assert query(PLANNED) == [(11,)]


# Whom one can't reach


async def test_who_can_t_be_reached_is_listed_with_a_mail_to_copy(network: Teams) -> None:
    shown = await told(network, NELE, "wie kan je niet bereiken voor de intervisie van 4 februari?")
    assert "bereik ik 10 mensen niet in Teams" in shown.text
    assert "- Griet Maes (Secundaire School De Kade): griet.maes@dekade.example" in shown.text
    fields = {one["label"]: one["value"] for one in shown.card["body"]}
    assert "griet.maes@dekade.example" in fields[texts.LABEL_ADDRESSES].split("; ")
    assert fields[texts.LABEL_SUBJECT] == "Uitnodiging: Intervisie schoolmotivatie, donderdag 4 februari 2027"
    assert fields[texts.LABEL_MAIL].endswith("Nele Verhaegen")


async def test_who_can_t_be_reached_is_no_news_for_members(network: Teams) -> None:
    said = await told(network, JONAS, "wie kan je niet bereiken voor de intervisie van 4 februari?")
    assert said.text == SENTENCES[NotCoordinator]


# The rules


async def test_the_rules_of_every_kind_are_shown(network: Teams) -> None:
    shown = await told(network, NELE, "wat stuur je vooraf?")
    assert all(f"- {kinds}:" in shown.text for kinds in ("Intervisies", "Infomomenten", "Netwerkdagen", "Stuurgroepen"))
    assert "een herinnering 2 werkdagen voor de bijeenkomst" in shown.text


async def test_a_rule_is_set_after_a_yes(network: Teams, bot_house: House) -> None:
    asked = await told(network, NELE, "stuur de herinnering drie werkdagen vooraf")
    assert asked.text == rule_texts.sure(None, "reminder_days", "3")
    assert {one.reminder_days for one in (await bot_house.invitations.all_rules()).values()} == {2}
    assert (await told(network, NELE, "ja")).text == rule_texts.set_to(None, "reminder_days", "3")
    assert {one.reminder_days for one in (await bot_house.invitations.all_rules()).values()} == {3}


async def test_a_rule_of_one_kind_leaves_the_others(network: Teams, bot_house: House) -> None:
    asked = await told(network, NELE, "stuur geen herinnering voor infomomenten")
    assert asked.text.startswith("Voor infomomenten: ik stuur geen herinnering meer.")
    await press(network, asked, rule_texts.BUTTON_YES)
    kinds = (MeetingKind.INFOMOMENT, MeetingKind.INTERVISIE)
    assert [(await bot_house.invitations.rules(kind)).reminder_days for kind in kinds] == [0, 2]


async def test_a_no_leaves_the_rule(network: Teams, bot_house: House) -> None:
    await told(network, NELE, "stuur de herinnering drie werkdagen vooraf")
    assert (await told(network, NELE, "nee")).text == rule_texts.LEFT
    assert (await bot_house.invitations.rules(MeetingKind.INTERVISIE)).reminder_days == 2


async def test_members_see_the_rules_and_change_nothing(network: Teams, bot_house: House) -> None:
    assert "herinnering" in (await told(network, JONAS, "wat stuur je vooraf?")).text
    assert (await told(network, JONAS, "stuur de herinnering drie werkdagen vooraf")).text == SENTENCES[NotCoordinator]
    asked = await told(network, NELE, "stuur de herinnering drie werkdagen vooraf")
    assert (await press(network, asked, rule_texts.BUTTON_YES, JONAS)).text == SENTENCES[NotCoordinator]
    assert (await bot_house.invitations.rules(MeetingKind.INTERVISIE)).reminder_days == 2


async def test_the_rules_of_one_kind_are_changed_on_a_form(network: Teams, bot_house: House) -> None:
    shown = await told(network, NELE, "wat stuur je vooraf voor een netwerkdag?")
    save = rule_texts.BUTTON_SAVE.format(kinds="netwerkdagen")
    typed = {
        "reminder_days": "4",
        "nudge_days": "0",
        "invitation_text": "",
        "nudge_text": "",
        "reminder_text": "Badge!",
    }
    assert (await press(network, shown, save, **typed)).text == rule_texts.saved(MeetingKind.NETWERKDAG)
    kept = await bot_house.invitations.rules(MeetingKind.NETWERKDAG)
    assert (kept.reminder_days, kept.nudge_days, kept.reminder_text) == (4, 0, "Badge!")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reminder_days": "veel"}, rule_texts.NOT_SENSIBLE.format(highest=HIGHEST)),
        ({"reminder_text": "x" * (LONGEST_RULE_TEXT + 1)}, rule_texts.TOO_LONG.format(longest=LONGEST_RULE_TEXT)),
    ],
)
async def test_a_form_with_a_mistake_changes_nothing(
    network: Teams, bot_house: House, wrong: dict[str, str], said: str
) -> None:
    shown = await told(network, NELE, "wat stuur je vooraf voor een netwerkdag?")
    save = rule_texts.BUTTON_SAVE.format(kinds="netwerkdagen")
    typed = {"reminder_days": "4", "nudge_days": "3", "invitation_text": "", "nudge_text": "", "reminder_text": ""}
    assert (await press(network, shown, save, **{**typed, **wrong})).text == said
    assert (await bot_house.invitations.rules(MeetingKind.NETWERKDAG)).reminder_days == 2
