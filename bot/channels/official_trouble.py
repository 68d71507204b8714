"""What the platform's error codes mean for us: a small enum the outbox can act on."""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """Why a call failed, by what is to be done about it."""

    TOKEN = "token"  # refreshed once and still refused: alarm, never loop  # noqa: S105
    BUSY = "busy"  # certainly not delivered: try again later
    RATE_MIN = "rate_min"  # pause a minute, keep the order
    RATE_DAY = "rate_day"  # nothing more of this kind before midnight +08:00
    WINDOW = "window"  # the reply window is closed or used up: another way must be found
    UNREACHABLE = "unreachable"  # this person cannot be reached here: no retry
    NO_GRANT = "no_grant"  # no permission for this notice left
    CONTENT = "content"  # the platform will not carry this text: never a blind retry
    CONFIG = "config"  # our settings are wrong: stop and page the administrator
    DUP = "dup"  # delivered before: treat as success
    UNKNOWN_OUTCOME = "unknown_outcome"  # the request went out and no answer came back: it may have been delivered


_CODES: dict[Trouble, tuple[int, ...]] = {
    Trouble.TOKEN: (40001, 40014, 42001),
    Trouble.BUSY: (-1,),
    Trouble.RATE_MIN: (45011,),
    Trouble.RATE_DAY: (45009,),
    Trouble.WINDOW: (45015, 45047),
    Trouble.UNREACHABLE: (43004, 43019, 48002, 40003, 46004),
    Trouble.NO_GRANT: (43101,),
    # 40037, 40036: a template id that is none: another way may still be open, this one never is for this letter.
    Trouble.CONTENT: (40037, 40036, 45002, 44004, 47003, 45003, 45008, 87014),
    # 895xx: the administrator has not yet let this address in, or has refused it.
    Trouble.CONFIG: (40164, 40013, 40125, 48001, 48004, 50002, 89501, 89503, 89506, 89507),
    Trouble.DUP: (45065,),
}
_BY_CODE = {code: trouble for trouble, codes in _CODES.items() for code in codes}


class ApiFailed(Exception):
    """A call that did not succeed. Carries the code, never a token, a secret or the platform's own words."""

    def __init__(self, trouble: Trouble, endpoint: str, code: int | None = None, detail: str = "") -> None:
        super().__init__(
            f"{endpoint}: {trouble.value}" + (f" {code}" if code is not None else detail and f" ({detail})")
        )
        self.trouble = trouble
        self.endpoint = endpoint
        self.code = code
        self.detail = detail
        self.arrived = 0  # messages of the same parcel that went through before


def is_known(code: int | None) -> bool:
    return code is None or code in _BY_CODE


def trouble_of(code: int) -> Trouble:
    """Unknown codes are CONTENT: a person should look. The sender tries such a one once more before."""
    return _BY_CODE.get(code, Trouble.CONTENT)
