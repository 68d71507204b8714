"""What those alerted say to an alarm besides 收到: that they cannot come, where it is, what they ask of the teller.

Pure functions.
"""

from __future__ import annotations

from nlp.lazy import regex

_CHARS = 20
_WHERE = regex(
    r"(?:人)?(?:在|是)?(?:哪|啥|什么)(?:里|儿|个|一)?(?:地方|位置|社|组|队|家|户|片|屋)?(?:啊|呀|呢|的|人)*|(?:具体)?(?:位置|地址|地点)(?:呢|在哪.?|发我|是哪.?)?"
    r"|(?:是)?谁(?:家|报|说|的|啊)*|(?:他|她|反映人)?(?:的)?电话(?:号码?)?(?:是)?(?:多少|呢|发我|给我)?|(?:啥|什么)(?:事|情况)(?:啊|呀|呢|了)*|(?:咋|怎么)(?:回事|了)"
)
_CANNOT = regex(
    r"[去来赶到](?:不了|不成|不到|不及)|赶不(?:过|回)?[去来上]|过不[去来]|走不开|离不开|(?:不能|没法|没办法)[去来]"
    r"|(?:我|人)(?:现在|这会儿?|还|正|都)?(?:不在|在(?:外|县|市|镇|乡|省|开会))"
)
_ASKS = regex(r"(?:吗|没有?|了不|咋样|怎么样|啥样|多少|几[个岁点]|多大|[?？])(?:了|啊|呀|呢)?[?？]*$")


def _plain(said: str) -> str:
    return said.strip(" 。！!?？~")


def asks_where(said: str) -> bool:
    """在哪里, 谁家, 电话多少, 啥情况."""
    return len(said) <= _CHARS and _WHERE.fullmatch(_plain(said)) is not None


def cannot_come(said: str) -> bool:
    """我在县上 去不了, 赶不回来."""
    return len(said) <= _CHARS and _CANNOT.search(said) is not None


def asks_teller(said: str) -> bool:
    """打120了没, 现在咋样了: only who told of it can say."""
    return len(said) <= _CHARS and _ASKS.search(said.strip(" 。！!~")) is not None
