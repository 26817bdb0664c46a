"""The demo in the real client: ask, see the card, press its buttons, see the result; in every kind of chat."""

import os
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from playwright.sync_api import Browser, expect

from tests.teams.demos import Demos
from tests.teams.playground_page import PATIENCE, PlaygroundPage, browser, browser_page

pytestmark = [pytest.mark.teams, pytest.mark.timeout(300)]

SCREENSHOTS = Path(__file__).parent / "screenshots"
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
TEAM = "Onderwijsambassadeurs Waterland"
NELE = "nele@waterland.example"


def _missing() -> str | None:
    if CHROMIUM is None:
        return "Chromium is not installed"
    if shutil.which("node") is None or shutil.which("npx") is None:
        return "Node (with npx) is not installed"
    return None


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demos]:
    """The demos of this module, as `make demo` starts them."""
    if reason := _missing():
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    started = Demos(tmp_path_factory.mktemp("demo"))
    try:
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="module")
def chromium(demos: Demos) -> Iterator[Browser]:
    """Chromium, where there are demos to look at."""
    SCREENSHOTS.mkdir(exist_ok=True)
    assert CHROMIUM is not None
    with browser(CHROMIUM) as opened:
        yield opened


@pytest.fixture(scope="module")
def page(demos: Demos, chromium: Browser) -> PlaygroundPage:
    """The Playground of Jonas, an ambassador."""
    opened = browser_page(chromium)
    opened.open(demos.address(demos.start()))
    return opened


@pytest.fixture(scope="module", autouse=True)
def second(demos: Demos, page: PlaygroundPage) -> int:
    """The coordinator's demo, which starts while Jonas talks: it takes long, and the first has read its settings."""
    return demos.start("--as", NELE)


@pytest.fixture(scope="module")
def coordinator(demos: Demos, second: int, chromium: Browser) -> PlaygroundPage:
    """The Playground of Nele, the coordinator, on the same network as that of Jonas."""
    opened = browser_page(chromium)
    opened.open(demos.address(second))
    opened.choose("Personal Chat")
    return opened


def test_the_bot_welcomes_in_a_personal_chat(page: PlaygroundPage) -> None:
    page.choose("Personal Chat")
    expect(page.answers().first).to_contain_text("Ik ben de Ambassadeursbot", timeout=PATIENCE)


def test_a_question_is_answered_with_a_card_whose_button_works(page: PlaygroundPage) -> None:
    page.choose("Personal Chat")
    card = page.ask("Wanneer is de volgende intervisie?", bubbles=2)
    expect(page.answers().nth(-2)).to_contain_text(
        "De volgende intervisie is op donderdag 3 december 2026, van 9.30 tot 12 uur"
    )
    expect(card).to_contain_text("Zeedijk 8, 9998 Kustrade")
    expect(card).to_contain_text("nog 15 van de 20 vrij")
    page.screenshot(SCREENSHOTS / "question.png")
    agenda = page.press(card, "Agenda")
    expect(agenda).to_contain_text("9.45 uur: Huiswerk zonder strijd (Ann-Sofie Baeten, 1 uur)")
    page.screenshot(SCREENSHOTS / "agenda.png")
    page.ask("Ben ik ingeschreven?", bubbles=2)
    expect(page.answers().nth(-2)).to_contain_text("Je bent ingeschreven voor Intervisie huiswerkbegeleiding.")


def test_a_follow_up_question_is_about_the_same_meeting(page: PlaygroundPage) -> None:
    page.choose("Personal Chat")
    page.ask("wanneer is de netwerkdag?", bubbles=2)
    page.ask("en waar?", bubbles=2)
    expect(page.answers().nth(-2)).to_contain_text("Stationsplein 1, 9998 Kustrade")
    expect(page.ask("wat kost dat?")).to_contain_text("kost 10 euro")
    page.screenshot(SCREENSHOTS / "follow-up.png")


def test_help_offers_examples_to_tap(page: PlaygroundPage) -> None:
    page.choose("Personal Chat")
    examples = page.ask("wat kan je allemaal?", bubbles=2)
    page.screenshot(SCREENSHOTS / "help.png")
    expect(page.press(examples, "Welke bijeenkomsten komen eraan?")).to_contain_text("Er komen 6 bijeenkomsten aan")


def test_what_the_bot_does_not_know_is_passed_on(page: PlaygroundPage) -> None:
    page.choose("Personal Chat")
    unknown = page.ask("Wat is het wifi-wachtwoord van de bovenzaal?", bubbles=2)
    page.screenshot(SCREENSHOTS / "unknown.png")
    expect(page.press(unknown, "Vraag het aan Nele")).to_contain_text("Nele")
    page.screenshot(SCREENSHOTS / "passed-on.png")


def test_who_is_excused_is_told_in_person_only(page: PlaygroundPage) -> None:
    page.choose("Voorbereiding intervisie")
    expect(page.answers().first).to_contain_text("Vermeld me met @", timeout=PATIENCE)
    answer = page.ask("wie is verontschuldigd voor de volgende intervisie?", mention=True)
    expect(answer).to_contain_text("persoonlijk gestuurd")
    page.screenshot(SCREENSHOTS / "group.png")
    page.choose("Personal Chat")
    expect(page.answers().last).to_contain_text("Wout Lambrechts")


def test_a_question_in_a_channel_is_answered_in_its_thread(page: PlaygroundPage) -> None:
    page.choose(f"{TEAM} - Bijeenkomsten")
    thread = page.post("wie komt er naar de netwerkdag?")
    expect(page.replies(thread)).to_have_count(1, timeout=PATIENCE)
    expect(page.replies(thread).first).to_contain_text("Het Anker: Samira Bensaïd")
    page.screenshot(SCREENSHOTS / "channel.png")


def test_who_registers_by_a_sentence_can_undo_it(page: PlaygroundPage) -> None:
    page.choose("Personal Chat")
    buttons = page.ask("schrijf me in voor 4 februari", bubbles=2)
    expect(page.answers().nth(-2)).to_contain_text("Je bent ingeschreven voor Intervisie schoolmotivatie")
    page.screenshot(SCREENSHOTS / "registered.png")
    expect(page.press(buttons, "Ongedaan maken")).to_contain_text(
        "je inschrijving voor Intervisie schoolmotivatie is weg"
    )
    expect(page.ask("ben ik ingeschreven voor 4 februari?")).to_contain_text("niet ingeschreven")


def test_the_button_on_a_card_registers_and_gives_the_calendar_file(page: PlaygroundPage) -> None:
    page.choose("Personal Chat")
    card = page.ask("wanneer is de intervisie schoolmotivatie?", bubbles=2)
    buttons = page.press(card, "Schrijf me in", bubbles=2)
    expect(page.answers().nth(-2)).to_contain_text("Je bent ingeschreven voor Intervisie schoolmotivatie")
    told = page.press(buttons, "Zet in mijn agenda")
    page.screenshot(SCREENSHOTS / "calendar.png")
    file = page.fetch(told)
    assert (file.status, file.headers["content-type"].partition(";")[0]) == (200, "text/calendar")
    (event,) = icalendar.Calendar.from_ical(file.text()).walk("VEVENT")
    assert event["SUMMARY"] == "Intervisie schoolmotivatie"
    assert event.decoded("DTSTART") == datetime(2027, 2, 4, 13, 30, tzinfo=ZoneInfo("Europe/Brussels"))


def test_who_cannot_come_sends_somebody_else(page: PlaygroundPage) -> None:
    page.choose("Personal Chat")
    page.ask("ik kan niet komen op 3 december want ik moet naar de tandarts", bubbles=2)
    expect(page.answers().nth(-2)).to_contain_text("Je bent verontschuldigd voor Intervisie huiswerkbegeleiding")
    expect(page.ask("Lotte Adams komt in mijn plaats")).to_contain_text("Lotte Adams komt in jouw plaats")
    page.screenshot(SCREENSHOTS / "replaced.png")
    everybody = page.ask("wie komt er naar de intervisie van 3 december?")
    expect(everybody).to_contain_text("De Vuurtoren: Lotte Adams (ter vervanging van Jonas Claerhout)")


def test_who_waits_hears_it_when_the_coordinator_makes_room(page: PlaygroundPage, coordinator: PlaygroundPage) -> None:
    page.choose("Personal Chat")
    waiting = page.ask("schrijf me in voor 22 april", bubbles=2)
    expect(page.answers().nth(-2)).to_contain_text("is volzet. Je staat op de wachtlijst, plaats 2.")
    expect(waiting.get_by_role("button", name="Van de wachtlijst", exact=True)).to_be_visible()
    page.screenshot(SCREENSHOTS / "waiting.png")
    heard = page.answers().count()
    sure = coordinator.ask("zet 10 plaatsen voor 22 april", bubbles=2)
    done = coordinator.press(sure, "Ja, doe maar")
    expect(done).to_contain_text("Van de wachtlijst schuiven door: Lotte Segers en Jonas Claerhout.")
    coordinator.screenshot(SCREENSHOTS / "room-made.png")
    expect(page.answers().nth(heard)).to_contain_text("Goed nieuws: er is een plaats vrijgekomen", timeout=PATIENCE)
    page.screenshot(SCREENSHOTS / "seat-given.png")


def test_the_coordinator_makes_a_meeting_and_ticks_who_was_there(coordinator: PlaygroundPage) -> None:
    form = coordinator.ask("nieuw infomoment vandaag om 15u in Het Anker, thema pesten, 25 plaatsen", bubbles=2)
    coordinator.screenshot(SCREENSHOTS / "form.png")
    made = coordinator.press(form, "Maak deze bijeenkomst", bubbles=2)
    expect(coordinator.answers().nth(-2)).to_contain_text("Infomoment pesten staat gepland")
    expect(made).to_contain_text("Het Anker, Havenlaan 12, 9999 Waterdam")
    sure = coordinator.ask("schrijf Emre en Samira in voor het infomoment van vandaag", bubbles=2)
    coordinator.press(sure, "Ja, schrijf in", bubbles=2)
    expect(coordinator.answers().nth(-2)).to_contain_text("Ingeschreven voor Infomoment pesten: Emre Kaya en Samira")
    roll = coordinator.ask("aanwezigheden van vandaag", bubbles=2)
    coordinator.pick(roll, 1, "afwezig")
    coordinator.screenshot(SCREENSHOTS / "attendance.png")
    coordinator.press(roll, "Bewaar", bubbles=2)
    expect(coordinator.answers().nth(-2)).to_contain_text("Bewaard. Infomoment pesten: 1 aanwezig en 1 afwezig.")
    coordinator.screenshot(SCREENSHOTS / "attended.png")


def test_what_names_a_child_is_shown_with_other_words_and_a_typed_yes_keeps_those(page: PlaygroundPage) -> None:
    page.choose("Personal Chat")
    card = page.ask("zet op de agenda van 4 februari: Kobe van 12 wil niet naar school", bubbles=2)
    told = page.answers().nth(-2)
    expect(told.locator("blockquote").first).to_contain_text("Kobe van 12 wil niet naar school")
    expect(card.get_by_role("textbox")).to_have_value("Een tiener wil niet naar school")
    page.screenshot(SCREENSHOTS / "gate.png")
    page.ask("ja", bubbles=2)
    expect(page.answers().nth(-2)).to_contain_text("'Een tiener wil niet naar school' staat bij de voorstellen")


def test_a_message_becomes_an_agenda_point(page: PlaygroundPage) -> None:
    page.choose("Voorbereiding intervisie")
    page.write("Wie kent een goede aanpak voor gsm's op kamer")
    dialog = page.act_on("Wie kent een goede aanpak voor gsm's op kamer", "op_de_agenda")
    expect(dialog.get_by_role("textbox").first).to_have_value("Wie kent een goede aanpak voor gsm's op kamer")
    page.screenshot(SCREENSHOTS / "message-action.png")
    dialog.get_by_role("button", name="Bewaren").click()
    expect(dialog).to_contain_text("staat bij de voorstellen voor de intervisie van")
    page.close(dialog)


def test_a_point_goes_from_who_proposes_it_over_the_board_to_the_channel(
    page: PlaygroundPage, coordinator: PlaygroundPage
) -> None:
    page.choose("Personal Chat")
    page.ask("zet huiswerk op woensdagnamiddag op de agenda van 4 februari, 30 minuten", bubbles=2)
    board = coordinator.ask("toon het bord van 4 februari")
    expect(board).to_contain_text("Huiswerk op woensdagnamiddag")
    coordinator.screenshot(SCREENSHOTS / "board.png")
    board.get_by_role("button", name="Open").last.click()
    point = coordinator.answers().last
    expect(point.get_by_role("button", name="Weigeren")).to_be_visible()
    coordinator.press(point, "Op de agenda", bubbles=2)
    expect(coordinator.answers().nth(-2)).to_contain_text("staat op de agenda van de intervisie van donderdag 4")
    coordinator.choose(f"{TEAM} - Bijeenkomsten")
    coordinator.post("post hier")
    coordinator.choose("Personal Chat")
    sure = coordinator.ask("publiceer de agenda van 4 februari", bubbles=2)
    coordinator.screenshot(SCREENSHOTS / "publish.png")
    coordinator.press(sure, "Nu meteen")
    coordinator.choose(f"{TEAM} - Bijeenkomsten")
    post = coordinator.posts().filter(has_text="De agenda van Intervisie schoolmotivatie")
    expect(post).to_contain_text("Huiswerk op woensdagnamiddag", timeout=PATIENCE)
    coordinator.choose("Personal Chat")
    coordinator.ask("punt 1: 45 minuten", bubbles=2)
    expect(coordinator.answers().nth(-2)).to_contain_text("'Huiswerk op woensdagnamiddag': 45 minuten.")
    coordinator.choose(f"{TEAM} - Bijeenkomsten")
    expect(post).to_contain_text("45 minuten", timeout=PATIENCE)
    coordinator.screenshot(SCREENSHOTS / "agenda-post.png")
    coordinator.choose("Personal Chat")


def test_what_is_noted_becomes_a_draft_then_a_post_that_is_corrected_in_place(
    demos: Demos, coordinator: PlaygroundPage
) -> None:
    coordinator.choose(f"{TEAM} - Bijeenkomsten")
    coordinator.post("post hier")
    coordinator.choose("Personal Chat")
    form = coordinator.ask("nieuw infomoment vandaag van 16u tot 17u in Het Anker, thema lezen", bubbles=2)
    coordinator.press(form, "Maak deze bijeenkomst", bubbles=2)
    demos.over("Infomoment lezen")
    expect(coordinator.ask("besluit: we starten in januari")).to_contain_text("Genoteerd")
    coordinator.ask("actie: Nele belt de school tegen 15 december")
    coordinator.ask("geef de samenvatting van het infomoment lezen")
    draft = coordinator.answers().filter(has_text="Ontwerp van de samenvatting van Infomoment lezen").last
    expect(draft).to_contain_text("2. Actie: Nele belt de school tegen 15 december")
    coordinator.screenshot(SCREENSHOTS / "draft.png")
    draft.get_by_role("button", name="Nu plaatsen", exact=True).click()
    expect(coordinator.answers().filter(has_text="wordt nu geplaatst: in het kanaal")).to_have_count(1)
    coordinator.choose(f"{TEAM} - Bijeenkomsten")
    post = coordinator.posts().filter(has_text="Samenvatting van Infomoment lezen")
    expect(post).to_contain_text("1. We starten in januari", timeout=PATIENCE)
    coordinator.choose("Personal Chat")
    coordinator.ask("besluit 1 moet zijn: we starten in februari", bubbles=2)
    coordinator.choose(f"{TEAM} - Bijeenkomsten")
    expect(post).to_contain_text("1. We starten in februari", timeout=PATIENCE)
    expect(post).to_contain_text("Verbeterd op zaterdag 21 november 2026")
    coordinator.screenshot(SCREENSHOTS / "summary-post.png")
    coordinator.choose("Personal Chat")


def test_an_action_from_the_report_is_done_with_a_button_and_open_again_with_a_word(page: PlaygroundPage) -> None:
    page.choose("Personal Chat")
    card = page.ask("wat moet ik nog doen?")
    expect(card).to_contain_text("een lijst van de contactpersonen")
    page.screenshot(SCREENSHOTS / "actions.png")
    page.press(card, "Gedaan", bubbles=2)
    expect(page.answers().nth(-2)).to_contain_text("is klaar")
    expect(page.ask("toch niet")).to_contain_text("staat weer open")


def test_two_people_vote_with_a_tap_and_all_see_how_it_stands_until_one_closes_it(
    page: PlaygroundPage, coordinator: PlaygroundPage
) -> None:
    page.choose("Voorbereiding intervisie")
    expect(page.answers().first).to_contain_text("Vermeld me met @", timeout=PATIENCE)
    card = page.ask("poll: Welk thema in juni? NAFT; internaten; huiswerkbegeleiding", mention=True)
    expect(card).to_contain_text("Je naam staat bij je stem")
    page.tap(card, "internaten")
    expect(card).to_contain_text("✓ Jij koos internaten", timeout=PATIENCE)
    page.screenshot(SCREENSHOTS / "poll.png")
    # Once the bot read who is in the group, they may vote in their own chat as well.
    expect(card).to_contain_text(re.compile(r"1 van de \d+ stemde(?!n)"), timeout=2 * PATIENCE)
    own = coordinator.ask("toon de peiling over het thema in juni")
    coordinator.tap(own, "NAFT")
    expect(own).to_contain_text("✓ Jij koos NAFT", timeout=PATIENCE)
    expect(card).to_contain_text(re.compile(r"2 van de \d+ stemden"), timeout=PATIENCE)
    coordinator.tap(own, "internaten")
    expect(own).to_contain_text("✓ Jij koos internaten", timeout=PATIENCE)
    coordinator.screenshot(SCREENSHOTS / "poll-voted.png")
    coordinator.tap_behind_dots(own, "Sluit nu")
    expect(card).to_contain_text("'internaten' haalt het met beide stemmen.", timeout=PATIENCE)
    told = page.answers().filter(has_text="'internaten' haalt het met beide stemmen.")
    expect(told.nth(1)).to_be_visible(timeout=PATIENCE)  # in the card itself, and as news below it
    page.screenshot(SCREENSHOTS / "poll-closed.png")
