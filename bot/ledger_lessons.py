"""`youshi rules learn --from-ledger`: what the clerks' corrections would change, shown before anything is adopted."""

from __future__ import annotations

import click

from bot.commands_server import settings_or_stop
from bot.opening import open_database
from bot.refusals import told_in_one_line
from nlp.corrections import Correction, propose
from nlp.words import Lexicon
from storage.corrections import judged_matters


def show_lessons(lexicon: Lexicon) -> None:
    """Print the rows that would be added or raised, and every past message that would then be read otherwise."""
    found = settings_or_stop()
    with told_in_one_line(found):
        database = open_database(found)
        judged = judged_matters(database)
        database.dispose()
    corrections = [Correction(one.text, one.code) for one in judged if one.by_clerk]
    if not corrections:
        return click.echo("还没有人改过类，没有可学的。改类：在对话里说“改类 007 EN01”。")
    proposal = propose(lexicon, corrections, [Correction(one.text, one.code) for one in judged])
    click.echo(f"{len(corrections)} 件改过类，和过去的 {len(judged)} 件一起看过。什么都还没改。")
    for change in proposal.changes:
        row = f"{change.code},{change.word},{change.after},{change.match}"
        click.echo(f"建议：{change.code} “{change.word}” 从 {change.before} 分到 {change.after} 分，行：{row}")
    for flip in proposal.flips:
        kept = "会读错" if flip.after != flip.code else "会读对"
        click.echo(f"{kept}：{flip.before} → {flip.after}（应是 {flip.code}）")
    for unsolved in proposal.unsolved:
        click.echo(f"没有词能区分，要人看：应是 {unsolved.code}")
    return click.echo(
        "要采纳，把建议的行写进 RULES_DIR 里的 topics_local.csv（头一行 code,word,weight,match），再运行 youshi rules check。"
    )
