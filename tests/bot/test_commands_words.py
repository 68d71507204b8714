"""The commands `when` and `understand`, through the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import cli

NOW = "2026-11-22T10:00:00+08:00"


def run(*arguments: str, given: bytes = b"") -> list[dict[str, object]]:
    result = CliRunner().invoke(cli, list(arguments), input=given)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


# conversation.md §6.3: what each of the messy inputs means in time.
@pytest.mark.parametrize(
    ("text", "start", "end", "kind"),
    [
        ("明儿下午三点半在大队开会说机井的事", "2026-11-23T15:30:00+08:00", None, "instant"),
        ("周五晚上七点 地头 板凳会 九社", "2026-11-27T19:00:00+08:00", None, "instant"),
        ("初八上午开代表会", "2026-12-16T09:00:00+08:00", "2026-12-16T12:00:00+08:00", "daypart"),
        ("腊月二十群众大会", "2027-01-27T00:00:00+08:00", "2027-01-27T23:59:00+08:00", "day"),
        ("年三十值班", "2027-02-05T00:00:00+08:00", "2027-02-05T23:59:00+08:00", "day"),
        ("正月十五耍社火报名", "2027-02-20T00:00:00+08:00", "2027-02-20T23:59:00+08:00", "day"),
        ("下周一早上八点", "2026-11-23T08:00:00+08:00", None, "instant"),
        ("后天晌午", "2026-11-24T12:00:00+08:00", "2026-11-24T14:00:00+08:00", "daypart"),
        ("28号晚7点", "2026-11-28T19:00:00+08:00", None, "instant"),
        ("投到月底", "2026-11-22T10:00:00+08:00", "2026-11-30T23:59:00+08:00", "deadline"),
        ("三天内办完", "2026-11-22T10:00:00+08:00", "2026-11-25T23:59:00+08:00", "deadline"),
        ("3个工作日", "2026-11-22T10:00:00+08:00", "2026-11-25T23:59:00+08:00", "deadline"),
        ("下礼拜三吃过黑饭", "2026-11-25T19:30:00+08:00", "2026-11-26T00:00:00+08:00", "daypart"),
    ],
)
def test_when_gives_absolute_times(text: str, start: str, end: str | None, kind: str) -> None:
    (said,) = run("when", text, "--now", NOW)
    assert (said["start"], said["end"], said["kind"]) == (start, end, kind)
    assert set(said) == {"start", "end", "kind", "assumed", "question"}


@pytest.mark.parametrize(
    ("text", "asks"),
    [("这周六开会", "11月28日 周六"), ("下礼拜三吃过黑饭", "11月25日 周三"), ("过两天", "哪一天"), ("七点", "晚7点")],
)
def test_when_asks_what_it_cannot_know(text: str, asks: str) -> None:
    assert asks in str(run("when", text, "--now", NOW)[0]["question"])


def test_when_says_what_it_assumed() -> None:
    (said,) = run("when", "年三十值班", "--now", NOW)
    assert said["assumed"] == ["那个月没有三十，最后一天是2月5日 周五"]


def test_when_finds_nothing_where_nothing_is() -> None:
    assert run("when", "村口的路灯", "--now", NOW) == [
        {"start": None, "end": None, "kind": None, "assumed": [], "question": None}
    ]


# conversation.md §6.3: what each of the messy inputs wants.
@pytest.mark.parametrize(
    ("text", "role", "intent", "slots"),
    [
        (
            "明儿下午三点半在大队开会说机井的事",
            "cadre",
            "meeting.create",
            {"starts_at": "2026-11-23T15:30:00+08:00", "venue": "村委会", "topic": "机井"},
        ),
        (
            "周五晚上七点 地头 板凳会 九社",
            "cadre",
            "meeting.create",
            {"starts_at": "2026-11-27T19:00:00+08:00", "venue": "地头", "kind": "bandeng", "scope": "九社"},
        ),
        (
            "弄个投票看东路好还是西路好按户投投到周五晚八点",
            "cadre",
            "poll.create",
            {"options": ["东路", "西路"], "unit": "household", "closes_at": "2026-11-27T20:00:00+08:00"},
        ),
        (
            "发起投票 题目 打机井筹钱 每户二百 选项 同意 不同意 弃权 不记名",
            "cadre",
            "poll.create",
            {"title": "打机井筹钱 每户二百", "options": ["同意", "不同意", "弃权"], "secret": True},
        ),
        ("我家水亭了三天了没人管", "villager", "report", {}),
        ("路灯坏啦黑灯瞎火的昨晚差点跌沟里", "villager", "report", {}),
        ("抵保给我停了为啥", "villager", "report", {}),
        ("反应下垃圾没人拉都长蛆了", "villager", "report", {}),
        ("我想死的心都有了活不成了", "villager", "danger", {}),
        ("热死了水渠还不放水", "villager", "report", {}),
        ("隔壁盖房把我家采光挡了嚷了一仗", "villager", "report", {}),
        ("男人又打我", "villager", "danger", {}),
        ("那个书记把低保给他亲戚了", "villager", "report", {}),
        ("好着呢", "villager", "rate", {"score": 1}),
        ("改成2", "villager", "vote", {"choice": 2}),
        ("我妈投2 她没微信", "villager", "proxy", {"name": "我妈", "choice": 2}),
        ("+1", "villager", "support", {}),
        ("同意楼上", "villager", "support", {}),
        ("我家几分", "villager", "points", {}),
        ("养狗咋罚", "villager", "charter", {"query": "养狗"}),
        ("问下 老人养老金认证咋弄", "villager", "consult", {}),
        ("算了不反映了", "villager", "withdraw", {}),
        ("那个呃我们社嘛那个桥上的栏杆吧好像让车撞坏了娃娃上学不安全你们看一下", "villager", "report", {}),
        ("还有个事 村口那个垃圾 另外路也烂", "villager", "add", {}),
        ("三百五十亩地流转费一亩六百没给", "villager", "report", {}),
        ("两万五工钱要了三年", "villager", "report", {}),
        ("给老李记5分 昨儿打扫街道", "cadre", "points", {"person": "老李", "points": 5, "event": "打扫街道"}),
        ("到了23个 够不够", "cadre", "meeting.roster", {}),
        ("你们是不是假的 要我身份证", "villager", "scam", {}),
    ],
)
def test_understand_gives_intent_and_slots(text: str, role: str, intent: str, slots: dict[str, object]) -> None:
    (said,) = run("understand", text, "--as", role, "--now", NOW)
    assert (said["intent"], said["slots"]) == (intent, slots)
    assert set(said) == {"intent", "slots", "question"}


@pytest.mark.parametrize("text", ["投1", "一", "选一", "壹", "１", "我投第一个"])
def test_understand_reads_every_way_to_vote_for_the_first(text: str) -> None:
    (said,) = run("understand", text, "--as", "villager", "--now", NOW)
    assert (said["intent"], said["slots"]) == ("vote", {"choice": 1})


def test_understand_asks_whom_a_meeting_calls() -> None:
    (said,) = run("understand", "明儿下午三点半在大队开会说机井的事", "--as", "cadre", "--now", NOW)
    assert said["question"] == "请谁来参加？"


LINES = (
    b'{"id":1,"text":"\xe6\x98\x8e\xe5\xa4\xa9\xe4\xb8\x8b\xe5\x8d\x88\xe4\xb8\x89\xe7\x82\xb9","as":"cadre",'
    b'"now":"2026-11-22T10:00:00+08:00"}\n'
    b'\n{"id":"two"}\n[1]\nnot json\n'
    b'{"id":3,"text":"\xe6\x8a\x951","as":"villager"}\n{"id":4,"text":"x","as":"nobody"}\n'
    b'{"id":5,"text":7,"as":"cadre"}\n{"id":6,"text":"x","now":"soon","as":"cadre"}\n\xff\n'
)


def test_json_lines_keep_order_and_id_and_a_bad_one_does_not_stop_the_rest() -> None:
    said = run("when", "-", "--now", NOW, given=LINES)
    assert [line["id"] for line in said] == [1, "two", None, None, 3, 4, 5, 6, None]
    assert said[0]["start"] == "2026-11-23T15:00:00+08:00"
    assert [("error" in line) for line in said] == [False, True, True, True, False, False, True, True, True]


def test_json_lines_of_understand_need_to_know_who_speaks() -> None:
    said = run("understand", "-", "--now", NOW, given=LINES)
    assert [("error" in line) for line in said] == [False, True, True, True, False, True, True, True, True]
    assert said[4] == {"id": 3, "intent": "vote", "slots": {"choice": 1}, "question": None}


@pytest.mark.parametrize(
    "arguments",
    [("when",), ("when", "x", "--now", "soon"), ("understand", "x"), ("understand", "x", "--as", "king")],
)
def test_wrong_usage_is_refused(arguments: tuple[str, ...]) -> None:
    assert CliRunner().invoke(cli, list(arguments)).exit_code == 2


def test_reading_words_does_not_load_the_house() -> None:
    """Scripts call these commands line by line: a second of imports and 30 MB each time would be theirs to wait for."""
    code = (
        "import sys, bot.commands_topics, bot.commands_words\n"
        "print(*[name for name in ('sqlalchemy', 'aiohttp', 'handlers.matters') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""


@pytest.mark.parametrize("command", [["when", "-"], ["understand", "-", "--as", "villager"]])
def test_a_line_that_is_no_json_is_said_to_be_none(command: list[str]) -> None:
    """A decoder's own English stood there, while `classify` said it plainly."""
    said = run(*command, given='路灯坏了\n[1]\n{"id": 3}\n'.encode())
    assert said == [
        {"id": None, "error": "这一行不是 JSON"},
        {"id": None, "error": "这一行不是 JSON"},
        {"id": 3, "error": "缺少 text，或它不是文字"},
    ]


def test_rules_check_names_every_faulty_row_once_and_says_how_to_mend_it(tmp_path: Path) -> None:
    """Only the first was named, a broken YAML twice, and the mend was a parser's English."""
    rows = "ZZ99,灯笼杆,300\nRC02,灯,abc\nRC02,水,99999\nRC02,嘀嘀嗒,3\nRC02,嘀嘀嗒,4\n"
    (tmp_path / "topics_local.csv").write_text("code,word,weight\n" + rows, "utf-8-sig")
    (tmp_path / "meetings.yaml").write_text("x: [\n", "utf-8")
    (tmp_path / "calendar.csv").write_text("日期,安排\n2031-13-01,放假\n", "utf-8-sig")
    result = CliRunner().invoke(cli, ["rules", "check", str(tmp_path)])
    assert result.exit_code == 1
    lines = result.output.splitlines()
    named = sorted(
        line.split(" ")[0] + line.split(" ")[1] for line in lines if line.startswith(("topics", "meet", "cal"))
    )
    assert named == ["calendar.csv第2行", "meetings.yaml第2行"] + [f"topics_local.csv第{row}行" for row in (2, 3, 4, 6)]
    assert "共 6 处要改" in lines[-1]
    assert "write YYYY" not in result.output
    assert "可用：expected" not in result.output


def test_a_line_that_cannot_be_classified_gets_an_error_and_the_rest_go_on() -> None:
    """Half a character, brackets without end and another encoding ended the whole run with a traceback."""
    broken = [b'{"id": 1, "text": "\\ud800"}', b"[" * 100_000, '{"id": 2, "text": "路灯"}'.encode("gbk")]
    given = b"\xef\xbb\xbf" + b"\n".join(
        ['{"id": 0, "text": "路灯坏了"}'.encode(), *broken, '{"id": 3, "text": "路灯坏了"}'.encode()]
    )
    command = [sys.executable, "-m", "bot.cli", "classify"]
    ended = subprocess.run(command, input=given, capture_output=True, check=True)
    answers = [json.loads(line) for line in ended.stdout.decode().splitlines()]
    assert [answer.get("code") for answer in answers] == ["RC02", None, None, None, "RC02"]
    assert [set(answer) for answer in answers[1:4]] == [{"id", "error"}] * 3
