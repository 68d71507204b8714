"""A real headless browser (Debian's chromium) in front of the village."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

CHROMIUM = shutil.which("chromium")
if CHROMIUM is None:
    pytest.skip("no chromium here: apt-get install chromium runs the browser tests", allow_module_level=True)
# It must neither look for updates nor for anything else outside this machine.
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
DESK, PHONE, TABLET = (1280, 800), (390, 844), (820, 1100)
PATIENCE_MS = 8000


@dataclass
class Window:
    """One browser window with the simulator in it, and everything that went wrong there."""

    page: Page
    troubles: list[str] = field(default_factory=list)

    def phone(self, which: str) -> Locator:
        """The desk's phones: first (the chosen person), middle (the group), last (somebody else)."""
        return self.page.locator(f".phone.{which}")

    async def say(self, which: str, text: str) -> None:
        box = self.phone(which).locator("textarea")
        await box.fill(text)
        await box.press("Enter")

    async def reads(self, which: str, words: str) -> Locator:
        """Wait until the words stand in a bubble of that phone, and return the newest such bubble."""
        found = self.phone(which).locator(".bubble", has_text=words).last
        await expect(found).to_be_visible(timeout=PATIENCE_MS)
        return found

    async def choose(self, openid: str) -> None:
        """Another person for the last phone."""
        await self.phone("last").locator("select").select_option(openid)


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        try:
            yield browser
        finally:
            await browser.close()


async def open_window(browser: Browser, base: str, size: tuple[int, int], **looks: Any) -> Window:
    """Open the page of the server at `base`; `looks` are options of the window: color_scheme, has_touch, device_scale_factor."""
    width, height = size
    page = await browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN", **looks)
    window = Window(page)
    own = urlsplit(base).netloc
    page.on("pageerror", lambda error: window.troubles.append(f"error: {error}"))
    page.on("console", lambda said: window.troubles.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: window.troubles.append(asked.url) if urlsplit(asked.url).netloc != own else None)
    await page.goto(f"{base}/simulator")
    await expect(page.locator("#people li")).to_have_count(16, timeout=PATIENCE_MS)
    return window
