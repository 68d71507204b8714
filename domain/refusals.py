"""The two ways a rule says no: Refused (a rule forbids it) and NotUnderstood (the words did not fit)."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """A rule says no. `reason` is a Reason of the room that raised it; `data` fills its sentence."""

    def __init__(self, reason: str, **data: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.data = data


class NotUnderstood(Exception):
    """The words did not answer the question asked. `hint` names what would."""

    def __init__(self, hint: str, **data: Any) -> None:
        super().__init__(hint)
        self.hint = hint
        self.data = data
