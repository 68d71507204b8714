"""What must not stay of a secret vote wherever it passes, and what becomes of a secret poll whose key cannot be read."""

from __future__ import annotations

import json

import pytest

import tests.handlers.talk
from storage import tables
from storage import tables_polls as t
from storage.store import DirectoryCache
from storage.vault import Vault
from tests.handlers.talk import VAULT, Village

CHIEF = "发起投票 选谁当社长 张三 李四 不记名 截止周五晚八点"
LIGHTS = "发起投票 装几盏灯 两盏 四盏 截止周五晚八点"


@pytest.fixture
def secret(village: Village) -> Village:
    village.say("书记", CHIEF)
    village.say("书记", "1")
    return village


def kept_of(village: Village, who: str) -> list[tuple[str, str]]:
    """Text and reply of all he has said, as they lie in the inbox."""
    return [(row.text, row.reply or "") for row in village.rows(tables.inbox) if row.actor == who]


# -- a number that may be a secret vote or another answer


@pytest.fixture
def rated(village: Village) -> Village:
    """老王 is asked for a rating while a secret poll stands open to him."""
    village.say("老王", "九社巷子口的路灯坏了")
    village.say("小陈", "001 收到")
    village.say("书记", CHIEF)
    village.say("书记", "1")
    village.later(minutes=2)
    village.say("小陈", "001 办好了 换了灯泡")
    return village


@pytest.fixture
def two_polls(village: Village) -> Village:
    for said in (LIGHTS, "1", CHIEF, "1"):
        village.say("书记", said)
    village.later(minutes=2)
    return village


def apart(village: Village) -> list[str]:
    return [row.data for row in village.rows(tables.questions) if row.kind == "apart"]


@pytest.mark.parametrize("said", ["2", "二", "2！", "２号"])
@pytest.mark.parametrize("state", ["rated", "two_polls"])
def test_a_secret_choice_that_is_told_apart_stays_nowhere(
    state: str, said: str, request: pytest.FixtureRequest
) -> None:
    """The 2 stayed in the inbox, and in the question beside the poll: voter, poll and choice."""
    village: Village = request.getfixturevalue(state)
    assert "您是回" in village.say("老王", said)
    assert [json.loads(data)["answer"][:7] for data in apart(village)] == ["sealed:"]
    assert "李四" in village.say("老王", "2")
    assert [row.choice for row in village.rows(t.secret_ballots)] == [0b10]
    assert not {said, "2"} & {text for text, _ in kept_of(village, "o-laowang")}
    assert all("李四" not in reply for _, reply in kept_of(village, "o-laowang"))
    assert apart(village) == [""]


def test_what_was_never_told_apart_cannot_be_read_once_the_poll_is_counted(rated: Village) -> None:
    """Its answer goes with the poll's key, whatever key the village has."""
    rated.say("老王", "2")
    [kept] = apart(rated)
    key = VAULT.open(rated.rows(t.polls)[0].key)
    assert Vault(key).open(json.loads(kept)["answer"]) == "2"
    assert VAULT.open(json.loads(kept)["answer"]) == ""
    rated.later(days=6)
    assert rated.rows(t.polls)[0].key == ""
    assert apart(rated) == [kept]


def test_the_other_answer_is_taken_where_it_was_none_for_the_poll(rated: Village) -> None:
    rated.say("老王", "1")
    assert "谢谢" in rated.say("老王", "1")
    assert rated.rows(t.secret_ballots) == []
    assert rated.matter().rating == 1


def test_an_answer_told_apart_after_the_count_is_asked_for_again(rated: Village) -> None:
    """Neither the 1 that says which is taken for the answer, nor one that cannot be read any more."""
    rated.say("书记", "投票结束")
    rated.say("老王", "2")
    rated.say("书记", "1")
    rated.later(minutes=1)
    assert "没问您" in rated.say("老王", "1")
    assert rated.matter().rating is None
    assert "谢谢" in rated.say("老王", "1")


def test_between_a_rating_and_a_named_poll_the_answer_is_kept_as_before(village: Village) -> None:
    village.say("老王", "九社巷子口的路灯坏了")
    village.say("小陈", "001 收到")
    for said in (LIGHTS, "1"):
        village.say("书记", said)
    village.say("小陈", "001 办好了 换了灯泡")
    assert "您是回" in village.say("老王", "2")
    assert json.loads(apart(village)[0])["answer"] == "2"


def test_the_answer_to_ones_own_secret_vote_is_not_kept(secret: Village) -> None:
    secret.say("老王", "投1")
    asked = secret.text("老王", "我投了啥")
    assert "1 张三" in secret.play(asked)[0]
    assert kept_of(secret, "o-laowang")[-1] == ("", "您的票已记下。")
    assert secret.play(asked) == ["您的票已记下。"]  # a redelivery says no more
    assert "张三" not in str(kept_of(secret, "o-laowang"))


# -- a secret poll that is replaced


def test_the_ballots_of_a_replaced_secret_poll_go_as_well(secret: Village) -> None:
    """They stayed for good: an old backup with the key opened them."""
    secret.say("老王", "投1")
    secret.say("书记", "投票1题目改成选谁当九社社长")
    secret.say("书记", "1")
    secret.later(minutes=1)
    assert [row.state for row in secret.rows(t.polls)] == ["replaced", "open"]
    assert secret.rows(t.secret_ballots) == []
    secret.say("老王", "投2")
    secret.later(minutes=1)
    assert [row.choice for row in secret.rows(t.secret_ballots)] == [0b10]  # those of the new one stay


# -- another SECRET_KEY than the one it was begun with


@pytest.fixture
def other_key(secret: Village, monkeypatch: pytest.MonkeyPatch) -> Village:
    secret.say("老王", "投1")
    monkeypatch.setattr(tests.handlers.talk, "VAULT", Vault("another key"))
    secret.directories = DirectoryCache()
    return secret


@pytest.mark.parametrize("said", ["投2", "2", "李四", "改成2"])
@pytest.mark.parametrize("who", ["老王", "张婶"])
def test_no_vote_is_taken_where_the_key_cannot_be_read(other_key: Village, who: str, said: str) -> None:
    """A household voted twice, and whose ballot is whose could be computed by anybody."""
    assert "票箱的钥匙现在打不开，新票记不上" in other_key.say(who, said)
    assert [row.choice for row in other_key.rows(t.secret_ballots)] == [0b01]
    assert said not in {text for text, _ in kept_of(other_key, {"老王": "o-laowang", "张婶": "o-zhangshen"}[who])}


def test_nobody_is_told_that_he_has_not_voted_where_it_cannot_be_known(other_key: Village) -> None:
    assert "钥匙现在打不开" in other_key.say("老王", "我投了啥")


@pytest.mark.parametrize("said", [("投票结束", "1"), ("投票延长到周日晚八点",)])
def test_it_is_not_changed_either_or_the_key_would_be_lost(other_key: Village, said: tuple[str, ...]) -> None:
    before = other_key.rows(t.polls)
    heard = [other_key.say("书记", each) for each in said]
    assert "钥匙现在打不开" in heard[-1]
    assert other_key.rows(t.polls) == before


def test_it_is_counted_when_the_key_is_back(other_key: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reminder wrote an empty key over the poll's, and it was counted with two ballots of one household."""
    before = other_key.rows(t.polls)
    other_key.later(days=4, hours=12)  # the reminder is due
    assert other_key.rows(t.polls) == before
    other_key.later(days=1)
    other_key.later(minutes=3)
    assert other_key.rows(t.polls) == before
    assert other_key.heard("李书记").count("收票和计票都停了") == 1
    assert other_key.rows(t.poll_lists) == []
    monkeypatch.setattr(tests.handlers.talk, "VAULT", VAULT)
    other_key.directories = DirectoryCache()
    other_key.later(minutes=1)
    assert other_key.rows(t.polls)[0].result.startswith("[[1, 0], 1, 300")


def test_where_the_key_is_lost_the_poll_can_be_put_anew(other_key: Village) -> None:
    other_key.say("书记", "投票1题目改成选谁当九社社长")
    other_key.say("书记", "1")
    assert "李四" in other_key.say("老王", "投2")
