"""What is said between somebody who asked for a person and whoever is to call him."""

from __future__ import annotations


def knows(name: str) -> str:
    return f"{name}看到了，会跟您联系。急就直接打给他。"


def will_call(name: str, phone: str) -> str:
    whom = f"{name}（电话{phone}）" if phone else name or "他"
    return f"好，已告诉{whom}您会联系。说完了回“打过了”。"


def tried(name: str) -> str:
    return f"{name}给您打过电话，没打通。您方便时给他回一个。"


def not_reached(name: str) -> str:
    return f"记下了，已告诉{name or '他'}您打过、没打通。联系上了回“打过了”。"


def called(name: str) -> str:
    return f"好，{name or '他'}那边记下了，您联系过了。他要办的事，请他直接发给我，或者您替他说一声。"
