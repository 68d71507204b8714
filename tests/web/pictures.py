"""Takes the README's pictures of the simulator: `python -m tests.web.pictures` writes docs/images/ anew."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from tests.web.browser import DESK, PHONE, Window, open_browser, open_window
from tests.web.village import Village, open_village

IMAGES = Path(__file__).parents[2] / "docs" / "images"


async def complain(desk: Window, village: Village) -> str:
    """A complaint, and a word about it in the group; returns the last digits of its number."""
    await desk.say("first", "路灯坏了好几天了，黑灯瞎火的")
    receipt = await (await desk.reads("first", "编号")).inner_text()
    await desk.reads("last", "新事项")
    await village.say("o-zhangshen", "九社那段路灯又不亮了", "group")
    await village.say("o-zhangshen", "@小议 这事该找谁", "group")
    return receipt.rpartition("-")[2].strip()


async def repair(desk: Window, village: Village, tail: str) -> None:
    """The keeper has done it, the villager rates it, and the neighbours talk."""
    await desk.say("last", f"{tail} 办好了 换了灯泡")
    await desk.reads("first", "换了灯泡")
    await desk.say("first", "1")
    await desk.reads("first", "谢谢您")
    await desk.say("middle", "路灯修好了，晚上出门亮堂多了")
    said = next(entry for entry in await village.screen("group") if entry["text"].startswith("路灯修好了"))
    await village.say("o-xiuying", "多亏小陈跑得快", "group", quote=said["seq"])


async def take() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with open_village(Path(folder)) as village, open_browser() as browser:
            desk = await open_window(browser, village.base, DESK, color_scheme="light")
            tail = await complain(desk, village)
            await village.ahead(hours=2)
            await repair(desk, village, tail)
            await desk.reads("middle", "多亏小陈")
            await desk.page.locator("textarea:focus").blur()
            await desk.page.screenshot(path=IMAGES / "simulator.png")
            phone = await open_window(
                browser, village.base, PHONE, color_scheme="light", has_touch=True, device_scale_factor=2
            )
            await phone.page.locator("#own").get_by_role("button", name="有事好商量").click()
            await phone.reads("first", "谢谢您")
            await phone.page.screenshot(path=IMAGES / "simulator-phone.png")


if __name__ == "__main__":
    asyncio.run(take())
