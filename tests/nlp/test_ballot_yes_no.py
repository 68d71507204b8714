"""What is a yes or a no in a poll that asks whether: what is done, wonders or warns is neither."""

from __future__ import annotations

import pytest

from nlp.ballot_yes_no import yes_or_no

OPTIONS, TITLE = ("装", "不装"), "装不装监控"


@pytest.mark.parametrize(
    ("said", "option"),
    [("装嘛", 1), ("该装", 1), ("装上吧", 1), ("可以装", 1), ("装监控好", 1), ("不想装", 2), ("没必要", 2), ("别装了", 2), ("不用", 2)],
)  # fmt: skip
def test_a_yes_and_a_no(said: str, option: int) -> None:
    assert yes_or_no(said, OPTIONS, TITLE) == option


@pytest.mark.parametrize(
    "said", ["监控装好了", "装上了", "装完了", "不应该啊", "不能", "不该吧", "装不装", "要不要装啊", "摄像头坏了"]
)
def test_what_is_done_wonders_or_asks_back_is_no_vote(said: str) -> None:
    """监控装好了 was a yes, 不应该啊 a no."""
    assert yes_or_no(said, OPTIONS, TITLE) is None
