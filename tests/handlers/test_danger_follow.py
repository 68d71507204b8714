"""What is said beside a danger and after it: nothing urgent is told to nobody, what got worse alarms again, the number to
call stays the one that helps, and words of any day alarm nobody."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from storage import tables
from storage.people import touch_directory
from tests.handlers.talk import LAMP, Village

URGENT = "【人命关天】"


def alarmed(village: Village) -> bool:
    return any(URGENT in sent.text for sent in village.sent)


def told(village: Village) -> str:
    return "".join(village.heard(who) for who in ("小陈", "书记", "妇联", "镇领导"))


@pytest.mark.parametrize("said", ["刷墙的工人从架子上摔下来了", "水灌进屋里了"])
@pytest.mark.parametrize("done", ["", "001 办好了 换了灯泡"])
def test_a_cry_beside_a_matter_is_an_alarm(village: Village, done: str, said: str) -> None:
    """It was filed as P0, which is told to nobody outside the alarm."""
    village.say("老王", LAMP)
    if done:
        village.say("小陈", done)
    village.say("老王", said)
    assert alarmed(village)


def test_what_he_says_is_no_danger_is_filed_as_urgent_and_told(village: Village) -> None:
    for line in ("我奶奶躺地上不动了 我该咋整", "我今年九岁 屋里就我", "2"):
        village.say("王秀英", line)
    assert not alarmed(village)
    assert "【急】" in told(village)


def test_nothing_lies_in_the_books_as_danger_without_an_alarm(village: Village) -> None:
    village.say("老王", LAMP)
    for line in ("水灌进屋里了", "人还在里头 快来人", "我妈摔倒了起不来"):
        village.say("老王", line)
    alarms = {row.matter_id for row in village.rows(tables.alarms)}
    assert {matter.id for matter in village.matters() if matter.urgency == "P0"} <= alarms


@pytest.mark.parametrize("said", ["又不行了 没气了", "又昏过去了", "他越来越不行了", "又喘不上来了"])
def test_what_got_worse_again_is_an_alarm(village: Village, said: str) -> None:
    village.say("老王", "我老伴晕倒了叫不醒")
    village.say("老王", "1")
    told(village)
    assert "120" in village.say("老王", said)
    assert URGENT in told(village)


@pytest.mark.parametrize("said", ["网又不行了", "路灯又不亮了", "快不行了 这路"])
def test_things_that_get_worse_do_not(village: Village, said: str) -> None:
    village.say("老王", "我老伴晕倒了叫不醒")
    village.say("老王", "1")
    told(village)
    village.say("老王", said)
    assert URGENT not in told(village)


@pytest.mark.parametrize(
    "said",
    [
        "你们再不来管我就捅了他", "活得有啥意思", "有个疯子提着斧头", "我妈心口疼", "电杆子漏电", "路灯冒黑烟", "院墙要倒了", "厨房着火",
        "催一下 再不送医院人就死了", "我妈昨晚摔了", "娃烧到40度",
    ],
)  # fmt: skip
def test_danger_behind_a_matter_is_heard(village: Village, said: str) -> None:
    village.say("老王", LAMP)
    answer = village.say("老王", said)
    assert alarmed(village) or "有没有人有危险" in answer


def test_danger_in_a_run_of_words_is_asked_about(village: Village) -> None:
    words = "那个啥我问一下合疗交到几号还有屋里一股子煤气味我婆娘头有点晕再就是户口本在哪补"
    assert "开窗" in village.voice("王秀英", words)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("街上有人抢包", "110"), ("有个醉汉提着棍子", "110"), ("他把娃吊起来打", "110"), ("液化气罐炸了 人炸伤了", "119"),
        ("脚手架垮了 两个工人压在底下", "119"), ("大水来了 我们在房顶上 撑不住了", "119"), ("我爷爷一口气上不来 谁有车", "120"),
        ("我闺女站在楼顶上哭着不下来", "110"), ("媳妇留了封信往河边去了", "110"),
    ],
)  # fmt: skip
def test_the_number_fits_the_danger(village: Village, said: str, number: str) -> None:
    assert number in village.say("王秀英", said).split("\n")[0]


def test_a_cry_that_names_nothing_names_all_numbers(village: Village) -> None:
    first = village.say("老王", "救命啊 快来人").split("\n")[0]
    assert "119" in first
    assert "110" in first


@pytest.mark.parametrize(
    "said",
    [
        "水来了", "水来了 谢谢啊", "娃晚上下学看不见路", "屋顶昨晚又漏雨了", "梅西赢了!", "中午喝了一碗羊汤", "儿媳生了 六斤八两",
        "我在高铁上了", "大队打了一口井", "儿子打我电话没接到", "救救我家的花", "猫昨晚没回来", "写作业写到没影了", "龙头光喘气不出水",
        "暑假娃们天天往水库跑", "路上有人卖西瓜",
    ],
)  # fmt: skip
def test_words_of_any_day_alarm_nobody(village: Village, said: str) -> None:
    village.say("老王", "我家自来水停了一天了")
    village.say("老王", said)
    assert not alarmed(village)


@pytest.mark.parametrize("said", ["7岁 穿蓝褂子", "我躲在柴房里"])
def test_what_follows_an_alarm_names_the_same_number(village: Village, said: str) -> None:
    village.say("王秀英", "我孙子不见了")
    assert "先打110" in village.say("王秀英", said)


@pytest.mark.parametrize("said", ["120打过了", "送到县医院了", "醒过来了", "谢谢", "救护车来了"])
def test_who_has_called_is_not_told_to_call(village: Village, said: str) -> None:
    village.say("老王", "我老伴晕倒了叫不醒")
    assert "先打120" not in village.say("老王", said)


@pytest.mark.parametrize("said", ["120还没来", "救护车来不来", "医院没车"])
def test_who_waits_for_help_is_told_the_number_again(village: Village, said: str) -> None:
    village.say("老王", "我老伴晕倒了叫不醒")
    assert "120" in village.say("老王", said)


def test_help_that_has_come_is_no_other_alarm(village: Village) -> None:
    village.say("王秀英", "我妈喝了农药")
    village.say("王秀英", "2")
    told(village)
    village.say("王秀英", "救护车来了")
    assert len(village.matters()) == 1
    assert "救护车来了" in told(village)


@pytest.mark.parametrize("cry", ["柴垛着火了快来人", "我男人打我 救命", "我不想活了"])
def test_where_nobody_can_be_told_nothing_is_claimed(village: Village, cry: str) -> None:
    with village.database.write() as connection:
        connection.execute(delete(tables.roles))
        touch_directory(connection)
    heard = [village.say("老王", line) for line in (cry, "他还在门口", "2")]
    for claim in ("我正在通知", "已经转给", "已经告诉", "又通知了", "再通知了"):
        assert not any(claim in said for said in heard)


@pytest.mark.parametrize("said", ["上回李大爷就在这儿摔断了胳膊", "去年还撞死过人", "前年有个娃绊倒磕了头"])
def test_what_it_did_before_goes_with_the_lamp(village: Village, said: str) -> None:
    village.say("老王", LAMP)
    village.say("老王", said)
    assert len(village.matters()) == 1
    assert said in village.heard("小陈")
    assert village.matter().urgency == "P2"


@pytest.mark.parametrize("said", ["我爷爷刚才摔断了腿", "去年的低保没发给我"])
def test_what_is_now_or_of_another_does_not(village: Village, said: str) -> None:
    village.say("老王", LAMP)
    village.heard("小陈")
    village.say("老王", said)
    assert "反映人又补充了" not in village.heard("小陈")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("九社桥栏杆掉了 孙子差点栽下去", "RC01"),
        ("隔壁李爷爷家房子漏雨 他没手机 我帮他说", "RC09"),
        ("刘婶让我给说一声她家水停了三天", "RC03"),
    ],
)
def test_the_thing_is_the_matter_and_not_who_tells_it(village: Village, said: str, code: str) -> None:
    village.say("张婶", said)
    assert village.matter().code == code
