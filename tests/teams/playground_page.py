"""The Agents Playground's page as a tester uses it: choosing a chat, typing, pressing buttons, reading answers."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import APIResponse, Browser, Locator, Page, expect, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 20_000
"""Milliseconds to wait for something to appear."""

BOT = "Ambassadeursbot"
_BOX = "[role=textbox][contenteditable=true]"
_ELSEWHERE = re.compile(r"^https?://(?!localhost|127\.0\.0\.1)")


class PlaygroundPage:
    """One open page of the Playground."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.set_default_timeout(PATIENCE)

    def open(self, url: str) -> None:
        """Open the page and wait until it has reached the bot: what is typed earlier is lost."""
        self._page.goto(url, wait_until="domcontentloaded")
        self._page.get_by_role("treeitem", name="Personal Chat").wait_for()
        self._page.get_by_text("conversationUpdate").first.wait_for()

    def choose(self, chat: str) -> None:
        """Choose a chat or a channel ("TEAM - CHANNEL")."""
        self._page.get_by_role("treeitem", name=chat, exact=True).click()
        self._page.locator(_BOX).first.wait_for()

    def answers(self) -> Locator:
        """The bot's bubbles in a chat; a text with a card is two of them."""
        header = '[aria-label="Message header"]:has([aria-label="Message author"])'
        return self._page.locator(header).locator("xpath=..")

    def ask(self, text: str, bubbles: int = 1, mention: bool = False) -> Locator:
        """Send a message in a chat and wait for so many bubbles; the last one."""
        before = self.answers().count()
        self._type(self._page.locator(_BOX).first, text, mention)
        self._page.get_by_role("button", name="Send Message").first.click()
        return self._bubble(before + bubbles)

    def press(self, bubble: Locator, button: str, bubbles: int = 1) -> Locator:
        """Press a button and wait for so many bubbles more; the last one."""
        before = self.answers().count()
        bubble.get_by_role("button", name=button, exact=True).click()
        return self._bubble(before + bubbles)

    def tap(self, bubble: Locator, button: str) -> None:
        """Press a button that makes its card another, and wait until the bot took it; then that is put away."""
        bubble.get_by_role("button", name=button, exact=True).click()
        self._taken(bubble)

    def tap_behind_dots(self, bubble: Locator, button: str) -> None:
        """The same with one of the buttons that stand behind the dots of a card."""
        bubble.get_by_role("button").last.click()
        self._page.get_by_text(button, exact=True).last.click()
        self._taken(bubble)

    def _taken(self, bubble: Locator) -> None:
        taken = bubble.get_by_role("button", name="Dismiss Invoke Message")
        expect(taken).to_be_visible(timeout=PATIENCE)
        taken.click()

    def pick(self, bubble: Locator, field: int, choice: str) -> None:
        """Choose something in a card's drop-down list, counted from 0."""
        bubble.get_by_role("combobox").nth(field).click()
        self._page.get_by_role("option", name=choice, exact=True).click()

    def fetch(self, bubble: Locator) -> APIResponse:
        """Open the link in a bubble, as the browser does."""
        address = bubble.get_by_role("link").first.get_attribute("href")
        assert address
        return self._page.context.request.get(address)

    def post(self, text: str) -> Locator:
        """Start a post in a channel that mentions the bot; the thread."""
        composers = self._page.locator(".fui-Card[role=group]")
        composer = composers.filter(has=self._page.get_by_role("button", name="Post", exact=True))
        threads = composers.filter(has_not=self._page.get_by_role("button", name="Post", exact=True))
        self._type(composer.locator(_BOX), text, mention=True)
        composer.get_by_role("button", name="Post", exact=True).click()
        posted = threads.filter(has_text=text).first
        expect(posted).to_be_visible(timeout=PATIENCE)
        return posted

    def replies(self, thread: Locator) -> Locator:
        """The bot's replies in a thread."""
        return thread.locator(f'[role=img][aria-label="{BOT}"]').locator("xpath=../..")

    def write(self, text: str) -> None:
        """Say something in a group chat that is not for the bot."""
        self._type(self._page.locator(_BOX).first, text, mention=False)
        self._page.get_by_role("button", name="Send Message").first.click()

    def act_on(self, message: str, command: str) -> Locator:
        """Use a message action on a message with this text; its dialog."""
        bubble = self._page.locator('[aria-label="Message header"]').locator("xpath=..").filter(has_text=message)
        bubble.get_by_role("button", name="Show more information").click()
        self._page.get_by_role("menuitem", name="Action Command").click()
        dialog = self._page.get_by_role("dialog")
        dialog.get_by_role("textbox").fill(command)
        dialog.get_by_role("radio").first.check(force=True)
        dialog.get_by_role("button", name="Create").click()
        return dialog

    def close(self, dialog: Locator) -> None:
        """Close a dialog."""
        dialog.get_by_role("button").first.click()
        expect(dialog).to_have_count(0)

    def posts(self) -> Locator:
        """What stands in a channel, each post with its thread."""
        return self._page.locator(".fui-Card[role=group]")

    def screenshot(self, path: Path) -> None:
        """Save what one sees."""
        self._page.wait_for_timeout(300)  # the bubbles slide in
        self._page.screenshot(path=path)

    def _bubble(self, number: int) -> Locator:
        bubble = self.answers().nth(number - 1)
        bubble.wait_for()
        return bubble

    def _type(self, box: Locator, text: str, mention: bool) -> None:
        box.click()
        if mention:
            self._page.keyboard.type(f"@{BOT[:3]}")
            suggestions = self._page.get_by_role("listbox", name="Typeahead menu")
            suggestions.get_by_role("menuitem", name=BOT).first.click()
            expect(box).to_contain_text(BOT)
            text = f" {text}"
        self._page.keyboard.type(text)


@contextmanager
def browser(chromium: str) -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        try:
            yield opened
        finally:
            opened.close()


def browser_page(opened: Browser) -> PlaygroundPage:
    """A page of somebody's own that reaches this machine only."""
    context = opened.new_context(viewport={"width": 1400, "height": 1000}, locale="nl-BE")
    context.route(_ELSEWHERE, lambda route: route.abort())
    return PlaygroundPage(context.new_page())
