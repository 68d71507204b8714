"""The simulator in a real browser, as somebody plays with it on a desk and on a phone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.emulator.phones import FAULT
from bot.emulator.push import Knobs
from tests.web.browser import DESK, PATIENCE_MS, PHONE, TABLET, Window, open_browser, open_window
from tests.web.line import line_to
from tests.web.village import Village, open_village

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

WANG, CHEN, LI, OUTSIDER = "o-laowang", "o-xiaochen", "o-lishuji", "o-waicun"
LAMP = "路灯坏了好几天了，黑灯瞎火的"
MARKUP = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>&lt;b&gt; \'"`${1}'
Open = Callable[..., Awaitable[Window]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def village(tmp_path: Path) -> AsyncIterator[Village]:
    async with open_village(tmp_path) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def opens(village: Village, browser: Browser) -> AsyncIterator[Open]:
    """Opens windows; at the end none of them may have seen an error or asked another host for anything."""
    windows: list[Window] = []

    async def opened(size: tuple[int, int], **looks: Any) -> Window:
        windows.append(await open_window(browser, village.base, size, **looks))
        return windows[-1]

    yield opened
    for window in windows:
        await window.page.close()
    assert [trouble for window in windows for trouble in window.troubles] == []


# -- on a desk


async def test_a_complaint_its_keeper_and_its_rating_are_seen_live_side_by_side(opens: Open) -> None:
    desk = await opens(DESK)
    await desk.page.evaluate("window.stayed = true")
    await desk.say("first", LAMP)
    receipt = await desk.reads("first", "编号")
    tail = (await receipt.inner_text()).rpartition("-")[2].strip()
    pushed = await desk.reads("last", "新事项")
    assert LAMP in await pushed.inner_text()
    await desk.say("last", f"{tail} 收到")
    await desk.reads("first", "收到了您说的路灯照明")
    await desk.say("last", f"{tail} 办好了 换了灯泡")
    await desk.reads("first", "换了灯泡")
    await desk.say("first", "1")
    await desk.reads("first", "谢谢您")
    assert await desk.page.evaluate("window.stayed")


async def test_a_polls_result_comes_to_the_group_with_its_chart(opens: Open) -> None:
    desk = await opens(DESK)
    await desk.choose(LI)
    await desk.page.get_by_role("button", name="明早8点").click()  # at night nothing is posted
    await expect(desk.page.locator("#now")).to_contain_text("08:0", timeout=PATIENCE_MS)
    await desk.say("last", "发起投票 修路选哪条 A东路 B西路 截止后天晚八点")
    await desk.reads("last", "回 1 发出")
    await desk.say("last", "1")
    await desk.reads("middle", "300户来投")
    await desk.say("first", "投1")
    await desk.reads("first", "记下了")
    await desk.say("last", "投票结束")
    await desk.reads("last", "现在就截止吗")
    await desk.say("last", "1")
    await desk.reads("last", "截止了")
    await desk.page.get_by_role("button", name="+3分钟").click()
    await desk.reads("middle", "投票结果")
    chart = desk.phone("middle").locator(".bubble.image img").last
    await expect(chart).to_be_visible(timeout=PATIENCE_MS)
    assert await chart.evaluate("img => img.decode().then(() => img.naturalWidth)") == 720


async def test_own_words_stand_green_on_the_right_and_answers_white_on_the_left(opens: Open) -> None:
    desk = await opens(DESK, color_scheme="light")
    await desk.say("first", LAMP)
    own, answer = await desk.reads("first", LAMP), await desk.reads("first", "编号")
    paint = "bubble => getComputedStyle(bubble).backgroundColor"
    assert await own.evaluate(paint) == "rgb(149, 236, 105)"
    assert await answer.evaluate(paint) == "rgb(255, 255, 255)"
    side = """bubble => Math.sign(bubble.closest(".row").querySelector(".avatar").getBoundingClientRect().left
      - bubble.getBoundingClientRect().left)"""
    assert (await answer.evaluate(side), await own.evaluate(side)) == (-1, 1)


async def test_a_reload_shows_the_same_screens(opens: Open) -> None:
    desk = await opens(DESK)
    await desk.say("first", LAMP)
    await desk.reads("first", "编号")
    before = await desk.phone("first").locator(".bubble").all_inner_texts()
    await desk.page.reload()
    await desk.reads("first", "编号")
    assert await desk.phone("first").locator(".bubble").all_inner_texts() == before


async def test_what_was_missed_while_the_line_was_cut_is_fetched(village: Village, browser: Browser) -> None:
    async with line_to(village) as line:
        desk = await open_window(browser, line.base, DESK)
        await line.cut()
        await expect(desk.page.locator("#offline")).to_be_visible(timeout=PATIENCE_MS)
        await village.say(WANG, LAMP)
        await line.mend()
        await desk.reads("first", "编号")
        await expect(desk.page.locator("#offline")).to_be_hidden(timeout=PATIENCE_MS)
        await village.say(CHEN, "进度")
        await desk.reads("last", "路灯照明的事")
        await desk.page.close()


async def test_a_server_started_anew_begins_with_empty_screens_on_pages_still_open(
    tmp_path: Path, browser: Browser
) -> None:
    async with open_village(tmp_path) as village:
        desk = await open_window(browser, village.base, DESK)
        await desk.say("first", LAMP)
        await desk.reads("first", "编号")
    await expect(desk.page.locator("#offline")).to_be_visible(timeout=PATIENCE_MS)
    async with open_village(tmp_path, port=village.base.rpartition(":")[2]):
        await expect(desk.phone("first").locator(".bubble")).to_have_count(0, timeout=PATIENCE_MS)
        await desk.say("first", "进度")
        await desk.reads("first", "路灯照明的事")
        await desk.page.close()


async def test_moving_the_clock_shows_the_alarm_come_again(opens: Open) -> None:
    desk = await opens(DESK)
    await desk.choose(LI)
    await desk.say("first", "着火了，房子着火了快来人")
    await desk.reads("last", "人命关天")
    before = await desk.page.locator("#now").inner_text()
    await desk.page.get_by_role("button", name="+3分钟").click()
    await desk.reads("last", "第2次")
    await desk.page.get_by_role("button", name="+10分钟").click()
    await desk.reads("last", "第3次")
    assert await desk.page.locator("#now").inner_text() != before


async def test_the_clock_goes_to_the_morning_and_never_back(opens: Open) -> None:
    desk = await opens(DESK)
    await desk.page.get_by_role("button", name="明早8点").click()
    await expect(desk.page.locator("#now")).to_contain_text("08:00", timeout=PATIENCE_MS)
    await desk.page.locator("#clock-at").fill("2026-01-01T08:00")
    await desk.page.get_by_role("button", name="拨到").click()
    await expect(desk.page.locator("#toast")).to_contain_text("只能往前", timeout=PATIENCE_MS)
    await expect(desk.page.locator("#now")).to_contain_text("08:0")
    desk.troubles.clear()  # a refusal (409) is an error to the browser's console


async def test_what_people_type_stays_text(opens: Open) -> None:
    desk = await opens(DESK)
    await desk.say("first", MARKUP)
    await desk.say("middle", MARKUP)
    shown = await desk.reads("middle", "window.hacked")
    assert await shown.inner_text() == MARKUP
    await shown.hover()
    await desk.phone("middle").get_by_role("button", name="引用老王的话").click()
    await desk.say("middle", "@小议 这事该找谁")
    await expect(desk.phone("middle").locator(".quoted")).to_contain_text("<img src=x")
    for which in ("first", "middle"):
        assert await desk.phone(which).locator(".log script, .log img").count() == 0
    assert await desk.page.evaluate("window.hacked") is None
    assert await desk.page.locator("#people img, #people script").count() == 0


async def test_quoting_the_assistant_calls_it(opens: Open) -> None:
    desk = await opens(DESK)
    await desk.phone("middle").get_by_role("button", name="点名小议").click()
    await desk.phone("middle").locator("textarea").press_sequentially("这事该找谁")
    await desk.phone("middle").get_by_role("button", name="发送").click()
    answer = await desk.reads("middle", "有事找他们")
    await answer.click(button="right")
    await desk.page.get_by_role("menuitem", name="引用").click()
    await expect(desk.phone("middle").locator(".quoting")).to_contain_text("小议：有事找他们")
    await desk.say("middle", "垃圾堆了好几天没人拉")
    await desk.reads("middle", "已私信您")
    await expect(desk.phone("middle").locator(".quoting")).to_be_hidden()
    await expect(desk.phone("middle").locator(".row.mine .quoted")).to_contain_text("有事找他们")


async def test_the_account_offers_no_quoting_since_it_would_never_hear_it(opens: Open) -> None:
    desk = await opens(DESK)
    await desk.say("first", LAMP)
    answer = await desk.reads("first", "编号")
    await answer.click(button="right")
    await expect(desk.page.get_by_role("menuitem", name="复制")).to_be_visible()
    assert await desk.page.get_by_role("menuitem", name="引用").count() == 0


async def test_photo_voice_and_place_are_sent_from_the_panel(opens: Open) -> None:
    desk = await opens(DESK)
    first = desk.phone("first")
    for tile, shown in (("照片", ".bubble.image"), ("位置", ".bubble.location")):
        await first.get_by_role("button", name="更多").click()
        await first.get_by_role("button", name=tile).click()
        await expect(first.locator(shown)).to_be_visible(timeout=PATIENCE_MS)
    await first.get_by_role("button", name="发语音").click()
    await desk.page.locator("#voice-text").fill("村口的路坏了")
    await desk.page.get_by_role("button", name="发出，认出了字").click()
    await expect(first.locator(".transcript")).to_have_text("村口的路坏了", timeout=PATIENCE_MS)
    await first.get_by_role("button", name="发语音").click()
    await desk.page.get_by_role("button", name="发出，没认出字").click()
    await expect(first.locator(".transcript.none")).to_be_visible(timeout=PATIENCE_MS)


async def test_a_stranger_has_to_follow_before_he_can_write(opens: Open) -> None:
    desk = await opens(DESK)
    await desk.choose(OUTSIDER)
    last = desk.phone("last")
    await expect(last.locator("textarea")).to_be_hidden()
    await last.get_by_role("button", name="关注公众号").click()
    await desk.reads("last", "您好，这里是兴河村")
    await last.get_by_role("button", name="更多").click()
    await last.get_by_role("button", name="扫门牌码").click()
    await desk.page.get_by_role("button", name="九社 王德福家").click()
    await desk.reads("last", "您叫什么名字")
    await last.get_by_role("button", name="更多").click()
    await last.get_by_role("button", name="取消关注").click()
    await expect(last.get_by_role("button", name="关注公众号")).to_be_visible(timeout=PATIENCE_MS)


async def test_a_fault_of_the_server_shows_the_banner(opens: Open, village: Village) -> None:
    desk = await opens(DESK)
    emulator = village.house.stage.emulator  # type: ignore[union-attr]
    assert emulator is not None
    emulator.url, emulator.knobs = emulator.url.replace("/wx/demo", "/nowhere"), Knobs(deadline=1.0)
    await desk.say("first", "听得到吗")
    await expect(desk.phone("first").locator(".fault")).to_have_text(FAULT, timeout=PATIENCE_MS)


async def test_enter_sends_but_not_in_the_middle_of_a_chinese_word(opens: Open) -> None:
    desk = await opens(DESK)
    box = desk.phone("first").locator("textarea")
    await box.fill("lu deng")
    await box.evaluate(
        "box => box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    )
    await box.press("Shift+Enter")
    await box.press_sequentially("坏了")
    assert await box.input_value() == "lu deng\n坏了"
    assert await desk.phone("first").locator(".bubble").count() == 0
    await box.press("Enter")
    await desk.reads("first", "坏了")
    assert await box.input_value() == ""


async def test_a_fresh_village_says_what_could_be_said(opens: Open) -> None:
    desk = await opens(DESK)
    hint = desk.phone("first").get_by_role("button", name=LAMP)
    await hint.click()
    assert await desk.phone("first").locator("textarea").input_value() == LAMP


# -- on a phone, and in between


async def test_on_a_phone_one_chat_is_seen_at_a_time_and_others_count_what_is_unread(opens: Open) -> None:
    phone = await opens(PHONE, has_touch=True)
    await phone.page.locator("#own").get_by_role("button", name="有事好商量").click()
    await expect(phone.page.locator(".phone:visible")).to_have_count(1)
    await expect(phone.page.locator("#people")).to_be_hidden()
    await phone.say("first", LAMP)
    await phone.reads("first", "编号")
    await phone.phone("first").get_by_role("button", name="返回聊天列表").click()
    await phone.page.get_by_role("tab", name="换个人").click()
    keeper = phone.page.locator("#people li", has_text="小陈")
    await expect(keeper.locator(".badge")).to_have_text("1", timeout=PATIENCE_MS)
    await keeper.click()
    await expect(phone.page.locator("#side-title")).to_have_text("小陈的微信")
    await phone.page.locator("#own").get_by_role("button", name="有事好商量").click()
    await phone.reads("first", "新事项")
    await phone.page.go_back()
    await expect(phone.page.locator("#own .badge:visible")).to_have_count(0)


async def test_on_a_phone_the_clock_folds_away(opens: Open) -> None:
    phone = await opens(PHONE, has_touch=True)
    await expect(phone.page.get_by_role("button", name="+3分钟")).to_be_hidden()
    await phone.page.get_by_role("button", name="拨时间").click()
    await phone.page.get_by_role("button", name="明早8点").click()
    await expect(phone.page.locator("#now")).to_contain_text("08:00", timeout=PATIENCE_MS)
    await expect(phone.page.get_by_role("button", name="+3分钟")).to_be_hidden()


async def test_where_two_phones_fit_the_group_is_in_the_first(opens: Open) -> None:
    tablet = await opens(TABLET)
    await expect(tablet.page.locator(".phone:visible")).to_have_count(2)
    await tablet.phone("first").get_by_role("button", name="兴河大家庭").click()
    await tablet.say("first", "大伙儿吃了没")
    await tablet.reads("first", "大伙儿吃了没")
    await expect(tablet.phone("first").locator("h2")).to_contain_text("兴河大家庭")


@pytest.mark.parametrize("size", [(320, 568), PHONE, TABLET, DESK, (1920, 1080)])
async def test_nothing_runs_over_the_edge(opens: Open, size: tuple[int, int]) -> None:
    window = await opens(size)
    if size[0] < 760:
        await window.page.locator("#own").get_by_role("button", name="有事好商量").click()
    await window.say("first", "路灯坏了" * 30 + " " + "x" * 300)
    await window.reads("first", "路灯坏了路灯坏了")
    for _ in range(2):  # as it is, and in large type
        over = "[document.documentElement, ...document.querySelectorAll('.log')].filter(b => b.scrollWidth > b.clientWidth)"
        assert await window.page.evaluate(f"{over}.length") == 0
        await window.page.locator("#large").click()


# -- for everybody's eyes and fingers

CONTRASTS = """
() => {
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const rgba = text => text.match(/[\\d.]+/g).map(Number);
  const under = box => {
    for (let at = box; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0.9) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const box of document.querySelectorAll('body *')) {
    const words = [...box.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!words || !box.checkVisibility({opacityProperty: true, visibilityProperty: true}) || box.closest('[aria-hidden=true], .hidden')) continue;
    const [one, other] = [light(rgba(getComputedStyle(box).color)), light(under(box))].sort((a, b) => b - a);
    if ((one + 0.05) / (other + 0.05) < 4.5) poor.push(`${box.tagName}.${box.className} ${((one + 0.05) / (other + 0.05)).toFixed(2)}`);
  }
  return [...new Set(poor)];
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE])
async def test_all_words_stand_out_from_their_ground(
    opens: Open, village: Village, scheme: str, size: tuple[int, int]
) -> None:
    await village.say(WANG, LAMP)
    await village.say(WANG, "@小议 这事该找谁", "group")
    answer = (await village.screen("group"))[-1]
    await village.say(WANG, "着火了，房子着火了", "group", quote=answer["seq"])
    await village.act(WANG, "voice")
    window = await opens(size, color_scheme=scheme)
    assert await window.page.evaluate(CONTRASTS) == []
    if size == PHONE:
        await window.page.locator("#own").get_by_role("button", name="兴河大家庭").click()
        await window.reads("first", "119")
        assert await window.page.evaluate(CONTRASTS) == []


async def test_everything_that_can_be_pressed_has_a_name_and_every_field_a_label(opens: Open) -> None:
    desk = await opens(DESK)
    await desk.say("middle", "@小议 这事该找谁")
    await desk.reads("middle", "有事找他们")
    nameless = """() => [...document.querySelectorAll('button, select, textarea, input')]
      .filter(b => !(b.textContent.trim() && b.tagName === 'BUTTON') && !b.getAttribute('aria-label')
        && !(b.labels && [...b.labels].some(l => l.textContent.trim()))).map(b => b.outerHTML)"""
    assert await desk.page.evaluate(nameless) == []


async def test_the_keyboard_reaches_people_chats_and_the_clock(opens: Open) -> None:
    desk = await opens(DESK)
    seen: set[str] = set()
    await desk.page.locator("body").press("Tab")
    for _ in range(60):
        active = "[document.activeElement.id, ...document.activeElement.classList]"
        seen.update(await desk.page.evaluate(active))
        await desk.page.keyboard.press("Tab")
    assert {"row-button", "log", "mic", "more", "call", "clock-at", "large"} <= seen
    await desk.page.locator("#people li", has_text="张婶").locator("button").press("Enter")
    await expect(desk.phone("first").locator(".whose-name")).to_have_text("张婶的手机")
