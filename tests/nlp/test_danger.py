from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nlp.lanes import pack
from nlp.lexicon import Lexicon
from nlp.places import without_spot
from nlp.spoken import AXES
from nlp.words import classify, hear, look_for_danger

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("快来人 柴垛着火了", "fire", "119"),
        ("娃掉水里了", "drowning", "119"),
        ("有人触电倒地上了", "shock", "120"),
        ("我不想活了", "suicide", "12356"),
        ("他拿刀要砍人", "violence", "110"),
        ("老汉昏倒了叫不醒", "medical", "120"),
        ("一家人煤烟中毒了", "gas", "120"),
        ("房塌了压住人了", "collapse", "119"),
        ("著火了 快來人", "fire", "119"),
        ("村口出车祸了，人流血了", "traffic", "122"),
        ("我家娃不见了，从中午找到现在", "missing", "110"),
        ("我妈喝农药了", "suicide", "12356"),
    ],
)
def test_a_life_in_danger_is_alarmed_at_once(lexicon: Lexicon, text: str, kind: str, number: str) -> None:
    danger = look_for_danger(lexicon, text)
    assert danger is not None
    assert (danger.kind, danger.number, danger.certain) == (kind, number, True)
    reading = classify(lexicon, text)
    assert reading.urgency == "P0"
    assert not reading.ask


def test_nearly_every_known_cry_for_help_alarms_and_the_rest_are_raised_or_asked(lexicon: Lexicon) -> None:
    lines = [line.split(" ", 1)[1] for line in (HERE / "danger_alarms.txt").read_text("utf-8").splitlines()]
    missed = []
    for text in lines:
        danger = look_for_danger(lexicon, text)
        if danger is None or not danger.certain:
            missed.append(text)
    quiet = []
    for text in missed:
        reading = classify(lexicon, text)
        if reading.urgency != "P1" and not reading.ask:
            quiet.append(text)
    assert len(lines) > 1100
    assert len(missed) / len(lines) <= 0.03
    assert len(quiet) <= 2


def test_hardly_any_known_look_alike_alarms(lexicon: Lexicon) -> None:
    lines = (HERE / "danger_lookalikes.txt").read_text("utf-8").splitlines()
    alarms = []
    for text in lines:
        danger = look_for_danger(lexicon, text)
        if danger is not None and danger.certain:
            alarms.append(text)
    assert len(lines) > 1250
    assert len(alarms) / len(lines) <= 0.005


@pytest.mark.parametrize(
    "text",
    [
        "热死了水渠还不放水",
        "想死你了",
        "今晚吃火锅",
        "不想活儿干了",
        "防火宣传来了",
        "死羊没人管",
        "笑死我了",
        "打火机多少钱",
        "这家店最近火了",
    ],
)
def test_an_idiom_is_no_danger(lexicon: Lexicon, text: str) -> None:
    assert look_for_danger(lexicon, text) is None


def test_a_house_on_fire_in_the_shortest_words_alarms_and_a_popular_shop_does_not(lexicon: Lexicon) -> None:
    for text in ("房子火了", "我家柴房火了", "草垛火了"):
        danger = look_for_danger(lexicon, text)
        assert danger is not None
        assert danger.certain
    for text in ("咱村的豆腐在抖音上火了", "小卖部的生意火了"):
        danger = look_for_danger(lexicon, text)
        assert danger is None or not danger.certain


@pytest.mark.parametrize(
    "text",
    [
        "没着火，是蒸馍的汽",
        "昨晚梦见房子烧了",
        "没有人落水，别传了",
        "娃没回家，去他姑家了",
        "演的是跳河那一段",
        "触电了应该怎么救，电工给讲讲",
        "别信谣言，没有溃坝",
        "打死我也不搬",
        "我不想活得这么窝囊",
    ],
)
def test_what_is_denied_dreamt_played_or_taught_does_not_alarm(lexicon: Lexicon, text: str) -> None:
    danger = look_for_danger(lexicon, text)
    assert danger is None or not danger.certain


@pytest.mark.parametrize(
    "text",
    [
        "没动刀，吵完就散了",
        "锅炉房冒烟了，是正常生火",
        "被雷劈的那棵树横在路上",
        "河里漂着死猪，谁来捞走",
        "骗子打电话说我儿子出车祸，大家别信",
        "玻璃叫人砸了，没看清是谁",
    ],
)
def test_what_threatens_nobody_now_does_not_alarm(lexicon: Lexicon, text: str) -> None:
    danger = look_for_danger(lexicon, text)
    assert danger is None or not danger.certain


@pytest.mark.parametrize(
    "text",
    [
        "后坡垮了，把干活的人掩埋了",
        "欠债还不上，只有死路一条",
        "收债的把我弟拖上面包车带走了",
        "他爬上去扯电线，踩到裸线了",
        "洪水把放牛的困住了，被水隔在对岸",
        "赶会人多，孩子挤散了",
        "摸不到脉，心跳没了",
    ],
)
def test_a_cry_that_holds_a_harmless_idiom_or_a_new_wording_alarms(lexicon: Lexicon, text: str) -> None:
    danger = look_for_danger(lexicon, text)
    assert danger is not None
    assert danger.certain


@pytest.mark.parametrize("text", ["前年仓库着火烧光了", "要是着火了咋办", "听说邻村着火了"])
def test_what_is_past_supposed_or_told_is_asked_about(lexicon: Lexicon, text: str) -> None:
    danger = look_for_danger(lexicon, text)
    assert danger is not None
    assert not danger.certain
    assert classify(lexicon, text).ask


@pytest.mark.parametrize(
    "text",
    ["昨天隔壁着火了已经灭了", "上个月那场火早灭了", "前天走丢的老人找着了，谢谢大家", "落水的那个小伙昨天就出院了"],
)
def test_what_is_over_is_not_even_asked_about(lexicon: Lexicon, text: str) -> None:
    assert look_for_danger(lexicon, text) is None


def test_a_danger_that_is_not_over_alarms_whatever_else_is_past(lexicon: Lexicon) -> None:
    for text in ("昨晚到现在我妈没回来，到处找不着", "前年着过火的那家，现在又烧起来了，快来人"):
        danger = look_for_danger(lexicon, text)
        assert danger is not None
        assert danger.certain


@pytest.mark.parametrize(
    "text",
    ["西路那边也着了", "东头也着了", "后坡着得大 快来", "二婶家柴房着了", "救上来了但是不喘气", "119 三组房子烧起来了"],
)
def test_a_place_that_burns_or_a_danger_that_goes_on_is_alarmed_or_asked_about(lexicon: Lexicon, text: str) -> None:
    assert look_for_danger(lexicon, text) is not None


@pytest.mark.parametrize(
    "text", ["路灯着了", "炉子着了，屋里暖和了", "车打着火了", "娃睡着了", "钥匙找着了", "119", "120"]
)
def test_what_burns_as_it_should_or_only_sounds_alike_is_no_danger(lexicon: Lexicon, text: str) -> None:
    assert look_for_danger(lexicon, text) is None


@pytest.mark.parametrize(
    "text", ["我家有爸爸妈妈和一个妹妹", "刚才邻居和两个师傅都走了", "外婆来了，住几天就走", "我妈跟我姐去赶集了"]
)
def test_persons_of_whom_nothing_threatening_is_said_alarm_nobody(lexicon: Lexicon, text: str) -> None:
    danger = look_for_danger(lexicon, text)
    assert danger is None or not danger.certain


def test_a_letter_that_tells_of_a_danger_calmly_does_not_alarm(lexicon: Lexicon) -> None:
    letter = (
        "尊敬的领导您好，我是村里的普通村民，向您反映一件事。我们村的老供销社仓库前年曾经发生火灾，烧毁了隔壁三户人家的房子，"
        "当时消防车因为路太窄进不来，损失很大。事后镇上说要拓宽道路、增设消防栓，可是到现在没有动静，希望领导重视，给大家一个答复，谢谢。"
    )
    danger = look_for_danger(lexicon, letter)
    assert danger is None or not danger.certain


def test_a_long_cry_for_help_still_alarms(lexicon: Lexicon) -> None:
    cry = (
        "喂你们听我说啊我是三社的，我家后头那个坡上头下了一夜的雨，刚才轰隆一声土下来了，把我爸埋在里头了，"
        "我一个人挖不动啊，我妈也吓得站不起来，电话也没信号，你们快来人啊，救命啊，赶紧叫人拿铁锹来，人还在底下压着呢"
    )
    danger = look_for_danger(lexicon, cry)
    assert danger is not None
    assert danger.certain


def test_a_cry_for_help_makes_even_a_told_danger_certain(lexicon: Lexicon) -> None:
    danger = look_for_danger(lexicon, "去年着过火的那家现在又着火了，快来人")
    assert danger is not None
    assert danger.certain


def test_suicide_seals_the_message(lexicon: Lexicon) -> None:
    assert classify(lexicon, "我不想活了").sealed
    assert classify(lexicon, "活着没意思，死了算了").sealed


A_LITTLE_LIKE_ONE = ["屋里闷得人发慌", "老伴脸色不大好"]


@pytest.mark.parametrize("text", A_LITTLE_LIKE_ONE)
def test_what_only_sounds_a_little_like_a_cry_is_not_left_for_days(lexicon: Lexicon, text: str) -> None:
    """A wording no rule knows, of which neither alarm nor question comes, is still seen today."""
    reading = classify(lexicon, text)
    assert (reading.danger, reading.urgency) == (None, "P1")


DOUBTED = [
    "进山的路塌了半边，里头二十多户的车出不来",
    "坡上又滚石头下来 昨天砸穿我家猪圈顶",
    "接娃的面包车七座塞了十六个",
    "土屋斜得厉害 人还在里头住 怕垮",
]
"""What is urgent, but nobody is dying of it now: by its words alone each of them would alarm the whole village."""


@pytest.mark.parametrize("text", DOUBTED)
def test_what_threatens_without_a_life_in_danger_now_alarms_nobody_and_is_seen_today(
    lexicon: Lexicon, text: str
) -> None:
    reading = classify(lexicon, text)
    assert reading.danger is not None, "it is asked about"
    assert not reading.danger.certain
    assert reading.urgency == "P1"


@pytest.mark.parametrize(
    "text",
    [
        "他拿皮带抽我 孩子吓得躲床底下",
        "男人又打我 门锁了我出不去",
        "地下室淹满了 小两口还没上来",
        "校车翻了",
        "水进屋了 老人还在床上",
        "燃气味大得很 头晕",
        "狗扑上来咬住娃的脖子不松口",
    ],
)
def test_a_life_in_danger_now_alarms_in_the_same_words(lexicon: Lexicon, text: str) -> None:
    assert classify(lexicon, text).urgency == "P0"


def test_who_speaks_of_dying_is_never_doubted(lexicon: Lexicon) -> None:
    text = "我不想活了 药都买好了"
    always = lexicon.spoken.always - pack([(AXES.index("cry"), 100)])
    calm = replace(lexicon, spoken=replace(lexicon.spoken, always=always))
    assert hear(calm, text).danger == hear(lexicon, text).danger
    fire = hear(calm, "厨房着火了").danger
    assert fire is not None
    assert not fire.certain, "what else alarms is doubted by so many points"


ANSWERS = [
    "我媳妇去",
    "老人去不了，儿子替",
    "我妈投2，她没微信",
    "灯亮了，不用来人了",
    "我家两口子都去",
    "1号我上门说了",
    "我老头子说投2",
    "来不了，叫我弟去",
    "人没到齐",
    "我不清楚",
    "我正在去的路上",
    "我也看见了",
    "有人看见的",
    "周奶奶说要朝西",
    "我婆娘也晓得",
    "全家都不在",
    "委托我弟弟",
    "我婆娘要跟着去",
    "那水还在冒",
    "现在就结束吧",
]


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer_that_names_people_is_no_cry(lexicon: Lexicon, text: str) -> None:
    assert look_for_danger(lexicon, text) is None


def test_nearly_falling_is_urgent_but_no_alarm(lexicon: Lexicon) -> None:
    reading = classify(lexicon, "路灯坏啦黑灯瞎火的昨晚差点跌沟里")
    assert (reading.code, reading.urgency, reading.danger) == ("RC02", "P1", None)


def test_heat_as_a_figure_of_speech_leaves_the_matter(lexicon: Lexicon) -> None:
    reading = classify(lexicon, "热死了水渠还不放水")
    assert (reading.code, reading.danger) == ("AG01", None)


@pytest.mark.parametrize("text", ["", "\x00", "火" * 30_000, "😀", "着火" * 9_000])
def test_the_look_never_raises(lexicon: Lexicon, text: str) -> None:
    look_for_danger(lexicon, text)


@pytest.mark.parametrize(
    "spot",
    ["大槐树下这边，", "老井边这边，", "卫生室旁边这边，", "桥头 ", "学校门口，", "锅炉房旁边那儿，", "水塘边那块，"],
)
def test_where_an_ordinary_complaint_is_made_makes_no_cry_of_it(lexicon: Lexicon, spot: str) -> None:
    for matter in (
        "狗没拴绳子，到处乱跑",
        "村口那条路坑坑洼洼，车都不好走",
        "垃圾堆在路口没人拉，臭得很",
        "路灯不亮了",
    ):
        assert look_for_danger(lexicon, spot + matter) is None, spot + matter


@pytest.mark.parametrize("spot", ["", "老井边这边，", "卫生室旁边，", "桥头那边 "])
def test_a_cry_alarms_wherever_it_comes_from(lexicon: Lexicon, spot: str) -> None:
    for cry in ("有人掉水里了", "老汉昏倒了叫不醒", "墙倒了压住人了", "着火了快来人"):
        danger = look_for_danger(lexicon, spot + cry)
        assert danger is not None, spot + cry
        assert danger.certain, spot + cry


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("老井边这边，路灯坏了", "路灯坏了"),
        ("在学校门口 有人摆摊", "有人摆摊"),
        ("河边那几块石凳坏了", "那几块石凳坏了"),
        ("火烧到村口了，快来人", "火烧到村口了，快来人"),
        ("老人掉井边，快来人", "老人掉井边，快来人"),
        ("村口，来人", "村口，来人"),
    ],
)
def test_only_the_name_of_a_spot_is_taken_away(text: str, rest: str) -> None:
    assert without_spot(text) == rest
