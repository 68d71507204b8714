"""What people write on any day that is neither a command nor a matter: asking who somebody is, greeting, doubting."""

from __future__ import annotations

import json

import pytest

from domain.matters import Status
from handlers.texts import matters as texts
from handlers.texts import people
from handlers.texts import sealed as sealed_texts
from tests.handlers.talk import Village


@pytest.mark.parametrize("said", ["在不", "有人没", "喂", "几点了", "[捂脸]", "[强][强]", "👍", "。", "天气咋样"])
def test_small_talk_and_faces_are_no_matter(village: Village, said: str) -> None:
    assert village.say("老王", said) == people.hello()
    assert not village.matters()


@pytest.mark.parametrize("said", ["村长电话多少", "支书电话是多少", "小陈电话给我一下", "我家是哪个网格"])
def test_asking_for_a_cadre_is_no_blame_of_one(village: Village, said: str) -> None:
    assert "陈小军" in village.say("老王", said)
    assert not village.matters()


@pytest.mark.parametrize(("said", "code"), [("坟地的事扯皮", "CU04")])
def test_a_matter_that_sounds_like_such_a_question_stays_one(village: Village, said: str, code: str) -> None:
    village.say("老王", said)
    assert village.matter().code == code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("征地一亩补多少钱", "LA05"),
        ("低保一个月多少钱", "SS01"),
        ("村里的账三年没公布了", "GO01"),
        ("祖坟要迁给多少钱", "CU04"),
    ],
)
def test_a_question_that_resembles_a_command_of_the_future_is_filed(village: Village, said: str, code: str) -> None:
    village.say("老王", said)
    assert village.matter().code == code


def test_a_bare_command_of_the_future_says_that_it_is_not_there_yet(village: Village) -> None:
    assert village.say("老王", "村规民约") == people.not_yet()


@pytest.mark.parametrize("said", ["没人管吗到底", "都说了多少遍了", "等了半个月了"])
def test_impatience_about_nothing_that_was_told_asks_what_it_is_about(village: Village, said: str) -> None:
    assert village.say("老王", said) == texts.nothing_yet()


@pytest.mark.parametrize(
    "said", ["这个链接能点不", "收到个短信说医保停了让点链接", "说我中奖了", "有人冒充书记借钱", "让我刷单返钱"]
)
def test_a_trick_of_others_is_warned_of(village: Village, said: str) -> None:
    assert village.say("老王", said) == people.scam_of_others()
    assert not village.matters()


def test_who_was_cheated_of_money_is_warned_and_heard(village: Village) -> None:
    said = village.say("老王", "有人冒充医保的让点链接 骗走了两千")
    assert said.startswith(people.scam_of_others())
    assert village.matter().code == "SA04"


@pytest.mark.parametrize(
    "said", ["匿名", "我要匿名举报", "能匿名举报不", "会不会让书记知道", "我怕被报复", "去哪告村干部"]
)
def test_whether_one_may_speak_unnamed_is_answered_before_the_story(village: Village, said: str) -> None:
    assert village.say("老王", said) == sealed_texts.ask_unnamed()
    assert not village.matters()
    told = village.say("老王", "会计把修渠的钱多报了两万")
    assert "查询码" in told
    matter = village.matter()
    assert (matter.is_sealed, matter.contact_id, matter.reporter_id) == (True, None, None)
    assert "会计" not in village.heard("小陈") + village.heard("书记")


@pytest.mark.parametrize("said", ["评议会匿名不匿名", "表决是匿名的吧", "匿名投票的结果贴哪"])
def test_a_vote_without_names_is_no_wish_to_speak_unnamed(village: Village, said: str) -> None:
    assert village.say("老王", said) != sealed_texts.ask_unnamed()
    assert not any(matter.is_sealed for matter in village.matters())


def test_an_unnamed_story_is_sealed_whatever_it_is_about(village: Village) -> None:
    village.say("老王", "匿名")
    village.say("老王", "九社巷子口的路灯坏了")
    assert village.matter().is_sealed


def test_thanks_and_second_thoughts_are_no_story(village: Village) -> None:
    village.say("老王", "匿名")
    assert village.say("老王", "谢谢") == people.welcome()
    assert village.say("老王", "算了") == people.left()
    village.say("老王", "九社巷子口的路灯坏了")
    assert not village.matter().is_sealed
    assert village.matter().status is Status.FILED


def test_small_talk_chosen_among_topics_is_no_matter(village: Village) -> None:
    kept = {"text": "这两天真冷", "codes": ["OT04", "RC06"]}
    village.ask("老王", "topic", "1", "2", data=json.dumps(kept), days=0.02)
    assert village.say("老王", "1") == people.hello()
    assert not village.matters()


def test_a_cadre_accused_of_what_no_topic_is_sure_of_is_sealed_at_once(village: Village) -> None:
    village.say("老王", "我要告村支书乱花钱")
    assert village.matter().is_sealed


def test_who_says_his_name_before_his_story_is_heard(village: Village) -> None:
    village.say("外村人", "我是八社的李秀兰 我家门口的路灯坏了好长时间了 麻烦给看看")
    assert village.matter().code == "RC02"


def test_what_is_small_talk_with_trouble_in_it_is_asked_about(village: Village) -> None:
    assert "1 说件事" in village.say("老王", "又吵了一晚上睡不着哈哈")


def test_a_name_alone_is_a_binding(village: Village) -> None:
    village.say("外村人", "我是八社的李秀兰")
    assert not village.matters()


def test_a_cadre_s_conduct_chosen_among_topics_is_sealed(village: Village) -> None:
    kept = {"text": "他办事不公道", "codes": ["GO01", "GO02"]}
    village.ask("老王", "topic", "1", "2", data=json.dumps(kept), days=0.02)
    village.say("老王", "2")
    assert village.matter().is_sealed


@pytest.mark.parametrize(
    "said",
    [
        "娃转学的手续卡住了",
        "厕所堵了粪水往外冒",
        "我家地被河冲走了一块",
        "有人在耕地上盖房",
        "煤矿上的车把路压坏了",
    ],
)
def test_trouble_of_every_day_raises_no_alarm(village: Village, said: str) -> None:
    assert "打1" not in village.say("老王", said)
    assert "人命关天" not in village.heard("小陈")


def test_what_joined_by_mistake_is_a_matter_of_its_own_said_as_he_is_told(village: Village) -> None:
    village.say("老王", "九社巷子口的路灯坏了")
    assert "还有个事" in village.say("老王", "下午再来")
    village.say("老王", "还有个事 水管漏了")
    assert {matter.code for matter in village.matters()} == {"RC02", "RC03"}


def test_praise_is_passed_on_and_nobody_has_to_answer_it(village: Village) -> None:
    told = village.say("老王", "小陈干得不错 表扬一下")
    assert told.startswith("谢谢您！您这句好话我转给")
    assert "前给您回话" not in told
    matter = village.matter()
    assert (matter.code, matter.status, matter.due_at) == ("OT03", Status.CLOSED, None)
    praised = village.heard("小陈")
    assert "有人夸您" in praised
    assert "办好" not in praised


@pytest.mark.parametrize("said", ["不想收消息了", "别给我发了", "怎么退订"])
def test_who_wants_to_be_left_alone_is_told_how(village: Village, said: str) -> None:
    assert "免打扰" in village.say("老王", said)


def test_who_cannot_type_may_speak(village: Village) -> None:
    assert "按住说话" in village.say("老王", "我不会打字")
    assert not village.matters()


def test_who_asks_what_we_are_hears_that_it_is_a_machine(village: Village) -> None:
    assert "是机器" in village.say("老王", "你是人还是机器")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("今天几号", "今天是11月22日 周日，农历十月十四。"),
        ("农历几号了", "今天是11月22日 周日，农历十月十四。"),
        ("明天星期几", "明天是11月23日 周一，农历十月十五。"),
    ],
)
def test_the_day_is_told_in_both_calendars(village: Village, asked: str, told: str) -> None:
    assert village.say("老王", asked) == told


@pytest.mark.parametrize("said", ["今天几号", "书记在不在", "今晚谁值班"])
def test_small_talk_and_questions_about_the_house_file_nothing(village: Village, said: str) -> None:
    village.say("老王", said)
    assert not village.matters()


def test_another_whole_command_in_a_read_back_changes_nothing_of_it(village: Village) -> None:
    village.say("书记", "明天下午三点在村委会开会说机井的事")
    assert "对不对" in village.say("书记", "1")
    told = village.say("书记", "发起投票 修路选哪条 A东路 B西路 截止周五晚八点")
    assert "开会通知没发出" in told
    assert "1 东路" in told
    assert "截止" in village.say("书记", "1")
    assert "会1" not in village.in_group()


# -- what is said right after a matter


@pytest.mark.parametrize(
    "said", ["停了两天了", "就我一家", "隔壁有水", "门锁着", "需要啥材料", "去年就这样", "已经搬出来了"]
)
def test_a_few_words_right_after_a_matter_go_on_with_it(village: Village, said: str) -> None:
    village.say("老王", "我家没水了")
    village.heard("小陈")
    assert village.matter().number in village.say("老王", said)
    assert len(village.matters()) == 1
    assert said in village.heard("小陈")


@pytest.mark.parametrize("said", ["电费咋这么高", "隔壁半夜放音响吵得睡不着", "狗追娃"])
def test_a_word_of_another_matter_is_not_taken_for_more_of_the_first(village: Village, said: str) -> None:
    village.say("老王", "我家没水了")
    assert "这句我当是" not in village.say("老王", said)


def test_an_hour_later_such_words_are_asked_about_again(village: Village) -> None:
    village.say("老王", "我家没水了")
    village.later(hours=1)
    assert "这句我当是" not in village.say("老王", "停了两天了")


def test_another_trouble_beside_the_first_is_a_matter_of_its_own(village: Village) -> None:
    village.say("老王", "路灯坏了")
    village.say("老王", "对了 还有下水道也堵了")
    assert {matter.code for matter in village.matters()} == {"RC02", "RC07"}
    village.say("老王", "补充 灯杆也歪了")
    assert len(village.matters()) == 2


@pytest.mark.parametrize("said", ["我要反映个事", "我想问个事", "书记，我跟你说个事", "有个情况", "问一下", "我要投诉"])
def test_who_begins_to_tell_is_asked_to_go_on(village: Village, said: str) -> None:
    assert village.say("老王", said).startswith("您说，我听着")
    assert not village.matters()
    village.say("老王", "九社巷子口的路灯坏了")
    assert len(village.matters()) == 1


@pytest.mark.parametrize("said", ["不要", "再说", "等会", "哪个都行", "随你", "那咋办", "可以吗"])
def test_a_word_that_answers_nothing_files_nothing(village: Village, said: str) -> None:
    village.say("老王", said)
    assert not village.matters()
    assert "topic" not in village.kinds("老王")


@pytest.mark.parametrize("said", ["看病难", "没电", "要工钱", "低保", "狗咬人", "娃没学上"])
def test_a_word_that_names_a_matter_is_one(village: Village, said: str) -> None:
    village.say("老王", said)
    assert len(village.matters()) == 1


def test_water_that_is_back_is_good_news_and_takes_nothing_back(village: Village) -> None:
    village.say("老王", "我家没水了")
    assert "撤回" not in village.say("老王", "来水了 谢谢")
    village.say("小陈", "001 水表换了")
    assert village.say("老王", "来水了 谢谢").startswith("谢谢您")
    assert village.matter().rating == 1


@pytest.mark.parametrize("said", ["会几点开", "今天有会吗", "在哪开会", "有没有会", "开会时间改了没", "开会了"])
def test_asked_of_a_meeting_where_there_is_none(village: Village, said: str) -> None:
    assert village.say("老王", said).startswith("眼下没有请您参加的会")
    assert not village.matters()


@pytest.mark.parametrize("said", ["啥时候投票", "有没有投票", "今天投票吗"])
def test_asked_of_a_poll_where_there_is_none(village: Village, said: str) -> None:
    assert village.say("老王", said).startswith("现在没有要您投的票")
    assert not village.matters()


@pytest.mark.parametrize("said", ["会计", "书记", "主任"])
def test_an_office_named_alone_is_no_report_against_it(village: Village, said: str) -> None:
    told = village.say("老王", said)
    assert "找管事的人" in told or told.startswith("有事找他们")
    assert not village.matters()


def test_a_few_more_words_tell_of_it_and_not_what_it_is(village: Village) -> None:
    kept = {"text": "广场边上少了块东西", "codes": ["RC08", "RC07"]}
    village.ask("老王", "topic", "1", "2", data=json.dumps(kept), days=0.02)
    village.say("老王", "晚上看不见")
    assert village.matter().code == "RC08"
    assert "晚上看不见" in village.matter().text


def test_the_loudspeaker_that_is_broken_is_no_noise(village: Village) -> None:
    village.say("老王", "村里大喇叭坏了")
    assert village.matter().code == "RC08"


def test_the_allowance_for_the_old_is_called_so(village: Village) -> None:
    village.say("老王", "高龄补贴没到账")
    assert village.matter().code == "SS03"


@pytest.mark.parametrize("said", ["小陈服务态度好", "书记真是好人", "感谢党感谢政府"])
def test_praise_in_other_words(village: Village, said: str) -> None:
    assert village.say("老王", said).startswith("谢谢您")


def test_what_merely_resembles_praise_is_none(village: Village) -> None:
    village.say("老王", "定了 下周一开工 小陈负责")
    assert not village.matters()


def test_received_with_nothing_open_is_no_answer_about_meetings(village: Village) -> None:
    assert village.say("老王", "收到") == people.hello()


# -- in the middle of what a cadre makes


def test_tomorrow_there_is_a_meeting_begins_one(village: Village) -> None:
    assert "几点开" in village.say("书记", "明天开会")


@pytest.mark.parametrize("said", ["算了不开了", "不发了", "不开了"])
def test_what_is_not_sent_yet_is_given_up(village: Village, said: str) -> None:
    village.say("书记", "周六开会")
    assert "没发出" in village.say("书记", said)


def test_to_choose_somebody_by_vote_begins_a_poll(village: Village) -> None:
    assert "选项" in village.say("书记", "投票选护林员")
    assert not village.matters()


def test_changed_to_an_option_changes_the_vote(village: Village) -> None:
    village.say("书记", "发起投票 广场修在哪 东头/西头 三天")
    village.say("书记", "1")
    village.say("老王", "东头")
    assert "您家投的是 2 西头" in village.say("老王", "改西头")


def test_a_clear_matter_instead_of_a_choice_is_that_matter(village: Village) -> None:
    kept = {"text": "我刚才打错了", "codes": ["AG06", "DS04"]}
    village.ask("老王", "topic", "1", "2", data=json.dumps(kept), days=0.02)
    village.say("老王", "路灯坏了")
    assert village.matter().code == "RC02"


def test_more_about_the_same_thing_is_no_second_matter(village: Village) -> None:
    village.say("老王", "冰雹把苹果打了")
    village.say("老王", "保险买了的")
    assert len(village.matters()) == 1


def test_the_same_trouble_said_again_is_another_matter(village: Village) -> None:
    village.say("老王", "九社的路灯坏了")
    village.say("老王", "桥头的路灯坏了")
    assert len(village.matters()) == 2


def test_a_place_is_no_name_to_bind(village: Village) -> None:
    village.say("外村人", "绑定")
    assert "名字" in village.say("外村人", "九社")


def test_dialect_that_sounds_like_an_answer_is_still_a_matter(village: Village) -> None:
    village.say("王秀英", "俺家嘞灯不明了")
    assert village.matter().code == "RC02"


@pytest.mark.parametrize("said", ["挡着路呢", "合同丢了", "一股味", "在后山", "他不认"])
def test_three_or_four_characters_go_on_with_it_though_they_resemble_others(village: Village, said: str) -> None:
    village.say("老王", "流转费今年没给")
    assert village.matter().number in village.say("老王", said)
    assert len(village.matters()) == 1


# -- asked how it was done


@pytest.mark.parametrize(
    ("said", "rating"),
    [
        ("好了", 1), ("亮了 谢谢", 1), ("现在通了", 1), ("亮了 就是有点暗", 2), ("没亮", 3), ("还没来水", 3),
        ("修好两天又灭了", 3), ("还是黑的", 3), ("没见人来", 3),
    ],
)  # fmt: skip
def test_how_it_is_now_says_how_it_was_done(village: Village, said: str, rating: int) -> None:
    village.say("老王", "九社的路灯坏了")
    village.say("小陈", "001 换了灯泡")
    village.heard("小陈")
    village.say("老王", said)
    matter = village.matter()
    if rating == 3:
        assert matter.reopened == 1
        assert said in village.heard("小陈")
    else:
        assert matter.rating == rating


def test_words_that_may_be_about_what_is_not_done_rate_nothing(village: Village) -> None:
    village.say("老王", "九社的路灯坏了")
    village.say("小陈", "001 换了灯泡")
    village.say("老王", "我家没水了")
    village.say("老王", "还没来水")
    assert village.matter("001").rating is None
    assert village.matter("001").reopened == 0


@pytest.mark.parametrize("said", ["能打电话不", "电话里说"])
def test_who_would_rather_telephone_is_called(village: Village, said: str) -> None:
    assert "会找您" in village.say("王秀英", said)
    assert not village.matters()


@pytest.mark.parametrize("said", ["今天有会吗", "有没有会", "开会时间改了没", "开会了", "会几点开", "明天开会不"])
def test_asked_of_a_meeting_that_is_ahead_he_hears_when_and_where(village: Village, said: str) -> None:
    village.say("书记", "后天下午三点在村委会开群众会说修路的事")
    village.say("书记", "1")
    assert "下午3点在村委会" in village.say("老王", said)
    assert not village.matters()


@pytest.mark.parametrize("said", ["啥时候投票", "有没有投票", "今天投票吗", "投票在哪投"])
def test_asked_of_a_poll_that_is_open_he_hears_its_options(village: Village, said: str) -> None:
    village.say("书记", "发起投票 修路选哪条 A东路 B西路 截止周五晚八点")
    village.say("书记", "1")
    assert "1 东路" in village.say("老王", said)
    assert not village.matters()


def test_the_same_words_of_a_cadre_are_his_command(village: Village) -> None:
    assert "几点开" in village.say("书记", "开会通知")


@pytest.mark.parametrize("said", ["村里最近有啥事没", "最近有啥活动吗", "大队有没有通知"])
def test_what_is_new_is_the_poll_or_the_meeting_ahead(village: Village, said: str) -> None:
    assert "没" in village.say("老王", said)
    village.say("李书记", "发起投票 修路选哪条 东路 西路 截止周五晚八点")
    village.say("李书记", "1")
    assert "1 东路\n2 西路" in village.say("老王", said)
    assert not village.matters()


def test_small_talk_is_not_filed_though_it_was_asked_what_it_is_about(village: Village) -> None:
    """It became a matter 闲聊无关的事, with a date by which somebody would call."""
    village.ask("老王", "topic", "1", "2", data=json.dumps({"text": "今天人真多", "codes": ["CU01", "OT04"]}))
    village.say("老王", "街上热闹得很啊哈哈")
    assert not village.matters()


def test_how_to_speak_is_answered_while_a_story_waits(village: Village) -> None:
    """我不会打字咋整 was put to a story about a son away from home, and filed as family violence."""
    kept = json.dumps({"text": "我儿子在外打工 能替我投票不", "codes": ["GO04", "DS02"]}, ensure_ascii=False)
    village.ask("老王", "topic", "1", "2", data=kept)
    assert "按住说话" in village.say("老王", "我不会打字咋整")
    assert not village.matters()


def test_who_wants_to_tell_something_is_asked_to_go_on(village: Village) -> None:
    assert village.say("老王", "我要告诉你一个事") == people.go_on()


def test_asked_of_a_matter_nobody_has_told_of_nothing_is_filed(village: Village) -> None:
    """It became a matter 政策咨询."""
    assert village.say("老王", "昨天说的那个事咋样了") == texts.nothing_yet()
    assert not village.matters()


def test_a_message_that_says_something_was_stopped_is_a_trick(village: Village) -> None:
    assert village.say("老王", "手机上收到短信说我医保停了 是真的不") == people.scam_of_others()


@pytest.mark.parametrize(
    ("said", "code"),
    [("我家羊丢了两只", "DS04"), ("外面有个生人转悠 看着不像好人", "DS04"), ("家里煤气味大得很 咋办", "RC06")],
)
def test_theft_and_gas_are_called_so(village: Village, said: str, code: str) -> None:
    village.say("老王", said)
    assert village.matter().code == code


def test_what_is_granted_and_what_is_left_is_a_verdict(filed: Village) -> None:
    filed.say("小陈", "001 修好了")
    assert "重新办" in filed.say("老王", "修是修了 还是不亮")


def test_what_a_keeper_found_is_about_the_matter_in_his_hands(filed: Village) -> None:
    """It was not understood."""
    assert "告诉反映人" in filed.say("小陈", "去看了 线断了 要换")
    assert len(filed.matters()) == 1


def test_taken_back_though_nothing_was_told_files_nothing(village: Village) -> None:
    assert village.say("老王", "给我撤了 弄错了") == texts.nothing_yet()
    assert not village.matters()


def test_who_fell_into_a_pit_means_the_pit(village: Village) -> None:
    """It was asked about as a fight, and 膝盖肿了 raised an alarm."""
    village.say("老王", "村口有个坑 昨天我摔了一跤")
    village.say("老王", "膝盖肿了")
    assert [(matter.code, matter.urgency) for matter in village.matters()] == [("RC01", "P1")]


@pytest.mark.parametrize("said", ["对门两口子天天打架", "男的打女的 天天打"])
def test_violence_between_a_couple_is_seen_by_nobody_in_the_village(village: Village, said: str) -> None:
    village.say("老王", said)
    matter = village.matter()
    assert (matter.code, matter.is_sealed) == ("DS02", True)
