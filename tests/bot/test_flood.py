"""R21: one person floods; what he says is done, he is warned once, and nobody else notices."""

from __future__ import annotations

import asyncio
import itertools
import sys
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flood import Tempered
from bot.turn import Outcome
from domain.messages import Actor, Incoming, Kind
from nlp.lexicon import Lexicon
from tests.bot.town import WANG, ZHANG, Town
from tests.bot.toys import NOW


@pytest.fixture(scope="module")
def lexicon(rulebook: object) -> Lexicon:
    return rulebook.value.lexicon  # type: ignore[attr-defined,no-any-return]


class Echo:
    def __call__(self, store: object, incoming: Incoming, now: object) -> Outcome:
        return Outcome(f"收到{incoming.text}")

    def listen_ahead(self, *_: object) -> None:
        return None

    def apology(self, store: object, incoming: Incoming) -> str:
        return "对不住"


def line(text: str, who: str = WANG) -> Incoming:
    return Incoming("oa", "demo", f"m:{text}", Kind.TEXT, Actor("oa", "demo", who), NOW, text=text)


def tempered(lexicon: Lexicon, per_minute: int = 20) -> Tempered:
    return Tempered(Echo(), per_minute, lambda: lexicon)  # type: ignore[arg-type]


def answered(play: Tempered, moments: list[float]) -> list[tuple[float, str]]:
    """(second, answer) of every answer to one person's messages at these seconds."""
    heard = ((at, play(None, line(str(n)), NOW + timedelta(seconds=at)).reply) for n, at in enumerate(moments))  # type: ignore[arg-type]
    return [(at, answer) for at, answer in heard if answer is not None]


def fullest_minute(said: list[tuple[float, str]]) -> int:
    return max(sum(begin <= at < begin + 60 for at, _ in said) for begin, _ in said)


def test_r21_a_thousand_in_ten_seconds_are_answered_twenty_times_and_warned_of_once(rulebook: object) -> None:
    """The warning rides on the answer that makes the first minute full, and is not said again while he goes on."""
    play = tempered(rulebook.value.lexicon)  # type: ignore[attr-defined]
    said = answered(play, [n / 100 for n in range(1000)] + [10 + n / 10 for n in range(3000)])
    assert fullest_minute(said) == 20
    assert sum("太快" in answer for _, answer in said) == 1
    assert len(said) == 20 * 6, "he goes on for 310 seconds and gets his twenty in each minute begun"
    calm = play(None, line("好了"), NOW + timedelta(minutes=30)).reply  # type: ignore[arg-type]
    assert calm == "收到好了"


@given(gaps=st.lists(st.floats(0, 30), min_size=1, max_size=300), limit=st.integers(1, 25))
def test_r21_no_minute_holds_more_answers_than_allowed(lexicon: Lexicon, gaps: list[float], limit: int) -> None:
    said = answered(tempered(lexicon, limit), list(itertools.accumulate(gaps)))
    assert said
    assert fullest_minute(said) <= limit


def test_r21_who_stays_within_twenty_a_minute_is_always_answered_and_not_warned(rulebook: object) -> None:
    said = answered(tempered(rulebook.value.lexicon), [n * 3.2 for n in range(200)])  # type: ignore[attr-defined]
    assert len(said) == 200
    assert not any("太快" in answer for _, answer in said)


def test_r21_a_clock_set_back_silences_nobody(rulebook: object) -> None:
    play = tempered(rulebook.value.lexicon)  # type: ignore[attr-defined]
    answered(play, [n / 10 for n in range(100)])
    assert len(answered(play, [-3600.0 + n for n in range(10)])) == 10


def test_r21_others_are_answered_and_danger_always_is(rulebook: object) -> None:
    play = tempered(rulebook.value.lexicon)  # type: ignore[attr-defined]
    for n in range(200):
        play(None, line(str(n)), NOW)  # type: ignore[arg-type]
    assert play(None, line("你好", ZHANG), NOW).reply == "收到你好"  # type: ignore[arg-type]
    assert play(None, line("着火了快来人"), NOW).reply == "收到着火了快来人"  # type: ignore[arg-type]


def test_r21_a_flooder_costs_less_than_a_kilobyte_and_zero_means_no_limit(rulebook: object) -> None:
    play = tempered(rulebook.value.lexicon)  # type: ignore[attr-defined]
    for n in range(500):
        play(None, line(str(n)), NOW)  # type: ignore[arg-type]
    actor, minute = next(iter(play._minutes.items()))
    assert sum(map(sys.getsizeof, (actor, actor.native_id, minute, minute.answered, minute.full_at))) < 1024
    assert len(play._minutes) == 1
    free = tempered(rulebook.value.lexicon, 0)  # type: ignore[attr-defined]
    assert all(free(None, line(str(n)), NOW).reply for n in range(300))  # type: ignore[arg-type]


async def test_r21_every_message_of_a_flood_is_kept_and_acknowledged(lone_town: Town) -> None:
    town = lone_town
    async with town.house(flood_per_minute=20):
        pushes = [town.platform.push.text(WANG, f"进度 {number}") for number in range(150)]
        done = await town.platform.push.deliver_all(pushes)
        neighbour = await town.say(ZHANG, "找谁")
        await asyncio.sleep(0.2)
    assert all(outcome.taken for outcome in done)
    assert town.faults == []
    assert neighbour.texts
    kept = [row for row in town.rows("inbox") if row.actor == WANG]
    assert (len(kept), {row.state for row in kept}) == (150, {"done"})
    assert sum("太快" in text for text in town.texts(WANG)) == 1
    assert len(town.texts(WANG)) == 20


async def test_d10_an_answer_too_long_for_the_response_goes_on_by_itself(lone_town: Town) -> None:
    """The rest of it used to be cut off and only logged."""
    town, long = lone_town, "这一句很长。" * 300

    class Long(Echo):
        def __call__(self, store: object, incoming: Incoming, now: object) -> Outcome:
            return Outcome(long if incoming.kind is Kind.TEXT else None)

    async with town.house() as house:
        house.line._play = Tempered(Long(), 0, lambda: house.loaded.words().lexicon)  # type: ignore[arg-type]
        await town.say(WANG, "念给我听")
        texts = await town.heard(WANG, 3)
    told = "".join(text.partition(") ")[2] if text.startswith("(") else text for text in texts)
    assert told == long
