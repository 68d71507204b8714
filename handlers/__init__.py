"""The talk: what people say and what the clock says, one module per village thing."""

from importlib import import_module

# Every module that binds handlers (handlers/registry.py). A text or a type of this room can be had without them all.
BINDING = (
    "afterwards",
    "anonymous",
    "answering",
    "assigning",
    "attendance",
    "binding",
    "broadcasts",
    "calling",
    "danger",
    "danger_check",
    "danger_safety",
    "deciding",
    "errands",
    "figures",
    "handling",
    "housekeeping",
    "in_hand",
    "interim",
    "matters",
    "media",
    "meeting_asides",
    "meeting_changes",
    "meetings",
    "minutes",
    "minute_result",
    "overdue",
    "overhearing",
    "poll_clock",
    "poll_commands",
    "poll_results",
    "poll_wishes",
    "polls",
    "posts",
    "proof",
    "rating",
    "rating_why",
    "recode",
    "relays",
    "reminders",
    "rereading",
    "rsvp",
    "sealed_more",
    "story_answers",
    "talk",
    "tracking",
    "turnout",
    "unanswered",
    "undelivered",
    "voting",
    "which_meeting",
    "voting_others",
)


def load() -> None:
    """Bind every handler to its intents; harmless when done before."""
    for name in BINDING:
        import_module(f"handlers.{name}")
