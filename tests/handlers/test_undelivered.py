"""没送到的: what no phone took is told to the keeper, read, acted on and closed; the relay; what was sent to whom."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from domain.delivery import next_midnight
from domain.messages import Actor, Incoming, Kind, Trust
from storage import tables, tables_delivery
from storage.batch import Batch
from storage.outbox import Priority
from storage.relaying import Words, begin_relay, plan_relay
from storage.store import Store
from tests.handlers.talk import VAULT, Village


def lose_word_of_her_lamp(village: Village) -> None:
    """王秀英 reports, then her phone takes nothing, and what the keeper did does not reach her."""
    village.say("王秀英", "路灯坏了好几天了")
    village.unreachable.add("王秀英")
    village.say("小陈", "001 办好了 换了灯泡")


CALLED = {
    "王德福": "老王",
    "张桂兰": "张婶",
    "周正": "监委主任",
    "马代民": "村民代表",
    "徐红旗": "党员",
    "李长河": "李书记",
}


def notice(village: Village, *people: str, text: str = "明天下午三点在村委会开会", **how: object) -> None:
    addressed = [village.person(CALLED.get(name, name)) for name in people]
    with Batch(village.database) as batch:
        store = Store(batch, village.directories, VAULT)
        with batch.turn():
            for person in addressed:
                store.outbox.put(f"person:{person.id}", "meeting", text, village.now, village_id=3, **how)  # type: ignore[arg-type]
    village.send()


def test_the_keeper_hears_that_it_did_not_arrive_reads_it_and_closes_it(village: Village) -> None:
    lose_word_of_her_lamp(village)
    village.heard("小陈")
    village.later(minutes=11)
    told = village.heard("小陈")
    assert "王秀英（九社）" in told
    assert "回“没送到的”" in told
    shown = village.say("小陈", "没送到的")
    assert "1 王秀英（九社） 100" in shown
    assert "没绑定，或者取消了关注" in shown
    whole = village.say("小陈", "没送到的 1")
    assert "换了灯泡" in whole
    assert "记下了：王秀英（九社）" in village.say("小陈", "通知到了 1")
    assert village.say("小陈", "没送到的") == "都送到了，没有要您打电话或者上门的。"
    closed = village.rows(tables_delivery.undelivered)[0]
    assert (closed.how, closed.ended_by is not None) == ("told", True)


def test_nobody_is_told_twice(village: Village) -> None:
    lose_word_of_her_lamp(village)
    village.later(minutes=11)
    village.heard("小陈")
    village.later(minutes=30)
    assert village.heard("小陈") == ""


@pytest.mark.parametrize("who", ["老王", "张婶", "外村人", "村民代表"])
def test_a_villager_does_not_see_whom_it_did_not_reach(village: Village, who: str) -> None:
    lose_word_of_her_lamp(village)
    assert "王秀英" not in village.say(who, "没送到的")


def test_a_keeper_sees_his_own_grid_the_secretary_the_village(village: Village) -> None:
    village.unreachable.update({"监委主任", "王秀英"})
    notice(village, "周正", "王秀英", text="第二条")
    mine = village.say("小陈", "没送到的")
    assert "王秀英" in mine
    assert "周正" not in mine
    both = village.say("李书记", "没送到的")
    assert "王秀英" in both
    assert "周正" in both


def test_several_letters_to_one_person_are_one_call(village: Village) -> None:
    village.unreachable.add("王秀英")
    notice(village, "王秀英", text="明天下午三点开会")
    notice(village, "王秀英", text="后天打扫卫生")
    assert "明天下午三点开会等2条" in village.say("小陈", "没送到的")
    assert "2条都" in village.say("小陈", "通知到了 2")
    assert village.say("小陈", "没送到的").startswith("都送到了")


def test_what_is_urgent_stands_first_and_no_more_than_four_are_shown(village: Village) -> None:
    names = ["王德福", "张桂兰", "王秀英", "马代民", "徐红旗"]
    village.unreachable.update({"老王", "张婶", "王秀英", "村民代表", "党员"})
    notice(village, *names)
    notice(village, "徐红旗", text="有人掉进水渠了", priority=Priority.LIFE)
    shown = village.say("李书记", "谁没收到通知").splitlines()
    assert shown[1].split()[1].startswith("徐红旗")
    assert len(shown) <= 7
    assert "还有1个" in "\n".join(shown)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("通知到了 99", "没有99号"),
        ("通知到了", "记下了：王秀英"),
        ("打过电话了 1", "记下了：王秀英"),
        ("1号通知到了", "记下了：王秀英"),
        ("我打过电话了 1号", "记下了：王秀英"),
        ("1号我上门说了", "记下了：王秀英"),
        ("通知到了 王秀英", "记下了：王秀英"),
        ("没送到的都有谁", "没送到的：\n1 王秀英"),
        ("谁家没通知到", "没送到的：\n1 王秀英"),
        ("看下王秀英的通知记录", "没送到，没绑定"),
        ("没送到的 77", "没有77号"),
    ],
)
def test_a_wrong_number_gets_a_way_forward(village: Village, said: str, heard: str) -> None:
    lose_word_of_her_lamp(village)
    assert heard in village.say("小陈", said)


def test_a_sealed_letter_shows_that_there_is_one_and_nothing_of_it(village: Village) -> None:
    village.unreachable.add("李书记")
    notice(village, "李长河", text="有人反映某某收钱", is_secret=True)
    shown = village.say("文书", "没送到的")
    assert "李长河" in shown
    assert "收钱" not in shown + village.say("文书", "没送到的 1")


@pytest.mark.parametrize("purpose", ["reply", "private", "media"])
def test_what_answers_his_own_words_is_shown_to_nobody(village: Village, purpose: str) -> None:
    """Before, keeper and clerk read a late answer to a named vote: 您家投的是 1 东路."""
    person = village.person("老王")
    village.unreachable.add("老王")
    with Batch(village.database) as batch:
        store = Store(batch, village.directories, VAULT)
        with batch.turn():
            store.outbox.put(f"person:{person.id}", purpose, "记下了：您家投的是 1 东路", village.now, village_id=3)
    village.send()
    shown = village.say("文书", "没送到的")
    assert "王德福" in shown
    for told in (shown, village.say("文书", "没送到的 1"), village.say("小陈", "送达记录 王德福")):
        assert "东路" not in told


def test_the_history_of_one_person_is_for_those_who_answer_for_him(village: Village) -> None:
    notice(village, "王德福", text="明天开会")
    village.unreachable.add("老王")
    notice(village, "王德福", text="后天打扫卫生")
    shown = village.say("小陈", "送达记录 王德福")
    assert "明天开会：发到微信了" in shown
    assert "后天打扫卫生：没送到" in shown
    assert "没有叫刘不存在" in village.say("小陈", "送达记录 刘不存在")
    assert "加名字" in village.say("小陈", "送达记录")
    assert "明天开会" not in village.say("张婶", "送达记录 王德福")


# -- what the platform tells


def event(village: Village, who: str, kind: Kind, **data: str) -> None:
    actor = Actor("oa", "demo", who)
    number = next(iter(village._ids))
    village.play(Incoming("oa", "demo", f"e:{number}", kind, actor, village.now, trust=Trust.SIGNED_BODY, data=data))


def test_a_receipt_that_says_blocked_puts_the_letter_into_the_report(village: Village) -> None:
    notice(village, "王德福", text="明天开会")
    letter = village.rows(tables.outbox)[-1]
    contact = next(row for row in village.rows(tables.contacts) if row.native_id == "o-laowang" and row.channel == "oa")
    with village.database.write() as connection:
        facts = {"id": 5, "letter_id": letter.id, "contact_id": contact.id, "way": "template", "outcome": "sent"}
        connection.execute(
            tables_delivery.attempts.insert(), [{**facts, "why": "", "receipt": "77", "at": village.now}]
        )
    event(village, "o-laowang", Kind.RECEIPT, message_id="77", status="failed:user block")
    assert "王德福（九社）" in village.say("小陈", "没送到的")
    assert village.rows(tables_delivery.unreachables)[0].contact_id == contact.id


def test_every_receipt_of_one_event_counts(village: Village) -> None:
    """Of several only the first was read."""
    notice(village, "王德福")
    letter = village.rows(tables.outbox, tables.outbox.c.purpose == "meeting")[0]
    facts = {
        "letter_id": letter.id,
        "contact_id": 1,
        "way": "long_term",
        "outcome": "sent",
        "why": "",
        "at": village.now,
    }
    with village.database.write() as connection:
        connection.execute(tables_delivery.attempts.insert(), [{"id": 11, "receipt": "77", **facts}])
    data = {
        "message_id": "70",
        "status": "success",
        "message_id.2": "77",
        "status.2": "reject",
        "error_code.2": "43101",
    }
    event(village, "o-laowang", Kind.RECEIPT, **data)
    assert [row.why for row in village.rows(tables_delivery.undelivered)] == ["reject"]


def test_grants_are_counted_and_taken_back_only_in_the_settings(village: Village) -> None:
    for _ in range(2):
        event(village, "o-laowang", Kind.GRANT, event="subscribe_msg_popup_event", **{"grant:T1": "accept"})
    event(village, "o-laowang", Kind.GRANT, event="subscribe_msg_popup_event", **{"grant:T1": "reject"})
    assert [row.left for row in village.rows(tables_delivery.grants)] == [2]
    event(village, "o-laowang", Kind.GRANT, event="subscribe_msg_change_event", **{"grant:T1": "reject"})
    assert [row.left for row in village.rows(tables_delivery.grants)] == [0]


# -- the relay


def begin(village: Village, text: str) -> None:
    """A letter to a group without any transport, handed to the cadre as bot/relaying.py does."""
    with village.database.write() as connection:
        connection.execute(tables.transports.delete())
    with Batch(village.database) as batch:
        store = Store(batch, village.directories, VAULT)
        with batch.turn():
            store.outbox.put("group:1", "notice", text, village.now, village_id=3)
    letter = village.post.claim(village.now)[0]
    plan = plan_relay(village.database, letter)
    assert plan is not None
    assert begin_relay(village.database, VAULT, plan, Words(f"请转：{text}", text), village.now)
    assert not begin_relay(village.database, VAULT, plan, Words("再来", text), village.now)
    village.send()


def state_of(village: Village, text: str) -> str:
    return next(row.state for row in village.rows(tables.outbox) if row.body == text and row.address == "group:1")


def test_the_cadre_forwards_and_says_so(village: Village) -> None:
    begin(village, "周五开会")
    assert village.heard("李书记") == "请转：周五开会\n\n周五开会"
    assert state_of(village, "周五开会") == "relaying"
    assert "转到兴河大家庭了" in village.say("李书记", "已转发")
    assert state_of(village, "周五开会") == "sent"
    assert village.say("李书记", "转发了") == "现在没有等您转发的。"


def test_with_several_to_forward_he_says_which(village: Village) -> None:
    begin(village, "周五开会")
    begin(village, "周六打扫卫生")
    asked = village.say("李书记", "发群里了")
    assert "1 周五开会\n2 周六打扫卫生\n3 都转了" in asked
    village.say("李书记", "2")
    assert [state_of(village, text) for text in ("周五开会", "周六打扫卫生")] == ["relaying", "sent"]
    assert "周五开会" in village.say("李书记", "已转发")


def test_he_is_asked_once_more_and_after_a_day_it_is_left_to_a_person(village: Village) -> None:
    begin(village, "周五开会")
    village.heard("李书记")
    village.later(hours=2, minutes=10)
    again = village.heard("李书记")
    assert again.count("还没转到") == 1
    village.later(hours=23)
    assert state_of(village, "周五开会") == "stuck"
    assert "没人转到群里" in village.say("文书", "没送到的")
    village.say("文书", "通知到了 1")
    assert "现在没有" in village.say("李书记", "已转发")


def test_only_a_cadre_relays(village: Village) -> None:
    begin(village, "周五开会")
    assert "兴河大家庭" not in village.say("老王", "已转发")
    assert state_of(village, "周五开会") == "relaying"


def test_a_scan_of_the_forwarded_picture_shows_the_notice_and_a_forged_one_does_not(village: Village) -> None:
    from handlers.relays import scene_of

    begin(village, "周五晚上七点在村委会开会")
    relay = village.rows(tables_delivery.relays)[0].id
    actor = Actor("oa", "demo", "o-laowang")

    def scan(scene: str, number: int) -> str:
        data = {"key": scene}
        incoming = Incoming("oa", "demo", f"e:scan{number}", Kind.SCAN, actor, village.now + timedelta(seconds=number), data=data, trust=Trust.SIGNED_BODY)  # fmt: skip
        return village.play(incoming)[0]

    assert "周五晚上七点" in scan(scene_of(VAULT, relay), 1)
    assert "周五晚上七点" not in scan(f"r.{relay}.00000000", 2)


# -- the account may not send


def hold(village: Village, many: int, until: datetime) -> None:
    """Letters to villagers that the sender has put back, as it does when the account may send no more."""
    with Batch(village.database) as batch:
        store = Store(batch, village.directories, VAULT)
        with batch.turn():
            for number in range(many):
                store.outbox.put(f"contact:{9000 + number}", "poll", "请投票", village.now, village_id=3, due_at=until)
    with village.database.write() as connection:
        held = update(tables.outbox).where(tables.outbox.c.purpose == "poll")
        connection.execute(held.values(error="rate_day"))


def test_a_budget_used_up_is_told_to_the_clerk_once_a_day_and_stands_in_the_report(village: Village) -> None:
    hold(village, 7, next_midnight(village.now))
    village.later(minutes=11)
    told = village.heard("文书")
    assert "还有7条等到明天早上再发" in told
    assert "打电话" in told
    village.later(minutes=30)
    assert village.heard("文书") == ""
    assert "还有7条等到明天早上再发" in village.say("文书", "没送到的")
    assert "还有7条" not in village.say("老王", "没送到的")


def test_an_account_at_rest_is_told_of_when_it_lasts(village: Village) -> None:
    hold(village, 3, village.now + timedelta(minutes=40))
    village.later(minutes=11)
    assert village.heard("文书") == ""
    village.later(minutes=21)
    assert "还有3条排着" in village.heard("文书")


def test_beside_what_did_not_arrive_the_report_says_what_waits(village: Village) -> None:
    village.unreachable.add("王秀英")
    notice(village, "王秀英")
    hold(village, 600, next_midnight(village.now))
    shown = village.say("李书记", "没送到的")
    assert "王秀英" in shown
    assert "还有500多条" in shown
