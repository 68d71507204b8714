"""What 您看行不行 is answered with, besides 1 2 3: praise, so-so and blame in the words of many regions, and 还没看.

Pure functions over the message as it was written, asked only where the closing question stands open to him: elsewhere
巴适 and 可以 say nothing. Every part of a message is judged by itself; what judges nothing makes no score.
"""

from __future__ import annotations

import re

from nlp.lazy import regex

_PARTS = regex(r"[\s,，。.;；!！~、…]+")
_VERY = "(?:我|俺|咱)?(?:们|家)?(?:看|觉得|说|对|这回|这下|现在|真的?|可|还是|都|也|就|是|太|很|挺|蛮|老|顶|怪|非常|十分|特别|相当|硬是|贼|忒|确实)*"
_ENDS = "(?:得很|得板|得不得了|极了|惨了|完了|哟|着|的很|了|的|哩|呢|啊|呀|哦|哈|嘛|咧|噻|撒|嘞|哇|喽|咯|吧|滴)*"
_GOOD = regex(
    rf"(?:这|那)?{_VERY}(?:好(?:得很)?|行|中|要得|得行|可以|巴适|安逸|得劲儿?|带劲|攒劲|美|美气|嫽(?:扎)?|舒坦|舒服|不错|不赖|不孬|不差|不瓤|满意|没麻达|"
    r"没(?:得)?(?:问题|毛病|意见|话说|得说|说的|挑的)|称心|如意|合心意|中用|管用|顶用|利索|利利索索|干净|亮堂|清爽|到位|给力|稳当|妥当|妥|杠杠|灵光|蛮灵|"
    r"比(?:上[次回]|以前|原先|过去|先前|去年|原来)(?:的)?(?:快|好|强|亮|干净)(?:多|些|点|一些)?|"
    rf"(?:修|办|弄|搞|做|干|掏|清|换|装|整)(?:得|的){_VERY}(?:好|行|中|巴适|干净|利索|不错|漂亮|亮堂|快|到位|可以))"
    rf"{_ENDS}"
)
# 行, 中 and 要得 alone may say no more than that he has heard: no score yet.
_NODS = regex(r"(?:嗯|哦|好)?[\s,，]*(?:(?:能?行|中|要得|得行)(?:了|啊|呀|嘞|哩|的|吧|哦|噻|嘛)*)+")
_FULL = regex(
    r"(?:给|打|评|我给|我打|必须)*(?:10|十|100|一百|满)分(?:好评)?|(?:五|5)(?:颗)?星(?:好评)?|(?:给|打)?(?:个)?好评"
)
_WORKS = regex(
    r"(?:.{0,4}(?:妈|爸|爹|娘|老汉|媳妇|娃|老伴|婆娘|屋里人|家里人?|邻居|儿子?|孙子|孙女|闺女|女儿|姑娘)(?:们)?(?:说|讲|看了|去看了)?)?(?:灯|水|电|路|沟|渠|现在|都|已经|今天|刚才|刚|这下|是|确实|的确|真的|给)*"
    r"(?:(?:修|弄|掏|清|换|装|整|搞|打扫|收拾|清理|疏通|处理|补|接|通|办)(?:好|通|干净|完|平|妥|利索)了?|(?:亮|通|热|干净|好使|能用|能走)了|不(?:漏|堵|臭|停|闪|晃|响|积水)了|[来有](?:水|电|气|信号)了|[水电气]来了|拉走了|(?:亮|通|热|干净|清亮|平|好好)(?:着|的)(?:呢|哩|咧|嘞|哈|啊)*)"
    r"(?:哈|啊|呀|的|哩|呢)?"
)
_SO_SO = regex(
    r"(?:这|那|只能说|我看|也)?(?:就)?(?:还|勉强|基本上?|大体|算是?)?(?:还)?(?:马马虎虎|凑凑合合|勉勉强强|凑合|凑活|凑和|将就|勉强|马虎|一般|过得去|那样|那么回事|那个样|差不多|行吧|中吧|可以吧|还行|还可以|还中|还要得|还得行|说得过去|不好不坏|能用就行)"
    r"(?:般|着|用|吧|了|的|呢|咯|嘛|噻|啊|哦|勉强|能用)*|[还也](?:行|中|可以|要得|得行|算可以|算行|算中|成)(?:吧|的|嘛|噻|哦|啊|勉强)*|(?:[给打评])?(?:6|六|60|六十)分|(?:一)?般般"
)
_BAD = regex(
    r"(?<!不是)(?<!没有)不(?:大|太|咋|怎么|很|是很|算)?(?:满意|中(?!用不)|得行|要得|巴适|安逸|得劲|攒劲|带劲|行(?!不行)|好(?!意思|说|讲|不|修|弄|办|找|打|联系)|可以|咋地|咋的|咋样|咋个样|怎么样|怎样|地道|干净|彻底|到位|顶用|管用|顶事|认可|对头|合格|成(?!问题))"
    r"|糊弄|日弄|哄(?:鬼|人|我|老百姓|谁)|骗(?:人|我|鬼|谁|老百姓)|扯(?:淡|谎|犊子|蛋)|胡(?:说|扯|弄)|瞎(?:说|扯|弄|搞|胡|编)|乱(?:弄|搞|整|说)|鬼扯|日白|放屁|做样子|走过场|应付|敷衍|装样子|"
    r"(?:谁|哪个|哪只眼|啥时候|几时|哪里|哪儿)(?:又|跟|给|对|和)?(?:你们?|您|他)?(?:说|讲|看见|看到|见)?.{0,4}(?:修|弄|办|搞|整|掏|清|换)?(?:好|完)(?:了|过)|"
    r"白(?:修|弄|干|整|搞|掏|换)|差(?:劲|得很|评|得远|远了|太多)|一塌糊涂|一团糟|稀烂|不像话|气人|"
    r"(?:根本|压根|都|就|还|从来|又|也|到现在|一直|只|就是)*(?<![我俺])(?:没|没有|没得|未|冇|莫得)(?:人)?(?:给)?(?:[修弄办掏清换装整搞动管干](?!法)|来(?!得及|电话)|解决|处理)|"
    r"(?:还|又|照样|照旧|依旧|仍|仍然)(?:是|在)?(?:老样子|原样|那样|那个样|不[亮通来热清行好灵]|没[水电气亮通修好]|黑|坏|堵|漏|臭|塌|停|灭|断|积水|满|冒|闪)|"
    r"[修弄办掏清换装整搞补](?:了|到)?(?:个)?(?:一)?半截?(?:就|子|拉)?(?:走|跑|停|不)?|半拉子|半吊子|只[修弄办掏清捞换装整搞补].{0,4}(?:半|一点|点点|一截|他家|皮)|"
    r"(?:一|1|半|0|零)分(?:都|也)?(?:不|没|莫)|(?<![\d十百一二三五六])(?:0|零|负)分|差评|好个|满意个|行个|中个|👎|💩"
    r"|还(?:有|剩)[^\s,，]{0,6}没(?:人)?(?:[修弄办掏清换装整搞管拉运扫]|亮|通)|没(?:啥|什么|得)?用(?=$|[\s,，。了的])|说假话"
)
_NO_GOOD = regex(
    r"(?:我|俺|一点都?|真|太|可|就是|还是|很)*(?:不(?:大|太|咋|怎么|很|是很|算)?(?:满意|中|得行|要得|巴适|安逸|得劲|行|好|可以|咋地|咋的|咋样|怎么样|怎样)|差(?:劲|评|得很)|糊弄[人鬼]?)(?:了|的|啊|哦|呀|嘛|哩)*"
)
# 没啥不满意的 is content, 不是不满意 nearly so; 谈不上满意 is not.
_NOT_BAD = regex(r"(?:我|俺|倒|也|都)*没(?:有|得|啥|什么)*(?:啥|什么)?不满意(?:的|了|啊|嘛)*")
_NOT_QUITE_BAD = regex(r"(?:我|俺|倒|也)*(?:不是|不算|谈不上|说不上|算不上)(?:说|多|很)?不满意(?:的|吧|啊|嘛)*")
_NOT_GOOD = regex(
    r"(?:我|俺|这|可|也|还|真|实在)*(?:谈|算|说|称|讲|够)不上(?:有?多|很|太|啥|什么)*(?:满意|好)(?:的|吧|啊|嘛|了)*"
)
# Who cannot or will not say has not judged: he is asked again.
_CANNOT_SAY = regex(r"(?:我|俺|这|这个|还|也|真|可|就)*(?:不好|难|不敢|没法)(?:说|讲|评)(?:啊|呀|呢|哦|吧|得很)*")
# Another was mended than the one he told of.
_ELSEWHERE = regex(
    r"[修弄办掏清换装整搞补拉](?:的)?(?:是)?(?:别[家人处]|人家|旁人|隔壁|邻居|他家|对门)|[修换装掏清](?:错|岔)了|(?<!要)不是(?:我|俺|咱)(?:们)?(?:家|屋)?(?:门口|跟前|前头|屋后)?(?:的)?那[一个盏处段根条]"
)
# 假的 我要告你们 blames; 是不是假的 asks whether we are real.
_FALSE = regex(r"(?:这|你们?|都|全|就|净|是)*假的(?=$|[\s,，。!！])")
# What was looked at by nobody yet judges nothing, whatever else it says.
_NOT_SEEN = regex(
    r"(?:还|都|我|俺|也|没|顾)*没(?:有)?(?:顾[上得]|来得及|空|时间|工夫)?(?:去|回去|回家|得)?(?:看(?!懂|明白|清|见|到)|瞧|瞅|试|回去|回家|到家)|(?:等|待)(?:我|俺|会|下|一|他|她|晚上|明天|回头).{0,6}(?:看|瞧|瞅|试|回去|问)|"
    r"(?:回头|改天|改日|晚上|明天|明儿|下午|一会儿?|待会儿?|等下|过几天).{0,4}(?:看|瞧|瞅|试|回|问)(?:看|了|一|下|再|完)?|(?:我|俺)?(?:在外[头面地]|不在(?:家|村|屋))|看了再(?:说|讲|回)|再看看"
)
_BUT = regex(r"^(?:就是|不过|但是?|可是?|只是|可惜|美中不足)")
_ASKS = regex(r"[?？]|吗$|(\w)不\1|满不满意|咋办|怎么办|啥意思|什么意思")
_HOLDS = regex(
    r"(\w)不\1|满不满意|(?:不是|没(?:有)?(?:说|讲)|没(?:得|有)?啥?)(?:说)?(?:我)?不(?:满意|中|行|好|要得|可以|得劲)(?:的)?"
    r"|(?:眼睛?|腿脚?|脚|身体|身子|耳朵|手机|网络?|信号|记性)[^\s,，]{0,2}不(?:太)?(?:好|行|中|得行)"
)
_GIVEN = regex(r"(?:我|俺)?(?:就)?(?:打|评|给)(?:个)?\s*([123])(?:吧|了)?")
# Thanks and nods beside it say nothing of how it is; alone they are no answer.
_ASIDE = regex(
    r"(?:真是?|太|都|可)*(?:谢谢|多谢|感谢|辛苦|麻烦|费心|劳烦|有劳|难为)(?:了|你们?|您|大家|小.|领导|书记|村里|村上|师傅|[^了你您大小领书村师主同网](?:同志|主任|网格员))*(?:了|啊|哈|哦|啦)*"
    r"|(?:你们|小.|领导|师傅|大家)(?:都)?(?:辛苦|费心)了?|(?:嗯|哦|噢|唉|哎|哈|对)+|好+(?:的|吧|嘞|啊|呀|哦|了)?|那就好|好了好了|知道了|晓得了|收到|(?:我)?(?:去)?看(?:了|过了?)(?:一下|一眼)?|[^\w]+"
)
# 3天没人来, 2 路灯又坏了 begin a story; 1分都不给 does not.
_COUNTED = regex(r"\d+(?!\d*(?:颗星|星|分))")
_REPEATED = regex(r"^(.{1,4}?)\1+")
# 不错不错 asks nothing, though 错不错 stands in it.
_ONCE = regex(r"(不[错赖孬差])(?:[\s,，]*\1)+")
_LEADS = regex(r"^(?:嗯+|哦+|噢|哎|唉|哈|好的|那|那么|这|诶|欸|回你|回复)(?=.)")
LONGEST = 40


def not_seen(text: str) -> bool:
    """还没看, 等我回去看一眼, 不晓得 我没去看: he will say so once he has seen it."""
    rest = _NOT_SEEN.sub("", text)
    return rest != text and _BAD.search(_plain(rest)) is None


def denied(text: str) -> str:
    """Return the score of a rating that is said by denying one (没啥不满意的 1, 不是不满意 2, 谈不上满意 3); "" for others."""
    said = text.strip(" 。！!,，~")
    if _NOT_BAD.fullmatch(said):
        return "1"
    if _NOT_QUITE_BAD.fullmatch(said):
        return "2"
    return "3" if _NOT_GOOD.fullmatch(said) else ""


def cannot_say(text: str) -> bool:
    """不好说, 这个难说 and no more."""
    return _CANNOT_SAY.fullmatch(text.strip(" 。！!,，~")) is not None


def nods(text: str) -> bool:
    """行, 中, 要得 and no more."""
    return _NODS.fullmatch(text.strip(" 。！!,，~")) is not None


def score(text: str) -> str:
    """Return 1, 2 or 3 where he says how it is in words of his own, "" where he does not.

    Any blame makes it a 3, praise with so-so is so-so, and what only follows with 就是 or 不过 takes nothing away (好得很
    就是慢了点). What asks, and what nobody has looked at yet, judges nothing.
    """
    said = _ONCE.sub(r"\1", text.strip())
    if len(said) > LONGEST or not_seen(said) or _COUNTED.match(said):
        return ""
    if found := _GIVEN.fullmatch(said):
        return found[1]
    plain = _plain(said)
    if _BAD.search(plain) or _FALSE.match(said) or is_elsewhere(said):
        return "3"
    if _ASKS.search(said):
        return ""
    return _of_parts([part for part in _PARTS.split(plain) if part and not _ASIDE.fullmatch(part)])


def is_elsewhere(text: str) -> bool:
    """修的是别家的, 不是我家那盏: it is of what was done, whatever it sounds like."""
    return _ELSEWHERE.search(text) is not None


def blames(text: str) -> bool:
    """Is there a word of blame in it?"""
    return _BAD.search(_plain(text)) is not None


def judges(text: str) -> bool:
    """Does it judge the work, and not tell how things stand (亮了, 没人来), which may be about another matter?"""
    parts = [part for part in _PARTS.split(_plain(text)) if part and not _ASIDE.fullmatch(part)]
    return bool(parts) and all(_is_any(part, _GOOD, _SO_SO, _FULL, _NO_GOOD) for part in parts)


def _plain(said: str) -> str:
    """Without what merely holds such words: 中不中, 不是不满意, 我腿脚不行."""
    return _HOLDS.sub("", _ONCE.sub(r"\1", said))


def _of_parts(parts: list[str]) -> str:
    heard = ""
    for part in parts:
        if heard and _BUT.match(part):
            return heard
        one = _of_part(part) or _of_part(_LEADS.sub("", part))
        if not one:
            return ""
        heard = max(heard, one)
    return heard


def _of_part(part: str) -> str:
    if _is_any(part, _SO_SO):
        return "2"
    return "1" if _is_any(part, _GOOD, _FULL, _WORKS) and not nods(part) else ""


def _is_any(part: str, *known: re.Pattern[str]) -> bool:
    """满意满意 is 满意."""
    once = _REPEATED.sub(r"\1", part)
    return any(pattern.fullmatch(part) or pattern.fullmatch(once) for pattern in known)
