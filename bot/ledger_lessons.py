"""`youshi rules learn --from-ledger`: what the clerks' corrections would change, shown before anything is adopted."""

from __future__ import annotations

from collections.abc import Sequence

import click

from bot.commands_server import settings_or_stop
from bot.opening import open_database
from bot.refusals import told_in_one_line
from nlp.corrections import Change, Correction, Flip, propose
from nlp.lexicon import Lexicon
from storage.corrections import judged_matters

MOST_SHOWN = 20
"""So many past matters are named under one proposal."""


def show_lessons(lexicon: Lexicon) -> None:
    """Print the rows that would be added or raised, and every past message that would then be read otherwise."""
    found = settings_or_stop()
    with told_in_one_line(found):
        database = open_database(found)
        judged = judged_matters(database)
        database.dispose()
    corrections = [Correction(one.text, one.code, one.number) for one in judged if one.by_clerk]
    if not corrections:
        return click.echo("还没有人改过类，没有可学的。改类：在对话里说“改类 007 EN01”。")
    proposal = propose(lexicon, corrections, [Correction(one.text, one.code, one.number) for one in judged])
    click.echo(f"{len(corrections)} 件改过类，和过去的 {len(judged)} 件一起看过。什么都还没改。")
    for change in proposal.changes:
        _show(change, [flip for flip in proposal.flips if flip.by == change])
    for unsolved in proposal.unsolved:
        click.echo(f"没有词能区分，要人看：{unsolved.name}，应是 {unsolved.code}")
    return click.echo(
        "要采纳，把建议的行写进 RULES_DIR 里的 topics_local.csv（头一行 code,word,weight,match），再运行 youshi rules check。"
    )


def _show(change: Change, flips: Sequence[Flip]) -> None:
    """One proposal with what it costs. Matters are named by their number: no complaint's text is printed."""
    row = f"{change.code},{change.word},{change.after},{change.match}"
    known = f"从 {change.before} 分到 {change.after} 分"
    click.echo(f"建议（{change.name}）：{change.code} “{change.word}” {known}，行：{row}")
    for flip in flips[:MOST_SHOWN]:
        click.echo(f"  会读错：{flip.name}，{flip.before} → {flip.after}（应是 {flip.code}）")
    if len(flips) > MOST_SHOWN:
        click.echo(f"  这样读错的一共 {len(flips)} 件，不采纳为好。")
