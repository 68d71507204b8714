"""What processes share and may lose: wake-ups, rate buckets, tokens. Redis where there is one, else within the process.

Losing Redis costs speed, never a word: every call then falls back to the in-process twin, which is also the default.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from redis.asyncio import Redis

# A Redis that hangs must not hold anybody up: each command is given this long, then the twin answers.
COMMAND_TIMEOUT_S = 0.5
# After a failure Redis is left alone for a while, so that an outage is paid for once and not by every call.
REST_S = 5.0

# One step of a token bucket: refill by the time passed, take one if there is one; else say how long to wait (ms).
_TAKE = """
local now, rate, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local kept = redis.call('HMGET', KEYS[1], 'left', 'at')
local left = math.min(burst, (tonumber(kept[1]) or burst) + (now - (tonumber(kept[2]) or now)) * rate / 1000)
local wait = 0
if left >= 1 then left = left - 1 else wait = math.ceil((1 - left) * 1000 / rate) end
redis.call('HSET', KEYS[1], 'left', tostring(left), 'at', now)
redis.call('PEXPIRE', KEYS[1], math.ceil(burst * 1000 / rate) + 1000)
return wait
"""
# A token is only ever replaced by one issued later, so that a late writer cannot bring an old one back.
_PUT = """
local kept = redis.call('HGET', KEYS[1], 'issued')
if kept and tonumber(kept) >= tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], 'value', ARGV[1], 'issued', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
"""


class Shared(Protocol):
    async def wake(self, topic: str) -> None:
        """Tell whoever waits for the topic, in any process, that there is something to do."""

    async def wait(self, topic: str, seconds: float) -> bool:
        """Wait for a wake-up; False when the time passed without one. A wake-up before the wait still counts."""

    async def take(self, bucket: str, per_second: float, burst: int) -> float:
        """Take one from the bucket; return 0.0, or the seconds to wait when it is empty (nothing is taken then)."""

    async def token(self, name: str) -> tuple[str, float] | None:
        """Return the token and when it was issued, None when there is none or it has run out."""

    async def put_token(self, name: str, value: str, issued_at: float, seconds: float) -> bool:
        """Keep a token for so long, unless a later one is kept already."""

    async def close(self) -> None: ...


class InProcess:
    """The twin without Redis: the same promises within one process."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._events: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._buckets: dict[str, tuple[float, float]] = {}
        self._tokens: dict[str, tuple[str, float, float]] = {}

    async def wake(self, topic: str) -> None:
        self._events[topic].set()

    async def wait(self, topic: str, seconds: float) -> bool:
        event = self._events[topic]
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return False
        event.clear()
        return True

    async def take(self, bucket: str, per_second: float, burst: int) -> float:
        now = self._clock()
        left, at = self._buckets.get(bucket, (float(burst), now))
        left = min(float(burst), left + (now - at) * per_second)
        wait = 0.0 if left >= 1 else (1 - left) / per_second
        self._buckets[bucket] = (left - 1 if left >= 1 else left, now)
        return wait

    async def token(self, name: str) -> tuple[str, float] | None:
        kept = self._tokens.get(name)
        return (kept[0], kept[1]) if kept and self._clock() < kept[2] else None

    async def put_token(self, name: str, value: str, issued_at: float, seconds: float) -> bool:
        kept = await self.token(name)
        if kept is not None and kept[1] >= issued_at:
            return False
        self._tokens[name] = (value, issued_at, self._clock() + seconds)
        return True

    async def close(self) -> None:
        return None


class ThroughRedis:
    """The same over Redis; whatever it cannot answer is answered by the twin."""

    def __init__(self, url: str, prefix: str = "youshi", clock: Callable[[], float] = time.time) -> None:
        from redis import RedisError  # a tenth of a second that a village without Redis need not wait
        from redis.asyncio import Redis

        self._faults = (RedisError, OSError)
        self._redis: Redis = Redis.from_url(
            url, decode_responses=True, socket_timeout=COMMAND_TIMEOUT_S, socket_connect_timeout=COMMAND_TIMEOUT_S
        )
        self._waiting: Redis = Redis.from_url(url, decode_responses=True, socket_connect_timeout=COMMAND_TIMEOUT_S)
        self._prefix = prefix
        self._clock = clock
        self._twin = InProcess(clock)
        self._rests_until = 0.0
        self._take = self._redis.register_script(_TAKE)
        self._put = self._redis.register_script(_PUT)

    def _key(self, kind: str, name: str) -> str:
        return f"{self._prefix}:{kind}:{name}"

    @property
    def is_resting(self) -> bool:
        return time.monotonic() < self._rests_until

    def _failed(self) -> None:
        self._rests_until = time.monotonic() + REST_S

    async def answers(self) -> bool:
        """Is Redis there? Leaves nothing in it."""
        try:
            await self._redis.ping()
        except self._faults:
            self._failed()
            return False
        return True

    async def wake(self, topic: str) -> None:
        await self._twin.wake(topic)
        if self.is_resting:
            return
        try:
            # A list of at most one element: a wake-up with nobody waiting is kept for the next who does.
            key = self._key("wake", topic)
            async with self._redis.pipeline() as pipe:
                pipe.rpush(key, "1")
                pipe.ltrim(key, -1, -1)
                pipe.pexpire(key, 60_000)
                await pipe.execute()
        except self._faults:
            self._failed()

    async def wait(self, topic: str, seconds: float) -> bool:
        """Wait on both: the process's own wake-ups need no Redis."""
        if self.is_resting:
            return await self._twin.wait(topic, seconds)
        here = asyncio.ensure_future(self._twin.wait(topic, seconds))
        there = asyncio.ensure_future(self._pop(topic, seconds))
        done, left = await asyncio.wait({here, there}, timeout=seconds + 1, return_when=asyncio.FIRST_COMPLETED)
        woken = any(task.result() for task in done)
        if not woken and left:  # Redis failed early: the process's own wake-ups may still come
            done, left = await asyncio.wait(left, timeout=seconds)
            woken = any(task.result() for task in done)
        for task in left:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        return woken

    async def _pop(self, topic: str, seconds: float) -> bool:
        try:
            return await self._waiting.blpop([self._key("wake", topic)], timeout=seconds) is not None
        except self._faults:
            self._failed()
            return False

    async def take(self, bucket: str, per_second: float, burst: int) -> float:
        if not self.is_resting:
            try:
                args = [int(self._clock() * 1000), per_second, burst]
                return float(await self._take(keys=[self._key("bucket", bucket)], args=args)) / 1000
            except self._faults:
                self._failed()
        return await self._twin.take(bucket, per_second, burst)

    async def token(self, name: str) -> tuple[str, float] | None:
        if not self.is_resting:
            try:
                kept = await self._redis.hgetall(self._key("token", name))
                return (str(kept["value"]), float(kept["issued"])) if kept else await self._twin.token(name)
            except self._faults:
                self._failed()
        return await self._twin.token(name)

    async def put_token(self, name: str, value: str, issued_at: float, seconds: float) -> bool:
        kept = await self._twin.put_token(name, value, issued_at, seconds)
        if self.is_resting:
            return kept
        try:
            key = self._key("token", name)
            return bool(await self._put(keys=[key], args=[value, repr(issued_at), int(seconds * 1000)]))
        except self._faults:
            self._failed()
            return kept

    async def close(self) -> None:
        with suppress(*self._faults):
            await self._redis.aclose()
            await self._waiting.aclose()


def shared_for(redis_url: str) -> Shared:
    return ThroughRedis(redis_url) if redis_url else InProcess()
