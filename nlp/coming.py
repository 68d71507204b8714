"""Who comes to a meeting (报名), read of a whole message: 我去, 来不了, 去不成我媳妇去, 周奶奶不去, 张婶让我说她来不了.

Read clause by clause: what one says of himself, of others, and who comes in his stead. Whatever stands beside is why, or
trouble of its own; the caller sees to that. What goes elsewhere (去不了医院), and what is no person (水来不了), is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from nlp.lazy import regex
from nlp.presence import is_on_the_way


class Comes(StrEnum):
    """What he says of himself."""

    YES = "yes"
    NO = "no"
    PROXY = "proxy"  # another of his household comes
    DOUBT = "doubt"  # 我可能来不了, 可能去
    UNSAID = "unsaid"  # he speaks of others only


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else, in the words he is called by, and whether he comes, or who of his family does."""

    who: str
    comes: bool
    companion: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """`companion` comes in his stead; `others` come or do not, whatever he does himself; `why` he does not.

    `likes_to`: he doubts, but rather comes (可能去).
    """

    comes: Comes
    companion: str = ""
    others: tuple[Other, ...] = ()
    why: str = ""
    likes_to: bool = False


FAMILY = (
    r"(?:我|俺)?(?:家)?(?:(?:娃|孩子)(?:他|她)?(?:爸|妈|爹|娘|大)|[大二三四五六小](?:儿子|女儿|闺女|哥|姐|弟|妹|叔|伯|爸|爹|舅|姨|姑|嫂子?|娃|孙子|孙女|女婿)|孙女婿?|老伴儿|婆姨|堂客|内人|屋里人|老汉儿|幺儿|幺妹|阿爸|阿妈|老爸|老妈|崽|妹子|舅舅|姑姑|姑父|叔叔|老头子|老婆子|老汉|当家的|屋里的|侄(?:子|儿|女)|兄弟|儿媳妇?|大哥|二哥|姑爷|媳妇儿?|老婆|婆娘|老公|男人|掌柜的|儿子|女儿|闺女|丫头|老[大二三四五幺]|那口子|娃|爸|妈|爹|娘|父亲|母亲|爷爷|奶奶|老伴|哥|嫂子|弟弟?|姐|妹|公公|婆婆|"
    r"女婿|孙子|儿(?=去|来|到|替|代)|奶(?=去|来|到|替|代)|爷(?=去|来|到|替|代)|家里人?|家属|老人|他爸|他妈|小子)"
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史"
    "陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
# 老王, 周奶奶, 张婶, 七社王大山, 马守信家: whoever is not of his own family.
_TITLED = r"(?![我俺咱你她他的])[\u4e00-\u9fff](?:大?(?:婶|叔|嫂|爷|奶奶?|伯|哥|姐|姨|婆|娘|妈|爸))"
NAME = rf"(?:第?[\d一二三四五六七八九十]{{1,3}}[社组队]的?)?(?:(?:隔壁|邻居|邻家|对门)?(?:[老小](?=[{_SURNAMES}])[\u4e00-\u9fff]|{_TITLED}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}))"
_STRANGERS = r"(?:隔壁|邻居|对门|隔壁邻居|邻家)"
_NOBODY = r"(?:[她他]们?|人家|别人|谁|书记|主任|村长|社长|组长|队长|干部|领导|网格员|文书|会计|代表|党员)"
_SELF = r"(?:我们?两口子|(?:我|俺|咱)(?:们)?(?:家里?)?(?:人|自己|一个人|亲自)?|家里|自己|本人)"
_TIME = (
    r"(?:大?后天|明天|今天|今[晚儿]|明[晚儿早]|那天|那会儿|周[一二三四五六日天]|星期[一二三四五六日天]|礼拜[一二三四五六日天]|\d{1,2}号|"
    r"[早晚]上|下午|上午|中午|到时候?|这[次回]|会上|这个会|开会)"
)
_ADVERB = (
    r"(?:真的?|实在|也|都|就|还|又|可|倒|恐怕|怕|肯定|一定|必须|必|准时|准|可以|尽量|争取|大概|应该|估计|打算|准备|要|想|愿意|能|会|有事|是|得|"
    r"那|这|的话|弄不好|多半|一起|一块儿?)"
)
_BETWEEN = rf"(?:{_TIME}|{_ADVERB})*"
_TONE = r"[啊呀哈吧哦啦的了呢哩咯嘛喽咧嘞呗]*"
_TO_IT = r"(?:开会|参加|会上?|听会?|听听|这个?会|那个会|人)?"
_NO = regex(
    rf"(?P<core>(?<!来)(?<!去)(?:(?:来|去|参加)不(?:了|成|上|鸟|料|得)|回不[来去]|赶不(?:上|到|回来|过来)|不(?:能|想|打算|准备|愿意?|得)?(?:来|去|参加)(?!不)|懒得(?:来|去)|没法(?:来|去)"
    r"|没(?:空|时间|功夫|工夫)|走不开|抽不开身|请(?:个|一?天|半天)?假|(?:取消|撤销|退)(?:我的)?报名|报名(?:取消|撤销|作废)|不报名)|(?:都)?没人(?:能)?(?:来|去)?|到不[了成])"
    rf"(?:得?了)?{_TO_IT}{_TONE}"
)
_TOO_LATE = regex(r"(?:我|俺)?(?:[来去赶]不[及赢])了?")
_YES = regex(
    rf"(?:{_SELF})?(?:{_TIME}|{_ADVERB}|晚点儿?|晚一会儿?|迟点儿?|迟一会儿?)*(?:报(?:个)?名|去|来|到|参加)(?:参加|开会|的会?|会|啊|呀|吧|了|去|来|呢|哩|咧|嘞|呗|啦|嘛)*"
    r"(?:(?:\d{1,2}|[一二两三四五俩仨])(?:个|口)?(?:人)?)?"
    r"|(?:我|俺|我家|我们家|家里)?(?:来|去|到)?(?:\d{1,2}|[一二两三四五])个?人(?:去|来|参加)?|算我(?:家)?一个|算上我"
)
_ARRIVED = regex(r"(?:(?:我|我们|俺|人|已经|都|也)*(?:到|来)(?:了|啦|咧|喽|哩|嘞)[\s,，。!！]*)+")
_HOW_LATE = r"(?:一?点儿?|一?会儿?|一?阵儿?|几分钟|半个?(?:小时|钟头)|一个?(?:小时|钟头)|[一二三]?刻钟|(?:\d{1,2}|[二三四五]?十五?)分钟)"
_LATE = regex(
    rf"(?:我|我们家?|俺|我家)?(?:可能|怕是|估计|要|得|会|恐怕)*(?:晚|迟){_HOW_LATE}?(?:到|来|去)?{_HOW_LATE}?(?:行不|行吗)?"
)
WITH_HOUSEHOLD = regex(
    rf"(?:我|俺)(?:和|跟|同|与|带|带着|陪)(?:{FAMILY}|娃)(?:两个|俩|一起|一块儿?|一同|都|也)*(?:去|来)(?:的|吧|了)?|"
    r"(?:我|我们|俺|咱)?(?:家|们)?(?:里)?(?:老?两口子?|俩口子|俩人|[两三四五六\d](?:口|个)人?|全家|一家(?:子|人)?)?(?:都|一起|一块儿?)*(?:去|来)(?:#|两|俩|\d)?(?:个|口)?人?"
)
_WITH = regex(
    rf"(?:我|俺)(?:和|跟|同|与|带着?|陪着?)(?P<who>{NAME})(?:两个|俩|一起|一块儿?|一同|都|也)*(?P<no>不)?(?:去|来|参加)(?:开会|会)?{_TONE}"
)
_SENDS = r"(?:(?:我|俺|我们?家)(?=[就想要准打让叫派]))?(?:就|那就|想|要|准备|打算)*(?:让|叫|由|派|换|请|喊|安排|打发)"
_FOR_ME = r"(?:替|代表?|顶替?)(?:我|俺|咱)(?:们)?(?:家)?(?:里)?"
# 我媳妇去, 让我弟来: of his family nobody is called to mend anything.
_KIN_COMES = regex(
    rf"(?:就|那就)?(?:{_SENDS})?(?:(?:我|俺|我们)家(?:里)?的?)?(?P<who>{FAMILY})(?:一个人|自己)?{_BETWEEN}(?:就|能)?"
    rf"(?:(?:替|代表?|帮|顶替?)(?:(?:我|俺|咱)(?:们)?(?:家)?)?(?:去|来|到|参加|开|听)?|去|来|到|参加)(?:参加|开会|会|听听|就行|得了|一趟|一下)?(?:{_TONE}|哈|就行)"
)
# 李大山替我去: of whom that is said plainly; 让李大山去 is it too, 叫电工来 calls somebody for help.
_STANDS_IN = regex(
    rf"(?:{_SENDS})?(?P<who>{NAME}|{_STRANGERS})(?:就|能|也)?{_FOR_ME}(?:去|来|参加|开)?{_TO_IT}(?:{_TONE}|就行)"
)
_IS_SENT = regex(rf"{_SENDS}(?P<who>{NAME}|{_STRANGERS})(?:去|来)(?:参加|开会|会)?(?:就行|{_TONE})")
# 委托张婶替我, 托我弟去: who is charged with it comes, and be it a neighbour.
_IS_CHARGED = regex(
    rf"(?:(?:我|俺|我们?家)(?:就|想|要|已经)*)?(?:全权)?(?:委托|托付?|拜托)(?:了|给)?(?P<who>{FAMILY}|{_STRANGERS}|{NAME})(?:来|去)?(?:{_FOR_ME})?(?:去|来|到会?|参加|开|听|办)?{_TO_IT}(?:{_TONE}|就行)"
)
# 我媳妇跟我一块去, 我婆娘要跟着去: both come.
_COMES_ALONG = regex(
    rf"(?P<who>{FAMILY})(?:{_ADVERB})*(?:跟|和|同|随|陪|与)(?:着)?(?:我|俺)?(?:们)?(?:{_ADVERB})*(?:一同|一道|俩)?(?:都|要|也)*(?:去|来|参加){_TO_IT}{_TONE}"
)
_TO_LEAVE = r"(?:请|告)(?:个|一?天|半天|一下)?假"
# 替张婶请个假, 张婶让我给她请假: it is hers, and says nothing of him.
_LEAVE_OF_ANOTHER = regex(
    rf"(?:(?:我|俺)?(?:来|想|要)*(?:替|帮|给|代|为)(?P<who>{NAME}|{FAMILY})(?:家)?(?:他|她)?(?:也)?{_TO_LEAVE}|(?P<by>{NAME}|{FAMILY})(?:家)?(?:让|叫|托|喊)(?:我|俺)?(?:给|帮|替|代)?(?:他|她)?(?:家)?{_TO_LEAVE}){_TONE}"
)
_FOR_ANOTHER = regex("(?:替|帮|给|代|为)(?![我俺咱])|(?:让|叫|托|喊)[我俺]")
# 忙着呢 浇地: perhaps he does not come; worth asking.
_BUSY = regex(
    rf"(?:{_SELF})?(?:正|还|这会儿?|现在|最近|这两天|天天|家里|在?地里|在?外头|活|农活|事情?|太|都|也|都在|[\s,，])*(?:忙(?:着|得很|得不行|得要命|不过来|死了|坏了|疯了)?|没闲){_TONE}"
    rf"(?:[\s,，]*(?:正|在|要|得|都在)*[收浇种割犁喂放看带接做打挖拉卖摘掰锄晒掐挤拔插采捡背][^\s,，]{{1,4}})?"
)
# 我替我妈去: he comes himself.
_INSTEAD_OF = regex(
    rf"(?:那)?(?:我|俺)(?:就|能|可以|能不能|来|去)?(?:替|代)(?:{FAMILY}|{NAME})(?:去|来|参加|开)(?:开会|会)?{_TONE}"
)
_OTHER_COMES = regex(
    rf"(?P<who>{NAME}|{FAMILY})家?(?:也|都|还|肯定|一定|能|会|要|{_TIME})*(?:去|来|参加)(?:开会|会)?[啊呀哈吧哦的呢哩嘛呗]*"
)
_REPORTED = regex(
    rf"(?P<who>{NAME}|{FAMILY})家?(?:的)?(?:里)?(?:人)?(?:刚才?|已经|今天)?(?:"
    r"(?:让|叫|托|喊)我?(?:给你们?|跟你们?|来|帮她?他?)?(?:说|讲|带话|带个话|捎话|捎个话|告诉|回个?话|说一?声)(?:一声|一下)?"
    r"|(?:打?来?了?个?电话了?)?(?=[\s,，:：]+[他她人])|(?:打?来?了?个?电话|发?微信)?(?:里)?(?:来)?(?:回话|带话|捎话|说|讲|表示|答应|回)(?:了|过|是|的)?)[\s,，:：“\"]*(?:[她他]们?家?|人家|我|我们家?)?(?P<what>.{1,12}?)[”\"]?"
)
# 王德福让他儿子来, 马守信家他媳妇去.
_THEIR_KIN = regex(
    rf"(?P<who>{NAME})家?(?:说)?(?:让|叫|由|换|派|是)?(?:他|她)家?(?:的)?(?P<kin>{FAMILY})(?:去|来|参加)(?:开会|会)?{_TONE}"
)
_THEIRS = regex("^(让|叫|由|换|派)?[他她]家?(?:的)?(?=.{2})")
_MAYBE = r"(?:可能|大概|估计|说不定|也许|兴许|弄不好|搞不好|多半|够呛)(?:我|就|也|还|是|要|会|真|有事|能)*[\s,，]*"
_DOUBTS = regex(
    r"(?:我们?家?|俺们?家?|咱|家里|明天|后天|今天|今晚|明晚|那天|周.|晚上|下午|上午|有事|忙|[\s,，])*"
    rf"(?:{_MAYBE}(?:(?:来|去|参加|到|赶|回)不(?:了|成|上|到|来|去)|不(?:来|去|参加))|(?:可能|说不定|也许|兴许|没准)(?:我|就|也|还|是|要|会|能)*(?:去|来|参加)|(?:去|来|参加)(?:得了|成)?够呛|"
    r"(?:不一定|未必|不见得|没准|说不准|不知道|不晓得)(?:我)?(?:能不能|能|会|可以)?(?:去|来|参加|到)(?:得了|成)?|"
    r"(?:要是)?(?:有空|有时间|有工夫|没事|不忙|得闲)(?:的话)?(?:我)?(?:就|再|才)(?:去|来))(?:开会|参加|会|了|啊|呀|哈|吧|哦|呢|哩|的)*"
)
_LEAD = regex(
    r"^(?:(?:还是(?=[我俺])|(?:我|俺)?改主意了|想了想|想好了|放心|晓得了|听见了|看到了|[中成](?=[\s,，])|算了|那|哦|噢|哎|唉|好的?|行|嗯|知道了|收到|书记(?=[\s,，我俺咱])|[\u60a8你]好|明天|后天|今天|开会|这个?会|会\d{1,5}|会上?|那天|到时候?|这[次回])[\s,，。!！~]*)+(?=[我俺咱去来参报没走不请让叫有回能一家两全赶还又取撤退算晚迟可])"
)
_NUMBERED = regex(r"^[123][\s、.．,，]+(?=\D)")
_MAY_HE = regex(
    rf"((?:{FAMILY}|{NAME})(?:去|来|替|代)?[^\s,，]{{0,5}}?)[\s,，]*(?:行不行|行不|行吗|可以吗|可以不|成不|中不|好不好|好吗|好不)[?？]?$"
)
_EITHER = regex("来不来|去不去|来去都|看情况|说不准|说不好|不一定|再说吧?$")
_ASKED = regex(
    r"^(?:谁|哪|多少|几[个户家])|[?？吗]$|去哪|去年|来信|过去|回去看|出去|下去|上去|到哪|(?:行不行|行不|咋办|怎么办)$"
)
_PARTS = regex(r"[\s,，。;；!！~～]+")
# 水来不了, 车去不了: what does not come is no person.
_THING = regex(
    r"(?:水|电|车|气|网|信号|货|快递|钱|款|煤|药|工资|补贴|医生|兽医|大夫|老师|师傅|电工|匠|[收送修拉卖装抄]\S{1,4}的|维修|救护车|消防|政府|上面|上头|你们|乡上|镇上|村上|队上|机|队|员|工)(?:的|子|费|人)?$"
)
# 腿疼, 娃发烧了, 停电了, 路烂得很: why somebody does not come, said in the same breath.
_WHY = regex(
    r"(?:[了着呢]|得很|得不行|疼|痛|病|忙|慌|晕|远|滑|黑|大|没好|不动|不好|上班|打工|住院|陪床|看病|走亲戚|接娃|看娃|带娃|有事)$"
    r"|(?:^|[我俺人])(?:还|现在|都|这会儿)*在.{1,8}$"
)
LONGEST = 30


def read(text: str, sounds_so: Callable[[], bool] = lambda: False) -> Answer | None:
    """Read who comes; None for what merely sounds like an answer.

    `sounds_so`: would the whole be taken for an answer by its intent? Asked only of a refusal with an unheard-of reason.
    """
    plain = _MAY_HE.sub(r"\1", _NUMBERED.sub("", text.strip(" 。！!,，~")))
    plain = _LEAD.sub("", plain)
    if not plain or len(plain) > LONGEST:
        return None
    if _BUSY.fullmatch(plain):
        return Answer(Comes.DOUBT, why=plain)
    reported = _of_another(plain)
    if reported is not None:
        return Answer(Comes.UNSAID, others=(reported,))
    if _EITHER.search(plain) and not _DOUBTS.fullmatch(plain):
        return None
    if _DOUBTS.fullmatch(plain):
        return Answer(Comes.DOUBT, likes_to=not re.search("不|够呛|[就再才][来去]", plain))
    return _by_clauses(plain, sounds_so)


def is_plain(text: str) -> bool:
    """Is the whole a bare answer and nothing else, however it may sound (来不了，叫我弟去)?"""
    parts = [part for part in _PARTS.split(text.strip(" 。！!,，")) if part]
    return bool(parts) and all(_is_bare(part) for part in parts)


def _is_bare(part: str) -> bool:
    if any(form.fullmatch(part) for form in (_BARE_WHY, _KIN_COMES, WITH_HOUSEHOLD, _IS_CHARGED, _COMES_ALONG)):
        return True
    no = _NO.search(part)
    if no is None:
        return False
    before, after = part[: no.start()], part[no.end() :]
    stands = _subject(_BARE_WHY.sub("", before), "")
    return stands in (_I, _KIN) and (not after or _KIN_COMES.fullmatch(after) is not None)


_BARE_WHY = regex(rf"^(?:{FAMILY})?(?:[腿腰脚]疼|感冒了?|走不动)")
_I, _KIN, _ELSE, _REASON = "self", "kin", "else", "reason"
_IS_SELF = regex(rf"(?:{_SELF}|{_TIME}|{_ADVERB})*+")
_IS_KIN = regex(rf"{FAMILY}(?:他|她)?")
_IS_ANOTHER = regex(rf"{NAME}家?(?:里)?(?:的)?|{_NOBODY}")
# 周奶奶病了去不了 is of her; 我妈病了去不了 of himself, who looks after her.
_ILL = regex(
    rf"(?P<who>[老小](?=[{_SURNAMES}])[\u4e00-\u9fff]|{_TITLED})(?:家)?(?:病|生病|住院|[腿腰脚头]疼|摔|感冒|身体|不舒服|不好|走不动|不在家|在外地|上班)+了?"
)
_ENDS_SELF = regex(r"(?<=.)(?:我|俺)们?家?$")
_KIN_OF = regex(rf"(?P<who>{NAME})家?(?:的)?(?P<kin>{FAMILY})")
_TRAILING = regex(rf"(?:{_TIME}|{_ADVERB}|[\s,，])+$")


def _of_another(plain: str) -> Other | None:
    """张婶打电话说她去不成, 郭德福家说了 他来."""
    if theirs := _THEIR_KIN.fullmatch(plain):
        return Other(_bare_name(theirs["who"]), comes=True, companion=theirs["kin"])
    found = _REPORTED.fullmatch(plain)
    if found is None:
        return None
    what = found["what"].strip(" ,，")
    if instead := _KIN_COMES.fullmatch(what):
        return Other(_bare_name(found["who"]), comes=True, companion=instead["who"])
    if _YES.fullmatch(what) or what in ("来人", "有人来", "有人去") or WITH_HOUSEHOLD.fullmatch(what):
        return Other(_bare_name(found["who"]), comes=True)
    no = _NO.fullmatch(_LEAD.sub("", what))
    return Other(_bare_name(found["who"]), comes=False) if no else None


def _by_clauses(plain: str, sounds_so: Callable[[], bool]) -> Answer | None:
    """The last thing he says of himself counts; who comes in his stead counts before that he does not come."""
    comes, companion, why, others = Comes.UNSAID, "", "", list[Other]()
    for part in (part for part in _PARTS.split(plain) if part):
        is_theirs = bool(others) and _THEIRS.match(part) is not None
        said = _THEIRS.sub(r"\1", part) if is_theirs else _LEAD.sub("", part)
        found = _clause(said, sounds_so, has_refused=comes is Comes.NO)
        if found is None:
            why = why or part  # 房子塌了，去不了
            continue
        if is_theirs and found.comes is Comes.PROXY:
            others[-1] = Other(others[-1].who, comes=True, companion=found.companion)  # 王德福来不了 他媳妇来
            continue
        others += found.others
        if found.comes is Comes.UNSAID or (comes is Comes.PROXY and found.comes is Comes.NO):
            continue
        comes, companion, why = found.comes, found.companion, found.why or why
    if comes is Comes.UNSAID and not others:
        return None
    is_asked = _ASKED.search(plain) is not None
    return None if is_asked else Answer(comes, companion, tuple(others), why)


def _clause(part: str, sounds_so: Callable[[], bool], *, has_refused: bool) -> Answer | None:
    if _TOO_LATE.fullmatch(part):
        return Answer(Comes.NO)
    if found := _WITH.fullmatch(part):
        will = found["no"] is None
        return Answer(Comes.YES if will else Comes.NO, others=(Other(_bare_name(found["who"]), will),))
    if found := _LEAVE_OF_ANOTHER.fullmatch(part):
        return Answer(Comes.UNSAID, others=(Other(_bare_name(found["who"] or found["by"]), comes=False),))
    if _COMES_ALONG.fullmatch(part):
        return Answer(Comes.YES)
    no = _NO.search(part)
    if no is not None:
        return _refusal(part, no, sounds_so)
    if found := (_KIN_COMES.fullmatch(part) or _STANDS_IN.fullmatch(part) or _IS_CHARGED.fullmatch(part)):
        return Answer(Comes.PROXY, found["who"])
    if (found := _IS_SENT.fullmatch(part)) and (has_refused or (found["who"][0] not in "小" and "来" not in part)):
        return Answer(Comes.PROXY, found["who"])
    if _INSTEAD_OF.fullmatch(part):
        return Answer(Comes.YES)
    if (
        (_YES.fullmatch(part) and not _ARRIVED.fullmatch(part))
        or _LATE.fullmatch(part)
        or WITH_HOUSEHOLD.fullmatch(part)
    ):
        return Answer(Comes.YES)
    if found := _OTHER_COMES.fullmatch(part):
        if has_refused:
            return Answer(Comes.PROXY, found["who"])
        return Answer(Comes.UNSAID, others=(Other(_bare_name(found["who"]), comes=True),))
    return Answer(Comes.YES) if is_on_the_way(part) and "路" not in part else None


def _refusal(part: str, no: re.Match[str], sounds_so: Callable[[], bool]) -> Answer | None:
    """来不了 with whatever stands before it (我, 周奶奶, 腿疼) and after it (我媳妇去)."""
    before, after = part[: no.start()], part[no.end() :]
    if "假" in no["core"] and _FOR_ANOTHER.search(before):
        return None  # whose leave it is, is not said clearly
    if after:
        instead = _clause(after, sounds_so, has_refused=True)
        if instead is None or instead.comes not in (Comes.PROXY, Comes.YES):
            return None
        return instead
    who = _subject(before, no["core"])
    reason = _TRAILING.sub("", before)
    if who == _I:
        return Answer(Comes.NO)
    if who in (_KIN, _ELSE):
        return Answer(Comes.UNSAID, others=(Other(_bare_name(reason), comes=False),))
    if (stands_in := _KIN_COMES.fullmatch(_ENDS_SELF.sub("", reason))) and _ENDS_SELF.search(reason):
        return Answer(Comes.PROXY, stands_in["who"])  # 我爸去我不去
    if ill := _ILL.fullmatch(reason):
        return Answer(Comes.UNSAID, others=(Other(ill["who"], comes=False),))
    is_meant = who == _REASON and (_ENDS_SELF.search(reason) or _WHY.search(reason) or sounds_so())
    return Answer(Comes.NO, why=_ENDS_SELF.sub("", reason)) if is_meant else None


def _subject(before: str, core: str) -> str:
    """Of whom it is said: of himself, of his family, of another, or of nobody (a reason). "" for what is no person."""
    bare = _LEAD.sub("", before)
    if "没人" in core and not re.search("[家里们]$", bare):
        return ""
    if _IS_SELF.fullmatch(bare):
        return _I
    if core.startswith("到不"):
        return ""
    bare = _TRAILING.sub("", bare)
    if _IS_KIN.fullmatch(bare):
        return _KIN
    if _IS_ANOTHER.fullmatch(bare):
        return "" if core.endswith("没人") else _ELSE  # 马守信家没人: nobody was at home
    if _THING.search(bare):
        return ""
    return _REASON


def relative_of(said: str) -> tuple[str, str] | None:
    """王德福媳妇 is whose wife, and what she is to him; None for other words."""
    found = _KIN_OF.fullmatch(said)
    return (found["who"], kin(found["kin"])) if found else None


def kin(who: str) -> str:
    """我儿 is his 儿子."""
    bare = re.sub("^[我俺]家?", "", who)
    return {"儿": "儿子", "奶": "奶奶", "爷": "爷爷"}.get(bare, bare)


def _bare_name(who: str) -> str:
    return re.sub(r"(?<=.)家(?:里)?的?$", "", who)
