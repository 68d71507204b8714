"""Two servers on one database, servers that stop and servers that are killed: one effect, one bubble, nothing lost."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.emulator.api import CUSTOM_SEND, Scripted
from bot.emulator.push import Outcome, Push
from bot.opening import load_demo
from handlers.context import Words
from storage.database import Database
from storage.rulebook import Rulebook
from tests.bot.town import CHEN, LAMP, ROOT, WANG, Town, eventually, open_town, until_ready
from tests.engines import OwnPostgres, create_database, free_port, fresh_name
from tests.storage.desk import VAULT

pytestmark = pytest.mark.wall_clock


@contextlib.asynccontextmanager
async def two_servers(town: Town) -> AsyncIterator[tuple[int, int]]:
    ports = free_port(), free_port()
    running = [await town.start_process(port) for port in ports]
    try:
        await asyncio.gather(*(until_ready(port, process) for port, process in zip(ports, running, strict=True)))
        yield ports
    finally:
        for process in running:
            process.terminate()
        await asyncio.gather(*(asyncio.wait_for(process.communicate(), 30) for process in running))


async def deliver_to(town: Town, port: int, push: Push) -> Outcome:
    town.push_to(port)
    return await town.platform.push.deliver(push)


async def test_d03_two_servers_given_the_same_message_at_once_do_it_once(town: Town) -> None:
    """Twenty messages, each three times to each of two processes at the same moment."""
    async with two_servers(town) as (here, there):
        push = town.platform.push
        push.knobs.concurrent = 3
        messages = [push.text(f"o-twice-{number}", f"第{number}件：{LAMP}") for number in range(20)]

        async def both(message: Push) -> list[Outcome]:
            one = asyncio.create_task(deliver_to(town, here, message))
            await asyncio.sleep(0)
            return [await one, await deliver_to(town, there, message)]

        outcomes = await asyncio.gather(*map(both, messages))
        await town.settled()
    assert sorted(town.matters()) == sorted(f"第{number}件：{LAMP}" for number in range(20))
    assert len({row.number for row in town.rows("matters")}) == 20
    for one, other in outcomes:
        assert one.taken
        assert other.taken
        assert {*one.texts, *other.texts} == set(one.texts or other.texts), "both say the same"
    letters = [row.once for row in town.rows("outbox") if row.purpose == "matter.new"]
    assert len(letters) == len(set(letters)) == 20
    assert town.faults == []


async def test_the_other_server_answers_a_message_this_one_has_done(town: Town) -> None:
    async with two_servers(town) as (here, there):
        push = town.platform.push.text(WANG, LAMP)
        first = await deliver_to(town, here, push)
        again = await deliver_to(town, there, push)
        asked = await deliver_to(town, there, town.platform.push.text(WANG, "进度"))
    assert first.texts == again.texts
    assert "编号 XH-" in asked.texts[0]
    assert town.matters() == [LAMP]


async def test_two_servers_send_each_letter_once(town: Town) -> None:
    """Both look for letters all the time; the keeper hears of each matter once."""
    async with two_servers(town) as ports:
        for number in range(4):
            await deliver_to(town, ports[number % 2], town.platform.push.text(WANG, f"第{number}件：{LAMP}"))
        await town.settled()
        await asyncio.sleep(1.5)
    assert len(town.texts(CHEN)) == 4
    assert len(set(town.texts(CHEN))) == 4


async def test_d03_a_server_killed_between_two_deliveries_has_answered_once(town: Town) -> None:
    push = town.platform.push.text(WANG, LAMP)
    async with town.process() as process:
        first = await town.platform.push.deliver(push)
        process.kill()
        await process.communicate()
    async with town.process():
        again = await town.platform.push.deliver(push)
    assert again.texts == first.texts
    assert town.matters() == [LAMP]


async def test_a_server_asked_to_stop_under_load_loses_nothing(town: Town) -> None:
    """What was acknowledged is done when it has stopped; what was not is delivered again and done once."""
    town.platform.push.knobs.tries = 1
    pushes = [town.platform.push.text(f"o-load-{number % 25}", f"第{number}件：{LAMP}") for number in range(400)]
    gate = asyncio.Semaphore(32)

    async def deliver(push: Push) -> Outcome:
        async with gate:
            return await town.platform.push.deliver(push)

    async with town.process() as process:
        delivering = asyncio.gather(*map(deliver, pushes))
        await eventually(lambda: len(town.rows("inbox")) > 50)
        process.send_signal(signal.SIGTERM)
        begun = asyncio.get_running_loop().time()
        _, errors = await process.communicate()
        took = asyncio.get_running_loop().time() - begun
        outcomes = await delivering
    assert process.returncode == 0
    assert b"Traceback" not in errors
    assert took < 10
    taken = {outcome.push.message_id for outcome in outcomes if outcome.taken}
    cut = [d.verdict for o in outcomes for d in o.deliveries if not d.taken]
    assert {verdict.split(":")[0] for verdict in cut} <= {"connection"}, "it refuses, it does not answer wrongly"
    kept = {row.event_id.rpartition(":")[2] for row in town.rows("inbox") if row.channel == "oa"}
    assert taken <= kept
    left = [push for push in pushes if push.message_id not in taken]
    assert 0 < len(left) < 400
    async with town.process():
        for outcome in await asyncio.gather(*map(deliver, left)):
            assert outcome.taken
        await town.settled(40)
    assert sorted(town.matters()) == sorted(f"第{number}件：{LAMP}" for number in range(400))
    assert town.states() == {"done": 400}


async def test_a_letter_on_its_way_when_the_server_stops_arrives_once(town: Town) -> None:
    town.platform.api.script(CUSTOM_SEND, Scripted(hang=1.0, deliver=True))
    async with town.house():
        await town.say(WANG, LAMP)
        await eventually(lambda: len(town.platform.api.calls(CUSTOM_SEND)) == 1)
    town.turn_clock(minutes=2)
    async with town.house():
        await asyncio.sleep(2)
    assert len(town.texts(CHEN)) == 1
    assert town.states("outbox") == {"sent": 1}


async def test_a_database_restarted_under_load_costs_nobody_an_answer(
    own_postgres: OwnPostgres, tmp_path: Path, rulebook: Rulebook[Words]
) -> None:
    """A fast restart and a crash; each is over within the villager's five seconds."""
    url = create_database(own_postgres.url, fresh_name())
    async with open_town(url, tmp_path, rulebook) as town, town.house():
        await asyncio.to_thread(_load_village, url)
        for mode in ("fast", "immediate"):
            saying = asyncio.gather(*(_talk(town, f"o-{mode}-{number}") for number in range(10)))
            await asyncio.sleep(0.5)
            await asyncio.to_thread(own_postgres.stop, mode)
            await asyncio.to_thread(own_postgres.start)
            await saying
        town.turn_clock(minutes=2)  # letters claimed as the database went down are free again when their lease is out
        await town.settled()
        assert len(town.matters()) == 2 * 10 * 10
        assert town.states() == {"done": 200}
        assert town.faults == []
        assert {len(town.texts(f"o-{mode}-{number}")) for mode in ("fast", "immediate") for number in range(10)} == {10}


async def test_a_database_that_stays_away_is_waited_for_and_nothing_is_done_twice(
    own_postgres: OwnPostgres, tmp_path: Path, rulebook: Rulebook[Words]
) -> None:
    """The platform is refused so that it keeps the message; once the database is back everything is there once."""
    url = create_database(own_postgres.url, fresh_name())
    async with open_town(url, tmp_path, rulebook) as town, town.house() as house:
        await asyncio.to_thread(_load_village, url)
        await town.say(WANG, LAMP)
        own_postgres.stop("fast")
        town.platform.push.knobs.tries = 2
        push = town.platform.push.text(WANG, f"第二件：{LAMP}")
        refused = await town.platform.push.deliver(push)
        assert [delivery.status for delivery in refused.deliveries] == [503, 503]
        assert max(delivery.seconds for delivery in refused.deliveries) < 5
        assert not (await asyncio.to_thread(house.checks))["database"]
        own_postgres.start()
        again = await town.platform.push.deliver(push)
        town.turn_clock(minutes=2)
        await town.settled()
        assert again.taken
        assert town.matters() == [LAMP, f"第二件：{LAMP}"]
        assert len(town.texts(WANG)) == 2


async def _talk(town: Town, openid: str) -> None:
    for number in range(10):
        await town.say(openid, f"第{number}件：{LAMP}")
        await asyncio.sleep(0.1)


def _load_village(url: str) -> None:
    database = Database(url)
    load_demo(database, VAULT)
    database.dispose()


async def test_a_server_without_a_worker_leaves_letters_to_the_worker(town: Town) -> None:
    async with town.process("--no-worker"):
        await town.say(WANG, LAMP)
        await asyncio.sleep(1.5)
        assert town.states("outbox") == {"pending": 1}
        worker = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", "work", cwd=ROOT, env=town.environment(0),
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        await eventually(lambda: town.states("outbox") == {"sent": 1}, 30)
        worker.terminate()
        await asyncio.wait_for(worker.communicate(), 20)
    assert worker.returncode == 0
    assert len(town.texts(CHEN)) == 1
