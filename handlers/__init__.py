"""The talk: what people say and what the clock says, one module per village thing."""

from handlers import (
    answering,
    attendance,
    binding,
    danger,
    errands,
    housekeeping,
    matters,
    media,
    meeting_changes,
    meetings,
    minutes,
    poll_clock,
    poll_results,
    polls,
    posts,
    recode,
    relays,
    reminders,
    rsvp,
    talk,
    unanswered,
    undelivered,
    voting,
)


def load() -> None:
    """Importing this package binds every handler to its intents; calling this says that it is meant."""


__all__ = [
    "answering",
    "attendance",
    "binding",
    "danger",
    "errands",
    "housekeeping",
    "load",
    "matters",
    "media",
    "meeting_changes",
    "meetings",
    "minutes",
    "poll_clock",
    "poll_results",
    "polls",
    "posts",
    "recode",
    "relays",
    "reminders",
    "rsvp",
    "talk",
    "unanswered",
    "undelivered",
    "voting",
]
