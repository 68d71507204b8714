"""What may stand open for somebody, and what came of what he said: for the tables of answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers.context import Context
from handlers.registry import ANSWERS
from nlp.numbers import option_number
from storage import tables
from tests.handlers.talk import VAULT, Village

LAMP = "九社巷子口的路灯坏了"
FIRE = "快来人 柴垛着火了"
VOTES: list[int] = []


@contextmanager
def polls() -> Iterator[None]:
    """A question of a poll with a row, answered by a toy; the true one is put back afterwards."""

    def vote(ctx: Context, question: OpenQuestion, said: str) -> None:
        chosen = option_number(said, ("东路", "西路", "都行"))
        if chosen is None:
            raise NotUnderstood("poll")
        VOTES.append(chosen)
        ctx.reply("票记下了")

    VOTES.clear()
    true, ANSWERS["poll"] = ANSWERS["poll"], vote
    yield
    ANSWERS["poll"] = true


def _rating(village: Village) -> None:
    is_first = all(matter.text != LAMP for matter in village.matters())
    village.say("老王", LAMP if is_first else "九社桥头的路灯坏了")  # the same words once more would be the same matter
    village.say("小陈", f"{village.matter().number[-3:]} 办好了 换了灯泡")


def _topic(village: Village) -> None:
    kept = {"text": "水有问题", "codes": ["RC03", "AG01", "RC07"]}
    village.ask("老王", "topic", "1", "2", "3", data=json.dumps(kept), days=0.02)


def _says(*lines: str) -> Callable[[Village], None]:
    def say(village: Village) -> None:
        for line in lines:
            village.say("老王", line)

    return say


STATES: dict[str, Callable[[Village], None]] = {
    "rating": _rating,
    "poll": lambda village: village.ask("老王", "poll", "1", "2", "3"),
    "safety": _says(FIRE),
    "matter": _says(f"{LAMP}，灯罩也掉了"),
    "withdraw": _says(LAMP, "撤回"),
    "name": _says("绑定"),
    "group": _says("绑定 王德福"),
    "code": _says("绑定 王德福 九社"),
    "topic": _topic,
    "split": _says("村口那个垃圾没人拉 另外路也烂了"),
    "why": lambda village: (_rating(village), village.say("老王", "3"))[0],
    "addition": _says(LAMP, "补充"),
    "unbind": _says("解绑"),
    "readings": lambda village: village.ask("老王", "readings", "1", "2", "3", data="阿巴阿巴阿巴", days=0.02),
    "picture": lambda village: village.picture("老王") and None,
    "proxy": lambda village: village.ask("老王", "proxy", "1", "2", thing=village.person("张婶").id),
    "apart": lambda village: (_rating(village), STATES["poll"](village), village.say("老王", "1"))[0],
    "+1h": lambda village: village.later(hours=1),
    "+31m": lambda village: village.later(minutes=31),
    "+49h": lambda village: village.later(hours=49),
    "+8d": lambda village: village.later(days=8),
}


def facts(village: Village) -> set[str]:
    """Everything that may come of an answer, as words."""
    found = {f"vote={vote}" for vote in VOTES}
    for matter in village.matters():
        tail = matter.number[-3:]
        found |= {f"rated {tail}={matter.rating}"} if matter.rating and not matter.reopened else set()
        found |= {f"reopened {tail}"} if matter.reopened else set()
        found |= {f"withdrawn {tail}"} if matter.status == "withdrawn" else set()
        found.add(f"matter {matter.text}")
    found |= {f"code {matter.code} for {matter.text}" for matter in village.matters() if matter.text == "水有问题"}
    found |= {f"note {note}" for note in village.notes() if not note.startswith("pic-")}
    found |= {f"safety={row.safety}" for row in village.rows(tables.alarms) if row.safety}
    found |= {"alarm"} if village.rows(tables.alarms) else set()
    found |= {"unbound"} if village.rows(tables.bindings, tables.bindings.c.ended_at.is_not(None)) else set()
    found |= {
        f"proxy {row.consent[:4]}" for row in village.rows(tables.bindings, tables.bindings.c.proven_by == "proxy")
    }
    found |= {f"at {json.loads(row.progress)['at']}" for row in village.rows(tables.conversations) if row.name}
    found |= {"apart"} if "apart" in village.kinds("老王") else set()
    return found


def kept_words(village: Village) -> str:
    """Everything the village keeps of what people said, in one text."""
    kept = [text for m in village.matters() for text in (m.text, m.place_text, m.result)] + village.notes()
    kept += [VAULT.open(row.data) for row in village.rows(tables.questions, tables.questions.c.state == "open")]
    return "\n".join(kept)
