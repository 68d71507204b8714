"""Wake-ups, buckets and tokens: the same promises in one process and through Redis, and still kept when Redis is gone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import pytest
import redis.asyncio

from storage.shared import InProcess, Shared, ThroughRedis, shared_for
from tests.engines import OwnRedis

Pair = tuple[Shared, Shared]


class Hands:
    """A clock that stands until it is turned."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture(params=["in process", "through Redis"])
async def pair(request: pytest.FixtureRequest, hands: Hands) -> AsyncIterator[Pair]:
    """Two users of one shared memory: two clients of one Redis, or the same process twice."""
    if request.param == "in process":
        twin = InProcess(hands)
        yield twin, twin
        return
    url, prefix = request.getfixturevalue("redis_server"), request.getfixturevalue("redis_prefix")
    one, two = ThroughRedis(url, prefix, hands), ThroughRedis(url, prefix, hands)
    yield one, two
    await one.close()
    await two.close()


async def test_a_wake_up_reaches_who_waits(pair: Pair) -> None:
    one, two = pair
    waiting = asyncio.create_task(one.wait("outbox", 5))
    await asyncio.sleep(0.05)
    begun = time.monotonic()
    await two.wake("outbox")
    assert await waiting
    assert time.monotonic() - begun < 1


async def test_a_wake_up_before_the_wait_still_counts_once(pair: Pair) -> None:
    one, two = pair
    for _ in range(3):
        await two.wake("outbox")
    assert await one.wait("outbox", 1)
    assert not await one.wait("outbox", 0.2)


async def test_without_a_wake_up_the_wait_ends_by_itself(pair: Pair) -> None:
    begun = time.monotonic()
    assert not await pair[0].wait("outbox", 0.3)
    assert 0.2 < time.monotonic() - begun < 2


async def test_topics_do_not_wake_each_other(pair: Pair) -> None:
    await pair[0].wake("clock")
    assert not await pair[1].wait("outbox", 0.2)


async def test_one_wakes_itself(pair: Pair) -> None:
    await pair[0].wake("outbox")
    assert await pair[0].wait("outbox", 1)


async def test_a_bucket_gives_its_burst_and_then_its_rate_whoever_asks(pair: Pair, hands: Hands) -> None:
    waits = [await pair[number % 2].take("robot", 2.0, 3) for number in range(4)]
    assert waits[:3] == [0.0, 0.0, 0.0]
    assert 0 < waits[3] <= 0.5
    hands.now += waits[3]
    assert await pair[1].take("robot", 2.0, 3) == 0.0
    assert await pair[0].take("robot", 2.0, 3) > 0
    hands.now += 3600
    assert [await pair[0].take("robot", 2.0, 3) > 0 for _ in range(4)] == [False, False, False, True]


async def test_an_empty_bucket_gives_nothing_and_takes_nothing(pair: Pair, hands: Hands) -> None:
    await pair[0].take("robot", 1.0, 1)
    for _ in range(10):
        assert await pair[0].take("robot", 1.0, 1) > 0
    hands.now += 1
    assert await pair[0].take("robot", 1.0, 1) == 0.0


async def test_buckets_do_not_share(pair: Pair) -> None:
    assert await pair[0].take("a", 1.0, 1) == 0.0
    assert await pair[0].take("b", 1.0, 1) == 0.0


async def test_many_who_ask_at_once_get_no_more_than_the_burst(pair: Pair) -> None:
    got = await asyncio.gather(*(pair[number % 2].take("burst", 0.01, 10) for number in range(50)))
    assert got.count(0.0) == 10


async def test_a_token_is_seen_by_both_until_it_runs_out(pair: Pair, hands: Hands) -> None:
    one, two = pair
    assert await one.token("wx") is None
    assert await one.put_token("wx", "T1", 100.0, 7200)
    assert await one.token("wx") == ("T1", 100.0)
    assert await two.token("wx") == ("T1", 100.0)
    assert await two.token("other") is None


async def test_an_older_token_never_replaces_a_newer_one(pair: Pair) -> None:
    one, two = pair
    assert await one.put_token("wx", "T2", 200.0, 7200)
    assert not await two.put_token("wx", "T1", 100.0, 7200)
    assert not await two.put_token("wx", "T2b", 200.0, 7200)
    assert await one.token("wx") == await two.token("wx") == ("T2", 200.0)
    assert await two.put_token("wx", "T3", 300.0, 7200)
    assert await one.token("wx") == ("T3", 300.0)


async def test_of_tokens_written_at_once_the_newest_stays(pair: Pair) -> None:
    await asyncio.gather(*(pair[issued % 2].put_token("wx", f"T{issued}", float(issued), 7200) for issued in range(40)))
    assert await pair[0].token("wx") == ("T39", 39.0)


async def test_a_token_runs_out_in_process(hands: Hands) -> None:
    twin = InProcess(hands)
    await twin.put_token("wx", "T1", 100.0, 10)
    hands.now += 10
    assert await twin.token("wx") is None
    assert await twin.put_token("wx", "T0", 50.0, 10), "a token that has run out bars nobody"


async def test_a_token_runs_out_in_redis(redis_server: str, redis_prefix: str) -> None:
    shared = ThroughRedis(redis_server, redis_prefix)
    await shared.put_token("wx", "T1", 100.0, 0.2)
    await asyncio.sleep(0.4)
    assert await shared.token("wx") is None
    await shared.close()


async def test_without_an_address_it_is_in_process() -> None:
    assert isinstance(shared_for(""), InProcess)


async def _all_of_it(shared: Shared, bucket: str) -> float:
    """Use everything; return how long the slowest call took."""
    slowest = 0.0

    async def timed(call: Callable[[], object]) -> object:
        nonlocal slowest
        begun = time.monotonic()
        result = await call()  # type: ignore[misc]
        slowest = max(slowest, time.monotonic() - begun)
        return result

    await timed(lambda: shared.wake("outbox"))
    assert await timed(lambda: shared.wait("outbox", 0.5))
    await timed(lambda: shared.wait("outbox", 0.2))  # one's own wake-up may be heard twice: here and through Redis
    assert not await timed(lambda: shared.wait("outbox", 0.2))
    assert await timed(lambda: shared.take(bucket, 1.0, 1)) == 0.0
    assert await timed(lambda: shared.take(bucket, 0.01, 1)) != 0.0
    await timed(lambda: shared.put_token(bucket, "T1", 100.0, 60))
    assert await timed(lambda: shared.token(bucket)) == ("T1", 100.0)
    return slowest


async def test_redis_that_was_never_there_costs_no_word() -> None:
    shared = ThroughRedis("redis://127.0.0.1:1/0", "nobody")
    assert await _all_of_it(shared, "b") < 2
    await shared.close()


async def test_redis_killed_and_back_again(own_redis: OwnRedis) -> None:
    shared = ThroughRedis(own_redis.url, "own")
    await _all_of_it(shared, "before")
    own_redis.stop()
    assert await _all_of_it(shared, "during") < 2
    own_redis.start()
    assert await _all_of_it(shared, "after") < 2
    await shared.close()


async def test_redis_flushed_costs_no_word(own_redis: OwnRedis) -> None:
    shared = ThroughRedis(own_redis.url, "own")
    await _all_of_it(shared, "before")
    client = redis.asyncio.Redis.from_url(own_redis.url)
    await client.flushall()
    await _all_of_it(shared, "after")
    await client.aclose()
    await shared.close()


async def test_redis_that_hangs_is_not_waited_for(own_redis: OwnRedis) -> None:
    shared = ThroughRedis(own_redis.url, "own")
    await _all_of_it(shared, "before")
    client = redis.asyncio.Redis.from_url(own_redis.url)
    await client.execute_command("CLIENT", "PAUSE", "60000", "ALL")
    begun = time.monotonic()
    assert await _all_of_it(shared, "during") < 2
    assert time.monotonic() - begun < 4, "an outage is paid for once, not by every call"
    own_redis.stop()
    await client.aclose()
    await shared.close()
