"""What somebody said beside a command: the words of 补充, what the keeper did, why a villager is not satisfied.

Pure functions over the message as it was written; nothing of it may be lost on the way to the one who handles it.
"""

from __future__ import annotations

import re

_GAP = r"[\s,，。.:：、;；!！]*"
_NUMBER = r"(?:[A-Za-z]{1,8}-\d{6}-)?\d{1,4}号?"
_ADDS = re.compile(
    rf"^{_GAP}(?:我)?(?:再)?(?P<lead>还有(?:个|一个|件|一件)?事儿?|补充|补(?:一句|两句|个|张|一张)|说一?句|加一?句|加图|补图)"
    rf"(?:一下|下|几句)?{_GAP}"
)
# What says only that it is over. 修好了 and 通了 tell what was done and stay.
_DONE = re.compile(
    r"^(?:已经?|都|我们?|给)*(?:办好|办结|办完|办妥|弄好|弄完|处理好|处理完|解决|搞定|完成|完工|办)(?:了|啦|咧|完毕)*"
)
_SCORE = re.compile(
    rf"^{_GAP}(?:[123])?{_GAP}(?:我)?(?:还是|很|非常|挺|十分|特别|一点都?|根本|基本|评价?|打)*"
    rf"(?:不满意|满意|凑合|凑和|一般般?|不行|还行|还可以)(?:得很|极了|吧|了)?{_GAP}"
)
# `3 没修好`: the score and the reason. A digit that counts something (3个人来了, 1 社) or begins a list (1、) is none.
_SCORED = re.compile(r"\s*([123])(?:[\s,，。、.:：]+|(?=[没不还又也]))([^\d\s].*)", re.DOTALL)
_COUNTS = re.compile(
    r"[社组队号楼栋单排幢巷层户家个人天日月年周星礼点分时小只头条棵盏根座间辆吨斤亩米里公块元毛角万千百十次遍件回位名口桌次度成瓶包袋升平方几多来半年级线路车厘寸尺]"
)
_LISTED = re.compile(r"(?:^|[\s,，。;；])[2-9][、.．)）:：]")


def without_number(text: str) -> str:
    """Take the matter's number away where it stands first: 007 灯杆也歪了."""
    return re.sub(rf"^{_GAP}{_NUMBER}(?![\d天日户个人点月年周元块])的?{_GAP}", "", text)


def split_number(text: str) -> tuple[str, str]:
    """Split 007 满意 into the number it names and what is said of it; ("", text) where none stands first."""
    found = re.match(r"\s*((?:[A-Za-z]{1,8}-\d{6}-)?\d{3,4})号?[\s,，:：]+(?=\D)", text)
    return (found[1].upper(), text[found.end() :]) if found else ("", text)


def keepers_number(text: str) -> str:
    """Return the number of 007 收到, 007 办好了 …, "" for any other words."""
    found = re.match(r"\s*((?:[A-Za-z]{1,8}-\d{6}-)?\d{3,4})号?\s*(?:收到|接单|办好|办结|办完|弄好|处理好|解决)", text)
    return found[1].upper() if found else ""


def addition(text: str, *, is_named: bool) -> str:
    """Return what is added: 灯杆也歪了 of 补充 007 灯杆也歪了. `is_named` says that a number of a matter was read in it."""
    rest = text[found.end() :] if (found := _ADDS.match(text)) else text
    return (without_number(rest) if is_named else rest).strip()


def begins_anew(text: str) -> bool:
    """还有个事 may begin another story; 补充 never does."""
    found = _ADDS.match(text)
    return found is not None and found["lead"].startswith("还有")


def work_done(text: str, *, is_named: bool) -> str:
    """Return what the keeper says was done, as he said it; "" for a bare 办好了."""
    rest = without_number(text) if is_named else text
    rest = rest.strip(" \t\n,，。.:：、;；!！")
    found = _DONE.match(rest)
    if found is None:
        return rest
    rest = rest[found.end() :]
    return (without_number(rest) if is_named else rest).strip(" \t\n,，。.:：、;；!！")


def scored(text: str) -> tuple[str, str] | None:
    """Read a score with words behind it (3 没修好), None where the digit is no score: 3个人来了, 1 社没水, 1、… 2、…."""
    found = _SCORED.fullmatch(text)
    if found is None or _COUNTS.match(found[2]) or _LISTED.search(found[2]):
        return None
    return found[1], found[2].strip()


def begins_with_rating(text: str) -> bool:
    """Does it begin with the words of a rating (凑合，灯有点暗)?"""
    return _SCORE.match(text) is not None


_JUDGED = re.compile(
    r"满意|凑合|骗人|糊弄|没(?:有)?(?:修|办|弄|解决|处理)好|(?:修|办|弄|处理|干)(?:得|的)(?:很|挺|真|非常|太|不)?"
    r"(?:好|错|快|及时|漂亮|差|行|一般|烂)|还是(?:不亮|没水|老样子|坏|那样|漏|堵|不行)|白修|又坏了"
)


def judges(text: str) -> bool:
    """Does it say how the work was done? What merely resembles a rating (没听懂) does not."""
    return _JUDGED.search(text) is not None


def reason(text: str) -> str:
    """Return what stands behind the rating in words: 灯还是不亮 of 不满意，灯还是不亮; "" where nothing does."""
    found = _SCORE.match(text)
    return text[found.end() :].strip() if found else ""


_ENDED = re.compile(
    r"(?:换|装|补|焊|拉走|清|疏通|处理|恢复)了(?!一半)|已(?:经)?(?:处理|解决|更换|疏通|清理)|"
    r"(?:修|办|弄|换|装|接|处理|清理|疏通|补|焊|拉|清|调解|联系|打通|说)(?:好|完|通|妥|走)了?|解决了|搞定|完工|完成|通了|亮了|来水了|来电了|恢复"
)
_OPEN = re.compile(
    r"[修办弄解处换装接](?:决|理)?不(?:了|成|好|动)|[没还]?(?:没|未)(?:修|办|弄|解决|处理|换|装|接|来|到|找)|没办法|没法|不归|不是我|要报|报(?:给|到)?[镇县上]"
    r"|转(?:给|到|交)?|退回|一半|正在|还[差要得]|明天|后天|明早|明晚|下午|晚上|下周|下个?(?:星期|礼拜|月)|过[几两]天|准备|打算|联系了|约了|约好|安排|等[着材配通天人两几镇上]"
    r"|查不到|找不到|没人|重复|假的|没这回事|不属实|延期|缺|什么|啥|哪|谁|吗"
)
_UNDONE = re.compile("[没未不](?:能|有)?(?:修|办|弄|换|装|接|处理|解决)[好完通了]")
_BEYOND = re.compile(
    r"[修办弄解处](?:决|理)?不(?:了|成)|不归|不是我|要报|报(?:给|到)?[镇县上]|转(?:给|到|交)?|退回|没办法|没法|没钱|重复|假的|没这回事|不属实|延期"
)
_PLAN = re.compile(
    r"(?:今天|今晚|明天|明早|明晚|后天|上午|下午|晚上|中午|下周|周[一二三四五六日天]|礼拜|星期|过[几两]天|马上|这就|[一二三四五六七八九十\d]{1,2}[点号]).*"
    r"(?:去|来|到|修|换|装|办|处理|上门|送|清|拉|看)|正在(?:修|换|办|处理|联系|弄)"
)
_ACCEPTS = re.compile("收到|接[单了收]|我们?接|受理|签收|好的?|知道了|马上|这就|安排|归我|我们?[来去办管]")


def accepts(text: str) -> bool:
    """Does the keeper say that he has taken it on?"""
    return _ACCEPTS.search(text) is not None


def is_open(text: str) -> bool:
    """Do the keeper's words leave the matter open, whatever they resemble: 已经联系了 后天来, 修不了 要报镇上, 修了一半?"""
    is_ended = _ENDED.search(text) is not None and _UNDONE.search(text) is None
    return _OPEN.search(text) is not None and not is_ended


def is_beyond_him(text: str) -> bool:
    """Is it more than the keeper can do, or not his?"""
    return _BEYOND.search(text) is not None


def is_plan(text: str) -> bool:
    """Does it say when somebody comes or what is being done: 明天下午去修?"""
    return _PLAN.search(text) is not None
