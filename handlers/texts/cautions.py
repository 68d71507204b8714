"""What to do at once about a thing that may hurt somebody before anyone comes; one line beside the receipt."""

from __future__ import annotations

import re

_CAUTIONS = (
    (
        re.compile("(?:煤气|燃气|天然气|液化气|气罐|沼气|煤烟|炭火).{0,8}(?:味|漏|泄|跑|中毒|呛)|(?:漏|跑).{0,2}气"),
        "先开窗、关阀门，别点火、别按开关，人到外头去。头晕恶心马上打120。",
    ),
    (
        re.compile("(?:电线|高压线|电缆|线).{0,6}(?:断|掉|耷拉|垂|拖|落)|(?:电表|电箱|变压器|插座|闸).{0,6}(?:冒|火|烟)|漏电"),
        "离远点，谁也别碰，看好孩子。供电抢修打95598。",
    ),
    (re.compile("(?:墙|房|屋|窑|顶|梁).{0,8}(?:倒|塌|垮|裂|斜)"), "人先别待在里头、别靠墙边，看着不对就往外走。"),
    (
        re.compile("(?:洪水|河水|水).{0,6}(?:涨|漫|进屋|进院|冲)|(?:山|坡|崖).{0,6}(?:裂|滑|塌|滚)|滑坡|泥石流"),
        "人先往高处走，别蹚水，别回去拿东西。有人被困打119。",
    ),
    (re.compile("井盖|窨井|地窖口"), "先拿东西挡一挡，看好孩子。"),
    (re.compile("(?:狗|猫|老鼠).{0,4}咬(?:了|伤|着|到)|被.{0,4}咬"), "先用肥皂水冲一刻钟，马上去打疫苗。"),
)  # fmt: skip


def caution(words: str) -> str:
    """Return the line that fits the words, "" for none."""
    return next((said for pattern, said in _CAUTIONS if pattern.search(words)), "")
