"""`python -m bench [name…]`: without a name, those that measure the whole server.

server   requests/s beside a bare aiohttp echo, on SQLite and PostgreSQL, with and without the worker
start    from exec to ready, and resident memory, with the demo village
kill     kill -9 under load: every acknowledged message has its effect exactly once
polls    votes: speed, bursts, pace, growth, kills, a county on one evening (--part=votes,burst,pace,growth,kill,county)
flood    what 200 voters notice while one person sends 1,000 messages in ten seconds
redis_faults   R7: Redis killed, emptied, read-only or slow while villagers talk (--sqlite, --postgresql: one engine only)
county   129 villages in one database: loading and reading the directory
delivery what sending costs, what faults leave behind, token fetches, the next of a million rows
reminders R13: 5,000 reminders, several senders at once, some killed (--sqlite, --postgresql, --seed=N)
meetings a tick with 10,000 meetings of which 100 are due, two workers
channel, turns, words, topics, topics_refit, danger_refit, spoken_refit   single rooms; what follows the name is handed on (files to measure with)
"""

from __future__ import annotations

import importlib
import sys

WHOLE = ("start", "server", "kill", "county")
ROOMS = (
    "delivery",
    "redis_faults",
    "channel",
    "turns",
    "words",
    "topics",
    "topics_refit",
    "danger_refit",
    "spoken_refit",
    "meetings",
    "polls",
    "flood",
    "reminders",
)


def main(arguments: list[str]) -> int:
    if arguments and arguments[0] in ROOMS:
        importlib.import_module(f"bench.{arguments[0]}").main(arguments[1:])
        return 0
    names = [name for name in arguments if not name.startswith("-")] or list(WHOLE)
    options = [option for option in arguments if option.startswith("-")]
    if unknown := [name for name in names if name not in WHOLE + ROOMS]:
        print(f"no such measurement: {', '.join(unknown)}\n{__doc__}", file=sys.stderr)
        return 2
    for name in names:
        print(f"== {name}", flush=True)
        importlib.import_module(f"bench.{name}").main(options)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
