"""The life of a simple matter, as the village talks about it."""

from __future__ import annotations

import pytest

from domain.matters import Status
from tests.handlers.talk import Village

LAMP = "九社巷子口的路灯坏了"


def filed(village: Village, who: str = "老王", words: str = LAMP) -> str:
    """File a matter and return the three digits people call it by."""
    village.say(who, words)
    for told in ("小陈", "李书记", "镇领导"):
        village.heard(told)
    return village.matter().number[-3:]


def finished(village: Village, who: str = "老王", words: str = LAMP) -> str:
    tail = filed(village, who, words)
    village.say("小陈", f"{tail} 办好了 换了灯泡")
    village.heard(who)
    return tail


def test_a_complaint_gets_number_keeper_phone_and_date_in_one_answer(village: Village) -> None:
    said = village.say("老王", LAMP)
    assert "路灯" in said
    assert "陈小军" in said
    assert village.phone("小陈") in said
    assert "11月27日 周五" in said
    assert said.endswith(village.matter().number)


def test_the_keeper_hears_of_it_with_place_reporter_and_the_words(village: Village) -> None:
    village.say("老王", LAMP)
    told = village.heard("小陈")
    assert LAMP in told
    assert "王德福" in told
    assert village.phone("老王") in told
    assert "九社" in told
    assert told.endswith(village.matter().number)


def test_a_bare_addition_asks_what_and_takes_the_next_words(village: Village) -> None:
    filed(village)
    village.say("老王", "补充")
    village.say("老王", "灯罩子也掉了")
    assert village.notes() == ["灯罩子也掉了"]
    assert "灯罩子也掉了" in village.heard("小陈")
    assert len(village.matters()) == 1


def test_a_picture_soon_after_joins_the_matter(village: Village) -> None:
    tail = filed(village)
    assert village.picture("老王").endswith(tail)
    assert "图" in village.heard("小陈")
    assert village.notes() == ["pic-1"]


def test_a_picture_that_came_first_joins_the_story(village: Village) -> None:
    assert "图收到了" in village.picture("老王")
    filed(village)
    assert village.notes() == ["pic-1"]


def test_a_withdrawal_is_asked_back_and_the_keeper_is_told(village: Village) -> None:
    tail = filed(village)
    assert "1 撤回 2 不撤" in village.say("老王", f"撤回 {tail}")
    assert village.matter().status is Status.FILED
    said = village.say("老王", "1")
    assert "撤回" in said
    assert village.matter().status is Status.WITHDRAWN
    assert "撤回" in village.heard("小陈")
    assert ("filed", "withdrawn", "villager", "withdrawn") in village.ledger()


@pytest.mark.parametrize("no", ["2", "不撤", "二"])
def test_a_withdrawal_may_be_taken_back(village: Village, no: str) -> None:
    filed(village)
    village.say("老王", "撤回")
    assert "不撤" in village.say("老王", no)
    assert village.matter().status is Status.FILED
    assert village.heard("小陈") == ""


def test_a_withdrawn_matter_cannot_be_withdrawn_again(village: Village) -> None:
    tail = filed(village)
    village.say("老王", "撤回")
    village.say("老王", "1")
    assert "了结" in village.say("老王", f"撤回 {tail}")
    assert len(village.ledger(village.matter())) == 2


def test_a_matter_finished_meanwhile_is_not_withdrawn(village: Village) -> None:
    tail = filed(village)
    village.say("老王", "撤回")
    village.say("小陈", f"{tail} 办好了 换了灯泡")
    assert "1 满意 2 凑合 3 不满意" in village.say("老王", "撤回吧")  # before, 这件事已经了结了
    assert village.matter().status is Status.DONE


def test_an_urging_reaches_the_keeper(village: Village) -> None:
    tail = filed(village)
    village.later(days=1)
    said = village.say("老王", "催一下")
    assert "陈小军" in said
    assert village.phone("小陈") in said
    told = village.heard("小陈")
    assert "催办" in told
    assert told.endswith(tail)
    assert ("filed", "filed", "villager", "urged") in village.ledger()


def test_a_second_urging_within_hours_is_not_passed_on(village: Village) -> None:
    filed(village)
    village.say("老王", "催一下")
    village.heard("小陈")
    said = village.say("老王", "催一下")
    assert "11月22日 周日 上午10点" in said
    assert village.heard("小陈") == ""
    village.later(hours=5)
    village.say("老王", "催一下")
    assert "催办" in village.heard("小陈")


def test_once_the_date_has_passed_an_urging_reaches_the_chief_as_well(village: Village) -> None:
    filed(village)
    village.later(days=7)
    village.heard("李书记")
    village.say("老王", "还没办")
    assert "催办" in village.heard("李书记")


def test_urging_without_a_matter_says_how_to_begin(village: Village) -> None:
    assert "还没有反映过" in village.say("老王", "催一下")


def test_the_keeper_says_it_has_arrived_and_the_villager_hears_who_and_when(village: Village) -> None:
    tail = filed(village)
    village.say("小陈", f"{tail} 收到")
    told = village.heard("老王")
    assert "陈小军" in told
    assert village.phone("小陈") in told
    assert "11月27日 周五" in told
    assert village.matter().status is Status.ACCEPTED
    assert village.ledger(village.matter()) == [
        ("", "filed", "villager", "filed"), ("filed", "accepted", "grid_head", "accepted"),
    ]  # fmt: skip


def test_the_keeper_with_one_matter_need_not_name_it(village: Village) -> None:
    filed(village)
    village.say("小陈", "收到")
    assert village.matter().status is Status.ACCEPTED
    village.say("小陈", "办好了 换了灯泡")
    assert village.matter().status is Status.DONE


def test_the_keeper_with_two_matters_is_asked_which(village: Village) -> None:
    filed(village)
    filed(village, words="垃圾没人拉都长蛆了")
    said = village.say("小陈", "收到")
    assert "哪件" in said
    assert all(matter.number in said for matter in village.matters())
    assert all(matter.status is Status.FILED for matter in village.matters())


def test_done_without_words_asks_the_keeper_what_was_done(village: Village) -> None:
    tail = filed(village)
    assert "怎么办的" in village.say("小陈", f"{tail} 办好了")
    assert village.matter().status is Status.FILED
    assert village.heard("老王") == ""


@pytest.mark.parametrize(
    ("words", "score"),
    [
        ("1", 1), ("一", 1), ("１", 1), ("①", 1), ("满意", 1), ("很满意", 1), ("好着呢", 1), ("1 满意", 1), ("1满意", 1),
        ("1。", 1), ("修好了满意", 1), ("2", 2), ("二", 2), ("凑合", 2), ("基本满意", 2), ("2 凑合", 2), ("一般", 2),
        ("3", 3), ("三", 3), ("不满意", 3), ("没修好", 3), ("3不满意", 3), ("不行", 3), ("3 没修好", 3), ("3，还是不亮", 3),
    ],
)  # fmt: skip
def test_a_rating_in_numbers_and_in_words(village: Village, words: str, score: int) -> None:
    finished(village)
    village.say("老王", words)
    assert village.matter().rating == score


def test_a_satisfied_villager_is_thanked_and_the_matter_closed(village: Village) -> None:
    finished(village)
    assert "谢谢" in village.say("老王", "1")
    assert village.matter().status is Status.CLOSED
    assert ("done", "closed", "villager", "rated:1") in village.ledger()
    assert village.kinds("老王") == []


def test_a_dissatisfied_villager_is_asked_what_is_wrong(village: Village) -> None:
    finished(village)
    assert "哪里没好" in village.say("老王", "3")


def test_then_it_is_reopened_and_the_chief_and_the_keeper_are_told(village: Village) -> None:
    tail = finished(village)
    village.say("老王", "3")
    said = village.say("老王", "灯一闪一闪的")
    assert "重新办" in said
    assert village.matter().status is Status.ACCEPTED
    assert village.matter().reopened == 1
    for told in (village.heard("小陈"), village.heard("李书记")):
        assert "灯一闪一闪的" in told
        assert told.endswith(tail)
    assert ("closed", "accepted", "villager", "reopened") in village.ledger()


def test_the_reason_may_come_with_the_score(village: Village) -> None:
    finished(village)
    assert "重新办" in village.say("老王", "3 没修好")
    assert "没修好" in village.heard("李书记")


def test_a_rating_may_still_be_given_after_the_week_in_words(village: Village) -> None:
    finished(village)
    village.later(days=8)
    village.say("老王", "满意")
    assert village.matter().rating == 1


def test_progress_shows_every_step(village: Village) -> None:
    tail = filed(village)
    assert "等他回话" in village.say("老王", "进度")
    village.say("小陈", f"{tail} 收到")
    assert "正在办" in village.say("老王", f"进度 {tail}")
    village.say("小陈", f"{tail} 办好了 换了灯泡")
    assert "换了灯泡" in village.say("老王", "进度")
    village.say("老王", "1")
    assert "满意" in village.say("老王", "我那事咋样了")


def test_progress_of_nothing_says_how_to_begin(village: Village) -> None:
    assert "还没有反映过" in village.say("老王", "进度")


def test_a_guest_may_report_and_follow_without_binding(village: Village) -> None:
    village.say("过路人", LAMP)
    matter = village.matter()
    assert matter.reporter_id is None
    assert matter.number in village.say("过路人", "进度")
    village.say("李书记", f"{matter.number[-3:]} 收到")
    assert "李长河" in village.heard("过路人")
    assert village.ledger(matter)[0] == ("", "filed", "guest", "filed")


def test_two_matters_in_one_message_are_split_only_when_asked(village: Village) -> None:
    said = village.say("老王", "还有个事 村口那个垃圾没人拉 另外路也烂了")
    assert "2件事" in said
    village.say("老王", "1")
    assert [matter.code for matter in village.matters()] == ["EN01", "RC01"]


def test_several_messages_of_one_batch_see_each_other(village: Village) -> None:
    replies = village.together(("老王", LAMP), ("张婶", "自来水停了三天了"), ("老王", "进度"), ("小陈", "001 收到"))
    assert village.matters()[0].number in replies[2]
    assert village.matters()[0].status is Status.ACCEPTED


def test_a_guest_and_his_first_questions_in_one_batch(village: Village) -> None:
    replies = village.together(("过路人", "路灯坏了"), ("过路人", "四网格"), ("过路人", "进度"))
    assert "在哪个社" in replies[0]
    assert "四网格" in replies[1]
    assert village.matter().number in replies[2]


def test_an_addition_joins_the_matter_and_reaches_the_keeper(village: Village) -> None:
    tail = filed(village)
    said = village.say("老王", "补充 是桥头那一盏")
    assert "补充" in said
    assert "是桥头那一盏" in village.heard("小陈")
    assert village.notes() == ["是桥头那一盏"]
    assert said.endswith(tail)


@pytest.mark.parametrize(
    "words",
    ["补充 灯杆也歪了", "补充：灯杆也歪了", "补充一下，灯杆也歪了", "再补一句 灯杆也歪了", "我再说一句 灯杆也歪了"],
)
def test_an_addition_may_be_said_in_several_ways(village: Village, words: str) -> None:
    filed(village)
    village.say("老王", words)
    assert village.notes() == ["灯杆也歪了"]
    assert "灯杆也歪了" in village.heard("小陈")


def test_an_addition_names_its_matter(village: Village) -> None:
    first = filed(village)
    filed(village, words="垃圾没人拉都长蛆了")
    village.say("老王", f"补充 {first} 灯杆也歪了")
    assert village.heard("小陈").endswith(village.matter(first).number)
    assert village.notes() == ["灯杆也歪了"]


def test_a_new_story_after_a_first_one_is_no_addition(village: Village) -> None:
    """Row 35: 还有个事 begins a new story when it tells one, even while an earlier matter lives."""
    filed(village)
    assert "2件事" in village.say("老王", "还有个事 村口那个垃圾没人拉 另外路也烂了")


def test_after_that_a_bare_number_is_the_rating(village: Village) -> None:
    """Before, the question of the withdrawal stayed open and took the 1 that was meant as 满意."""
    tail = filed(village)
    village.say("老王", "撤回")
    village.say("小陈", f"{tail} 办好了 换了灯泡")
    village.say("老王", "1")
    assert village.matter().status is Status.CLOSED
    assert village.matter().rating == 1


def test_the_keeper_may_then_just_say_it(village: Village) -> None:
    """Before, the keeper's next words became a new matter of his own."""
    tail = filed(village)
    village.say("小陈", f"{tail} 办好了")
    village.say("小陈", "路灯灯泡换了新的")
    assert len(village.matters()) == 1
    assert village.matter().result == "路灯灯泡换了新的"
    assert village.matter().status is Status.DONE


def test_the_villager_is_told_what_was_done_and_asked(village: Village) -> None:
    tail = filed(village)
    village.say("小陈", f"{tail} 办好了 换了灯泡")
    told = village.heard("老王")
    assert "换了灯泡" in told
    assert "1 满意 2 凑合 3 不满意" in told
    assert "陈小军" in told
    assert village.phone("小陈") in told
    assert told.endswith(village.matter().number)


@pytest.mark.parametrize(
    ("words", "result"),
    [
        ("{n} 办好了 换了灯泡", "换了灯泡"),
        ("{n} 办好了，换了一个新灯泡", "换了一个新灯泡"),
        ("{n}办好了 又换了一个", "又换了一个"),
        ("办好了 {n} 接了2根线", "接了2根线"),
        ("{n}办结 灯泡换了3个", "灯泡换了3个"),
        ("{n} 修好了", "修好了"),
        ("{full} 办好了 换了灯泡", "换了灯泡"),
    ],
)
def test_what_was_done_is_kept_as_the_keeper_said_it(village: Village, words: str, result: str) -> None:
    """Before, 又换了一个 was told to the villager as 个: the digits and what stood around them were eaten."""
    tail = filed(village)
    village.say("小陈", words.format(n=tail, full=village.matter().number))
    assert village.matter().result == result
    assert result in village.heard("老王")


def test_what_is_said_beside_a_good_rating_is_kept_for_the_keeper(village: Village) -> None:
    """Before, the words behind a 1 or 2 were thrown away."""
    finished(village)
    village.say("老王", "2 凑合，灯有点暗")
    assert village.matter().rating == 2
    assert any("灯有点暗" in note for note in village.notes())
    assert "灯有点暗" in village.heard("小陈")


@pytest.mark.parametrize(
    "words",
    [
        "3个人来了",
        "3 个人来修了半天",
        "1 社的路烂了没人管",
        "1、路烂了 2、垃圾没人拉",
        "2 路灯又坏了一个",
        "1.5",
        "3天没人来",
    ],
)
def test_a_digit_that_counts_something_is_no_rating(village: Village, words: str) -> None:
    """Before, `1 社的路烂了` was thanked for as 满意, and its story was thrown away."""
    finished(village)
    village.say("老王", words)
    assert village.matters()[0].rating is None
    assert village.matters()[0].status is Status.DONE


def test_a_rating_in_words_finds_the_matter_it_names(village: Village) -> None:
    """Before, `001 满意` was given to the newest question, whichever number it named."""
    first = finished(village)
    second = finished(village, words="九社桥头的路灯坏了")
    village.say("老王", f"{first} 满意")
    assert village.matter(first).rating == 1
    assert village.matter(second).rating is None


def test_a_rating_word_without_anything_done_files_nothing(village: Village) -> None:
    """Before, a friendly 挺好 out of the blue became a numbered matter."""
    village.say("老王", "挺好")
    assert village.matters() == []


def test_a_guest_who_is_not_understood_is_asked_and_found_again(village: Village) -> None:
    """Before, the first message of a stranger that was refused left a question to somebody who did not exist."""
    village.say("过路人", "挺好")
    assert "您说，我听着" in village.say("过路人", "1")


def test_a_new_complaint_is_not_taken_for_the_reason(village: Village) -> None:
    """Before, whatever was said within a week of a 3 was filed as its reason: the garbage was lost among the lamps."""
    finished(village)
    village.say("老王", "3")
    village.say("老王", "垃圾没人拉都长蛆了")
    assert len(village.matters()) == 2
    assert village.matter().code == "EN01"


def test_the_newest_question_gets_the_words(village: Village) -> None:
    """Before, a rating unexplained for days came before the 补充什么 that was asked just now."""
    tail = filed(village)
    other = filed(village, words="垃圾没人拉都长蛆了")
    village.say("小陈", f"{other} 办好了 清走了")
    village.say("老王", "3")
    village.say("老王", f"补充 {tail}")
    village.say("老王", "在桥头那边")
    assert village.matter(tail).reopened == village.matter(other).reopened == 0
    assert village.notes() == ["在桥头那边"]


def test_a_guests_next_story_is_not_taken_for_the_place(village: Village) -> None:
    """Before, 垃圾倒在河边 was written down as the place of the lamp."""
    village.say("过路人", "路灯坏了")
    village.say("过路人", "垃圾倒在河边没人管")
    assert [matter.text for matter in village.matters()] == ["路灯坏了", "垃圾倒在河边没人管"]


def test_the_lamp_may_be_named_when_its_place_is_asked(village: Village) -> None:
    village.say("过路人", "路灯坏了")
    village.say("过路人", "九社路灯杆子那")
    assert len(village.matters()) == 1
    assert "九社" in village.matter().place_text


def test_a_dissatisfaction_that_is_not_explained_is_not_forgotten(village: Village) -> None:
    """Before, a bare 3 that nobody explained closed the matter for good, and nobody was told."""
    finished(village)
    village.say("老王", "3")
    village.later(hours=25)
    assert village.matter().status is Status.ACCEPTED
    assert "不满意" in village.heard("李书记")
    assert "重新办" in village.heard("老王")


def test_a_question_that_is_never_answered_still_reaches_a_person(village: Village) -> None:
    """Before, a story whose 您说的是哪样 went unanswered for half an hour was never filed."""
    said = village.say("老王", "还有个事 村口那个垃圾没人拉 另外路也烂了")
    assert "2件事" in said
    village.later(minutes=31)
    heard = village.heard("老王")
    assert len(village.matters()) == 2
    assert all(matter.number in heard for matter in village.matters())
    assert "垃圾" in village.heard("小陈")


def test_a_second_dissatisfaction_goes_to_the_town_leader(village: Village) -> None:
    tail = finished(village)
    village.say("老王", "3 没修好")
    village.say("小陈", f"{tail} 办好了 又修了")
    village.heard("镇领导")
    said = village.say("老王", "3 还是不亮")
    assert "镇领导" in said
    assert "高远" in said
    assert village.phone("镇领导") in said
    assert "还是不亮" in village.heard("镇领导")
    assert village.matter().reopened == 1
    assert village.matter().status is Status.CLOSED


def test_progress_of_many_matters_stays_within_six_lines(village: Village) -> None:
    for words in (LAMP, "垃圾没人拉都长蛆了", "自来水停了三天了", "村口的路坑坑洼洼的没法走", "隔壁噪音吵得睡不着"):
        village.say("老王", words)
    said = village.say("老王", "进度")
    assert len(said.split("\n")) <= 6
    assert village.matters()[-1].number in said


def test_a_second_question_about_a_story_does_not_swallow_the_first(village: Village) -> None:
    """Before, asking about a second story threw the first, still unanswered, away."""
    village.say("老王", "还有个事 村口那个垃圾没人拉 另外路也烂了")
    village.say("老王", "我要反映 自来水停了三天了 另外娃娃上学没校车")
    village.later(minutes=31)
    texts = "".join(matter.text for matter in village.matters())
    assert "垃圾没人拉" in texts
    assert "路也烂了" in texts
    assert "停了三天" in texts
    assert "没校车" in texts


def test_two_pictures_before_the_story_are_both_kept(village: Village) -> None:
    """Before, the second picture took the first one's place."""
    village.picture("老王", "pic-1")
    village.picture("老王", "pic-2")
    village.say("老王", LAMP)
    assert village.notes() == ["pic-1", "pic-2"]


def test_what_is_said_in_urging_goes_along(village: Village) -> None:
    """Before, only that he urged was passed on, not his words."""
    filed(village)
    village.say("老王", "来了三个人看了看就走了，咋还不来修灯")
    told = village.heard("小陈")
    assert "看了看就走了" in told or len(village.matters()) == 2


def test_a_complaint_that_sounds_like_urging_is_filed_where_there_is_nothing_to_urge(village: Village) -> None:
    """Before, it was answered 您还没有反映过事情, and the story was gone."""
    village.say("老王", "水管坏了都三天了，叫了几回还没人来修")
    assert len(village.matters()) + len(village.questions("老王")) == 1


def test_a_place_sent_after_its_story_is_called_a_place(village: Village) -> None:
    """Whatever came without words was called a picture, to him and to the keeper."""
    village.say("老王", "路灯坏了好几天了")
    village.heard("小陈")
    assert village.place("老王", "村口老槐树").startswith("位置收到了，和前面的事放一起")
    assert "“[位置] 村口老槐树”" in village.heard("小陈")
