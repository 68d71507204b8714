"""震惊！… 赶紧转给家人群, 转发：昨晚某小区…: what goes round on the phones is no matter of the village, and no alarm."""

from __future__ import annotations

import re

from domain.organisation import STAFF
from handlers.context import Context
from handlers.texts import people as texts

CHARS = 16
_MAY = re.compile("转|扩散|震惊|惊爆")
_FORWARDED = re.compile(
    r"^\W*(?:转发|转|速转|扩散|紧急扩散|紧急转发|震惊|惊爆|刚刚传来)\W"
    r"|(?:转给|转发(?:给|到)?|扩散(?:给|到)?|转到)(?:你的?|您的?)?(?:家人|亲友|亲戚朋友|朋友|家人群|[各每]?个?群|更多|身边|所有|大家)"
)
# It wants something of the reader: 点击链接 填写银行卡.
_BAIT = re.compile("链接|点击|银行卡|验证码|身份证|转账|https?:")
# Whoever says where it is in the village tells of it himself.
_HERE = re.compile(
    r"[我俺咱]们?(?:家|社|村|这)|[一二三四五六七八九十\d][社组队]|村(?:口|头|里|上|东|西|南|北)|刚才在|我看[见到]"
)


def take(ctx: Context) -> bool:
    """Say what to do with it; False for other words, and for those in office, who may pass it on."""
    if len(ctx.said) < CHARS or not ctx.is_direct or _MAY.search(ctx.said) is None or ctx.roles & STAFF:
        return False
    if _FORWARDED.search(ctx.said) is None or _HERE.search(ctx.said) or ctx.understanding.certain:
        return False
    ctx.reply(texts.scam_of_others() if _BAIT.search(ctx.said) else texts.forwarded())
    return True
