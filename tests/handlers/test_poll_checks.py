"""A closed poll from outside: `youshi verify poll N`, and the chart its letters carry."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image
from sqlalchemy import update

from bot.charts import Charts
from bot.commands_polls import verify
from domain.polls import Result as Count
from handlers.pictures import WIDTH, _font, result_chart, wrapped
from storage import tables
from storage import tables_polls as t
from tests.domain.test_polls import POLL
from tests.handlers.talk import VAULT, Village

CAST = (("老王", "1"), ("张婶", "1"), ("王秀英", "2"))


@pytest.fixture
def over(village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], Village]:
    """A poll that was made, answered and closed in talk; the commands are pointed at its database."""

    def make(is_secret: bool) -> Village:
        village.say("李书记", f"发起投票 修路选哪条 选项 东路 西路 投三天 {'不记名' if is_secret else '记名'}")
        village.say("李书记", "1")
        for who, words in CAST:
            village.say(who, words)
        village.say("李书记", "投票结束")
        village.say("李书记", "1")
        village.later(minutes=1)
        monkeypatch.setenv("YOUSHI_DATABASE_URL", str(village.database.url))
        monkeypatch.setenv("YOUSHI_SECRET_KEY", "a key for tests")
        monkeypatch.setenv("YOUSHI_DATA_DIR", str(tmp_path))
        return village

    return make


def run(*arguments: str) -> Result:
    return CliRunner().invoke(verify, ["poll", *arguments])


@pytest.mark.parametrize("is_secret", [True, False])
def test_an_honest_poll_verifies(over: Callable[[bool], Village], is_secret: bool) -> None:
    over(is_secret)
    found = run("1")
    assert found.exit_code == 0, found.output
    assert "查验通过：修路选哪条\n1.东路 2户\n2.西路 1户\n参加3户/应投300户" in found.output


def test_the_lists_are_written_for_everybody_to_count(over: Callable[[bool], Village], tmp_path: Path) -> None:
    over(True)
    assert run("1", "--out", str(tmp_path / "lists")).exit_code == 0
    assert len((tmp_path / "lists" / "receipts.txt").read_text().split("\n")) == 3
    assert sorted(line.split()[1] for line in (tmp_path / "lists" / "choices.txt").read_text().split("\n")) == [
        "1",
        "1",
        "2",
    ]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda row: {"choices": row.choices.replace(" 2", " 1")}, "对不上"),
        (lambda row: {"receipts": row.receipts.split("\n", 1)[1]}, "不一样多"),
        (lambda row: {"receipts": row.receipts[:-1] + ("Y" if row.receipts.endswith("X") else "X")}, "被改过"),
        (lambda row: {"choices": "\n".join(reversed(row.choices.split("\n")))}, "被改过"),
    ],
)
def test_any_change_after_the_digest_is_found(over: Callable[[bool], Village], change: Any, fault: str) -> None:
    village = over(True)
    row = village.rows(t.poll_lists)[0]
    with village.database.write() as connection:
        connection.execute(update(t.poll_lists).values(**change(row)))
    found = run("1")
    assert found.exit_code != 0
    assert fault in found.output


def test_the_digest_the_group_has_read_may_be_given(over: Callable[[bool], Village]) -> None:
    village = over(True)
    assert run("1", "--digest", village.rows(t.poll_lists)[0].digest).exit_code == 0
    assert "被改过" in run("1", "--digest", "0" * 64).output


def test_a_ballot_written_by_hand_is_found(over: Callable[[bool], Village]) -> None:
    village = over(False)
    poll = village.rows(t.polls)[0]
    with village.database.write() as connection:
        connection.execute(t.ballots.insert().values(poll_id=poll.id, entry=77777, choice=1, cast_at=village.now))
    found = run("1")
    assert "对不上（选项 1 3≠2）" in found.output
    assert "不在名单上（名册号 77777）" in found.output


def test_a_ballot_that_names_no_option_is_named_by_its_number_on_the_roll(over: Callable[[bool], Village]) -> None:
    """It ended in a traceback."""
    village = over(False)
    entry = village.rows(t.ballots)[0].entry
    with village.database.write() as connection:
        connection.execute(update(t.ballots).where(t.ballots.c.entry == entry).values(choice=64))
    found = run("1")
    assert found.exit_code != 0
    assert f"有票选的不是这次的选项（名册号 {entry}）" in found.output


def test_a_line_that_cannot_be_read_and_a_receipt_that_stands_twice_are_named(over: Callable[[bool], Village]) -> None:
    village = over(True)
    row = village.rows(t.poll_lists)[0]
    first, *others = row.receipts.split("\n")
    lines = row.choices.split("\n")
    with village.database.write() as connection:
        values = {"receipts": "\n".join([first, first, *others[1:]]), "choices": "\n".join([lines[0], "x", *lines[2:]])}
        connection.execute(update(t.poll_lists).values(**values))
    found = run("1")
    assert "名单里有一行读不出来（第2行）" in found.output
    assert f"有回执出现了两次（回执 {first}）" in found.output


@pytest.mark.parametrize(("number", "words"), [("9", "没有投票9"), ("1", "还没截止")])
def test_what_cannot_be_verified_is_said(
    village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: str, words: str
) -> None:
    village.say("李书记", "发起投票 修路选哪条 选项 东路 西路 投三天")
    village.say("李书记", "1")
    monkeypatch.setenv("YOUSHI_DATABASE_URL", str(village.database.url))
    monkeypatch.setenv("YOUSHI_SECRET_KEY", "a key for tests")
    monkeypatch.setenv("YOUSHI_DATA_DIR", str(tmp_path))
    found = run(number)
    assert found.exit_code != 0
    assert words in found.output


# -- the picture


def test_the_chart_is_a_small_picture_with_a_bar_for_every_option() -> None:
    png = result_chart(POLL, Count((120, 88), 208, 300))
    image = Image.open(io.BytesIO(png)).convert("RGB")
    assert image.width == WIDTH
    assert len(png) < 60_000
    colours = {colour for _, colour in image.getcolors(1 << 16) or []}
    assert (217, 84, 43) in colours  # the leader's bar
    assert (143, 179, 217) in colours  # the other's


def test_every_letter_of_the_village_is_in_the_font() -> None:
    """A letter the font lacks is drawn as a box: none of the texts may need one."""
    box = _font(32).getmask("\uffff").getbbox(), bytes(_font(32).getmask("\uffff"))
    for char in "修路选哪条东西南北同意反对弃权张桂兰王德福淼堃喆参加户应投征求见不代替会议表决，。（）0123456789":
        drawn = _font(32).getmask(char)
        assert (drawn.getbbox(), bytes(drawn)) != box, char


def test_a_long_question_breaks_into_lines_that_fit() -> None:
    lines = wrapped("村口的路灯先装东头还是西头" * 6, 36, 648)
    assert len(lines) > 3
    assert "".join(lines) == "村口的路灯先装东头还是西头" * 6


def test_the_chart_is_drawn_when_its_letter_is_sent(over: Callable[[bool], Village], tmp_path: Path) -> None:
    village = over(False)
    poll = village.rows(t.polls)[0]
    letters = [row.image for row in village.rows(tables.outbox) if row.image]
    assert set(letters) == {f"charts/poll-{poll.id}.png"}
    charts = Charts(village.database, VAULT, tmp_path / "data")
    charts.draw(letters[0])
    charts.draw("charts/poll-77.png")
    charts.draw("../elsewhere.png")
    found = sorted(path.name for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert found == [f"poll-{poll.id}.png"]
