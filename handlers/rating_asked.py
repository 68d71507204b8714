"""What is asked about the scores themselves (啥叫满意, 不满意会咋样), and who lets it rest after a 3: neither is a score.

Pure functions, asked only where the closing question, or 哪里没好 behind it, stands open to him.
"""

from __future__ import annotations

from nlp.lazy import regex

_SCORE = "(?:不?满意|凑合|[123]|[一二三]|差评)"
_CONSEQUENCE = "(?:得罪|骂|整|收拾|报复|为难|穿小鞋|怪|恨|记仇|不高兴|找(?:我|麻烦)|咋样|怎样|怎么样|影响|后果)"
_MEANING = regex(
    r"(?:那|这|请问|你们?说的?)*(?:(?:啥|什么)(?:样|时候)?(?:才)?(?:的)?|(?:怎么|咋个?|怎样)(?:才)?)(?:叫|是|算(?:是)?)(?:做)?(?:不?满意|凑合).{0,3}"
    rf"|(?:那|这|你们?说的?|回|选|打)*{_SCORE}(?:又|到底|都|这个)*(?:(?:是|代表|表示|叫)个?(?:啥|什么|么子)(?:子)?(?:意思|区别)?|(?:啥|什么|么子)(?:意思|区别|后果)).{{0,2}}"
    rf"|{_SCORE}(?:和|跟|与){_SCORE}(?:有)?(?:啥|什么).{{1,4}}"
    r"|(?:不?满意|凑合)(?:的话|了)?[\s,，]*(?:会|能|要)(?:咋|怎|啥|什么|被|影响|怪|得罪).{0,8}"
    rf"|(?:不?满意|凑合)(?:的话|了)?[\s,，]*会不会.{{0,6}}{_CONSEQUENCE}.{{0,4}}"
)
_FEAR = regex(
    rf".{{0,3}}(?:要是|如果|万一|假如|倘若|若是)(?:我|俺)?(?:要)?(?:说|选|回|打|评|给|写|按)(?:了|个|成)*{_SCORE}.{{0,16}}"
    rf"|(?:我|俺|那|就)*(?:要是)?(?:有点|还|真)?(?:怕|不敢|敢不敢|能不能|可不可以|可以|能)(?:说|选|回|打|评|给|写)(?:了|个)*(?:不满意|3|三|差评).{{0,12}}"
    rf"|(?:我|俺|那|要是)*(?:说|选|回|打|评|给|写)(?:了|个)*(?:不满意|3|三|差评)(?:了)?[\s,，]*.{{0,4}}(?:会不会|不会|会|怕).{{0,6}}{_CONSEQUENCE}.{{0,6}}"
)


def asks_meaning(text: str) -> bool:
    """啥叫满意, 不满意会咋样, 我要是说不满意 小陈会不会骂我: he asks what a score does, and gives none."""
    said = text.strip(" 。！!?？,，")
    return _MEANING.fullmatch(said) is not None or _FEAR.fullmatch(said) is not None


_RESTS = regex(
    r"(?:(?:哎|唉|嗯|行|好|那|就|我|也|都|还是|没事|没啥|没什么)[\s,，]*)*"
    r"(?:算了|罢了|就这样|就那样|将就(?:用|着)?|凑合(?:用|着)?(?=吧|算)|随(?:它|他|便)(?:去)?|不(?:用|要|必)(?:再)?(?:弄|修|办|管|来|重办|麻烦)(?:你们?|他们?|人)?|不麻烦(?:你们?|他们?|人)?"
    r"|(?:懒得|不想)(?:再)?(?:说|讲|管|弄)|不(?:说|讲|追究|计较|提)|(?:别|莫|甭)(?:再)?(?:弄|修|办|管|来|重办|提))(?:了|吧|嘛|啊|呗|算了|的)*"
)
_SIGHS = frozenset({"哎", "唉", "嗯", "行", "好", "没事", "好吧", "行吧"})
_PARTS = regex(r"[\s,，。!！~]+")


def lets_it_be(text: str) -> bool:
    """算了 就这样吧, 不用重办了: he was not satisfied, and wants nothing more done."""
    parts = [part for part in _PARTS.split(text) if part]
    told = [part for part in parts if part not in _SIGHS]
    return bool(told) and all(_RESTS.fullmatch(part) is not None for part in told)
