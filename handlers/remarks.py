"""What somebody said beside a command: the words of 补充, what the keeper did, why a villager is not satisfied.

Pure functions over the message as it was written; nothing of it may be lost on the way to the one who handles it.
"""

from __future__ import annotations

import re

from handlers import undone
from nlp.lazy import regex

_GAP = r"[\s,，。.:：、;；!！]*"
_PREFIX = r"(?:[A-Za-z]{1,8}-\d{6}-)?"
_NUMBER = rf"{_PREFIX}\d{{1,4}}号?"
_ADDS = regex(
    rf"^{_GAP}(?:(?:对了?|哦|噢|另外)[\s,，]*)?(?:我)?(?:再)?(?P<lead>还有(?:个|一个|件|一件)?事儿?|补充|补(?:一句|两句|个|张|一张)|说一?句|加一?句|加图|补图)"
    rf"(?:一下|下|几句)?{_GAP}"
)
# What says only that it is over. 修好了 and 通了 tell what was done and stay.
_DONE = regex(
    r"^(?:已经?|都|我们?|给)*(?:办好|办结|办完|办妥|弄好|弄完|处理好|处理完|解决|搞定|完成|完工|办)(?:了|啦|咧|完毕)*"
)
_SCORE = regex(
    rf"^{_GAP}(?:[123])?{_GAP}(?:我)?(?:还是|很|非常|挺|十分|特别|一点都?|根本|基本|评价?|打)*"
    rf"(?:不满意|满意|凑合|凑和|一般般?|不行|还行|还可以)(?:得很|极了|吧|了)?{_GAP}"
)
# `3 没修好`: the score and the reason. A digit that counts something (3个人来了, 1 社) or begins a list (1、) is none.
_SCORED = regex(
    r"(?s)\s*([123])(?:[\s,，。、.:：]+|(?=[没不还又也都就光才净]|根本|只(?![鸡鸭羊狗猫猪鹅牛兔])))([^\d\s].*)"
    r"|\s*([一二三])[\s,，。、:：]+([^\d\s].*)",
)
# 只 and 根 count as well, but 只捞了半截, 根本没弄, 小陈没来 and 人都没来 do not.
_COUNTS = regex(
    r"[社组队号楼栋单排幢巷户个周星礼棵盏座辆吨斤亩米块元千万百十遍件位名桌瓶袋升平方几级厘寸尺度次]|天(?!天)|小时|分(?!明)|点(?!都|也)|[月年日]|家(?!里|门|具|电)"
    r"|人(?!家|都|没|不|也|根|影)|只(?=[鸡鸭羊狗猫猪鹅牛兔])|头(?=[牛羊猪])|条(?=[路街狗沟渠巷])|根(?!本)|间|里(?![面头边])|毛(?!病)|回(?!回)|口(?=人)|包(?!工)|来(?=[个户家])|多(?=[个户家天])"
    r"|半(?=[天个年月])|路(?=公交|车)|线(?=公交)|车(?=[土沙石货人])|角(?=钱)|公(?=[里斤分])|成(?=的)|层(?=楼)"
)
_LISTED = regex(r"(?:^|[\s,，。;；])[2-9][、.．)）:：]")


_FIRST_NUMBER = regex(rf"^{_GAP}{_NUMBER}(?![\d天日户个人点月年周元块])的?{_GAP}")
_NUMBER_AND_MORE = regex(
    rf"\s*(?:把|将)?\s*(?:编号|事项|第|那个|[Nn][Oo]\.?|#)?(?:是|为)?[\s:：]*({_PREFIX}(?:\d{{3,4}}(?=号?[\s,，:：])|0\d{{2,3}}))号?[\s,，:：]*(?=[^\s,，:：\d])"
)
_KEEPERS_NUMBER = regex(rf"\s*({_PREFIX}\d{{3,4}})号?\s*(?:收到|接单|办好|办结|办完|弄好|处理好|解决)")


def without_number(text: str) -> str:
    """Take the matter's number away where it stands first: 007 灯杆也歪了."""
    return _FIRST_NUMBER.sub("", text)


def split_number(text: str) -> tuple[str, str]:
    """Split 007 满意 into the number it names and what is said of it; ("", text) where none stands first.

    007不归我管 names one, too: a number that begins with 0 counts nothing (300户).
    """
    found = _NUMBER_AND_MORE.match(text)
    return (found[1].upper(), text[found.end() :]) if found else ("", text)


_GLUED = regex(
    r"\s*([1-9]\d{2,5})号?(?![\d天日户个人点月年周岁元块度米斤亩克吨公号楼万千百多余来几秒分小伏瓦根盏条位名家口])(?=[\u4e00-\u9fff])"
)


def split_glued(text: str) -> tuple[str, str]:
    """The same of 1000转给文书, which may as well count something: look whether there is a matter of that number."""
    found = _GLUED.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def keepers_number(text: str) -> str:
    """Return the number of 007 收到, 007 办好了 …, "" for any other words."""
    found = _KEEPERS_NUMBER.match(text)
    return found[1].upper() if found else ""


def addition(text: str, *, is_named: bool) -> str:
    """Return what is added: 灯杆也歪了 of 补充 007 灯杆也歪了. `is_named` says that a number of a matter was read in it."""
    rest = text[found.end() :] if (found := _ADDS.match(text)) else text
    return (without_number(rest) if is_named else rest).strip()


def supplements(text: str) -> bool:
    """Does it begin with 补充 or 加一句, and so belong to what was told, whatever it is about?"""
    found = _ADDS.match(text)
    return found is not None and not found["lead"].startswith("还有")


_OPENING_CHARS = 30
_SOME = r"(?:个|一个|一件|件|点|点儿|几句|句|一下|一声|下)"
_NEWS = r"(?:事情?|事儿|问题|情况|话)"
_OPENS = regex(
    r"(?:(?:你好|您好|喂|书记|主任|领导|同志|那个|哎)[\s,，。!！]*)*(?:我们?|俺们?|咱)?(?:这[里儿])?"
    rf"(?:有{_SOME}?{_NEWS}"
    rf"|(?:就是)?(?:想|要|有|得|来)?(?:要|{_SOME})?{_NEWS}?(?:想|要|得)?(?:跟|给|向|和|找|麻烦|请)?(?:你们?|您|村里|领导|书记)?"
    rf"(?:反映|反应|问|说|讲|投诉|咨询|打听|报|请教|汇报|告诉)(?:{_SOME}|你们?|您)*{_NEWS}?)"
    r"(?:行不行?|行吗|可以吗|可以不|能不能|呢|啊|吧|哈)?[\s,，.。…!！?？]*"
)


def opens(text: str) -> bool:
    """我要反映个事, 问一下: he is about to tell something and has not told it yet."""
    return 2 <= len(text) <= _OPENING_CHARS and _OPENS.fullmatch(text.strip()) is not None


_TAKES_BACK = regex(
    "撤|作废|取消|算了|不(?:用|必|要|想|再|需要)?(?:你们?|您)?(?:再)?(?:来|修|办|管|报|反映|告|投诉|举报|麻烦|追究|派|处理|弄|看|说)|别(?:来|管|修|办|再)"
    "|(?:来|有|通)(?:水|电|气|信号)|(?:修|弄|办|处理|解决|说|亮|通|好)(?:好|完|妥)?了|自己|过去了"
)


def takes_back(text: str) -> bool:
    """Do the words say that nobody need come any more? 已经搬出来了 does not."""
    return _TAKES_BACK.search(text) is not None


_ALSO = regex("(?:还有|再)(?:就是|一个|一样|个)|另外(?:还)?有")


def begins_anew(text: str) -> bool:
    """还有个事 may begin another story; 补充 never does."""
    found = _ADDS.match(text)
    return (found is not None and found["lead"].startswith("还有")) or _ALSO.match(text) is not None


def work_done(text: str, *, is_named: bool) -> str:
    """Return what the keeper says was done, as he said it; "" for a bare 办好了."""
    rest = (without_number(text) if is_named else text).strip(" \t\n,，。.:：、;；!！")
    found = _DONE.match(rest)
    if found is None:
        return rest
    behind = without_number(rest[found.end() :]) if is_named else rest[found.end() :]
    behind = behind.strip(" \t\n,，。.:：、;；!！~?？")
    return re.sub("[啊呀哦呢吧嘛哈了的嘞咧哩]", "", behind) and behind  # 办好了啊 tells no more


def scored(text: str) -> tuple[str, str] | None:
    """Read a score with words behind it (3 没修好), None where the digit is no score: 3个人来了, 1 社没水, 1、… 2、…."""
    found = _SCORED.fullmatch(text)
    if found is None:
        return None
    score, words = found[1] or str("一二三".index(found[3]) + 1), found[2] or found[4]
    return None if _COUNTS.match(words) or _LISTED.search(words) else (score, words.strip())


def begins_with_rating(text: str) -> bool:
    """Does it begin with the words of a rating (凑合，灯有点暗)?"""
    return _SCORE.match(text) is not None


_JUDGED = regex(
    r"满意|凑合|骗人|糊弄|没(?:有)?(?:修|办|弄|解决|处理)好|(?:修|办|弄|处理|干)(?:得|的)(?:很|挺|真|非常|太|不)?"
    r"(?:好|错|快|及时|漂亮|差|行|一般|烂)|还是(?:不亮|没水|老样子|坏|那样|漏|堵|不行)|白修|又坏了"
)


_WORKS = r"(?:现在|都|已经|今天|刚|这下|是)*(?:修?好|亮|[有来](?:水|电|信号|气)|通|能用|不漏|不堵|不臭|干净|拉走|热)了"
_FINE = regex(rf"{_WORKS}(?:[\s,，。!！]*(?:谢|多谢|感谢|辛苦|麻烦).*)?[。!！]*")
_FAIR = regex(rf"{_WORKS}[\s,，。]*(?:但是?|就是|不过|可是?|只是).+")
_AGAIN = r"又(?:坏|灭|堵|漏|停|断|黑|臭|不亮|没水|没电|满|不通|那样)"
_TELLER = r"[^\s,，。]{0,3}(?:妈|爸|爹|娘|媳妇|老伴|婆娘|娃|家里人?|邻居)(?:们)?(?:说|讲|看了)"
_TOLD_BY = regex(_TELLER)
_FAILED = regex(
    rf"(?:{_TELLER}|其实|可是?|但是?|咋|怎么)?(?:灯|水|路|沟|渠|电|它)?(?:还是?|根本|压根|到现在|一直|就|都|也)*(?:没有?|不)(?:亮|[来有](?:水|电|人)|水(?![管渠泵窖])|电(?![话费工视线杆])|通|修|弄|人[来修拉管弄清扫]|见[人动]|[拉清动热好]|解决|变化).{{0,12}}"
    rf"|(?:灯|水|路|它)?(?:修?好|亮|通|换)?了?(?:没?[一两几三半])?(?:天|个?小时|晚上|会儿)?(?:就|咋|怎么)?{_AGAIN}了?.{{0,6}}"
    r"|一[盏处段根截头个边].{0,4}了[\s,，]*(?:另|还有)?一[盏处段根截头个边].{0,3}[没不还].{1,4}|还是?(?:黑|坏|堵|漏|臭|老样子|那样).{0,8}"
)


# 清是清了 泥巴没拉走: what is granted, and what is left.
_DONE_BUT = regex(
    r"(?:倒|也|灯|水|路)*(?P<did>[\u4e00-\u9fff])(?:倒)?是(?P=did)(?:好|完|通|过)?了?[\s,，。]*(?P<but>.{2,30})"
)
_LEFT = regex("[没不又还]")


_DENIES = regex(
    "满意个|满意啥|满意什么|哪里满意|^(?:哪有|哪里|瞎说|胡说|骗人|没有的事|根本没)|(?:看了|去看|看过).{0,3}(?:黑的|没亮|没修|没弄|还是|没动)"
)
_SO_SO = regex("(?:马马虎虎|凑凑合合|一般般?|还凑合|差不多|将就)(?:吧|了|呢)*")
_WELL = regex(
    r"(?:好着呢?|好着哩|好着咧|可以的?|挺好|亮堂|美着呢?|好得很|攒劲)(?:[\s,，]*(?:谢谢|多谢|辛苦).{0,8})?(?:的|了|呢|哩)*"
)


def how_it_is(text: str) -> str:
    """How it is now, as a score, where he is being asked: 亮了 (1), 亮了 就是有点暗 (2), 没亮, 修好两天又灭了 (3); "" for
    other words."""
    said = text.strip(" 。！!，,")
    if _DENIES.search(said):
        return "3"
    if _SO_SO.fullmatch(said):
        return "2"
    if _WELL.fullmatch(said) or _FINE.fullmatch(said):
        return "1"
    if _FAIR.fullmatch(said):
        return "2"
    if found := _DONE_BUT.fullmatch(said):
        return "3" if _LEFT.search(found["but"]) else "2"
    return "3" if _FAILED.fullmatch(said) else ""


def fails(text: str) -> bool:
    """The same as `how_it_is` being 3, for less where it is not."""
    said = text.strip(" 。！!，,")
    return (
        any(form(said) for form in (_DENIES.search, _FAILED.fullmatch, _DONE_BUT.fullmatch)) and how_it_is(text) == "3"
    )


def without_teller(text: str) -> str:
    """没亮, of 我妈说没亮."""
    return _TOLD_BY.sub("", text, count=1)


_MENDING = regex("[修亮通堵漏灭黑臭掏清拉换]|[来没有停](?:水|电|气|信号)")


def tells_of_mending(text: str) -> bool:
    """Does it speak of a thing that was to be mended (还没修好, 不亮)?"""
    return _MENDING.search(text) is not None


_FAILS_AGAIN = regex(
    rf"(?:[灯水路电渠]管?|它|那个|这个|现在|今天|昨晚|没[一两几]天|才[一两几]天)*[\s,，]*(?:就|咋|怎么)?{_AGAIN}(?:了|的|啦)*"
)


def has_failed_again(text: str) -> bool:
    """又坏了, 没两天又灭了 and no more."""
    return "又" in text and _FAILS_AGAIN.fullmatch(text.strip(" 。！!，,")) is not None


def denies(text: str) -> bool:
    """满意个屁 praises nobody."""
    return _DENIES.search(text) is not None


def judges(text: str) -> bool:
    """Does it say how the work was done? What merely resembles a rating (没听懂) does not."""
    return _JUDGED.search(text) is not None


_PRAISES = regex(
    "谢|感激|表扬|夸|[点称]赞|真好|好(?:人|样|干部|书记|得很|着呢)|不错|辛苦|棒|给力|攒劲|热心|尽心|满意|负责任|优秀|态度(?:真|很|挺)?好|越来越好|变化(?:真|很)?大|变(?:美|好|干净)|(?:修|办|弄|干|做)得(?:真|很|挺)?(?:好|快)"
)


def praises(text: str) -> bool:
    """Does it thank or praise? What merely resembles praise (定了 下周一开工) does not."""
    return _PRAISES.search(text) is not None


def reason(text: str) -> str:
    """Return what stands behind the rating in words: 灯还是不亮 of 不满意，灯还是不亮; "" where nothing does."""
    found = _SCORE.match(text)
    return text[found.end() :].strip() if found else ""


# 后天就能修好 is a promise, 修好一半 half of it.
_WILL_BE = regex(
    r"(?:明天|后天|大后天|明早|今晚|晚上|下午|下周|下个?月|过[几两]天|周[一二三四五六日天]|[一二两三四五\d]天).{0,6}(?:能|会|就|弄|修|办|换|装)(?:[^了]{0,4})?(?:好|完|亮|通)(?!了)|[修弄办]好一半|能[修弄办](?:好|完)(?!了)"
)
_ENDED = regex(
    r"(?:换|装|补|焊|拉走|清|疏通|处理|恢复)了(?!一半)|已(?:经)?(?:处理|解决|更换|疏通|清理)|"
    r"(?:修|办|弄|换|装|接|处理|清理|疏通|补|焊|拉|清|调解|打通|说)(?:好|完|通|妥|走)了?|(?:掏|捞|铲|扫|清)(?:干净|通|完|好)了|解决了|搞定|完工|完成|通了|亮了|来水了|来电了|恢复"
)
_OPEN = regex(
    r"[修办弄解处换装接](?:决|理)?不(?:了|成|好|动)|[没还]?(?:没|未)(?:修|办|弄|解决|处理|换|装|接|来|到|找|去|看|动|干|开始)|没办法|没法|不归|不是我|要报|报(?:给|到)?[镇县上]"
    r"|转(?:给|到|交)?|退回|一半|正在|还[差要得]|明天|后天|明早|明晚|下午|晚上|下周|下个?(?:星期|礼拜|月)|过[几两]天|准备|打算|联系了|约了|约好|安排|等[着材配通天人两几镇上]"
    r"|[咋怎]|查不到|找不到|没人|重复|假的|没这回事|不属实|延期|缺|什么|啥|哪|谁|吗"
)
_UNDONE = regex("[没未不](?:能|有)?(?:修|办|弄|换|装|接|处理|解决)[好完通了]")
_BEYOND = regex(
    r"归(?!我).{1,6}管|[修办弄解处](?:决|理)?不(?:了|成)|不归|不是我|要报|报(?:给|到)?[镇县上]|转(?:给|到|交)?|退回|没办法|没法|没钱|重复|假的|没这回事|不属实|延期|不(?:予)?受理|误报|不要求|不用[办弄修]"
)
_PLAN = regex(
    r"(?:今天|今晚|今儿|今黑|明天|明早|明晚|明儿|明后天|后天|后儿|上午|下午|前晌|后晌|晌午|傍晚|擦黑|早上|早晨|一早|晚上|黑了|中午|下周|周[一二三四五六日天]|礼拜|星期|过[几两]天|马上|这就|一会儿?|等下|[一二三四五六七八九十\d]{1,2}[点号]).*"
    r"(?:去|来|到|修|换|装|办|弄|掏|处理|上门|送|清|拉|看|等我|找您|找你|联系)|正在(?:修|换|办|处理|联系|弄)|(?:明[天早儿]|后[天儿]|下周[一二三四五六日天]?|下个?月|过[几两]天)(?:吧|再说)?$"
)
_ACCEPTS = regex(
    r"收到|接[单了收]|我们?接|受理|签收|(?<![\u4e00-\u9fff])好的?(?![\u4e00-\u9fff])|知道了|马上|这就|安排|(?<!不)归我|我们?(?:[来去办管]|下午|明天)(?!不|过|年)"
)


_OF_SOMEBODY = regex(
    "(?:手上|手里|手头|那儿|那里|那边|那头).{0,4}(?:几件|多少|哪些|啥|什么)|(?:几件|哪些|啥|什么)事?没(?:办|弄)(?:完|好)?$|"
    "(?:办|干|弄|活)(?:得|的)?(?:咋样|怎么样|怎样|如何|咋个样|啷个样)"
)
_ASKS_WHO = regex(
    r"谁(?:报|反映|说|提|讲|在?办|管着|负责)|在谁(?:手|那)|(?:报|反映)的?人|(?<![接打])电话(?:号码?|是|给|多少|呢|[?？。]?$)|号码|哪家|谁家"
    r"|[在住](?:哪|啥地方|什么地方)|(?:哪里|哪儿|哪个社|哪个组)(?:的)?[?？。]?$|原话|[说讲](?:的|了)?(?:是)?(?:啥|什么)|(?:啥|什么)事[?？。]?$|详细"
)
_OF_IT = regex("这|那|他|她|刚才|[报反]")
_PRESSES = regex(
    r"抓紧|快点|快些|赶紧|赶快|尽快|催|[咋为怎](?:么|啥)?(?:到现在)?(?:还)?[没不](?!管|属)|还没(?:办|弄|修|处理|解决)"
)
_VISITED = regex(r"^(?:刚|已经|我|才)*(?:去|到)(?:了)?(?:现场)?看(?:过|完|了一下)?了")
_WORK = regex(
    r"(?:修|换|装|补|清|疏通|接|弄|办|处理|解决)(?:好|完|通|妥)了?$|"
    r"叫(?:了|好了?)?.{0,4}(?:工|师傅|施工队|挖机|铲车|人来)(?:了|来|$)|(?:联系|约|通知)(?:了|上|好|过)|给.{1,8}打(?:了|过)?电话|打(?:了|过)电话给"
    r"|等着?.{0,4}(?:配件|材料|料|零件|设备|批复|回话|回复)$|(?:配件|材料|料|零件)(?:还)?[没未]到"
    r"|(?:明天|后天|今天|明早|下午|上午|晚上|马上|这就|正在?|现在|一会儿?|已经).{0,4}(?:修|换|装|清|拉|处理|弄|办|看|查)(?:一下|了)?$"
    r"|去的?路上|人手不够|忙不过来|抽不开身|(?:下周|下个?月|明天|后天|过[几两]天|周[一二三四五六日天])才(?:能|会|有)?.{0,2}(?:来|去|到|修|弄|办)|到了?现场$|[看去]过了|去看了|[办修弄管](?:决|理)?不了|(?:处理|解决)不了"
    r"|^(?:再)?(?:延到|延期到?|宽限).{1,14}$|不归我们?(?:管)?|[修办弄]不(?:好|成|完)|(?:掏|捞|铲|扫|清)(?:干净|通|完|好)了?$|等(?:着)?换件|(?:电话|手机)(?:打不通|关机|没人接|没通)|联系不上"
    r"|(?:换|修|装|补|清|疏通|接|拉)(?:好|完|通|走)?了.{0,6}(?:亮|通|好|没事|[来有](?:水|电|气)|能用|干净)了?$"
)
# A keeper's word on his work is short; a longer one is a story.
_WORK_CHARS = 20


_IMPATIENT = regex(
    "催|快|抓紧|赶|急|[啥几]时|什么时候|多会|多久|还没|[咋怎]|没人|没来|没动静|没见|没反应|没消息|不见|不来|[等拖]|[天月年日]了|礼拜|星期|管不管|到底|能不能|能来|行不|进展|回话|回音|一直"
)


def is_impatient(text: str) -> bool:
    """Does he ask where it is, or for how long he has waited? 抓住了 merely sounds like 抓紧."""
    return _IMPATIENT.search(text) is not None


def asks_who(text: str) -> bool:
    """Does the keeper ask who reported it, where it is or what was said: 是谁报的, 电话多少, 在哪?"""
    return _ASKS_WHO.search(text) is not None


def asks_of_it(text: str) -> bool:
    """The same without a number: 这个是谁报的, 他家在哪."""
    return len(text) <= _WORK_CHARS and _OF_IT.match(text) is not None and asks_who(text)


def asks_of_somebody(text: str) -> bool:
    """Does somebody over the keepers ask what one of them has left to do, or how he does: 小陈手上还有几件, 小陈办得咋样?"""
    return len(text) <= _WORK_CHARS and _OF_SOMEBODY.search(text) is not None


_PRESSES_SOMEBODY = regex(
    r"(?:帮我|给我)?(?:再)?催(?:一)?(?:下|催)?(?:小|老)?[\u4e00-\u9fff]{1,3}(?:吧|那边|一下)?|(?:让|叫|喊)[\u4e00-\u9fff]{2,4}(?:抓紧|快|赶紧|赶快).{0,6}"
)


def presses_somebody(text: str) -> bool:
    """催一下小陈, 让小陈抓紧, and no more."""
    return _PRESSES_SOMEBODY.fullmatch(text.strip(" 。！!")) is not None


def presses(text: str) -> bool:
    """Does somebody over the keeper press for it: 咋还没办, 让小陈抓紧?"""
    return _PRESSES.search(text) is not None


def tells_of_work(text: str) -> bool:
    """Do these words, without a number, tell of work on a matter: 叫电工了, 等配件, 我正在去的路上, 这事我办不了?"""
    return len(text) <= _WORK_CHARS and (has_been_there(text) or _WORK.search(text.strip(" 。！!，,")) is not None)


def has_been_there(text: str) -> bool:
    """去看了 管子裂了 要换: what a keeper found, not a trouble of his own."""
    return _VISITED.match(text.strip()) is not None


def accepts(text: str) -> bool:
    """Does the keeper say that he has taken it on? 我不去 and 我办不了 do not."""
    return _ACCEPTS.search(text) is not None and not ("收到" not in text and undone.refuses(text))


def is_open(text: str) -> bool:
    """Do the keeper's words leave the matter open, whatever they resemble: 已经联系了 后天来, 修不了 要报镇上, 修了一半?"""
    if _WILL_BE.search(text) is not None or undone.is_unfinished(text):
        return True
    return not is_ended(text) and (_OPEN.search(text) is not None or undone.refuses(text))


def is_ended(text: str) -> bool:
    """Do they say that it is over: 换了灯泡 亮了?"""
    return _ENDED.search(text) is not None and _UNDONE.search(text) is None and not undone.is_unfinished(text)


_UNREACHED = regex(
    "联系不上|打(?:了)?(?:几个)?电话.{0,6}没人?接|(?:电话|手机)(?:打不通|关机|没人接|没通)|没找到人|找不到人|没见着人|家里?(?:没人|锁着门)"
)


def did_not_reach(text: str) -> bool:
    """Did the keeper not reach whoever told of it: 联系不上人 电话关机?"""
    return len(text) <= _WORK_CHARS and _UNREACHED.search(text) is not None


def is_beyond_him(text: str) -> bool:
    """Is it more than the keeper can do, not his, or does he refuse?"""
    return _BEYOND.search(text) is not None or (undone.refuses(text) and not is_plan(text))


def is_plan(text: str) -> bool:
    """Does it say when somebody comes or what is being done: 明天下午去修, 在修了?"""
    return _PLAN.search(text) is not None or undone.is_under_way(text)
