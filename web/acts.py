"""What the people at the simulator do: a request of the page is read, checked, and played on the stage."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from web.cast import Member, doors
from web.screens import Quote, Screens, Shown
from web.stage import Stage

MAX_TEXT = 2000
CHINA = timezone(timedelta(hours=8))
# Beyond this our calendar knows no lunar days.
LAST_MOMENT = datetime(2100, 1, 1, tzinfo=UTC)
ASSISTANT = "小议"
PLACE = "兴河村九社老槐树旁"
# What XML cannot carry: a phone would never send it, and the platform would not deliver it.
_UNSENDABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Wrong(Exception):
    """The page asked for something that cannot be; the text is for the person at the screen."""

    def __init__(self, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.text = text
        self.status = status


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: who does it, and its fields as they came."""

    member: Member
    fields: Mapping[str, Any]

    @property
    def openid(self) -> str:
        return self.member.openid

    def words(self, name: str, limit: int = MAX_TEXT) -> str:
        """A text field, without what no phone can send; Wrong where it is too long."""
        value = self.fields.get(name)
        text = _UNSENDABLE.sub("", value).strip() if isinstance(value, str) else ""
        if len(text) > limit:
            raise Wrong(f"一句话最多{limit}个字，分两回说吧。", 413)
        return text


class Acts:
    def __init__(self, stage: Stage, screens: Screens, members: Mapping[str, Member]) -> None:
        self._stage = stage
        self._screens = screens
        self._members = members
        self._told = stage.switches()
        self._says: dict[str, Callable[[Asked, str], Awaitable[None]]] = {
            "oa": self._to_account, "group": self._to_group, "bot": self._to_assistant,
        }  # fmt: skip
        self._does: dict[str, Callable[[Asked], Awaitable[None]]] = {
            "picture": self._picture, "voice": self._voice, "place": self._place,
            "follow": self._follow, "unfollow": self._unfollow, "scan": self._scan,
            "window": self._window, "platform": self._platform,
        }  # fmt: skip

    async def say(self, fields: Mapping[str, Any]) -> None:
        """Say a line in a chat: `chat` is oa (the village's account), group, or bot (the assistant in private)."""
        asked = self._asked(fields)
        say = self._says.get(str(fields.get("chat", "oa")))
        text = asked.words("text")
        if say is None:
            raise Wrong("没有这个聊天。", 404)
        if not text:
            raise Wrong("还没写字呢。")
        await say(asked, text)

    async def act(self, fields: Mapping[str, Any]) -> None:
        """Do what is no line of text; `act` names it."""
        asked = self._asked(fields)
        act = self._does.get(str(fields.get("act")))
        if act is None:
            raise Wrong("没有这个动作。", 404)
        await act(asked)

    async def move_clock(self, fields: Mapping[str, Any]) -> None:
        moment = _moment(fields.get("now"))
        try:
            await self._stage.move_clock(moment)
        except ValueError:
            raise Wrong("村里的时间只能往前走，过去的事已经发生了。", 409) from None

    def _asked(self, fields: Mapping[str, Any]) -> Asked:
        member = self._members.get(str(fields.get("openid")))
        if member is None:
            raise Wrong("村里没有这个人。", 404)
        return Asked(member, fields)

    # -- lines

    async def _to_account(self, asked: Asked, text: str) -> None:
        self._needs_follower(asked)
        await self._stage.say(asked.openid, text)
        self.tell_switches()  # whoever writes opens his window again

    async def _to_group(self, asked: Asked, text: str) -> None:
        """The assistant is meant when it is named or when one of its bubbles is quoted."""
        self._needs_group(asked)
        quoted = self._quoted(asked)
        addressed = ASSISTANT in text or (quoted is not None and not quoted.who)
        await self._stage.say_to_group(asked.openid, text, addressed=addressed, quote=self._quote(quoted))

    async def _to_assistant(self, asked: Asked, text: str) -> None:
        self._needs_group(asked)
        await self._stage.say_to_assistant(asked.openid, text, self._quote(self._quoted(asked)))

    def _quoted(self, asked: Asked) -> Shown | None:
        """The bubble a line quotes; one that is on no screen of his quotes nothing."""
        seq = asked.fields.get("quote")
        shown = self._screens.find(seq) if isinstance(seq, int) else None
        return shown if shown is not None and shown.owner in ("", asked.openid) else None

    def _quote(self, quoted: Shown | None) -> Quote | None:
        if quoted is None:
            return None
        member = self._members.get(quoted.who)
        return Quote(member.called if member else ASSISTANT, quoted.text)

    # -- other things a phone can do

    async def _picture(self, asked: Asked) -> None:
        self._needs_follower(asked)
        await self._stage.send_picture(asked.openid)

    async def _voice(self, asked: Asked) -> None:
        self._needs_follower(asked)
        await self._stage.send_voice(asked.openid, asked.words("recognised"))

    async def _place(self, asked: Asked) -> None:
        self._needs_follower(asked)
        await self._stage.send_place(asked.openid, PLACE)

    async def _follow(self, asked: Asked) -> None:
        await self._stage.follow(asked.openid)
        self._tell_follows(asked)

    async def _unfollow(self, asked: Asked) -> None:
        await self._stage.unfollow(asked.openid)
        self._tell_follows(asked)

    async def _window(self, asked: Asked) -> None:
        """Let his reply window run out, or open it again: `on` true closes it."""
        self._stage.close_window(asked.openid, closed=asked.fields.get("on") is True)
        self.tell_switches()

    async def _platform(self, asked: Asked) -> None:
        self._stage.turn_platform(down=asked.fields.get("on") is True)
        self.tell_switches()

    def tell_switches(self) -> None:
        """Tell the pages what is switched off, where that has changed (whoever writes opens his window)."""
        if (switches := self._stage.switches()) != self._told:
            self._told = switches
            self._screens.tell("platform", asdict(switches))

    async def _scan(self, asked: Asked) -> None:
        household = asked.fields.get("household")
        if not isinstance(household, int) or household not in {door.household for door in doors()}:
            raise Wrong("没有这块门牌。", 404)
        await self._stage.scan_door(asked.openid, household)
        self._tell_follows(asked)

    def _tell_follows(self, asked: Asked) -> None:
        self._screens.tell("follows", {"openid": asked.openid, "follows": self._stage.follows(asked.openid)})

    def _needs_follower(self, asked: Asked) -> None:
        if not self._stage.follows(asked.openid):
            raise Wrong("还没关注公众号，发不了消息。先点“关注公众号”。", 409)

    def _needs_group(self, asked: Asked) -> None:
        if not asked.member.in_group:
            raise Wrong(f"{asked.member.called}不在这个群里。", 409)


def _moment(value: object) -> datetime:
    """Read an ISO moment; without an offset it is China time. Raises Wrong."""
    try:
        moment = datetime.fromisoformat(str(value))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=CHINA)
        too_far = moment > LAST_MOMENT
    except (ValueError, OverflowError):
        raise Wrong("看不懂这个时间，请按 2026-11-27T19:00:00+08:00 这样写。") from None
    if too_far:
        raise Wrong("太远了，村里的日历只到2099年。")
    return moment
