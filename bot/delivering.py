"""One recipient's letters on their way: which way each takes, what its failure means, and what is noted of it.

The rules are in domain/delivery.py; here they are asked, the transports are called, and what was learnt goes into the
journal. Nothing here touches the database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from bot.channels.official_notices import notices_of
from bot.channels.official_trouble import ApiFailed, Trouble, is_known
from bot.joining import TOGETHER_FROM, bundles, joined
from bot.metrics import LETTERS
from bot.parcel import Parcel, Receipt, Transport
from bot.recipient import Recipient
from bot.sending import ANY_WAY, OFF_FOR, PROBE_EVERY, PROBING, RESTS, UNAUTHORISED, Account, Failed, State
from domain import delivery as rules
from domain.delivery import Notice, Offer, Push, Way
from storage.letters import Attempt, Ended, Letter, Priority, Repeat
from storage.routes import Route

log = structlog.get_logger()

# A letter held this long by an account at rest is a person's turn, whatever the reason.
HELD_AT_MOST = timedelta(hours=24)
HURRIED = Priority.REPLY
# Where no way was open there was nothing to try.
_UNREACHABLE, _NO_WINDOW = Failed(Trouble.UNREACHABLE), Failed(Trouble.WINDOW)


class Delivering:
    """The letters claimed for one address, in order."""

    def __init__(
        self,
        state: State,
        transports: Mapping[tuple[str, str], Transport],
        clock: Callable[[], datetime],
        routes: Mapping[int, list[Route]],
    ) -> None:
        self._state = state
        self._transports = transports
        self._clock = clock
        self._routes = routes
        self._him = Recipient(state)

    async def deliver(self, letters: Sequence[Letter]) -> None:
        """Send each in turn. Where an earlier one must wait, the later ones of its rank wait with it."""
        held: dict[int, datetime] = {}
        room = self._him.room(self._routes[letters[0].id], TOGETHER_FROM, self._clock())
        for bundle in bundles(letters, room, self._goes_whole):
            first = bundle[0]
            if first.priority in held:
                self._hold(bundle, held[first.priority], "behind")
                continue
            until = await self._deliver_one(bundle)
            if until is not None:
                held[first.priority] = until

    async def _deliver_one(self, bundle: list[Letter]) -> datetime | None:
        """Send one message; return until when the letters behind it wait, None where they need not."""
        now, letter, routes = self._clock(), joined(bundle), self._routes[bundle[0].id]
        is_joined = len(bundle) > 1
        if _is_unsure(letter) and (letter.due_at is None or now - letter.due_at > rules.REPEATED_LATE):
            return self._end(bundle, "stuck", Trouble.UNKNOWN_OUTCOME.value, way=letter.way)
        timing = rules.timing(_push(letter, routes), letter.not_after, self._state.quiet, now)
        if timing.dropped:
            return self._end(bundle, "dropped", timing.dropped)
        if timing.until is not None:
            return self._hold(bundle, timing.until, "quiet hours")
        failed = await self._over_any(letter, routes, now, is_joined)
        if failed is None:
            return self._end(bundle, "sent", "", way=self._last_way, receipt=self._last_receipt)
        if is_joined and self._falls_apart(bundle, failed):
            return await self._one_by_one(bundle)
        if failed.again_at is not None:
            return self._rest(bundle, failed, now)
        return self._after_failure(bundle, letter, failed)

    # -- together or one by one

    def _goes_whole(self, letter: Letter) -> bool:
        """Will its whole text go, as far as is known now? A notice shows a few fields of it, so it leaves alone."""
        for route in self._routes[letter.id]:
            if (route.channel, route.account) in self._transports:
                return self._ways(letter, route)[:1] in ((), (Way.SERVICE,), (Way.GATEWAY,))
        return True

    def _falls_apart(self, bundle: list[Letter], failed: Failed) -> bool:
        """One refused text must not hold up the others, and as notices they may still arrive."""
        if failed.trouble in (Trouble.UNKNOWN_OUTCOME, Trouble.BUSY):
            return False
        routes = [r for r in self._routes[bundle[0].id] if (r.channel, r.account) in self._transports]
        has_notice = any(way not in _WHOLE for one in bundle for route in routes for way in self._ways(one, route))
        return has_notice or failed.trouble is Trouble.CONTENT

    async def _one_by_one(self, bundle: list[Letter]) -> datetime | None:
        until: datetime | None = None
        for letter in bundle:
            if until is None:
                until = await self._deliver_one([letter])
            else:
                self._hold([letter], until, "behind")
        return until

    def _ways(self, letter: Letter, route: Route) -> tuple[Way, ...]:
        account = self._state.accounts.get(route.account) if route.channel == "oa" else None
        if account is None:
            return (Way.GATEWAY,)
        return rules.ways(self._him.reach(route), _offer(account, letter), self._clock())

    # -- what could not be sent

    def _rest(self, bundle: list[Letter], failed: Failed, now: datetime) -> datetime | None:
        assert failed.again_at is not None  # noqa: S101
        oldest = min((letter.created_at or now for letter in bundle), default=now)
        if now - oldest > HELD_AT_MOST:
            return self._end(bundle, "stuck", failed.trouble.value)
        return self._hold(bundle, failed.again_at, failed.trouble.value)

    def _after_failure(self, bundle: list[Letter], letter: Letter, failed: Failed) -> datetime | None:
        trouble, now = failed.trouble, self._clock()
        is_unknown = trouble is Trouble.UNKNOWN_OUTCOME
        if _is_unsure(letter) or (is_unknown and not _may_repeat(letter, failed.way)):
            trouble = Trouble.UNKNOWN_OUTCOME
            return self._end(bundle, "stuck", trouble.value, way=failed.way)
        again = rules.next_try(letter.attempts, now, hurried=letter.priority <= HURRIED, not_after=letter.not_after)
        if again is None or (trouble is not Trouble.BUSY and not is_unknown):
            return self._end(bundle, "stuck", trouble.value, way=failed.way)
        if is_unknown and letter.repeat is Repeat.IF_DEDUPLICATED:
            again = min(again, now + rules.REPEATED_AFTER)
        for one in bundle:
            log.info("letter.waits", message=one.cause, letter=one.id, purpose=one.purpose, why=trouble.value)
            way = failed.way if is_unknown else ""
            self._state.journal.ended.append(Ended(one, "pending", trouble.value, again, way=way, parts=failed.parts))
        return again

    # -- over the ways

    async def _over_any(self, letter: Letter, routes: list[Route], now: datetime, is_joined: bool) -> Failed | None:
        """Try each way in turn; None once one took it. What may have arrived is not sent over a second way.

        Danger to life goes over every transport he has.
        """
        failed, taken = _UNREACHABLE, False
        for route in routes:
            transport = self._transports.get((route.channel, route.account))
            if transport is None:
                continue
            outcome = await self._over(letter, route, transport, now, is_joined)
            if outcome is None:
                taken = True
                if letter.priority != Priority.LIFE:
                    return None
                continue
            failed = _worse(failed, outcome)
            may_have_begun = outcome.trouble is Trouble.UNKNOWN_OUTCOME or outcome.parts > letter.parts
            if letter.priority != Priority.LIFE and may_have_begun:
                return outcome
        return None if taken else failed

    async def _over(
        self, letter: Letter, route: Route, transport: Transport, now: datetime, is_joined: bool
    ) -> Failed | None:
        account = self._state.accounts.get(route.account) if route.channel == "oa" else None
        if account is None:
            return await self._try(letter, route, transport, Way.GATEWAY, None)
        if not self._state.budget(route.account, account.daily, now).allows(letter.priority):
            return Failed(Trouble.RATE_DAY, again_at=rules.next_midnight(now))
        offer = _offer(account, letter) if not is_joined else Offer(account.capabilities)
        reach = self._him.reach(route)
        failed = _UNREACHABLE if reach.unreachable else _NO_WINDOW
        for way in _forced(letter, rules.ways(reach, offer, now)):
            closed = self._state.rests.closed_until(route.account, way, now)
            if closed is not None:
                # A way that was never allowed is off for the day: nobody waits for that.
                is_off = closed - now > PROBE_EVERY + PROBING
                failed = _worse(
                    failed, Failed(Trouble.CONFIG if is_off else Trouble.RATE_DAY, again_at=None if is_off else closed)
                )
                continue
            outcome = await self._by_notices(letter, route, transport, way, rules.notices_for(way, reach, offer))
            if outcome is None or outcome.trouble in (Trouble.UNKNOWN_OUTCOME, Trouble.BUSY, Trouble.UNREACHABLE):
                return outcome
            failed = _worse(failed, outcome)
        return failed

    async def _by_notices(
        self, letter: Letter, route: Route, transport: Transport, way: Way, notices: Sequence[Notice]
    ) -> Failed | None:
        """Send over one way; where a template does not fit or is gone, by the next that would do."""
        outcome: Failed | None = None
        for notice in notices or (None,):
            self._state.leaving[route.account] += 1
            try:
                outcome = await self._try(letter, route, transport, way, notice)
            finally:
                self._state.leaving[route.account] -= 1
            if outcome is None or outcome.trouble is not Trouble.CONTENT:
                break
        return outcome

    async def _try(
        self, letter: Letter, route: Route, transport: Transport, way: Way, notice: Notice | None
    ) -> Failed | None:
        now = self._clock()
        if letter.image:
            await asyncio.to_thread(self._state.draw, letter.image)
        windows = rules.open_windows(self._him.reach(route).windows, now)
        parcel = Parcel(
            str(letter.id), letter.text, now, way,
            image=str(self._state.data / letter.image) if letter.image else "", link=self._state.link(letter),
            skip=letter.parts, at_most=letter.parts + (sum(w.left for w in windows) or 3), notice=notice,
            fields=letter.fields,
        )  # fmt: skip
        try:
            receipt = await transport.send(route, parcel) or Receipt()
        except ApiFailed as trouble:
            self._him.spend(route, way, notice, max(trouble.arrived - letter.parts, 0), now)
            return self._note_failure(letter, route, way, notice, trouble)
        self._him.spend(route, way, notice, receipt.used, now)
        self._state.rests.end(route.account, way)
        self._attempt(letter, route, way, "sent", receipt=receipt.id)
        self._last_way, self._last_receipt = way.value, receipt.id
        return None

    _last_way = ""
    _last_receipt = ""

    def _note_failure(self, letter: Letter, route: Route, way: Way, notice: Notice | None, failed: ApiFailed) -> Failed:
        """Learn from the platform's answer: what it closes, whom it cannot reach, what must rest."""
        trouble, now = failed.trouble, self._clock()
        why = f"{trouble.value} {failed.code}" if failed.code else trouble.value
        self._attempt(letter, route, way, "unknown" if trouble is Trouble.UNKNOWN_OUTCOME else "failed", why)
        if route.channel != "oa":
            return Failed(trouble, way.value, failed.arrived)
        if not is_known(failed.code) and letter.attempts <= 1:
            # Nobody knows what it means; it may pass. The second time the message itself is taken for the cause.
            return Failed(Trouble.BUSY, way.value, failed.arrived)
        if trouble in RESTS:
            return self._begin_rest(route.account, way, failed, now)
        if trouble not in (Trouble.BUSY, Trouble.UNKNOWN_OUTCOME):
            self._state.rests.judged(route.account)
        if trouble is Trouble.WINDOW:
            self._him.close_windows(route)
        elif trouble is Trouble.UNREACHABLE:
            self._him.lose(route, why)
        elif trouble is Trouble.NO_GRANT and notice is not None:
            self._him.revoke(route, notice)
        return Failed(trouble, way.value, failed.arrived)

    def _begin_rest(self, account: str, way: Way, failed: ApiFailed, now: datetime) -> Failed:
        is_off = failed.code == UNAUTHORISED
        until = now + (OFF_FOR if is_off else RESTS[failed.trouble])
        which = way.value if is_off or failed.trouble in (Trouble.RATE_MIN, Trouble.RATE_DAY) else ANY_WAY
        self._state.rests.begin(account, which, until)
        self._state.journal.rests[account, which] = (until, f"{failed.trouble.value} {failed.code or ''}".strip())
        log.error("account.rests", account=account, way=which, why=failed.trouble.value, code=failed.code)
        # An account that was never allowed this has no more ways for the letter; otherwise it waits for the rest's end.
        return Failed(failed.trouble, way.value, failed.arrived, None if is_off else until)

    # -- what is noted

    def _attempt(self, letter: Letter, route: Route, way: Way, outcome: str, why: str = "", receipt: str = "") -> None:
        attempt = Attempt(letter.id, route.contact_id, way.value, outcome, why, receipt, self._clock())
        self._state.journal.attempts.append(attempt)

    def _end(self, bundle: list[Letter], state: str, error: str, way: str = "", receipt: str = "") -> datetime | None:
        """Close them; nobody behind them need wait (None)."""
        for letter in bundle:
            LETTERS.labels(state).inc()
            note = log.info if state == "sent" else log.warning
            note("letter.ended", message=letter.cause, letter=letter.id, purpose=letter.purpose, state=state, why=error)
            self._state.journal.ended.append(Ended(letter, state, error, way=way, receipt=receipt))
        return None

    def _hold(self, bundle: list[Letter], until: datetime, why: str) -> datetime:
        for letter in bundle:
            if _is_unsure(letter):  # the platform would have forgotten by then that it has this one
                self._end([letter], "stuck", Trouble.UNKNOWN_OUTCOME.value, way=letter.way)
                continue
            journal = self._state.journal
            journal.ended.append(Ended(letter, "pending", why, until, way=letter.way, parts=letter.parts, counts=False))
        return until


# -- small judgements

_WHOLE = (Way.SERVICE, Way.GATEWAY)  # ways that carry a text as it is


def _offer(account: Account, letter: Letter) -> Offer:
    return Offer(account.capabilities, notices_of(account.templates, letter.purpose, letter.fields))


def _push(letter: Letter, routes: Sequence[Route]) -> Push:
    if letter.priority <= Priority.REPLY:
        return Push.ANY_HOUR
    is_work = letter.priority == Priority.NOTICE and any(route.is_office for route in routes)
    return Push.OFFICE if is_work else Push.VILLAGER


def _may_repeat(letter: Letter, way: str) -> bool:
    if letter.repeat is Repeat.IF_DEDUPLICATED:
        return way in rules.DEDUPLICATED
    if way == Way.ONE_TIME.value:  # a second one would use up a second of the notices he has allowed
        return False
    return letter.repeat is Repeat.YES


def _is_unsure(letter: Letter) -> bool:
    """Its last attempt may have arrived, over a way that drops a second one, but only for ten minutes."""
    return bool(letter.way) and letter.repeat is Repeat.IF_DEDUPLICATED


def _forced(letter: Letter, ways: tuple[Way, ...]) -> tuple[Way, ...]:
    """A letter whose last attempt may have arrived goes the same way again, where the platform knows it by its id."""
    if _is_unsure(letter):
        return tuple(way for way in ways if way == letter.way)
    return ways


def _worse(before: Failed, now: Failed) -> Failed:
    """What decides when several ways failed: one that was only busy, else one that opens again, keeps the letter waiting."""
    return max(
        before, now, key=lambda failed: (failed.trouble is Trouble.BUSY, failed.again_at is not None, failed is now)
    )
