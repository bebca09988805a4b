"""Somebody without a mouse, before a page: every place is come to with Tab, as on old phones and for screen readers."""

from playwright.sync_api import Page

# No page asks for more steps than this before its last button.
MOST_TABS = 120


class Keyboard:
    """The keys of a person; whatever cannot be come to with them fails, and so does a page that scrolls sideways."""

    def __init__(self, page: Page, root: str) -> None:
        """`root` stands before every address: the server and the language."""
        self.page, self.root = page, root

    @property
    def words(self) -> str:
        """What stands on the page."""
        return self.page.locator("main").inner_text()

    def open(self, path: str) -> None:
        """Type an address."""
        self.page.goto(f"{self.root}{path}")
        self.look()

    def look(self) -> None:
        """See that the page is as wide as the screen."""
        is_wide = self.page.locator("html").evaluate("html => html.scrollWidth > html.clientWidth")
        assert not is_wide, f"{self.page.url} is wider than the screen"

    def reach(self, selector: str) -> None:
        """Go on with Tab until the first of these has the focus."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.page.locator(f":is({selector}):focus").count():
                return
        raise AssertionError(f"The keyboard does not come to {selector} on {self.page.url}")

    def enter(self, selector: str) -> None:
        """Follow a link or press a button, and look at the page that comes."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    def follow(self, part: str) -> None:
        """Follow the first link in the page whose address has this part."""
        self.enter(f"main a[href*='{part}']")

    def send(self, name: str = "", value: str = "") -> None:
        """Press the button of a form: the one with this name and value, or the first that comes."""
        self.enter(f"main button[name={name}][value={value}]" if name else "main form button")

    def choose(self, name: str, value: str) -> None:
        """Choose one of several round buttons with the arrows."""
        self.reach(f"input[name={name}]")
        for _ in range(MOST_TABS):
            if self.page.locator(f"input[name={name}][value={value}]:focus").count():
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrows do not come to {name}={value} on {self.page.url}")

    def tick(self, name: str, value: str = "") -> None:
        """Tick a box."""
        self.reach(f"input[name={name}][value='{value}']" if value else f"input[name={name}]")
        self.page.keyboard.press("Space")

    def write(self, name: str, words: str) -> None:
        """Write into a field."""
        self.reach(f"[name={name}]")
        self.page.keyboard.insert_text(words)
