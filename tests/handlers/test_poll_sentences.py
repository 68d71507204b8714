"""Polls made by one sentence in many words: what is asked, between what, for whom; and what is no poll."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village


@pytest.mark.parametrize(
    ("words", "title", "options", "more"),
    [
        ("咱们投个票 定下村口小广场装健身器材还是种花 投到周五晚上9点", "村口小广场装健身器材还是种花", "1 装健身器材\n2 种花\n", "一户一票"),
        ("搞一个不记名投票，选环卫员：张三、李四、王五，一人一票，周六中午12点截止", "选环卫员", "1 张三\n2 李四\n3 王五\n", "一人一票，不记名"),
        ("发起投票 过年文艺节目 秧歌 社火 唱戏 放电影 可以选两个 腊月二十截止", "过年文艺节目", "1 秧歌\n2 社火\n3 唱戏\n4 放电影\n", "最多选2个"),
        ("九社的投一下 水渠修南边还是北边 明天晚上十点截止", "水渠修南边还是北边", "1 南边\n2 北边\n", "九社100户"),
        ("发起投票 广场名字 幸福 团结 和谐广场 投三天", "广场名字", "1 幸福\n2 团结\n3 和谐广场\n", "11月25日"),
        ("发起投票：要不要请戏班子？要 不要 到周五", "要不要请戏班子", "1 要\n2 不要\n", "11月27日"),
        ("弄个票 庙会唱秦腔还是放电影 截止周五", "庙会唱秦腔还是放电影", "1 唱秦腔\n2 放电影\n", "11月27日"),
        ("只让代表投 村规第五条改不改 改 不改 截止周五", "村规第五条改不改", "1 改\n2 不改\n", "代表"),
        ("征求一下意见 要不要装监控 装 不装 三天后截止", "要不要装监控", "1 装\n2 不装\n", "11月25日"),
        ("问大家一个事 公厕修在东头还是西头 后天截止", "公厕修在东头还是西头", "1 东头\n2 西头\n", "11月24日"),
        ("请各位户主投票 垃圾清运费一年60还是80 截止12月1号", "垃圾清运费一年60还是80", "1 60\n2 80\n", "12月1日"),
        ("投票 戏台修哪 老村部 学校 明天", "戏台修哪", "1 老村部\n2 学校\n", "11月23日"),
        ("大家选一下护林员 张建国 李为民 截止明天中午", "护林员", "1 张建国\n2 李为民\n", "11月23日"),
        ("发起投票 中秋节活动：猜灯谜/篮球赛/包饺子 每人一票 可以多选 周五中午截止", "中秋节活动", "1 猜灯谜\n2 篮球赛\n3 包饺子\n", "可以多选"),
    ],
)  # fmt: skip
def test_one_sentence_says_it_all(village: Village, words: str, title: str, options: str, more: str) -> None:
    said = village.say("李书记", words)
    assert f"\n{title}\n{options}" in said
    assert more in said
    assert "回 1 发出" in said
    assert village.matters() == []


@pytest.mark.parametrize("words", ["我想发个投票", "能不能帮我发个投票", "帮我发个投票"])
def test_a_wish_for_a_poll_that_says_nothing_asks_about_what(village: Village, words: str) -> None:
    """我想 was its title."""
    assert "投啥事" in village.say("李书记", words)


@pytest.mark.parametrize(
    "words",
    [
        "发起投票 评一评谁家卫生最差 张三家 李四家 截止周五",
        "发起投票 谁家最不讲卫生 老张 老李 截止周五",
        "投票决定老李家算不算贫困户",
        "投票 要不要让老李家退出低保 要 不要 明天截止",
    ],
)
def test_who_is_worst_is_no_question_for_a_poll(village: Village, words: str) -> None:
    assert "脸面或私事" in village.say("李书记", words)


def test_whose_road_is_worst_is_one(village: Village) -> None:
    assert "回 1 发出" in village.say("李书记", "发起投票 谁家门口的路最差 七社 八社 截止周五")


@pytest.mark.parametrize("words", ["叫人投诉了，路灯不亮", "弄个票据证明", "让大家投药 老鼠太多了"])
def test_what_merely_sounds_so_makes_no_poll(village: Village, words: str) -> None:
    assert "回 1 发出" not in village.say("李书记", words)


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("投票 卖掉集体的老仓库 同意 不同意 三天", "农村集体经济组织成员大会"),
        ("投票 把老小学租给合作社 同意 不同意 三天", "农村集体经济组织成员大会"),
        ("投票 换不换书记 换 不换 三天", "村党员大会"),
        ("投票 换掉村主任 同意 不同意 三天", "村民选举"),
    ],
)
def test_the_body_the_law_names_is_told(village: Village, words: str, body: str) -> None:
    said = village.say("李书记", words)
    assert body in said
    assert "征求意见，不代替会议表决" in said


def test_a_title_may_be_named_as_one(village: Village) -> None:
    village.say("李书记", "发起投票")
    village.say("李书记", "题目是修戏台")
    village.say("李书记", "老村部 学校")
    assert "\n修戏台\n" in village.say("李书记", "三天")


def test_a_poll_that_asks_for_a_time_puts_nothing_off(village: Village) -> None:
    """It was answered 现在没有正在投的票."""
    said = village.say("李书记", "投票：下周文艺演出几点开始？1、下午两点 2、下午三点 3、晚上七点。周日晚上截止")
    assert "1 下午两点\n2 下午三点\n3 晚上七点" in said


ROW = "一户一票，记名，只选一个；全村300户"


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("整个投票嘛 就说我们那个堰塘要不要淘 淘起 莫淘 周五晚八点", "我们那个堰塘要不要淘\n1 淘起\n2 莫淘\n"),
        (
            "嗯那个帮我弄一个投票啊就是咱们村那个垃圾清运费一年收三十还是收五十让大家选一下投到这个周六晚上",
            "\n1 收三十\n2 收五十\n",
        ),
        ("发起投票 村口监控装不装 装 周五晚八点", "村口监控装不装\n1 装\n2 不装\n"),
        ("发启投票 修路选哪条 东路 西路 周五晚八点", "修路选哪条\n1 东路\n2 西路\n"),
        ("发起投票 卫生活动 一月一次 一月两次 方式：不记名 截止周五晚八点", "2 一月两次\n一户一票，不记名"),
        ("发起投票 修桥 vs 修路 周五晚八点", "修桥还是修路\n1 修桥\n2 修路\n"),
        ("发起投票 路灯颜色 (1)白光 (2)黄光 周五晚八点", "路灯颜色\n1 白光\n2 黄光\n"),
        ("发起投票 路灯颜色\n-白光\n-黄光\n周五晚八点", "路灯颜色\n1 白光\n2 黄光\n"),
        ("发起投票 路灯颜色 甲白光 乙黄光 周五晚八点", "路灯颜色\n1 白光\n2 黄光\n"),
        ("发起投票 值班选哪班 甲班 乙班 周五晚八点", "值班选哪班\n1 甲班\n2 乙班\n"),
        ("发起投票 村歌选哪首 A歌 B歌 周五晚八点", "1 A歌\n2 B歌\n"),
        ("发起投票 化肥一户发几袋 1袋 2袋 3袋 周五晚八点", "1 1袋\n2 2袋\n3 3袋\n"),
        ("发起投票 庙会唱几天 1天 2天 3天 周五晚八点", f"3 3天\n{ROW}\n11月27日 周五 晚8点截止"),
        ("发起投票 打牌室几点关 九点 十点 周五晚八点", f"2 十点\n{ROW}\n11月27日 周五 晚8点截止"),
        ("发起投票 修路选哪条 东路 西路 周五之前", f"2 西路\n{ROW}\n11月27日 周五 晚11点59分截止"),
        ("投票:要不要装监控 三天", f"2 不要\n{ROW}\n11月25日"),
        ("发起投票 庙会唱几天 三天 五天 从23号到27号", f"2 五天\n{ROW}\n11月23日 周一 上午8点开始\n11月27日"),
        ("投票 合作社年货咋发 按股 按人 到月底", f"1 按股\n2 按人\n{ROW}"),
        ("群众投票 八月十五演电影放啥 战争片 戏曲片 周五晚八点", "演电影放啥\n1 战争片\n2 戏曲片\n"),
        ("发起投票 文化广场添啥 多选最多选2个 篮球架 健身器材 长椅 周五", "1 篮球架\n2 健身器材\n3 长椅\n一户一票，记名，最多选2个"),
        ("发起投票 文化广场添啥 可多选2项 篮球架 健身器材 长椅 周五", "1 篮球架\n2 健身器材\n3 长椅\n一户一票，记名，最多选2个"),
    ],
)  # fmt: skip
def test_an_ordinary_sentence_is_read_as_it_is_meant(village: Village, said: str, read: str) -> None:
    assert read in village.say("李书记", said)
    assert village.matters() == []


def test_a_closing_alone_makes_no_poll(village: Village) -> None:
    assert "投啥事" not in village.say("李书记", "今晚八点截止")


def test_a_box_for_votes_is_no_poll(village: Village) -> None:
    assert "有哪些选项" not in village.say("李书记", "投票箱坏了周五截止前修好")


@pytest.mark.parametrize(
    "said",
    [
        "给五保户刘老汉停低保 同意 反对", "谁是钉子户 王德福 张桂兰", "上访户该不该取消补助 该 不该",
        "精神病刘二送不送走 送 不送", "王家闺女该嫁谁 张三 李四", "哪个干部最差 李长河 赵敏",
        "老李头的房子拆不拆 拆 不拆", "村里的贫困户名单选谁 王德福 张桂兰", "低保名单公示同意不 同意 不同意",
        "赌博 压大 压小",
    ],
)  # fmt: skip
def test_what_judges_somebody_or_takes_what_is_his_due_is_refused(village: Village, said: str) -> None:
    assert "不能拿来投票" in village.say("李书记", f"发起投票 {said} 周五晚八点")


@pytest.mark.parametrize(
    ("said", "body"),
    [
        ("误工补贴一天八十 同意 反对", "村民会议（或它授权的村民代表会议）"),
        ("集体的钱买辆车 同意 反对", "村民会议（或它授权的村民代表会议）"),
        ("九社机井维修钱从哪出 社里出 各家摊", "村民会议（或它授权的村民代表会议）"),
        ("卫生费每户一年三十 同意 反对", "村民会议（或它授权的村民代表会议）"),
        ("贷款五十万修路 同意 反对", "农村集体经济组织成员大会"),
        ("集体林场承包期延长三十年 同意 反对", "农村集体经济组织成员大会"),
        ("彩礼最高多少 五万 六万", "村民会议定"),
        ("不交卫生费的断水 同意 反对", "村民会议定"),
        ("不投票的罚款五十 同意 反对", "村民会议定"),
        ("选县长 张三 李四", "人民代表大会"),
    ],
)
def test_the_body_that_decides_is_named(village: Village, said: str, body: str) -> None:
    assert body in village.say("李书记", f"发起投票 {said} 周五晚八点")


@pytest.mark.parametrize(
    "said",
    [
        "村口的危房拆不拆 拆 不拆", "老王家门口的路灯装不装 装 不装", "给残疾人修坡道在哪 村口 学校",
        "禁止赌博宣传放啥 戏曲 电影", "嫁接果树选啥 苹果 梨", "评哪个干部最热心 李长河 赵敏",
        "上访接待日放哪天 周一 周三 截止", "承包地边的路修不修 修 不修", "孝老宴办几桌 十桌 二十桌",
        "停车场对低保户免费 同意 不同意", "路灯修几盏 三盏 五盏",
    ],
)  # fmt: skip
def test_what_the_village_may_freely_ask_is_read_back_without_more(village: Village, said: str) -> None:
    told = village.say("李书记", f"发起投票 {said} 周五晚八点")
    assert "回 1 发出" in told
    assert "按法" not in told
