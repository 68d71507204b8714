"""Binding in talk (绑定): by name, 社 and paper code; by phone digits, limited; by a scanned door plate, confirmed by the
keeper; for a member without a phone, with consent recorded. Reports and questions never need it.
"""

from __future__ import annotations

import hmac
import json
import re
from datetime import timedelta

from domain.contacts import Level
from domain.conversations import Conversation, Question
from domain.organisation import KEEPERS, VILLAGE_STAFF, Person, Role, first_receiver
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers.context import Context
from handlers.conversing import PRIVATE, conversation, open_conversation
from handlers.filing import office_of
from handlers.registry import answers, intent
from handlers.texts import binding as texts
from handlers.texts import matters as matter_texts
from handlers.texts import people as people_texts
from nlp.lazy import regex
from nlp.numbers import option_number
from storage.vault import household_code_digest

WRONG_A_DAY = 5
CONFIRM_FOR = timedelta(days=3)
ANSWER_FOR = timedelta(minutes=30)
DENY_FOR = timedelta(days=3)
_NAME = regex(r"[\u3400-\u9fff·]{2,8}")
# Signs of a sentence; no villager is called so.
_NO_NAME = regex("[吗呢吧啊呀么啥什不没了的是这那哪谁你我他她它们哈嗯呵谢请怎咋等嘛喂哦噢唉哎]")
_CODE = regex(r"\d{4,8}")
_SCENE = regex(r"hh\.(\d{1,12})\.([0-9a-f]{8})")


def a_name(text: str) -> str:
    """Read a name as it stands on the roster: 我叫王德福 is 王德福. Raises NotUnderstood for a sentence."""
    words = re.sub(r"^(我叫|我是|叫|名字是|姓名)", "", text.strip(" 。！，,.：:"))
    if (
        words.endswith(("社", "组", "队"))
        or not _NAME.fullmatch(words)
        or _NO_NAME.search(words)
        or (len(words) > 4 and "·" not in words)
    ):
        raise NotUnderstood("bind.name")
    return words


def a_group(text: str) -> str:
    words = text.strip(" 。！，,.").removesuffix("的")
    if not 1 < len(words) <= 8 or not words.endswith(("社", "组", "队", "村")):
        raise NotUnderstood("bind.group")
    return words


def a_code(text: str) -> str:
    words = re.sub(r"^(绑定码|码|是)[是：: ]*", "", text.strip())
    if not _CODE.fullmatch(words):
        raise NotUnderstood("bind.code")
    return words


BIND = Conversation(
    "bind",
    (
        Question("name", texts.ASK_NAME, a_name),
        Question("group", texts.ASK_GROUP, a_group),
        Question("code", texts.ASK_CODE, a_code),
    ),
)


@intent("bind", needs_proof=True)
def bind(ctx: Context) -> None:
    """绑定 张桂兰 九社, 我叫王德福 是九社的, 绑定码 1234: asks for what was not said, one thing at a time."""
    if _STRANGER.fullmatch(ctx.said.strip(" 。！!")):
        return ctx.reply(texts.no_need())
    said = ctx.understanding.slots
    slots = {
        slot: str(said[key]) for slot, key in (("name", "name"), ("group", "area"), ("code", "code")) if said.get(key)
    }
    if f"{slots.get('name')}家" in ctx.said:  # 九社老李家的 says whose house it is, and not his name
        del slots["name"]
    if "name" in slots and not _is_name(slots["name"]):  # 这不是九社的
        del slots["name"]
    person = ctx.person
    if person is not None and not ctx.understanding.certain and not slots.keys() & {"name", "code"}:
        group = ctx.directory.areas.get(person.group_id or 0)
        if group is None or slots.get("group") != group.name:  # 是八社老槐树底下: of where something is
            raise NotUnderstood("bind")
        return ctx.reply(texts.bound_already(person.name))
    if person is not None and set(slots) == {"code"}:
        group = ctx.directory.areas.get(person.group_id or 0)
        slots |= {"name": person.name, "group": group.name if group else ""}
    # 我是九社的王德福, from whom we know as him, is a greeting.
    is_known = person is not None and slots.get("name") == person.name and _is_full(ctx)
    if person is not None and is_known and "code" not in slots and ctx.said.startswith(("我", "俺")):
        return ctx.reply(texts.bound_already(person.name))
    return open_conversation(ctx, BIND, slots)


def _is_name(words: str) -> bool:
    try:
        return a_name(words) == words
    except NotUnderstood:
        return False


_STRANGER = regex("(?:我|俺)(?:们)?(?:就)?(?:是|属于)?(?:外|别的?|邻|隔壁|路过)[村乡镇县地]?(?:来)?(?:的|人)+")


def _is_full(ctx: Context) -> bool:
    return ctx.sender.binding is not None and ctx.sender.binding.level is Level.FULL


@conversation(BIND)
def finish_binding(ctx: Context, name: str, group: str, code: str) -> None:
    """Bind when name, 社 and code fit one person of the roster; count what does not, five times a day."""
    if _has_tried_enough(ctx):
        return ctx.reply(texts.too_many())
    found = _proven(ctx, name, group, code)
    if found is None:
        left = _count_wrong(ctx)
        if left > 0:  # what he sends next is another try
            open_conversation(ctx, BIND, {"name": name, "group": group})
            ctx.replies[-1:] = [texts.wrong(left)]
            return None
        return ctx.reply(texts.too_many())
    person, level, by = found
    _bind(ctx, person, level, by)
    said_by = texts.bound_full if level is Level.FULL else texts.bound_limited
    return ctx.reply(said_by(person.name, _group_name(ctx, person)))


def _tries(ctx: Context) -> str:
    return f"bind:{ctx.sender.contact.id}:{ctx.now:%y%m%d}"


def _has_tried_enough(ctx: Context) -> bool:
    return ctx.store.counters.peek(_tries(ctx)) >= WRONG_A_DAY


def _count_wrong(ctx: Context) -> int:
    """Count a wrong try; return how many are left today."""
    return WRONG_A_DAY - ctx.store.counters.count(_tries(ctx))


def _proven(ctx: Context, name: str, group: str, code: str) -> tuple[Person, Level, str] | None:
    """Who is meant and how far that is proven: the household's paper code, or the last four digits of his phone."""
    for person in ctx.store.people.named(name, ctx.village.id):
        if not _lives_in(ctx, person, group) or person.household_id is None:
            continue
        printed = ctx.store.people.household_code(person.household_id)
        given = household_code_digest(ctx.store.vault, person.household_id, code)
        if printed and hmac.compare_digest(printed, given):
            return person, Level.FULL, "paper_code"
        if person.phone and hmac.compare_digest(person.phone[-4:], code):
            return person, Level.LIMITED, "phone"
    return None


def _lives_in(ctx: Context, person: Person, group: str) -> bool:
    home = {ctx.directory.areas[a].name for a in (person.group_id, person.micro_grid_id) if a in ctx.directory.areas}
    return any(group in name or name in group for name in home)


def _group_name(ctx: Context, person: Person) -> str:
    area = ctx.directory.areas.get(person.group_id or 0)
    return area.name if area else ""


def _bind(ctx: Context, person: Person, level: Level, by: str, consent: str = "") -> None:
    ctx.sender = ctx.store.people.bind(ctx.sender, person, level, by, consent, ctx.now)
    ctx.store.ledger.add("binding", ctx.sender.contact.id, ctx.village.id, "", level.value, ctx.step(by))
    _tell_household(ctx, person, ctx.sender.contact.id)


def _tell_household(ctx: Context, person: Person, bound: int) -> None:
    """The others of the household hear of every new binding, so that a stolen code is noticed."""
    if person.household_id is None:
        return
    members = {member.id: member for member in ctx.store.people.household_of(person.household_id)}
    head = first_receiver(ctx.directory, person.micro_grid_id, person.village_id or ctx.village.id)
    keeper = _keeper_words(ctx, head) if head and head.id != person.id else ""
    elsewhere = [c for c in ctx.store.people.contacts_of(list(members)) if c.contact.id != bound]
    for told in {b.person.id for other in elsewhere for b in other.bindings if b.person.id in members}:
        once = f"binding:{bound}:{person.id}:{ctx.now:%y%m%d}:{told}"
        say = texts.phone_told if told == person.id else texts.household_told
        for other in elsewhere:
            if told == person.id and any(b.person.id == told for b in other.bindings):
                ctx.ask("binding.mine", person.id, (), DENY_FOR, to=other.contact.id)
        ctx.tell(members[told], say(person.name, keeper), "binding", once=once)


_NOT_MINE = regex(
    "(?:这|那)?(?:个|部)?(?:手机)?(?:不是|没|并没)(?:我|俺)?(?:自己)?(?:绑|弄|搞|换|登)?(?:的|过|定)*(?:手机)?|(?:我|俺)(?:自己)?(?:没|不)(?:绑|弄|换)(?:过|定)?(?:手机)?|(?:是)?谁绑的|不是我的?(?:手机)?"
)


@answers("binding.mine")
def deny_binding(ctx: Context, question: OpenQuestion, said: str) -> None:
    """不是我绑的, after the warning: the keeper hears it and can take the other phone off."""
    if not _NOT_MINE.fullmatch(said.strip(" 。！!?？")) or ctx.person is None:
        raise NotUnderstood("binding.mine")
    ctx.store.questions.close(question, ctx.now)
    keeper = first_receiver(ctx.directory, ctx.person.micro_grid_id, ctx.person.village_id or ctx.village.id)
    if keeper is None:
        return ctx.reply(people_texts.no_keepers())
    once = f"binding:denied:{question.id}"
    ctx.tell(keeper, texts.denied_for_keeper(ctx.person.name, ctx.person.phone), "binding", once=once)
    return ctx.reply(texts.denied(_keeper_words(ctx, keeper)))


# -- a scanned door plate


def scene_of(ctx: Context, household_id: int) -> str:
    """The scene a household's QR code carries: opaque to others, and no other household's can be made up."""
    return f"hh.{household_id}.{ctx.store.vault.digest('household scene', str(household_id))[:8]}"


def scanned(ctx: Context, scene: str) -> bool:
    """Take a scan of a door plate; it only proposes. False where the scene is none of ours."""
    match = _SCENE.fullmatch(scene)
    if match is None:
        return False
    household = int(match.group(1))
    if not hmac.compare_digest(scene_of(ctx, household), scene):
        return False
    ctx.store.conversations.end(ctx.sender.contact.id, PRIVATE)
    ctx.ask("scan.name", household, (), ANSWER_FOR)
    ctx.reply(texts.ASK_NAME)
    return True


@answers("scan.name")
def scanned_name(ctx: Context, question: OpenQuestion, said: str) -> None:
    """Who of the household: the names are not listed and not many may be tried, since anyone can photograph a plate."""
    name = a_name(said)
    if any(name == area.name for area in ctx.directory.children(ctx.village.id)):
        raise NotUnderstood("scan.name")  # 九社 answers another question
    if _has_tried_enough(ctx):
        ctx.store.questions.close(question, ctx.now)
        return ctx.reply(texts.too_many())
    person = next((p for p in ctx.store.people.household_of(question.thing_id) if p.name == name), None)
    ctx.store.questions.close(question, ctx.now)
    if person is None:
        _count_wrong(ctx)
        return ctx.reply(texts.not_at_this_door())
    keeper = first_receiver(ctx.directory, person.micro_grid_id, person.village_id or ctx.village.id)
    if keeper is None:
        return ctx.reply(people_texts.no_keepers())
    kept = json.dumps({"contact": ctx.sender.contact.id})
    for other in ctx.store.people.contacts_of([keeper.id]):
        ctx.ask("scan.confirm", person.id, ("1", "2"), CONFIRM_FOR, to=other.contact.id, data=kept)
    once = f"scan:{ctx.sender.contact.id}:{person.id}:{ctx.incoming.digest}"
    ctx.tell(keeper, texts.confirm_for_keeper(person.name), "binding", once=once)
    return ctx.reply(texts.proposed(_keeper_words(ctx, keeper)))


def _keeper_words(ctx: Context, keeper: Person) -> str:
    return matter_texts.who(keeper, office_of(ctx.directory, keeper, ctx.village.id))


@answers("scan.confirm")
def confirm_scan(ctx: Context, question: OpenQuestion, said: str) -> None:
    chosen = option_number(said, ("是", "不是"))
    if chosen is None:
        raise NotUnderstood("scan.confirm")
    ctx.store.questions.close(question, ctx.now)
    other = ctx.store.people.contact(int(json.loads(question.data)["contact"]))
    person = ctx.store.people.person(question.thing_id)
    if other is None or person is None:
        raise NotUnderstood("scan.confirm")
    once = f"scan:{other.contact.id}:{person.id}:{question.id}"
    if chosen == 1:
        ctx.store.people.bind(other, person, Level.FULL, "keeper", "", ctx.now)
        ctx.store.ledger.add(
            "binding", other.contact.id, ctx.village.id, "", "full", ctx.step("keeper", ctx.role_in(KEEPERS))
        )
        _tell_household(ctx, person, other.contact.id)
        text = texts.bound_full(person.name, _group_name(ctx, person))
    else:
        text = texts.keeper_said_no(_keeper_words(ctx, ctx.person) if ctx.person else "网格长")
    ctx.tell_contact(other.contact.id, text, "binding", once=once)
    ctx.reply(texts.keeper_done(person.name, confirmed=chosen == 1))


# -- speaking for another of the household


@intent("proxy", needs_proof=True)
def speak_for(ctx: Context) -> None:
    """代 张桂兰: for a member of the same household, after her consent is said and recorded."""
    name = str(ctx.understanding.slots.get("name") or "")
    me = ctx.person
    if me is None or me.household_id is None:
        return ctx.reply(texts.nothing_bound())
    if name == me.name:
        return ctx.reply(texts.bound_already(name))
    other = next((p for p in ctx.store.people.household_of(me.household_id) if p.name == name and p.id != me.id), None)
    if other is None:
        return ctx.reply(texts.nobody_named(name or "这位家人"))
    ctx.ask("proxy", other.id, ("1", "2"), ANSWER_FOR)
    return ctx.reply(texts.ask_consent(other.name))


@answers("proxy")
def take_consent(ctx: Context, question: OpenQuestion, said: str) -> None:
    chosen = option_number(said, ("同意", "没同意"))
    if chosen is None:
        raise NotUnderstood("proxy")
    ctx.store.questions.close(question, ctx.now)
    person = ctx.store.people.person(question.thing_id)
    if chosen == 2 or person is None:
        return ctx.reply(texts.no_consent())
    _bind(ctx, person, Level.LIMITED, "proxy", consent=f"said yes {ctx.now:%Y-%m-%d %H:%M}")
    return ctx.reply(texts.proxy_on(person.name))


@intent("proxy.end")
def speak_for_oneself(ctx: Context) -> None:
    own = next((b for b in ctx.sender.bindings if b.proven_by != "proxy"), None)
    acting = ctx.sender.binding
    if own is None or acting is None or acting.proven_by != "proxy":
        return ctx.reply(people_texts.ended_nothing())
    ctx.sender = ctx.store.people.unbind(ctx.sender, acting.person.id, ctx.now)
    ctx.store.ledger.add("binding", ctx.sender.contact.id, ctx.village.id, "proxy", "ended", ctx.step("proxy.end"))
    return ctx.reply(texts.proxy_off(own.person.name))


# -- unbinding


@intent("unbind", needs_proof=True)
def unbind(ctx: Context) -> None:
    """解绑: one's own phone, asked back once."""
    if ctx.person is None:
        return ctx.reply(texts.nothing_bound())
    ctx.ask("unbind", ctx.person.id, ("1", "2"), ANSWER_FOR)
    return ctx.reply(texts.confirm_unbind(ctx.person.name))


@intent("admin", who=VILLAGE_STAFF, needs_proof=True)
def administer(ctx: Context) -> None:
    """解绑 张桂兰 by a keeper (a lost phone): a second cadre must agree. Without a name it is his own phone."""
    name = str(ctx.understanding.slots.get("person") or "")
    if "解绑" not in ctx.said and "解除绑定" not in ctx.said:
        return ctx.reply(people_texts.not_yet())
    return _ask_second_cadre(ctx, name) if name else unbind(ctx)


@answers("unbind")
def confirm_unbind(ctx: Context, question: OpenQuestion, said: str) -> None:
    chosen = option_number(said, ("解绑", "不解"))
    if chosen is None:
        raise NotUnderstood("unbind")
    ctx.store.questions.close(question, ctx.now)
    person = ctx.person
    if chosen == 2 or person is None:
        return ctx.reply(people_texts.left())
    ctx.sender = ctx.store.people.unbind(ctx.sender, question.thing_id, ctx.now)
    ctx.store.ledger.add("binding", ctx.sender.contact.id, ctx.village.id, "bound", "ended", ctx.step("unbind"))
    return ctx.reply(texts.unbound(person.name))


def _ask_second_cadre(ctx: Context, name: str) -> None:
    people = ctx.store.people.named(name, ctx.village.id)
    second = next(
        (p for role in (Role.CLERK, Role.SECRETARY) for p in ctx.directory.holders(role, ctx.village.id)
         if ctx.person and p.id != ctx.person.id), None,
    )  # fmt: skip
    if len(people) != 1 or second is None:
        return ctx.reply(texts.nobody_named(name))
    ctx.ask_person(second, "unbind.second", people[0].id, ("1", "2"), CONFIRM_FOR)
    by = ctx.person.name if ctx.person else ""
    ctx.tell(second, texts.second_for_unbind(by, name), "binding", once=f"unbind:{people[0].id}:{ctx.incoming.digest}")
    return ctx.reply(texts.unbind_asked(second.name))


@answers("unbind.second")
def second_cadre(ctx: Context, question: OpenQuestion, said: str) -> None:
    chosen = option_number(said, ("同意", "不同意"))
    if chosen is None:
        raise NotUnderstood("unbind.second")
    ctx.store.questions.close(question, ctx.now)
    person = ctx.store.people.person(question.thing_id)
    if chosen == 2 or person is None:
        return ctx.reply(people_texts.left())
    for other in ctx.store.people.contacts_of([person.id]):
        ctx.store.people.unbind(other, person.id, ctx.now)
        ctx.store.ledger.add("binding", other.contact.id, ctx.village.id, "bound", "ended", ctx.step("lost phone"))
    return ctx.reply(texts.unbound(person.name))
