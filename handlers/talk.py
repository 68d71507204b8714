"""The rest of the talk: greeting, help, who is who, a human, my information, small talk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.matters import Reason, Urgency
from domain.messages import Kind
from domain.organisation import Person, Role
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood, Refused
from handlers import attendance, calling, discreet, relays, remarks
from handlers.afterwards import join
from handlers.binding import scanned
from handlers.context import Context
from handlers.filing import NO_MATTER, chief_of, clear_topic, office_of, reporter_words, title_of_matter
from handlers.matter_lookup import HANDLERS
from handlers.matters import LEAST_STORY, take_petition, take_words
from handlers.poll_scope import ORGANISERS
from handlers.registry import answers, intent, on
from handlers.texts import binding as binding_texts
from handlers.texts import matters as matter_texts
from handlers.texts import people as texts
from handlers.texts.dates import day, lunar_day
from handlers.tracking import track
from nlp.lazy import regex
from nlp.numbers import option_number
from nlp.words import classify
from storage.outbox import Priority

CHOICE_FOR = timedelta(minutes=30)
# What 我没听明白 offers: at most three likely readings; a person can always be had.
READINGS = ("report", "track", "who")
# Whose trick it is asked about: ours, if anybody's, where no other caller, letter or link is named.
_OURS = regex(r"^(?!.*(?:短信|链接|二维码|电话|冒充|假冒|自称|中奖|刷单|客服|公安|警察|民警|法院|贷款|有人|骗了))")
_DAYS = {None: 0, "今天": 0, "今儿": 0, "今儿个": 0, "今日": 0, "明天": 1, "明儿": 1, "后天": 2, "后儿": 2, "昨天": -1}
_DATE = regex(
    r"(?P<day>今天|今儿个?|今日|明天|明儿|后天|后儿|昨天)?(?:是|都|现在)?(?:个)?(?:农历|阴历|阳历|公历)?(?:是)?(?:个)?(?:"
    r"(?:几月)?(?:初)?几号?|多少号|什么日子|啥日子|(?:星期|礼拜|周)(?:几|天几)|(?:初)?几)(?:了|啊|呀|来着|的?日子)?"
)
_ABOUT_ME = regex(
    "信息|资料|隐私|[记存]|删|注销|身份|数据|号码|泄|[知晓]|我的|发|收(?:不?到|消息|通知|信)|退订|关注|通知|消息"
)
_LEAVE_ME = regex("退订|关注|通知|消息|发了|给我发|它响")
_HOW_TO_SPEAK = regex("打字|写字|拼音|发?语音|说话")
_HOW_TO_SHOW = regex("照片|图片?|相片|视频")
_WHO_ARE_YOU = regex("你(?:们|这)?(?:是|叫|到底)|真人|机器")
_CALLS = regex("^(?:我?[要想找]?(?:转|接)?人工(?:服务)?|转接)[\\s,，。:：]*")
_LOST = regex(
    "骗(?:走|了|去)|[转打汇寄付](?:了|咯|哒)|[转打汇寄付](?:过去|出去|完|起走)(?:了|咯|哒)?|给了[他她人]|(?:给|告诉|报)[他她]们?(?:了|咯|哒)"
)
_TRICK = regex(
    "(?:打(?:来)?(?:个)?电话|来电|电话里头?|有(?:个)?人|短信|微信(?:上|里)?).{0,12}说.{0,14}(?:抓|车祸|出事|住院|手术|撞|伤|绑|犯法|犯事|欠).{0,10}"
    "(?:喊|叫|让|要|催)(?:我|俺|他|她|咱|我妈|我爸|我爹|老人|家里).{0,3}(?:打|转|汇|寄|交|付)(?:过去)?(?:钱|款|账|[一两三四五六七八九十几0-9]+(?:个)?[万千])"
)
_NOT_LOST = regex("[没未莫不][^,，。 ]{0,2}[转打汇寄付骗给报]|电话|120|110")
# So long after the warning 我已经汇了 is about that trick; it is said in few words.
LOST_FOR, LOST_CHARS = timedelta(hours=2), 20


def _is_ours(ctx: Context, scene: str) -> bool:
    """A door plate, the picture of a relay, or the door of a meeting."""
    return scanned(ctx, scene) or relays.scanned(ctx, scene) or attendance.scanned(ctx, scene)


@on(Kind.FOLLOW)
def follow(ctx: Context) -> None:
    """Greet once, say what is stored and why; a scanned door plate proposes a binding."""
    contact = ctx.sender.contact
    ctx.sender = ctx.store.people.save_contact(ctx.sender, replace(contact, followed_at=ctx.now, unfollowed_at=None))
    scene = ctx.incoming.data.get("key", "")
    back = contact.unfollowed_at is not None and ctx.person is not None
    if scene and ctx.is_proven and _is_ours(ctx, scene):
        ctx.replies.insert(0, texts.greeting_at_door(ctx.village.name))
        return
    ctx.reply(texts.welcome_back(ctx.person.name) if back and ctx.person else texts.greeting(ctx.village.name))


@on(Kind.UNFOLLOW)
def unfollow(ctx: Context) -> None:
    """Stop sending; what was reported stays in the ledger."""
    ctx.store.people.save_contact(ctx.sender, replace(ctx.sender.contact, unfollowed_at=ctx.now))


@on(Kind.SCAN)
def scan(ctx: Context) -> None:
    if not ctx.is_proven:
        raise Refused(Reason.PLAIN_MODE)
    scene = ctx.incoming.data.get("key", "")
    if not _is_ours(ctx, scene):
        ctx.reply(binding_texts.bad_scan())


@on(Kind.MENU)
def menu_click(ctx: Context) -> None:
    """A menu button is read as the words it stands for."""
    key = ctx.incoming.data.get("key", "")
    {"track": track, "who": who, "human": human}.get(key, show_help)(ctx)


@on(Kind.UNKNOWN)
def unknown_kind(ctx: Context) -> None:
    ctx.reply(texts.unknown_kind())


_ASIDES = ((_HOW_TO_SPEAK, texts.how_to_speak), (_HOW_TO_SHOW, texts.how_to_show), (_WHO_ARE_YOU, texts.who_we_are))


@intent("help")
def show_help(ctx: Context) -> None:
    """菜单: what one can say; 不会打字, 照片咋发 and 你是谁 are answered themselves."""
    for asked, answer in _ASIDES:
        if asked.search(ctx.said):
            return ctx.reply(answer())
    is_cadre = bool(ctx.roles - {Role.VILLAGER, Role.GUEST, Role.REP, Role.MEMBER})
    return ctx.reply(texts.help_cadre(may_organise=bool(ctx.roles & ORGANISERS)) if is_cadre else texts.help_villager())


@intent("who")
def who(ctx: Context) -> None:
    """找谁: the chain of the asker's own place, lowest first, with phones; before it whoever he asks for (会计电话)."""
    lines: list[str] = []
    seen: set[int] = set()
    asked = _asked_for(ctx)
    if asked is not None:
        lines.append(f"{asked[0]} {asked[1].name} {asked[1].phone}")
        seen.add(asked[1].id)
    elif (named := _PHONE_OF.match(ctx.said)) is not None:
        lines.append(texts.phone_unknown(named[1]))
    for role in (Role.GRID_MICRO, Role.GRID_HEAD, Role.GRID_CHIEF, Role.SECRETARY, Role.CLERK):
        person = ctx.directory.holder_upwards(role, ctx.place_id or ctx.village.id)
        if person is not None and person.id not in seen:
            seen.add(person.id)
            lines.append(f"{matter_texts.ROLE_NAMES[role]} {person.name} {person.phone}")
    ctx.reply(texts.keepers(lines) if lines else texts.no_keepers())


_OFFICES = (("会计", Role.ACCOUNTANT), ("妇女主任", Role.WOMEN), ("妇联", Role.WOMEN), ("监委", Role.SUPERVISOR), ("纪委", Role.DISCIPLINE))  # fmt: skip
_PHONE_OF = regex(
    r"(?:给个|问下|请问)?(派出所|民警|村医|卫生[室院]|医院|[\u4e00-\u9fff]{1,4}[所站局]|电工|兽医)(?:的)?(?:电话|号码|联系方式|手机)"
)
_ASKS_WHO = regex(
    r"(?P<what>[^\s,，]{1,8}?)(?:的事)?(?:到底)?(?:归|是)(?:谁|哪个|哪里|哪儿)(?:来)?管(?:的|啊|呀|呢)?|(?:谁|哪个)(?:来)?(?:负责|管着?)(?P<more>[^\s,，]{1,8}?)(?:的|啊|呀|呢)?"
    r"|管(?P<last>[^\s,，]{1,8}?)的(?:人)?是(?:谁|哪个)(?:啊|呀|呢)?|[^\s,，]{0,6}(?:大夫|医生|老师|所长|站长|村医|[所站局院]|电工)(?:的)?(?:电话|号码|联系方式)(?:号码)?(?:是)?(?:多少|几号)?"
)


# One of these stands in everything that asks so.
_OF_WHO = frozenset("谁哪话码系")


def _asked_for(ctx: Context) -> tuple[str, Person] | None:
    """Whose phone is asked for by his office: the accountant's, the women's federation's, a department's."""
    for title, role in _OFFICES:
        if title in ctx.said and (person := ctx.directory.holder_upwards(role, ctx.village.id)) is not None:
            return title, person
    for office in ctx.directory.offices:
        area = ctx.directory.areas.get(office.area_id)
        if office.role is Role.DEPT and area and area.name and area.name in ctx.said:
            return area.name, office.person
    return None


def take_who(ctx: Context) -> bool:
    """谁负责垃圾, 水管所归谁管: asked of a thing that works, it is no matter. 110 is written to be dialled."""
    number = ctx.said.strip(" 。！？?!打拨")
    if ctx.is_direct and number in texts.HOTLINES:
        ctx.reply(texts.dial_it(number))
        return True
    if not ctx.is_direct or _OF_WHO.isdisjoint(ctx.said) or ctx.in_trouble:
        return False
    if _ASKS_WHO.fullmatch(ctx.said.strip(" 。！？?!")) is None:
        return False
    who(ctx)
    return True


_OF_A_PERSON = regex("人|工|电话|打给|回电|联系|当面|面谈|客服|[谁管找见]|书记|主任|干部|来一?[个趟]|上门")


@intent("human")
def human(ctx: Context) -> None:
    """人工: the clerk is asked to call, with what was said last; the asker hears who will."""
    if not ctx.understanding.certain and not _OF_A_PERSON.search(ctx.said):
        raise NotUnderstood("human")  # 给我讲个笑话
    person = _human(ctx)
    if discreet.take_aside(ctx, _CALLS.sub("", ctx.said)):
        return None
    if take_petition(ctx):
        return None
    if person is None:
        return ctx.reply(texts.no_keepers())
    name = texts_name(ctx, person)
    text = matter_texts.handed_for_clerk(reporter_words(ctx), ctx.said)
    once = f"human:{ctx.sender.contact.id}:{ctx.now:%y%m%d%H}"
    ctx.tell(person, text, "human", once=once, priority=Priority.REPLY)
    calling.ask(ctx, person)
    return ctx.reply(matter_texts.handed_to_person(name))


def _human(ctx: Context) -> Person | None:
    return ctx.directory.holder_upwards(Role.CLERK, ctx.village.id) or chief_of(ctx.directory, ctx.village.id)


def texts_name(ctx: Context, person: Person) -> str:
    role = office_of(ctx.directory, person, ctx.village.id)
    return matter_texts.who(person, role)


def hint_to_cadre(ctx: Context) -> bool:
    """007 办好了 from a phone that may not say so: nothing happens, and he hears how to be known. False for other words."""
    number = remarks.keepers_number(ctx.said)
    if not number or ctx.roles & HANDLERS:
        return False
    if ctx.person is None:
        ctx.reply(texts.not_bound_cadre())
    elif ctx.directory.roles_of(ctx.person.id) & HANDLERS:
        ctx.reply(binding_texts.needs_full())
    else:
        ctx.reply(texts.not_your_role())
    return True


@intent("privacy")
def privacy(ctx: Context) -> None:
    """我的信息: what is kept of him; 删除我的: a person is told, the law gives fifteen working days.

    别给我发了: how to be disturbed less. What is sent is the platform's to switch off, and his matters go on.
    """
    if not ctx.understanding.certain and not _ABOUT_ME.search(ctx.said):
        raise NotUnderstood("privacy")
    if _LEAVE_ME.search(ctx.said):
        return ctx.reply(texts.how_to_be_left_alone())
    if "删" in ctx.said or "注销" in ctx.said:
        person = _human(ctx)
        if person is not None:
            name = ctx.person.name if ctx.person else "一位没绑定的群众"
            once = f"delete:{ctx.sender.contact.id}:{ctx.now:%y%m%d}"
            ctx.tell(person, texts.deletion_for_clerk(name), "privacy", once=once)
        return ctx.reply(texts.deletion_asked())
    return ctx.reply(texts.my_facts(_facts(ctx)))


def _facts(ctx: Context) -> list[str]:
    lines = []
    for binding in ctx.sender.bindings:
        group = ctx.directory.areas.get(binding.person.group_id or 0)
        full = "" if binding.level == "full" else "（只能反映）"
        lines.append(f"绑定：{group.name if group else ''}{binding.person.name}{full}")
    mine = ctx.store.matters.reported_by(ctx.sender.contact.id)
    for matter in mine[:3]:
        title = title_of_matter(ctx.words.lexicon, matter)
        lines.append(f"{day(matter.filed_at.astimezone(ctx.now.tzinfo).date())} {title} {matter.number}")
    if len(mine) > 3:
        lines.append(f"一共{len(mine)}件事")
    return [*lines, texts.KEPT_HOW_LONG]


@intent("scam")
def scam(ctx: Context) -> None:
    """Are we real? Else somebody else's trick: what to do about it; where money is gone, it is filed as well."""
    if _OURS.search(ctx.said):
        return ctx.reply(texts.scam())
    ctx.reply(texts.scam_of_others())
    if _LOST.search(ctx.said):
        return take_words(ctx, ctx.said, may_ask=False)
    ctx.ask("scam", 0, (), LOST_FOR, data=ctx.said)
    return None


def take_trick(ctx: Context) -> bool:
    """有人打电话说我孙儿被抓了 要我汇两万: somebody wants money for what he says has happened."""
    if not ctx.is_direct or not _TRICK.search(ctx.said):
        return False
    scam(ctx)
    return True


def take_lost(ctx: Context) -> bool:
    """我已经汇了, after the warning: what can still be done, and it is filed with what he told first."""
    if len(ctx.said) > LOST_CHARS or not _LOST.search(ctx.said) or _NOT_LOST.search(ctx.said) or not ctx.is_direct:
        return False
    asked = [q for q in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now) if q.kind == "scam"]
    if not asked:
        return False
    ctx.store.questions.close(asked[-1], ctx.now)
    ctx.reply(texts.scam_lost())
    take_words(ctx, f"{asked[-1].data}\n{ctx.said}", may_ask=False)
    return True


_THANKS = regex("谢|辛苦|费心|麻烦(?:你|您)们?了|好人一生平安|🙏")


@intent("chat")
def chat(ctx: Context) -> None:
    """Small talk is answered with what one can say here, thanks with thanks; whoever asks for the day hears it, in both
    calendars."""
    asked = _DATE.fullmatch(ctx.said.strip(" 。！!?？"))
    if asked is None:
        return ctx.reply(texts.welcome() if _THANKS.search(ctx.said) else texts.hello())
    on = ctx.now.date() + timedelta(days=_DAYS[asked["day"]])
    lunar = ctx.words.calendar.lunar(on)
    return ctx.reply(
        texts.date_told(asked["day"] or "今天", day(on), lunar_day(lunar.month, lunar.day, is_leap=lunar.leap))
    )


@intent("support")
def support(ctx: Context) -> None:
    """我家也是: of what he has just told himself, else he is asked what."""
    if not ctx.understanding.certain:
        raise NotUnderstood("support")
    if join(ctx):
        return None
    if ctx.in_trouble and clear_topic(ctx.reading) is not None:  # 我家也没水
        return take_words(ctx, ctx.said)
    return ctx.reply(texts.as_well())


@intent("mediate")
def mediate(ctx: Context) -> None:
    """申请调解: what it is about, and with whom, comes first; where he has said so it is filed."""
    if clear_topic(ctx.reading) is not None:
        return take_words(ctx, ctx.said)
    if not ctx.understanding.certain:
        raise NotUnderstood("mediate")
    return ctx.reply(texts.mediation())


def offer_readings(ctx: Context) -> None:
    """Not understood: at most three likely readings, and 人工. The words are kept with the question."""
    labels = [texts.READING_NAMES[name] for name in READINGS]
    ctx.ask("readings", 0, ("1", "2", "3"), CHOICE_FOR, data=ctx.said)
    ctx.reply(texts.not_understood(labels))


@answers("readings")
def choose_reading(ctx: Context, question: OpenQuestion, said: str) -> None:
    if not question.accepts:
        return _hear_again(ctx, question, said)
    chosen = option_number(said, [texts.READING_NAMES[name] for name in READINGS])
    if chosen is None:
        raise NotUnderstood("readings")
    ctx.store.questions.close(question, ctx.now)
    if chosen == 1 and _tells_something(ctx, question.data):
        take_words(ctx, question.data, may_ask=False)
    elif chosen == 1:  # 想死你了老书记 is nothing to be done: what is?
        ctx.ask("readings", 0, (), CHOICE_FOR, data=question.data)
        ctx.reply(texts.go_on())
    elif chosen == 2:
        track(ctx)
    else:
        who(ctx)
    return None


# So few letters are a word, and no story.
_STORY_CHARS = 8


def _tells_something(ctx: Context, words: str) -> bool:
    """Is there anything in the words that somebody could look after?"""
    reading = classify(ctx.words.lexicon, words)
    if reading.danger or reading.sealed or ctx.words.intents.words["trouble"].search(words):
        return True
    return len(words) >= _STORY_CHARS and clear_topic(reading) is not None and reading.urgency != Urgency.P3


def _hear_again(ctx: Context, question: OpenQuestion, said: str) -> None:
    """What he says after 您说，我听着: where it is not understood either, a person hears both."""
    understood, reading = ctx.understanding, ctx.reading
    is_story = not understood.certain and understood.intent in (None, "report", "consult", "chat")
    is_talk = reading.code == NO_MATTER and not reading.ask
    if not is_story or is_talk or len(said) < LEAST_STORY or remarks.opens(said):
        raise NotUnderstood("readings")
    ctx.store.questions.close(question, ctx.now)
    if clear_topic(reading) is not None or ctx.in_trouble:
        raise NotUnderstood("readings")  # understood by itself
    take_words(ctx, f"{question.data}\n{said}", may_ask=False)
