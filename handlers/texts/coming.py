"""What is said to whoever answers a notice for others: his household, or the households a keeper looks after."""

from __future__ import annotations

from collections.abc import Sequence

from domain.meetings import Meeting
from handlers.texts.dates import moment
from handlers.texts.meetings import tail


def noted_of(name: str, meeting: Meeting, companion: str, *, comes: bool) -> str:
    if companion:
        return f"记下了，{name}家{companion}来。{tail(meeting)}"
    return f"记下了，{name}{'来' if comes else '来不了'}。{tail(meeting)}"


def kin_does_not(who: str, meeting: Meeting) -> str:
    return f"知道了，您{who}来不了。您自己能来吗？能来回1，家里都来不了回2。{tail(meeting)}"


def says_it_himself(who: str, meeting: Meeting, *, asks: bool) -> str:
    """Nobody answers for another household; who asks here may still say whether he himself comes."""
    own = f"您自己能来吗？{moment(meeting.starts_at)}开，能来回1，来不了回2。" if asks else ""
    return f"{who}来不来，要{who}自己家里说一声，告诉网格员也行。{own}{tail(meeting)}"


def whose(who: str, names: Sequence[str], meeting: Meeting) -> str:
    """Several may be meant: which, by full name and 社."""
    if not names:
        return f"叫{who}的不止一家，说全名我才好记，比如“王德福来不了”。{tail(meeting)}"
    return f"叫{who}的有{len(names)}家：{'、'.join(names[:6])}。说上几社和全名再发一回。{tail(meeting)}"


def comes_himself(who: str, meeting: Meeting) -> str:
    return f"这个会要{who}本人来，别人不能替，没记。{tail(meeting)}"
