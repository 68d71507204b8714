"""The talk: what people say and what the clock says, one module per village thing."""

from handlers import answering, binding, danger, housekeeping, matters, posts, recode, talk, unanswered


def load() -> None:
    """Importing this package binds every handler to its intents; calling this says that it is meant."""


__all__ = ["answering", "binding", "danger", "housekeeping", "load", "matters", "posts", "recode", "talk", "unanswered"]
