"""Texts for what a villager says of those who handle his matter (handlers/discontent.py)."""

from __future__ import annotations

from handlers.texts.matters import shortened


def asked_to_call(number: str, name: str, other: str) -> str:
    also = f"\n急的话也可以打给{other}。" if other else ""
    return f"我给{name}留了话，请他给您打过来。{also}\n编号 {number}"


def call_him_back(number: str, title: str, words: str) -> str:
    return f"{title}的事，反映人打您电话没打通：“{shortened(words)}”\n请给他打过去。\n编号 {number}"


def chief_decides(number: str, chief: str, owner: str) -> str:
    return f"您的意思告诉{chief}了，换不换人由他定。没定之前还是{owner}办。\n编号 {number}"


def wants_another(number: str, title: str, owner: str, words: str) -> str:
    tail = number.rpartition("-")[2]
    return f"【想换人】{title}，{owner}在办，反映人说：“{shortened(words)}”\n换人回“{tail} 转给谁”。\n编号 {number}"


def what_is_it() -> str:
    return "对不住，让您着急了。是哪件事没办？说一句，我转给管事的人。"
