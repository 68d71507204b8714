"""Short texts are read once, long ones every time, and what is remembered differs with every argument."""

from __future__ import annotations

from nlp.remembered import SHORT, Recent, remembered


def test_short_texts_are_read_once_and_long_ones_are_not_kept() -> None:
    read: list[str] = []

    @remembered
    def length(text: str, more: int = 0) -> int:
        read.append(text)
        return len(text) + more

    long = "长" * (SHORT + 1)
    assert [length("投1"), length("投1"), length(long), length(long)] == [2, 2, SHORT + 1, SHORT + 1]
    assert read == ["投1", long, long]
    assert length("投1", 3) == 5
    assert length("投1", more=4) == 6


def test_of_many_things_the_last_ones_are_kept() -> None:
    recent: Recent[int, int] = Recent(4)
    for number in range(100):
        recent.put(number, number * number)
    assert [recent.get(number) for number in (96, 97, 98, 99)] == [9216, 9409, 9604, 9801]
    assert recent.get(50) is None
    assert len(recent) <= 8


def test_what_is_asked_for_stays() -> None:
    recent: Recent[str, int] = Recent(4)
    recent.put("路灯坏了", 1)
    for number in range(100):
        recent.put(str(number), number)
        assert recent.get("路灯坏了") == 1
