"""Words that tell on somebody reach those who may read them, whatever they are said beside, and nobody of the village."""

from __future__ import annotations

import pytest

from storage import tables
from tests.handlers.talk import Village

VILLAGE = ("小陈", "书记", "文书", "会计")


def heard_by_the_village(village: Village) -> str:
    return "\n".join(village.heard(who) for who in VILLAGE) + village.in_group()


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("转人工 我要举报文书吃回扣", "回扣"),
        ("人工，我要告书记贪钱", "贪钱"),
        ("补充 电工小赵是书记外甥，钱叫书记吞了", "外甥"),
        ("小陈这人不行，光说不干", "光说"),
        ("小陈收了钱才给别人修", "收了钱"),
        ("我怀疑是陈小军把灯泡偷了卖", "偷了"),
        ("李长河把安置房给他外甥了两套", "外甥"),
        ("水管所的人接个水管要我两千块", "两千"),
        ("低保咋申请，听说要给书记送礼", "送礼"),
        ("选举时候有人给我塞了两百块钱叫投他", "两百"),
        ("赵敏给她亲妹子办了贫困户", "亲妹子"),
        ("小陈骂我", "骂我"),
        ("小陈收了隔壁两百块 只捞他家那截", "两百块"),
        ("小陈拿了隔壁三百块钱 光给他家掏", "三百块"),
        ("小陈吃了隔壁的席 只给他掏", "席"),
        ("小陈喝了人家的酒 就先给人家修", "酒"),
        ("小陈跟俺讨了两条烟", "两条烟"),
        ("会计问我要200块好处费", "200"),
        ("书记找我要红包", "红包"),
        ("我给了小陈两百块 他才给我掏", "两百块"),
        ("隔壁塞了小陈一条烟 他就先给隔壁修", "一条烟"),
        ("塞了钱 小陈才捞", "塞了钱"),
        ("小陈只掏他自家门口", "自家门口"),
        ("小陈不给烟就不捞", "不给烟"),
        ("文书喊我给她买条烟", "买条烟"),
        ("队长扇了我两耳光", "耳光"),
    ],
)
def test_blame_of_who_is_in_office_goes_to_discipline_inspection(filed: Village, said: str, secret: str) -> None:
    heard_by_the_village(filed)
    assert "镇纪委" in filed.say("老王", said)
    assert secret not in heard_by_the_village(filed)
    assert secret in filed.heard("镇纪委")
    assert filed.matter().is_sealed


@pytest.mark.parametrize("words", ["不满意，书记把灯钱吞了", "不满意，小陈收了我两条烟"])
def test_a_rating_reopens_the_matter_and_says_no_more_of_why(filed: Village, words: str) -> None:
    filed.say("小陈", "001 换了灯泡")
    heard_by_the_village(filed)
    assert "镇纪委" in filed.say("老王", words)
    heard = heard_by_the_village(filed)
    assert "重办" in heard
    assert "“不满意”" not in heard  # nobody is quoted with a word that says what stands before it
    assert not any(word in heard for word in ("吞", "烟"))


def test_a_reason_asked_for_afterwards_is_kept_back_too(filed: Village) -> None:
    filed.say("小陈", "001 换了灯泡")
    filed.say("老王", "3")
    heard_by_the_village(filed)
    assert "镇纪委" in filed.say("老王", "小陈收了钱才给别人修")
    assert "收了钱" not in heard_by_the_village(filed)


@pytest.mark.parametrize(
    ("lines", "secret"),
    [
        (["3 小陈问我要了一包烟才捞"], "烟"),
        (["3 小陈收了隔壁两百块 只捞他家那截"], "两百"),
        (["3，文书要我请她吃饭才给换"], "吃饭"),
        (["不满意 小陈吃了隔壁的席 只给他掏"], "席"),
        (["3", "小陈收了隔壁两百块 只捞他家那截"], "两百"),
        (["不满意", "书记得了老刘家五百块 光给他家修"], "五百"),
    ],
)
def test_blame_beside_a_rating_reopens_at_once(filed: Village, lines: list[str], secret: str) -> None:
    """Before, 3 小陈… was sealed and the rating was lost, or the keeper read it as a quarrel of neighbours."""
    filed.say("小陈", "001 换了灯泡")
    heard_by_the_village(filed)
    told = [filed.say("老王", line) for line in lines][-1]
    assert "镇纪委" in told
    heard = heard_by_the_village(filed)
    assert "【重办】" in heard
    assert secret not in heard
    assert secret in filed.heard("镇纪委")
    assert filed.matters()[0].rating == 3


def test_blame_said_while_a_fire_burns_is_not_told_to_those_who_come(village: Village) -> None:
    village.say("老王", "着火了")
    heard_by_the_village(village)
    village.say("老王", "书记贪污救灾款")
    assert "贪污" not in heard_by_the_village(village)


@pytest.mark.parametrize(
    "said",
    ["人工，我男人打我", "补充 我男人打我", "路灯坏了，还有我男人打我", "我昨晚又挨打了", "我男的昨黑又把我捶了一顿"],
)
def test_violence_at_home_is_the_womens_federation_s(filed: Village, said: str) -> None:
    heard_by_the_village(filed)
    told = filed.say("张婶", said)
    assert "110" in told
    assert "妇联" in told
    assert "打" not in filed.heard("小陈")


@pytest.mark.parametrize(
    "said", ["我要离婚，他不是人，三天两头揍我", "他昨晚又动手打我，别让村里晓得", "隔壁天天听见打媳妇"]
)
def test_violence_told_of_is_sealed_for_the_womens_federation(village: Village, said: str) -> None:
    told = village.say("张婶", said)
    assert "妇联" in told
    assert village.heard("小陈") == ""


@pytest.mark.parametrize(
    "said",
    [
        "悄悄给你说个事，后山有人偷着开矿",
        "不要写我名字，隔壁天天放炮吵",
        "我说个事但莫把我供出去，村东头有人赌钱",
        "别写我名，老刘家往河里倒粪",
        "莫说是我讲的，小学门口摆摊的卖过期辣条",
    ],
)
def test_whoever_asks_for_silence_is_not_named(village: Village, said: str) -> None:
    village.say("老王", said)
    assert village.matter().is_sealed
    assert "王德福" not in village.heard("小陈")


def test_a_word_behind_the_promise_of_silence_is_sealed_too(village: Village) -> None:
    village.say("张婶", "匿名")
    assert "查询码" in village.say("张婶", "水")
    assert "张桂兰" not in village.heard("小陈")


def test_silence_asked_for_too_late_is_said_to_be(filed: Village) -> None:
    assert "收不回来" in filed.say("老王", "别说是我说的")
    assert len(filed.matters()) == 1


@pytest.mark.parametrize("said", ["书记忙不忙", "打电话没人接", "马马虎虎吧", "人都跑光了，村里没人"])
def test_words_that_blame_nobody_are_no_report(village: Village, said: str) -> None:
    village.say("老王", said)
    assert village.heard("镇纪委") == ""
    assert not any(matter.is_sealed for matter in village.matters())


def test_of_two_matters_the_lamp_is_mended_and_the_blame_is_sealed(village: Village) -> None:
    village.say("老王", "路灯坏了，还有书记贪钱")
    assert "路灯" in village.heard("小陈")
    assert "贪钱" in village.heard("镇纪委")


@pytest.mark.parametrize("said", ["再不给说法我们几十户去堵镇政府大门", "我要上访", "我要去省里告你们"])
def test_who_means_to_go_up_is_heard_by_the_secretary(village: Village, said: str) -> None:
    told = village.say("老王", said)
    assert "12345" in told
    assert said in village.heard("书记")
    assert village.rows(tables.matters)[-1].urgency == "P1"


@pytest.mark.parametrize(
    "said",
    [
        "小陈打了我三个电话都没接上",
        "小陈给我修的灯又坏了",
        "我儿子去北京打工了",
        "文书给办的证明丢了",
        "小陈帮我垫了两百块",
        "小陈收垃圾费两百块",
        "小陈收了我两百块水费",
        "小陈拿了两百块帮我垫上",
        "我给了小陈两百块水费 他给我交了",
        "小陈吃了饭就来修了",
        "小陈在我家吃了饭才走",
        "小陈问我要电话",
        "小陈先给我家修的灯 谢谢他",
        "小陈借了我家梯子先修八社的灯",
        "小陈给我家送了一百块慰问金",
    ],
)
def test_whoever_is_named_is_not_always_blamed(village: Village, said: str) -> None:
    village.say("老王", said)
    assert village.heard("镇纪委") == ""
    assert "12345" not in village.heard("老王")
    assert not any(matter.urgency == "P1" and matter.is_sealed for matter in village.matters())


@pytest.mark.parametrize(
    "said",
    [
        "不要写我名字，隔壁天天放炮吵，还有垃圾没人拉",
        "莫把我供出去，村东头有人赌钱，另外路灯坏了",
        "书记贪钱，还有他包的那条路烂了",
    ],
)
def test_what_was_asked_to_be_kept_or_goes_on_with_the_blame_is_not_taken_apart(village: Village, said: str) -> None:
    village.say("老王", said)
    assert heard_by_the_village(village).strip() == ""
    assert all(matter.is_sealed for matter in village.matters())


@pytest.mark.parametrize("said", ["不解决我打12345", "不给解决我就去信访局告你们", "再不处理我发抖音曝光"])
def test_the_secretary_hears_who_means_to_go_up_with_an_open_matter(filed: Village, said: str) -> None:
    filed.say("老王", "催一下")
    told = filed.say("老王", said)
    assert "12345" in told
    assert "权利" in told
    assert said in filed.heard("书记")
    assert len(filed.matters()) == 1


@pytest.mark.parametrize("said", ["12345是啥电话", "我儿子去县里上班了"])
def test_a_number_that_is_asked_for_is_no_threat(filed: Village, said: str) -> None:
    filed.say("老王", said)
    assert "要往上反映" not in filed.heard("书记")


# -- what those in office do to a body, and the name that was promised to stay where it is


@pytest.mark.parametrize(
    "said",
    ["村长老往我家跑 摸我", "网格员大半夜敲我家门", "书记晚上翻我家墙", "小陈半夜钻我屋里", "小陈要三十块钱才肯来看"],
)
def test_what_an_officer_does_is_no_question_for_phones(village: Village, said: str) -> None:
    """Before, it was answered with a list of phones, the accused among them, or with the progress, and lost."""
    village.say("王秀英", "路灯坏了")
    village.heard("小陈")
    told = village.say("王秀英", said)
    assert "查询码" in told
    assert village.phone("小陈") not in told
    assert said in village.heard("镇纪委") + village.heard("妇联")
    assert village.heard("小陈") == village.heard("书记") == ""


@pytest.mark.parametrize(
    "said", ["网格员电话多少", "书记昨晚来我家看了", "小陈说十五天才来修", "小陈半夜还在抢修 我感谢他"]
)
def test_what_an_officer_does_well_is_not_sealed(village: Village, said: str) -> None:
    assert "查询码" not in village.say("王秀英", said)


@pytest.mark.parametrize("said", ["别说是我讲的", "你们不会跟他讲是我说的吧", "莫把我名字说出去"])
def test_after_the_promise_nobody_else_hears_the_name(village: Village, said: str) -> None:
    village.say("老王", "刘永强家半夜放音响吵得睡不着")
    village.heard("小陈")
    assert "再不跟别人说" in village.say("老王", said)
    assert village.heard("小陈") == "", "a plea is no addition"
    for other in ("书记", "文书"):
        told = village.say(other, "001 是谁报的")
        assert "王德福" not in told
        assert "九社" in told, "his own micro-grid would tell who he is"
    village.say("书记", "001 转给赵敏")
    assert "王德福" not in village.heard("文书")


def test_of_a_stranger_no_name_was_told(village: Village) -> None:
    village.say("外村人", "有人偷砍树")
    assert "写着您的名字" not in village.say("外村人", "莫写我名字")


def test_a_plea_amid_a_choice_files_what_was_chosen_among(village: Village) -> None:
    assert "饮水" in village.say("老王", "水有问题")
    assert "饮水" in village.say("老王", "莫说是我讲的")
    assert village.matter().code == "RC03"


@pytest.mark.parametrize("said", ["撤回", "进度", "催一下"])
def test_a_sealed_alarm_is_not_unheard_of(village: Village, said: str) -> None:
    village.say("王秀英", "男人又打我")
    told = village.say("王秀英", said)
    assert "还没有反映过" not in told
    assert "妇联" in told
