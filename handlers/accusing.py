"""Is somebody in office accused by his name? The rules know titles (rules/topics_sealed.csv); names only the village knows.

小陈收了我两条烟 must not reach 小陈, whatever topic the words are of (topics page §5.4, rule 2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from domain.organisation import STAFF, Role
from handlers.context import Context

_FAR = 12
"""Letters between the name and what he is blamed for."""
# 书记 老刘骂我: whoever stands between is meant.
_ANOTHER = re.compile(r"[\s,，。！!？?:：;；]|有人|别人|人家|邻居|隔壁|[老小][\u4e00-\u9fff]")
_TITLED = "书记|支书|主任|文书|会计|网格长|网格员|社长|队长|组长|所长|站长|镇长|[水电]管所的?人|村干部|所里的?人"
_BLAME = re.compile(
    "收[了过]?(?:我|人|他|大家|俺|人家|别人)?[^,，。]{0,5}(?:钱|礼|烟|酒|红包|好处)|要(?:了)?(?:我|俺|咱|大家)[^,，。]{0,4}(?:钱|块|千|百|万|烟|酒)"
    "|吃拿卡要|回扣|空饷|红包|[贪吞]|私分|挪用|走后门|开后门|优亲厚友|假公济私|吃里扒外|假证明"
    "|给(?:他|她|自己|自家|自个)(?:家|屋)?(?:的|里)?(?:亲|外甥|侄|弟|妹|哥|嫂|舅|小舅|儿|女|婆娘|媳妇|连襟|老婆|老公|男人)"
    "|把.{1,10}(?:给|分|卖|批|租)(?:给|了)?(?:他|她|自己|自家)(?:家|的)?(?:亲|外甥|侄|弟|妹|哥|嫂|舅|儿|女|婆娘|媳妇|连襟|老婆)"
    "|[偷拿][了走去]?.{0,6}卖|偷(?:了|拿|走)|(?:骂|打(?!.{0,6}电话)|欺负|威胁|吓唬|报复|刁难|为难|整|凶)(?:了|过)?(?:我|俺|咱|村民|老百姓|群众|人)"
    "|光说不[干做练]|不办(?:人)?事|不管事|这人不行|不作为|撞(?:了)?人|[卡压]着?(?:我|俺|咱)"
)
_BRIBES = re.compile(
    "(?:给|向)(?P<who>.{1,6}?)(?:送|塞|递)(?:了|点|个|过)?(?:礼|钱|红包|烟|酒|东西|\\d|[一二两三四五六七八九十]+[百千万条])"
)


def accuses_by_name(ctx: Context, words: str) -> bool:
    """Whether somebody who holds an office here is named, and blamed close behind."""
    bribed = _BRIBES.search(words)
    if bribed is not None and any(name in bribed["who"] for name in (*_names(ctx), *_TITLED.split("|"))):
        return True
    blames = [blame.start() for blame in _BLAME.finditer(words)]
    return bool(blames) and any(_reaches(words, end, blames) for end in _ends(words, _names(ctx)))


def _reaches(words: str, end: int, blames: Iterable[int]) -> bool:
    return any(0 <= at - end <= _FAR and not _ANOTHER.search(words[end:at]) for at in blames)


def _ends(words: str, names: Iterable[str]) -> Iterator[int]:
    for name in names:
        at = words.find(name)
        if at >= 0:
            yield at + len(name)
    for title in re.finditer(_TITLED, words):
        yield title.end()


def _names(ctx: Context) -> Iterator[str]:
    """The names of those in office, and 小陈 for whoever of them is the only 陈."""
    people = {office.person.id: office.person for office in ctx.directory.offices if office.role in _IN_OFFICE}
    surnames = [person.name[:1] for person in people.values()]
    for person in people.values():
        yield person.name
        if surnames.count(person.name[:1]) == 1 or Role.GRID_HEAD in ctx.directory.roles_of(person.id):
            yield f"小{person.name[:1]}"


_IN_OFFICE = STAFF | {Role.ACCOUNTANT, Role.WOMEN}
