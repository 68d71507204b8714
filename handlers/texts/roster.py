"""What is wrong in a roster file: the row, the column, what it is and what to do."""

from __future__ import annotations

from domain.roster import TITLES, RosterFault

# By reason: what it is, what to do. The words in braces are the fault's own.
_SAID = {
    "town": ("没填", "写上镇的全名"),
    "no_name": ("没填", "写两个字以上的中文名字"),
    "name": ("“{0}”不像名字", "写两个字以上的中文名字"),
    "no_number": ("没填", "写这一户在村里的号，比如 231；不住村里的人把“社”也空着"),
    "number": ("“{0}”不是号", "写 1 到 999999 的整数"),
    "no_place": ("没填", "有户号的人要写是哪个{0}"),
    "code": ("“{0}”不行", "写 1 到 6 个英文字母，比如 XH，编号要用它开头"),
    "unknown": ("“{0}”不认识", "写{1}，或者空着"),
    "year": ("“{0}”不是年份", "写四位的年份，比如 1961"),
    "phone_lost": ("“{0}”是科学计数，号码已经丢了几位", "把这一列设成“文本”，重新填号码再存"),
    "phone": ("“{0}”不是电话", "写 11 位手机号，或者带区号的座机；没有就空着"),
    "title": ("“{0}”不认识", "可用：" + "、".join(TITLES) + "；几个职务用“、”隔开"),
    "title_like": ("“{0}”不认识", "是不是“{1}”？几个职务用“、”隔开"),
    "post_where": ("{0}管哪个{1}没写", "填“{1}”那一列，或者写“{0}（{1}的名字）”"),
    "post_nowhere": ("没有“{0}”这个地方", "写全名；它要在名册的别的行里，或者已经导过"),
    "too_many": ("格子比列名多", "看看是不是多了逗号；句子里有逗号时用双引号括起来"),
    "same_name": ("{0}和第{1}行是同一户同一个名字", "是一个人就删一行，是两个人就在名字后加“大”“小”"),
    "other_place": ("{0}号户和第{1}行不一样", "同一户填一样的"),
    "two_heads": ("{0}号户第{1}行已经有户主", "一户留一个“是”"),
    "code_of_other": ("{0}在第{1}行是{2}的", "每个村镇一个代码"),
    "two_codes": ("{0}在第{1}行的代码是{2}", "同一个村镇填一样的"),
    "two_grids": ("{0}在第{1}行属于{2}", "同一个微网格填一样的网格"),
    "code_taken": ("{0}已经是{1}的", "换一个代码，或者把名字写成一样的"),
    "code_kept": ("{0}的代码已经是{1}", "写{1}，或者空着"),
    "no_code": ("{0}是新的村，没有代码", "写 1 到 6 个英文字母，比如 XH"),
}


def fault_line(fault: RosterFault) -> str:
    problem, mend = _SAID[fault.reason]
    column = f" “{fault.column}”" if fault.column else ""
    return f"第{fault.line}行{column}：{problem.format(*fault.words)}  → {mend.format(*fault.words)}"
