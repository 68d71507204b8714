"""What may be broken on purpose at the simulator: the platform, a reply window, a follower."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.web.browser import DESK, PHONE, open_browser, open_window
from tests.web.village import Village, open_village

WANG, CHEN = "o-laowang", "o-xiaochen"
LAMP = "路灯坏了好几天了，黑灯瞎火的"


@pytest_asyncio.fixture
async def village(tmp_path: Path) -> AsyncIterator[Village]:
    async with open_village(tmp_path) as opened:
        yield opened


async def test_with_the_platform_down_nothing_is_lost_and_it_comes_when_it_is_back(village: Village) -> None:
    await village.act(WANG, "platform", on=True)
    assert await village.get("platform") == {"down": True, "closed": []}
    await village.say(WANG, LAMP)
    assert not [text for text in await village.texts("oa", CHEN) if "新事项" in text]
    await village.act(WANG, "platform", on=False)
    await village.ahead(minutes=20)
    await village.reads(LAMP, "oa", CHEN)


async def test_a_closed_window_keeps_the_answer_out_until_he_writes_again(village: Village) -> None:
    await village.say(WANG, LAMP)
    await village.reads("新事项", "oa", CHEN)
    await village.act(WANG, "window", on=True)
    assert (await village.get("platform"))["closed"] == [WANG]
    number = (await village.texts("oa", CHEN))[-1].rpartition("-")[2].strip()
    await village.say(CHEN, f"{number} 办好了 换了灯泡")
    await village.ahead(minutes=11)
    await village.ahead(minutes=11)
    assert "王德福" in (await village.asks(CHEN, "没送到的", "没送到的："))["text"]
    await village.say(WANG, "进度")
    assert (await village.get("platform"))["closed"] == []


async def test_whoever_left_is_in_the_report(village: Village) -> None:
    await village.say(WANG, LAMP)
    await village.reads("新事项", "oa", CHEN)
    await village.act(WANG, "unfollow")
    number = (await village.texts("oa", CHEN))[-1].rpartition("-")[2].strip()
    await village.say(CHEN, f"{number} 办好了 换了灯泡")
    await village.ahead(minutes=11)
    assert "取消了关注" in (await village.asks(CHEN, "没送到的", "没送到的："))["text"]


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESK, PHONE])
async def test_the_page_shows_what_is_switched_off_and_switches_it(village: Village, size: tuple[int, int]) -> None:
    async with open_browser() as browser:
        window = await open_window(browser, village.base, size)
        page = window.page
        state = page.locator(".phone:visible .state").first
        if size == PHONE:
            await page.locator(".row-button:visible").first.click()
        await page.locator("#platform").click()
        await expect(page.locator("#platform")).to_have_attribute("aria-pressed", "true")
        await expect(state).to_contain_text("微信平台停了")
        await page.locator("#platform").click()
        await expect(state).to_be_hidden()
        await page.locator(".phone:visible .more").first.click()
        await page.get_by_role("button", name="窗口过期").first.click()
        await expect(state).to_contain_text("回复窗口过期了")
        wide = await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert wide
        assert window.troubles == []
        await page.close()
