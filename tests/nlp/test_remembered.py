"""Short texts are read once, long ones every time, and what is remembered differs with every argument."""

from __future__ import annotations

from nlp.remembered import SHORT, remembered


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
