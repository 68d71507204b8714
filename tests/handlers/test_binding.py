"""Who a phone speaks for: every way to be bound, and what a stranger cannot do."""

from __future__ import annotations

import re

import pytest

from domain.contacts import Level
from domain.messages import Kind, Trust
from handlers.binding import WRONG_A_DAY
from storage import demo, tables
from storage.vault import household_code_digest
from tests.handlers.talk import HOUSE, VAULT, Village, openid

HOME = HOUSE["o-laowang"]
CODE = demo.paper_code(HOME)


def scene(household: int) -> str:
    return f"hh.{household}.{VAULT.digest('household scene', str(household))[:8]}"


def bindings(village: Village, who: str) -> list[tuple[str, str, str]]:
    """Return (name, level, proven by) of every living binding of a phone."""
    rows = village.rows(tables.bindings, tables.bindings.c.ended_at.is_(None))
    contacts = {row.native_id: row.id for row in village.rows(tables.contacts, tables.contacts.c.channel == "oa")}
    names = {row.id: row.name for row in village.rows(tables.people)}
    mine = [row for row in rows if row.contact_id == contacts.get(openid(who))]
    return [(names[row.person_id], row.level, row.proven_by) for row in mine]


def other_at_home(village: Village, household: int = HOME, *, but: str = "王德福") -> str:
    return str(
        next(p.name for p in village.rows(tables.people, tables.people.c.household_id == household) if p.name != but)
    )


# -- by name, 社 and paper code


def test_name_place_and_paper_code_bind_in_one_message_and_one_answer(village: Village) -> None:
    village.say("新手机", "绑定 王德福 九社")
    assert "王德福" in village.say("新手机", CODE)
    assert bindings(village, "新手机") == [("王德福", "full", "paper_code")]


def test_what_was_not_said_is_asked_one_thing_at_a_time(village: Village) -> None:
    assert "名字" in village.say("新手机", "绑定")
    assert "哪个社" in village.say("新手机", "我叫王德福")
    assert "绑定码" in village.say("新手机", "九社的")
    assert "绑好了" in village.say("新手机", CODE)
    assert bindings(village, "新手机") == [("王德福", "full", "paper_code")]


@pytest.mark.parametrize("words", ["我是九社王德福", "绑定 王德福 九社", "我叫王德福 是九社的", "绑定王德福九社"])
def test_the_first_sentence_may_say_all_of_it(village: Village, words: str) -> None:
    said = village.say("新手机", words)
    assert "绑定码" in said or "名字" in said or "哪个社" in said


def test_a_bound_phone_may_act_in_its_office(village: Village) -> None:
    village.say("老王", "路灯坏了")
    village.say("小陈新手机", "绑定 陈小军 九社")
    village.say("小陈新手机", demo.paper_code(HOUSE["o-xiaochen"]))
    village.say("小陈新手机", "001 收到")
    assert village.matter().status == "accepted"


def test_going_back_asks_the_question_before(village: Village) -> None:
    village.say("新手机", "绑定 王德福 九社")
    assert "哪个社" in village.say("新手机", "上一步")
    assert "绑定码" in village.say("新手机", "九社")


@pytest.mark.parametrize("leave", ["取消", "算了", "退出", "算了吧", "不弄了", "不绑了", "取消。"])
def test_leaving_leaves(village: Village, leave: str) -> None:
    """Before, 算了吧 was taken for a name."""
    village.say("新手机", "绑定")
    assert "不弄了" in village.say("新手机", leave)
    assert "没听明白" in village.say("新手机", "王德福") or village.matters() == []
    assert bindings(village, "新手机") == []


@pytest.mark.parametrize("leave", ["算了 路灯坏了没人管", "取消低保凭啥", "我想退出合作社，钱没给我"])
def test_leaving_words_inside_a_story_leave_nothing(village: Village, leave: str) -> None:
    village.say("新手机", "绑定 王德福 九社")
    village.say("新手机", leave)
    assert "绑好了" in village.say("新手机", CODE)


@pytest.mark.parametrize("story", ["路灯坏了", "没水了", "水管爆了", "路灯坏了好几天了没人管"])
@pytest.mark.parametrize("opening", ["绑定", "绑定 王德福", "绑定 王德福 九社"])
def test_a_complaint_in_mid_binding_is_filed_and_the_binding_goes_on(
    village: Village, opening: str, story: str
) -> None:
    """Before, 路灯坏了 was taken for the name of a villager, and the lamp was lost."""
    village.say("新手机", opening)
    village.say("新手机", story)
    assert [matter.text for matter in village.matters()] == [story]
    for words in {"绑定": ["王德福", "九社"], "绑定 王德福": ["九社"]}.get(opening, []):
        village.say("新手机", words)
    assert "绑好了" in village.say("新手机", CODE)


@pytest.mark.parametrize("command", ["进度", "帮助", "找谁", "人工", "我的信息", "菜单"])
def test_a_command_in_mid_binding_is_obeyed_and_the_binding_goes_on(village: Village, command: str) -> None:
    """Before, 进度 was taken for a name and 人工 as well."""
    alone = village.say("别的手机", command)
    village.say("新手机", "绑定")
    assert village.say("新手机", command) == alone
    assert "哪个社" in village.say("新手机", "王德福")


@pytest.mark.parametrize("words", ["你好吗", "不知道", "等一下", "啥意思", "哈哈", "王德福的媳妇儿子", "1", "😀", "?"])
def test_what_is_no_name_is_asked_again(village: Village, words: str) -> None:
    village.say("新手机", "绑定")
    said = village.say("新手机", words)
    assert "绑定码" not in said
    assert "哪个社" not in said or "名字" in said


def test_half_an_hour_of_silence_forgets_it_and_says_so(village: Village) -> None:
    village.say("新手机", "绑定 王德福 九社")
    village.later(minutes=31)
    assert "没发出" in village.say("新手机", CODE)
    assert bindings(village, "新手机") == []


def test_twenty_nine_minutes_are_still_in_time(village: Village) -> None:
    village.say("新手机", "绑定 王德福 九社")
    village.later(minutes=29)
    assert "绑好了" in village.say("新手机", CODE)


# -- wrong tries


def test_five_wrong_tries_a_day_and_no_more(village: Village) -> None:
    for left in range(WRONG_A_DAY - 1, 0, -1):
        village.say("贼", "绑定 王德福 九社")
        assert f"还能试{left}回" in village.say("贼", "0000")
    village.say("贼", "绑定 王德福 九社")
    assert "满了" in village.say("贼", "0000")
    village.say("贼", "绑定 王德福 九社")
    assert "满了" in village.say("贼", CODE)
    assert bindings(village, "贼") == []
    village.later(days=1)
    village.say("贼", "绑定 王德福 九社")
    assert "绑好了" in village.say("贼", CODE)


def test_another_households_code_is_wrong(village: Village) -> None:
    village.say("贼", "绑定 王德福 九社")
    assert "对不上" in village.say("贼", demo.paper_code(HOME + 1))
    assert bindings(village, "贼") == []


def test_the_wrong_place_is_wrong_and_does_not_say_which_part(village: Village) -> None:
    village.say("贼", "绑定 王德福 七社")
    wrong_place = village.say("贼", CODE)
    village.say("贼二", "绑定 王金宝 九社")
    wrong_name = village.say("贼二", CODE)
    village.say("贼三", "绑定 王德福 九社")
    assert wrong_place == wrong_name == village.say("贼三", "0000")


def test_who_has_tried_too_often_may_still_report(village: Village) -> None:
    for _ in range(6):
        village.say("贼", "绑定 王德福 九社")
        village.say("贼", "0000")
    assert "编号" in village.say("贼", "路灯坏了")


# -- phone digits


def test_the_last_digits_of_the_phone_bind_for_reports_only(village: Village) -> None:
    village.say("新手机", "绑定 王德福 九社")
    assert "绑定码" in village.say("新手机", village.phone("老王")[-4:])
    assert bindings(village, "新手机") == [("王德福", "limited", "phone")]


def test_a_limited_binding_is_raised_by_the_paper_code(village: Village) -> None:
    village.say("新手机", "绑定 王德福 九社")
    village.say("新手机", village.phone("老王")[-4:])
    assert "绑好了" in village.say("新手机", f"绑定码 {CODE}")
    assert bindings(village, "新手机") == [("王德福", "full", "paper_code")]


def test_a_limited_binding_gives_no_office(village: Village) -> None:
    village.say("老王", "路灯坏了")
    village.bind("小陈新手机", to="小陈", level=Level.LIMITED)
    village.say("小陈新手机", "001 收到")
    assert village.matter().status == "filed"


# -- the household


def test_the_household_is_told_of_a_new_phone(village: Village) -> None:
    village.say("新手机", "绑定 王德福 九社")
    village.say("新手机", CODE)
    assert "王德福" in village.heard("老王")
    assert village.heard("新手机") == ""


def test_a_keepers_own_new_phone_does_not_send_him_to_himself(village: Village) -> None:
    """您家陈小军绑定了一部手机。要是不对，请马上告诉网格长陈小军 stood on 陈小军's own phone."""
    village.say("新手机", "绑定 陈小军 九社")
    village.say("新手机", "1794")
    told = village.heard("小陈")
    assert "新绑了一部手机" in told
    assert "您家" not in told
    assert "告诉网格长" not in told


def test_several_members_on_one_phone(village: Village) -> None:
    wife = other_at_home(village)
    village.say("老王", f"绑定 {wife} 九社")
    assert "绑好了" in village.say("老王", CODE)
    assert {name for name, *_ in bindings(village, "老王")} == {"王德福", wife}
    village.say("老王", "路灯坏了")
    assert wife in village.heard("小陈")


# -- a scanned door plate


def test_a_scan_only_proposes_and_the_keeper_confirms(village: Village) -> None:
    assert "名字" in village.does("新手机", Kind.SCAN, key=scene(HOME))
    said = village.say("新手机", "王德福")
    assert "陈小军" in said
    assert village.phone("小陈") in said
    assert bindings(village, "新手机") == []
    assert "王德福" in village.heard("小陈")
    village.heard("老王")
    village.say("小陈", "1")
    assert bindings(village, "新手机") == [("王德福", "full", "keeper")]
    assert "绑好了" in village.heard("新手机")


def test_the_household_is_told_of_a_scan_that_was_confirmed(village: Village) -> None:
    """Before, only the other ways of binding told the household."""
    village.does("新手机", Kind.SCAN, key=scene(HOME))
    village.say("新手机", "王德福")
    village.say("小陈", "1")
    assert "王德福" in village.heard("老王")


@pytest.mark.parametrize("no", ["2", "不是"])
def test_the_keeper_may_refuse_a_scan(village: Village, no: str) -> None:
    village.does("新手机", Kind.SCAN, key=scene(HOME))
    village.say("新手机", "王德福")
    village.say("小陈", no)
    assert bindings(village, "新手机") == []
    assert "对不上" in village.heard("新手机")


def test_a_name_that_is_not_of_that_door_claims_nothing_of_the_keeper(village: Village) -> None:
    """Before, the phone was told that the keeper had refused, though nobody had asked him."""
    village.does("新手机", Kind.SCAN, key=scene(HOME))
    said = village.say("新手机", "赵金宝")
    assert "网格长说" not in said
    assert village.heard("小陈") == ""


def test_names_at_a_door_cannot_be_guessed_without_end(village: Village) -> None:
    """Before, anyone with a photograph of a door plate could try every name of the village."""
    for _ in range(WRONG_A_DAY):
        village.does("贼", Kind.SCAN, key=scene(HOME))
        village.say("贼", "赵金宝")
    village.does("贼", Kind.SCAN, key=scene(HOME))
    village.say("贼", "王德福")
    assert village.heard("小陈") == ""


@pytest.mark.parametrize("key", [f"hh.{HOME}.00000000", "hh.x.1", "", "poster-1", f"{scene(HOME)}0", "hh." + "9" * 40])
def test_a_made_up_scene_binds_nobody(village: Village, key: str) -> None:
    assert "认不得" in village.does("贼", Kind.SCAN, key=key)
    assert village.kinds("贼") == []


def test_following_by_a_door_plate_greets_and_asks_the_name(village: Village) -> None:
    said = village.does("新手机", Kind.FOLLOW, key=scene(HOME))
    assert "您好" in said
    assert "名字" in said
    assert "陈小军" in village.say("新手机", "王德福")


def test_a_story_instead_of_the_name_is_filed(village: Village) -> None:
    village.does("新手机", Kind.SCAN, key=scene(HOME))
    village.say("新手机", "路灯坏了")
    assert len(village.matters()) == 1
    assert "陈小军" in village.say("新手机", "王德福")


def test_two_scans_are_told_apart_by_name(village: Village) -> None:
    """Before, the keeper was asked 您是回1核实门牌 2核实门牌？"""
    for phone, name in (("新手机", "王德福"), ("另一部", other_at_home(village))):
        village.does(phone, Kind.SCAN, key=scene(HOME))
        village.say(phone, name)
    said = village.say("小陈", "1")
    assert "王德福" in said
    assert other_at_home(village) in said
    village.say("小陈", "2")
    assert bindings(village, "新手机") == [("王德福", "full", "keeper")]


# -- for another of the household


def test_speaking_for_grandmother_records_her_consent(village: Village) -> None:
    assert "周奶奶本人同意吗" in village.say("王秀英", "代 周奶奶")
    assert "记下了" in village.say("王秀英", "1")
    row = village.rows(tables.bindings, tables.bindings.c.proven_by == "proxy")[0]
    assert row.consent.startswith("said yes 2026-11-22")
    assert row.level == "limited"
    village.say("王秀英", "我家房顶漏雨")
    assert village.matter().is_proxy
    assert "周奶奶" in village.heard("小陈")
    village.say("王秀英", "不代了")
    village.say("王秀英", "路灯坏了")
    assert not village.matter().is_proxy


def test_without_consent_nobody_speaks_for_her(village: Village) -> None:
    village.say("王秀英", "代 周奶奶")
    assert "先不代" in village.say("王秀英", "2")
    assert village.rows(tables.bindings, tables.bindings.c.proven_by == "proxy") == []


@pytest.mark.parametrize("who", ["老王", "外村人", "小陈"])
def test_nobody_speaks_for_another_household(village: Village, who: str) -> None:
    said = village.say(who, "代 周奶奶")
    assert "同意吗" not in said
    village.say(who, "1")
    assert village.rows(tables.bindings, tables.bindings.c.proven_by == "proxy") == []


def test_a_proxy_gives_no_office(village: Village) -> None:
    """Whoever speaks for the keeper does not act for him."""
    wife = other_at_home(village, HOUSE["o-xiaochen"], but="陈小军")
    village.bind("小陈媳妇", to=wife)
    village.say("小陈媳妇", "代 陈小军")
    village.say("小陈媳妇", "1")
    village.say("老王", "路灯坏了")
    village.say("小陈媳妇", "001 收到")
    assert village.matter().status == "filed"


# -- unbinding


def test_unbinding_is_asked_back(village: Village) -> None:
    assert "1 解绑 2 不解" in village.say("老王", "解绑")
    assert "不弄了" in village.say("老王", "2")
    assert bindings(village, "老王")
    village.say("老王", "解绑")
    assert "解绑了" in village.say("老王", "1")
    assert bindings(village, "老王") == []
    village.say("老王", "路灯坏了")
    assert village.matter().reporter_id is None


def test_unbinding_nothing_says_so(village: Village) -> None:
    assert "还没绑定" in village.say("外村人", "解绑")


def test_every_binding_and_its_end_are_in_the_ledger(village: Village) -> None:
    village.say("新手机", "绑定 王德福 九社")
    village.say("新手机", CODE)
    village.say("新手机", "解绑")
    village.say("新手机", "1")
    assert village.ledger() == [("", "full", "villager", "paper_code"), ("bound", "ended", "guest", "unbind")]


# -- without binding, and in plain mode


def test_nothing_but_the_office_needs_a_binding(village: Village) -> None:
    assert "编号" in village.say("外村人", "路灯坏了")
    assert village.matter().number in village.say("外村人", "进度")
    assert village.phone("李书记") in village.say("外村人", "找谁")


def test_in_plain_mode_nobody_is_bound(village: Village) -> None:
    said = village.say("新手机", "绑定 王德福 九社", trust=Trust.SIGNED_URL)
    assert "安全模式" in said
    assert village.say("新手机", CODE, trust=Trust.SIGNED_URL) != ""
    assert bindings(village, "新手机") == []


def test_in_plain_mode_a_scan_and_the_rest_of_a_binding_are_refused(village: Village) -> None:
    """Before, only the first word of a binding was checked; a forged second message could finish it."""
    village.say("新手机", "绑定 王德福 九社")
    assert "安全模式" in village.say("新手机", CODE, trust=Trust.SIGNED_URL)
    assert bindings(village, "新手机") == []
    village.trust = Trust.SIGNED_URL
    assert "安全模式" in village.does("另一部", Kind.SCAN, key=scene(HOME))
    assert village.kinds("另一部") == []


def test_codes_are_kept_only_as_keyed_hashes(village: Village) -> None:
    row = village.rows(tables.households, tables.households.c.id == HOME)[0]
    assert re.fullmatch(r"[0-9a-f]{64}", row.code_hash)
    assert row.code_hash == household_code_digest(VAULT, HOME, CODE)


@pytest.mark.parametrize("words", ["好的", "一样一样的", "三天两头的"])
def test_small_words_are_no_place(village: Village, words: str) -> None:
    """Before, 好的 was taken for the 社 called 好."""
    village.say("新手机", "绑定 王德福")
    assert "哪个社" in village.say("新手机", words)


def test_whoever_is_bound_and_says_his_name_is_not_asked_for_a_code(village: Village) -> None:
    assert village.say("老王", "我是九社的王德福") == "王德福，您已经绑定好了。有事直接说就行。"
    assert village.kinds("老王") == []


def test_the_next_try_at_the_code_is_another_try(village: Village) -> None:
    """It was answered: there is no poll for you."""
    village.say("外村人", "绑定 张桂兰 九社")
    assert "还能试4回" in village.say("外村人", "1111")
    assert "还能试3回" in village.say("外村人", "2222")
    village.say("外村人", "路灯坏了")
    assert village.matter().text == "路灯坏了"


def test_whoever_says_that_the_new_phone_is_not_his_is_heard(village: Village) -> None:
    village.say("外村人", "绑定 王秀英 九社")
    village.say("外村人", "0005")
    village.heard("小陈")
    assert "核实" in village.say("王秀英", "不是我绑的")
    assert "解绑 王秀英" in village.heard("小陈")


def test_a_stranger_who_says_so_is_not_asked_for_his_name(village: Village) -> None:
    assert "不用绑定" in village.say("外村人", "我是外村的")


def test_whose_house_it_is_is_no_name(village: Village) -> None:
    assert "叫什么名字" in village.say("外村人", "我是九社老李家的")
    assert "绑定码" in village.say("外村人", "张桂兰")
