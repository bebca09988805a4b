"""Takes the README's pictures from a running demo: `python -m tests.browser.pictures [ADDRESS]`."""

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.bench.browser import launched

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
PASSWORD = "demo-only-password"
# file: (who, the page, width, height)
PICTURES = {
    "community": ("community-1@demo.example", "/community/", 360, 720),
    "ally": ("ally-1@demo.example", "/ally/", 900, 720),
    "desk": ("facilitator-asia@demo.example", "/desk/requests/?view=working", 1280, 800),
    "secretariat": ("coordinator@demo.example", "/secretariat/", 1280, 800),
}


def take(browser: Browser, address: str, name: str) -> None:
    """Log in as one person and keep what they see."""
    who, page_path, width, height = PICTURES[name]
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/accounts/login/")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button[type=submit], main form button:not([type])")
    page.goto(f"{address}{page_path}")
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


def main(address: str) -> None:
    """Take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launched(playwright)
        for name in PICTURES:
            take(browser, address, name)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
