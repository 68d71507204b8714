"""Whoever cannot read what we sent: 看不清, 字太小了, 图太糊看不见, 老花眼看不清上面写的啥. Only whole messages that say nothing else.

An eye that fails (眼睛看不见了) and a dark road (路黑看不清) are no matter of letters.
"""

from __future__ import annotations

from nlp.lazy import regex

_ROUND = " \t\r\n。.!！,，~～、;；:：?？"
_OBJECT = (
    r"(?:(?:这|那|你们?|村里|群里|手机|屏幕|刚才|刚)*(?:个|张|条|次)?(?:发|写|贴)?(?:的)?"
    r"(?:字|图片?|照片|相片|图表|表格?|上[面边头]|里[面头]|写的|发的|手机|屏幕|投票|选项|通知|内容|题目?|结果|东西|画面?)(?:上[面头]?|里[面头]?|的)*)"
)
_WHO = (
    r"(?:(?:我|俺|咱)(?:们|家)?(?:妈|爸|娘|爹|奶奶?|爷爷?|婆婆?|公公?|老伴|老汉|媳妇|男人)?|老汉|老人家?|老太太|老婆子|奶奶|爷爷|老年人|"
    r"家里(?:老)?人|人老了|老了|年纪大了?|上(?:了)?年纪了?|上岁数了?|没戴(?:老花)?镜|老花眼?|眼睛?(?:也|都|有点)?(?:不好使?|不行|不济|花|老花)?了?|眼神(?:不好|不行|不济)?)"
)
_SMALL = r"(?:(?:太|有点|实在)?(?:小|糊|模糊|花)(?:了|得很)?|看不了|打不开|(?:加载|显示)不(?:出来?|了))"
_UNSEEN = (
    r"(?:[看瞅瞧认]不(?:大|太|怎么)?(?:清楚?|见|着|真|明白|得|出来?)|没[看瞅]清楚?|"
    r"(?:能不能|能|可以|可不可以|给我?|麻烦|请|把)*(?:弄|放|调|搞|整|发|写|换|来)(?:个|得|一下)?大(?:一?[点些])?的?字?(?:行不|吗)?|大字版?|字?大[点些])"
)
_REST = (
    r"(?:这|那|啥|什么|是|都|也|太|真|有点|实在|根本|完全|就|还|又|写|说|的|了|咋(?:投|办|弄|整)|怎么(?:投|办|弄)|哪个?|"
    r"几号?|[呀啊呢哦哎唉嘛吧着\s,，。!！?？、\d])"
)
# Atomic: what was read one way is not read another, so that the time stays in proportion to the length.
_WHOLE = regex(rf"(?>{_OBJECT}|{_WHO}|{_UNSEEN}|{_SMALL}|{_REST})+")
_HAS_UNSEEN, _HAS_SMALL, _HAS_OBJECT = regex(_UNSEEN), regex(_SMALL), regex(_OBJECT)
_IS_SOMEBODY = regex(r"[妈爸娘爹奶爷婆公伴汉男女人媳]|(?<!老花)(?<!老)眼")
_BLIND = regex(r"(?<!老花)(?<!老)眼.{0,3}[看瞅瞧]不(?:见|着)")
LONGEST = 30


def is_unreadable(text: str) -> str | None:
    """Tell whether a whole message says that ours cannot be read: "surely" where it names letters or a picture, "perhaps"
    where it may be a person or an eye that fails (我妈看不清); None for other words."""
    plain = text.strip(_ROUND)
    if not 2 <= len(plain) <= LONGEST or not _WHOLE.fullmatch(plain):
        return None
    if _HAS_OBJECT.search(plain) is not None:
        return "surely" if _HAS_UNSEEN.search(plain) or _HAS_SMALL.search(plain) else None
    if _HAS_UNSEEN.search(plain) is None or _BLIND.search(plain) is not None:
        return None
    return "perhaps" if _IS_SOMEBODY.search(plain) else "surely"
