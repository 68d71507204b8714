"""Is somebody in office accused by his name, and who? The rules know titles (rules/topics_sealed.csv); names only the village.

小陈收了我两条烟 must not reach 小陈, whatever topic the words are of (topics page §5.4, rule 2); nor must 书记拿刀要砍我
call the 书记.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from domain.organisation import KEEPERS, STAFF, Role
from handlers.context import Context
from nlp.lazy import regex
from nlp.words import classify, hear, tells_on

_FAR = 12
"""Letters between the name and what he is blamed for."""
# 书记 老刘骂我: whoever stands between is meant.
_ANOTHER = regex(
    r"[\s,，。！!？?:：;；]|有人|别人|人家|邻居|隔壁|老(?![来是爱往跟想打骂摸缠盯])[\u4e00-\u9fff]|小[\u4e00-\u9fff]|看[见到](?!我|俺)|听[见到说]|[被叫让遭]车|快[点些]?来|赶紧|救"
)
# 书记昨黑喝醉了 开车撞了我娃: what follows the pause goes on about him; 小陈 打人了 calls him.
_GOES_ON = regex(
    r"(?!.*(?:有人|别人|邻居|隔壁|老(?![来是爱往跟想打骂摸缠盯])[\u4e00-\u9fff]|小[\u4e00-\u9fff]|看[见到]|听))[^\s,，。快来救帮你您吗呢不]{2,9}[\s,，]"
    r"(?:他|她|还|就|又|后来|完了|开着?.{0,3}车|骑着?.{0,3}车)*"
)
_ROLES: dict[str, frozenset[Role]] = {
    "书记": frozenset({Role.SECRETARY}), "支书": frozenset({Role.SECRETARY}), "主任": frozenset({Role.VC}),
    "村长": frozenset({Role.VC, Role.SECRETARY}), "文书": frozenset({Role.CLERK}), "会计": frozenset({Role.ACCOUNTANT}),
    "网格长": frozenset({Role.GRID_HEAD, Role.GRID_CHIEF}), "网格员": KEEPERS, "纪委": frozenset({Role.DISCIPLINE}),
    "妇联": frozenset({Role.WOMEN}), "镇长": frozenset({Role.TOWN_LEADER}), "镇领导": frozenset({Role.TOWN_LEADER}),
}  # fmt: skip
"""The titles people say, and the offices they may mean."""
_OTHERS = regex("社长|队长|组长|所长|站长|[水电]管所的?人|干部|所里的?人")
"""Titles of whom no office here tells."""
_UNTOLD = ("社长", "队长", "组长", "所长", "站长", "水管所", "电管所", "所里", "干部", "当官的")
_FEE = "(?!.{0,9}(?:(?<!好处)(?<!辛苦)(?<!茶水)费|税|医保|社保|保险|合疗|养老|押金|定金|集资|罚款|捐款|工本))"
"""What is paid to the village and no bribe."""
_SUM = r"(?:\d{2,6}(?![\d号年点米斤亩])|(?:\d+|[一二两三四五六七八九十几百千万半好]+)(?:来|多)?(?:块|元|百|千|万|条|瓶|包|箱))"
_GIFT = f"(?:{_SUM}|钱|礼|烟|酒|红包|好处|席|饭)"
_THEM = "(?:我|俺|咱|人家?|大家|他|她|别人|隔壁|邻居|[老小张王李刘赵陈杨][\u4e00-\u9fff]?|有钱)(?:们|家|的|屋头?|隔壁)*"
_WORK = "(?:给|帮|捞|掏|修|办|管|拉|清|挖|通|弄|整|换|接|装|批|报|盖|签|填|松口|答应|肯|能)"
_ONLY = "(?:只|光|单|净|专门?|先|紧着|偏|就(?=[给只光先])|才(?!来|到|走|回))+"
_HARM = regex(
    "(?:骂|打(?!.{0,6}电话)|砍|捅|追|撵|堵|杀|欺负|威胁|吓唬|报复|刁难|为难|整|凶)(?:了|过|的|着)?(?:我|俺|咱|村民|老百姓|群众|人)"
    "|(?:扇|揍|踹|踢|捶|掐|泼|砸|扒|撕)(?:了|过)?(?:我|俺|人)|打(?:了|伤|过)(?:隔壁|邻居|老人|老[汉头娘婆]|娃|孩|婆娘|别人)"
    "|把(?:(?:我|俺)(?:家|们)?(?:[老爸爹妈娘娃儿女男媳哥弟姐妹孙爷奶婆公叔婶嫂侄外][\u4e00-\u9fff]{0,2}?)?|[他她人]|老人|娃娃?|孩子)(?:都|给)?(?:打(?![开扫听理发])|撞|砍|捅|推|踢|揍|轧|碾|堵(?=在)|锁(?=在))"
    "|(?:拿|提|举|抄)(?:着|了|起)?.{0,3}(?:刀|棍|棒|斧|锄|锹).{0,4}(?:砍|打|追|捅|杀|要)"
    "|打(?:他|她|自己)?(?:老婆|媳妇|婆娘|女人|妈|娘|爹|娃|孩子)|摸(?:了|我|她)|动手动脚|耍流氓|强奸|睡(?:了)?(?:我|她)|陪(?:他|她|我)?(?:一[晚夜]|睡|喝)"
    "|(?:撞|轧|碾)(?:了|到|倒|着|伤|死|飞|翻|残|断|过)*(?:我|俺|咱|人(?![行工民])|[他她个]|娃|孩|孙|老|隔壁|邻居|别人|行人|学生|女|儿|闺|小|[一两几]个)"
    "|(?:半夜|晚上|夜里|天黑|深更).{0,6}(?:敲|砸|拍|翻|扒|钻|闯)(?:进|到|着|了)*(?:我|俺)(?:家|们|的)*(?:门|窗|墙|屋|房|床)"
    "|酒驾|醉驾|酒后(?:开|驾)|肇事"
)
"""What is done to somebody's body, or threatened."""
_WRONG = (
    "收[了过]?(?:我|人|他|大家|俺|人家|别人)?[^,，。]{0,5}(?:钱|礼|烟|酒|红包|好处)|要(?:了)?(?:我|俺|咱|大家)[^,，。]{0,4}(?:钱|块|千|百|万|烟|酒)"
    "|吃拿卡要|回扣|空饷|红包|[贪吞]|私分|挪用|走后门|开后门|优亲厚友|假公济私|吃里扒外|假证明"
    "|给(?:他|她|自己|自家|自个)(?:家|屋)?(?:的|里)?(?:亲|外甥|侄|弟|妹|哥|姐|嫂|舅|小舅|儿|女|婆娘|媳妇|连襟|老婆|老公|男人)"
    "|把.{1,10}(?:给|分|卖|批|租)(?:给|了)?(?:他|她|自己|自家)(?:家|的)?(?:亲|外甥|侄|弟|妹|哥|姐|嫂|舅|儿|女|婆娘|媳妇|连襟|老婆)"
    "|[偷拿][了走去]?.{0,6}卖|偷(?:了|拿|走)"
    "|光说不[干做练]|不办(?:人)?事|不管事|这人不行|人品|不作为|[卡压]着?(?:我|俺|咱)|[卡压]着.{0,6}不(?:报|办|批|发)"
    "|(?:不|没)(?:交|给|送|掏|塞|买|请|陪)(?!.{0,5}费).{0,8}(?:不|没)(?:给|办|批|报|盖|发|管|修|捞|掏|通|清|拉|挖)"
    "|(?:要|收|得|掏|交|给|拿|送|请|买|塞).{0,8}(?:钱|块|百|千|万|烟|酒|礼|红包|饭|客).{0,4}才"
    "(?:给|能|肯|办|修|批|报|盖|捞|掏|通|挖|清|拉|弄|整|换|接|装|管|签|填|松口|答应)"
    "|要(?:\\d+|[一二两三四五六七八九十几百千万半]+)(?:来|多)?(?:块|元|百|千|万|条|包|瓶)[钱烟酒]{0,2}才(?:肯|愿意)?(?:来|过来|去|动)"
    f"|(?:收[了过走]?(?:{_THEM})?|[拿得][了过走]?{_THEM}){_SUM}{_FEE}(?!.{{0,8}}(?:帮我|替我|代我|垫|还我|还给|退))"
    f"|[收拿吃喝抽要得接](?:了|过|人家){_THEM}?[^\\s,，。]{{0,5}}?{_GIFT}{_FEE}[^,，。]{{0,3}}?[\\s,，]*(?:他|她|人家)?{_ONLY}{_WORK}"
    f"|[问跟向找朝管](?:我|俺|咱|人家?|大家|别人|隔壁|[\u4e00-\u9fff]{{2,3}}?)(?:讨|索?要)(?:了|过|走|点|个)*(?!多少|几)[^,，。]{{0,3}}?(?:{_SUM}|钱|烟|酒|红包|礼|好处){_FEE}"
    f"|[让叫喊逼要](?:我|俺|咱|大家|人家?|别人)(?:们|家)*(?:请[他她]?(?:吃|喝|客|搓)|(?:给[他她])?(?:买|送|拿|塞|提)[^,，。]{{0,3}}(?:烟|酒|礼|红包))"
    "|谁(?:给|送|塞|有)他?(?:钱|礼|烟|酒).{0,4}[给帮]谁|[只光先](?:[给帮]|捞|掏|修)(?:送|给|塞)了?(?:钱|礼|烟|酒)的?"
    f"|{_ONLY}{_WORK}(?:他|她|自己|自家|自个)(?:自己|自家)?(?:家|屋|亲|门口|那[截头边段]|院)"
)
_BLAME = regex(f"{_WRONG}|{_HARM.pattern}")
_BRIBES = regex(
    "(?:给|向)(?P<who>.{1,6}?)(?:送|塞|递)(?:了|点|个|过)?(?:礼|钱|红包|烟|酒|东西|\\d|[一二两三四五六七八九十]+[百千万条])"
    f"|[给塞送递](?:了|过|给)*(?P<whom>[^\\s,，。]{{1,5}}?)(?:了|过)?(?:{_SUM}|烟|酒|红包|礼){_FEE}[^。]{{0,6}}?{_ONLY}{_WORK}"
    f"|[给塞送掏交](?:了|过){_FEE}[^,，。]{{0,6}}?{_GIFT}[\\s,，]*(?P<then>[^\\s,，。]{{1,5}}?)(?:就|才(?!来|到|走|回)){_WORK}"
    "|[塞送](?:了|过|给)+(?P<gets>[^\\s,，。]{1,5}?)(?:\\d+|[一二两三四五六七八九十几]+)(?:条|瓶|箱)"
)
"""Who is given something: he stands between the gift and what is given, or behind both."""


def accuses_by_name(ctx: Context, words: str) -> bool:
    """Whether somebody who holds an office here is named, and blamed close behind."""
    if not named(ctx, words):
        return False
    blames = _blames(words)
    return blames.any and (blames.meets(_OTHERS) or any(map(blames.names, (*_ROLES, *called(ctx)))))


def is_unfit(ctx: Context, words: str) -> bool:
    """Whether the words tell on somebody, so that nobody of the village may read them beside a name."""
    if accuses_by_name(ctx, words):
        return True
    heard = ctx.heard if words == ctx.said else hear(ctx.words.lexicon, words)
    return tells_on(ctx.words.lexicon, heard) and bool(classify(ctx.words.lexicon, words, heard).sealed)


def names_office(ctx: Context, words: str) -> bool:
    """Whether somebody of the village who holds an office is named, or called by his title."""
    return any(name in words for name in called(ctx) if name not in ("纪委", "妇联"))


def blames_alone(ctx: Context, words: str) -> bool:
    """小陈吃了隔壁的席 只给他掏: it merely sounds like a cry, for nobody's body is spoken of."""
    return accuses_by_name(ctx, words) and not harms(words)


def harms(words: str) -> bool:
    """Whether anybody's body is struck or threatened in them."""
    return _HARM.search(words) is not None


def accused_in(ctx: Context, words: str) -> frozenset[int]:
    """Who of those in office is blamed in the words, by name or by title; by ids of people."""
    blames = _blames(words)
    if not blames.any:
        return frozenset()
    return frozenset().union(*(people for name, people in called(ctx).items() if blames.names(name)))


class _Blames(NamedTuple):
    """Where a text blames somebody, and who is given something to (给书记送了礼)."""

    words: str
    at: tuple[int, ...]
    bribed: str

    @property
    def any(self) -> bool:
        return bool(self.at or self.bribed)

    def names(self, name: str) -> bool:
        return name in self.bribed or (name in self.words and self.meets(re.compile(re.escape(name))))

    def meets(self, who: re.Pattern[str]) -> bool:
        """Whether blame follows close behind one who is called so."""
        return who.search(self.bribed) is not None or any(
            0 <= at - met.end() <= _FAR and _is_of_him(self.words[met.end() : at])
            for met in who.finditer(self.words)
            for at in self.at
        )


def _is_of_him(between: str) -> bool:
    """Whether nobody else comes between him and what is blamed."""
    return _ANOTHER.search(between) is None or _GOES_ON.fullmatch(between) is not None


@lru_cache(maxsize=256)  # asked of the same words several times on their way
def _blames(words: str) -> _Blames:
    bribed = " ".join(name for found in _BRIBES.finditer(words) for name in found.groups() if name)
    return _Blames(words, tuple(blame.start() for blame in _BLAME.finditer(words)), bribed)


NOT_TO = regex("(?:不要|别|莫|不能|不许|不想)(?:跟|给|和|让|叫|告诉)(?P<who>.{1,8}?)(?:说|讲|晓得|知道|听见)")


def kept_from(ctx: Context, words: str) -> frozenset[int]:
    """Who is not to hear of it: 不要跟小陈说."""
    asked = NOT_TO.search(words)
    if asked is None:
        return frozenset()
    return frozenset().union(*(people for name, people in called(ctx).items() if name in asked["who"]))


def named(ctx: Context, words: str) -> list[re.Match[str]]:
    """Where anybody in office is named: by all he is called, and by the titles of those of whom no office here tells. Most
    messages name nobody, and nothing else is asked of them."""

    def put_together() -> re.Pattern[str]:
        longest_first = sorted({*_ROLES, *people_called(ctx), *_UNTOLD}, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)))

    names: re.Pattern[str] = ctx.directory.kept(("names", ctx.village.id), put_together)
    return [*names.finditer(words)]


def people_called(ctx: Context) -> dict[str, set[int]]:
    """The same as `called`, and what those above the micro-grids are called behind their backs: 姓陈的, 小军 of 陈小军."""

    def looser() -> dict[str, set[int]]:
        found = {name: set(people) for name, people in called(ctx).items()}
        known = set().union(*found.values())
        for office in ctx.directory.offices:
            if office.role in _IN_OFFICE - {Role.GRID_MICRO} and office.person.id in known:
                name = office.person.name
                for by in (f"姓{name[:1]}的", name[1:]):
                    if len(by) > 1:
                        found.setdefault(by, set()).add(office.person.id)
        return found

    return ctx.directory.kept(("loosely", ctx.village.id), looser)


def called(ctx: Context) -> dict[str, set[int]]:
    """Everything somebody in office here is called by, with whom it may mean: his name, his title, and 小陈 of the only 陈
    in office and of a grid head."""
    return ctx.directory.kept(("called", ctx.village.id), lambda: _called(ctx))


def _called(ctx: Context) -> dict[str, set[int]]:
    around = {area.id for area in ctx.directory.upwards(ctx.village.id)}
    here = [o for o in ctx.directory.offices if o.area_id in around or ctx.directory.within(o.area_id, ctx.village.id)]
    people = {office.person.id: office.person for office in here if office.role in _IN_OFFICE}
    surnames = [person.name[:1] for person in people.values()]
    found: dict[str, set[int]] = {}
    for office in here:
        person = office.person
        names = [person.name, *(title for title, roles in _ROLES.items() if office.role in roles)]
        is_only = person.id in people and surnames.count(person.name[:1]) == 1
        if is_only or office.role is Role.GRID_HEAD:
            names.append(f"小{person.name[:1]}")
        for name in names:
            found.setdefault(name, set()).add(person.id)
    return found


_IN_OFFICE = STAFF | {Role.ACCOUNTANT, Role.WOMEN}
