"""`youshi verify`: what everybody may check of a poll that is over."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands_server import settings_or_stop
from bot.opening import open_database
from bot.refusals import told_in_one_line
from bot.secret_key import read_secret_key
from domain.organisation import AreaKind
from domain.polls import Poll, State, count, is_choice
from domain.secret_ballots import differing, faults, places
from handlers.texts.checks import poll_faults, poll_is_whole
from storage.batch import Batch
from storage.store import DirectoryCache, Store
from storage.vault import Vault


@click.group("verify")
def verify() -> None:
    """Check what was published against what was posted."""


@verify.command("poll")
@click.argument("number", type=int)
@click.option("--village", "code", help="Code of the village (XH); needed where there are several.")
@click.option("--digest", help="The digest the group has read; without it the one that was sent is taken.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write the two published lists here.")
def verify_poll(number: int, code: str | None, digest: str | None, out: Path | None) -> None:
    """Check a closed poll: lists, counts, turnout and digest of a secret one, the recount of a named one."""
    found = settings_or_stop()
    with told_in_one_line(found):
        database, vault = open_database(found), Vault(read_secret_key(found))
        with Batch(database) as batch:
            store = Store(batch, DirectoryCache(), vault)
            poll = _poll(store, number, code)
            wrong, where = _secret(store, poll, digest, out) if poll.is_secret else _named(store, poll)
        database.dispose()
    if wrong:
        raise click.ClickException(poll_faults(poll.number, wrong, where))
    click.echo(poll_is_whole(poll))


def _poll(store: Store, number: int, code: str | None) -> Poll:
    villages = [a for a in store.directory.areas.values() if a.kind is AreaKind.VILLAGE and code in (None, a.code)]
    polls = [poll for village in villages if (poll := store.polls.numbered(village.id, number)) is not None]
    if not polls:
        raise click.ClickException(f"没有投票{number}。看看编号和 --village 对不对。")
    if len(polls) > 1:
        raise click.ClickException(f"好几个村都有投票{number}，请加 --village 村的代码。")
    if polls[0].state is not State.CLOSED:
        raise click.ClickException(f"投票{number}还没截止，截止后才能查验。")
    return polls[0]


Found = tuple[list[str], dict[str, list[str]]]


def _secret(store: Store, poll: Poll, digest: str | None, out: Path | None) -> Found:
    """What is wrong, and in which lines of the lists."""
    published = store.polls.published(poll.id)
    if published is None:
        return ["no_lists"], {}
    receipts, choices, _ = published
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "receipts.txt").write_text("\n".join(receipts), "utf-8")
        (out / "choices.txt").write_text("\n".join(choices), "utf-8")
    posted = digest or _posted(store, poll)
    return faults(poll, receipts, choices, posted), places(poll, receipts, choices)


def _posted(store: Store, poll: Poll) -> str:
    """The digest that left for the group, or for the organiser where there is no group; "" where it cannot be found."""
    words = " ".join(store.outbox.words_about(f"poll:{poll.id}:result"))
    return next((word for word in words.replace("\n", " ").replace("：", " ").split() if len(word) == 64), "")


def _named(store: Store, poll: Poll) -> Found:
    """Count the ballots again; nobody off the roll may be among them. Rows are named by their number on the roll."""
    found = {"off_roll": _rows(store.polls.strangers(poll)), "bad_ballot": _rows(store.polls.unreadable(poll))}
    readable = {choice: many for choice, many in store.polls.by_choice(poll).items() if is_choice(poll, choice)}
    try:
        again = count(readable, len(poll.options), poll.roll)
    except ValueError:
        return ["above_roll", *(fault for fault, rows in found.items() if rows)], found
    wrong = [fault for fault, rows in found.items() if rows]
    if poll.result is None or (again.counts, again.voted) != (poll.result.counts, poll.result.voted):
        wrong.insert(0, "counts_differ")
        found["counts_differ"] = differing(poll, again.counts)
    return wrong, found


def _rows(entries: list[int]) -> list[str]:
    return [str(entry) for entry in entries]
