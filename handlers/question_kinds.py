"""What kinds of open questions there are, as far as answering tells them apart."""

from __future__ import annotations

# Kinds that take a story rather than a choice: tried after commands, so that a command stays one; the newest first.
STORIES = (
    "rating.why", "result", "addition", "anonymous", "sealed.more", "scan.name", "place", "topic", "split", "picture",
    "meeting.say",
)  # fmt: skip
# Kinds that end when he says 算了: questions of the running talk, not of the village.
PASSING = frozenset(
    {
        "topic", "split", "addition", "anonymous", "interim", "until", "withdraw", "readings", "proxy", "unbind",
        "place", "picture", "apart", "scan.name", "result", "meeting.say",
    }
)  # fmt: skip
# Answers that change what only their owner may: not from a channel where anyone could have written the body.
NEEDS_PROOF = frozenset(
    {
        "rating", "rating.why", "withdraw", "result", "alarm", "proxy", "unbind", "unbind.second", "scan.name",
        "scan.confirm", "poll", "poll.proxy", "poll.visit",
    }
)  # fmt: skip
# Those of them that keep a story which is not filed: 算了不反映了 is about it.
UNFILED = frozenset({"topic", "split", "readings", "picture"})
# Those of them whose story is filed when nobody answers.
WAITING_KINDS = ("topic", "split")
