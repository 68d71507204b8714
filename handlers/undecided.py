"""都行, 随便, 都不要, 东璐, said where a poll is open: no vote by itself, and no matter; the choices are offered again.

Where the poll has an option that means it (弃权, 都行/没想好) `nlp.ballot_talk.choices_said` has taken it before.
"""

from __future__ import annotations

from datetime import timedelta

from domain.polls import Poll
from domain.questions import OpenQuestion
from domain.refusals import Refused
from handlers import voting_beside
from handlers.context import Context
from handlers.matters import take_words
from handlers.texts import undecided as texts
from handlers.texts.ballots import how, no_such_option, not_counted
from handlers.texts.refusals import sentence
from handlers.voting import cast, check_may_vote, in_quote, last_closed, open_polls
from nlp.ballot_more import tells_choice, tries_to_vote, vote_before, vote_beside
from nlp.ballot_talk import choices_said, is_double, is_slip, leaves_open, mentions, nods, nods_barely
from nlp.lazy import regex
from nlp.proxy_talk import for_others

# So long after another question of ours such words are about that one.
JUST_ASKED = timedelta(minutes=30)
LONGEST = 20
SHORT = 8
LONGEST_TOLD = 60
_CLAUSES = regex(r"[\s,，。;；!！?？]+")
_CASTS = regex("[投选]")
# 1 2 3 where there are only two options.
_LISTS = regex(r"\d{1,2}(?:[\s,，、.]+\d{1,2})+|\d{1,2}\s*[-~～—到至:：]\s*\d{1,2}")
NODDED_WITHIN = timedelta(hours=24)


def take(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    """Offer the choices of the newest poll open to him. False for other words, and where something else was just asked."""
    is_called = ctx.is_direct or ctx.incoming.addressed
    if not is_called or len(ctx.said) > LONGEST or _is_about_another(ctx, questions):
        return False
    mine = open_polls(ctx)
    return bool(mine) and _offer(ctx, mine[-1])


def take_quoted(ctx: Context) -> bool:
    """The same of the poll he quotes, in a group too."""
    quoted = in_quote(ctx, ctx.incoming.quote) if ctx.incoming.quote and len(ctx.said) <= LONGEST else None
    if quoted is None or (not (ctx.is_direct or ctx.incoming.addressed) and leaves_open(ctx.said) == "agrees"):
        return False  # +1 to a poll of several options, said to the group
    is_mine = any(q.thing_id == quoted.thing_id for q in open_polls(ctx))
    return is_mine and _offer(ctx, quoted)


# Asked where a poll is open to him: of the poll, whatever else it sounds like.
_ASKS_OF_IT = regex(
    "投票.{0,5}(?:啥意思|什么意思|干啥|算数|管用|有用|咋投|咋弄|怎么投|咋回事)|(?:投票|这票|票)(?:算|管|作)数|算数不|(?:截止|投)到?(?:啥时候|几时|哪天|什么时候)|还有几天"
    "|能改(?:几回|几次|不|吗|么)|[投有]?[一二两三四五六七八九十\\d]+口?人?.{0,3}投[一二两三四五六七八九十几\\d]+票|我投[一二两三四五六\\d]+票"
    "|(?:媳妇|老伴|婆娘|男人|当家的|儿子|家里人?|他|她)(?:都|已经)?投了.{0,4}(?:我)?(?:还用|还要|还能|用不用|要不要)|哪(?:个|条|样)(?:好|合适)|还是.{1,8}(?:好|强|中)[?？]*$"
    "|是哪(?:到|里|儿|一)"
)


_DOES_NOT_KNOW = regex("(?:我|俺)?(?:也|真)?(?:不晓得|不知道|不清楚|说不好|说不清)(?:啊|呢|呀|咧)*")


def _asks_of_it(ctx: Context) -> bool:
    return _ASKS_OF_IT.search(ctx.said) is not None and not (ctx.in_trouble and not _CASTS.search(ctx.said))


def _is_about_another(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    """Is a question that is no poll so new that 都行 answers that one?"""
    return any(not q.kind.startswith("poll") and ctx.now - q.asked_at <= JUST_ASKED for q in questions)


def _offer(ctx: Context, question: OpenQuestion) -> bool:
    poll: Poll | None = ctx.store.polls.get(question.thing_id)
    if poll is not None and _asks_of_it(ctx) and not choices_said(ctx.said, poll.options):
        ctx.reply(how(poll, ctx.now))
        return True
    if poll is not None and is_double(ctx.said, poll.options):
        ctx.reply(texts.double(poll, ctx.said.strip(" 。！!,，")))
        return True
    open_as = leaves_open(ctx.said) if poll else None
    if poll is not None and open_as is None and _DOES_NOT_KNOW.fullmatch(ctx.said.strip(" 。！!,，")):
        open_as = "either"
    if poll is None or not (
        open_as
        or _LISTS.fullmatch(ctx.said.strip())
        or vote_before(ctx.said, poll.options)[0]
        or is_slip(ctx.said, poll.options)
        or _only_mentions(ctx, poll)
        or tries_to_vote(ctx.said)
        or nods(ctx.said, poll.options)
        or (_is_new(ctx, question, poll) and nods_barely(ctx.said, poll.options))
    ):
        return False
    ctx.is_secret = ctx.is_secret or poll.is_secret  # 东路好 西路太绕 tells nearly as much as a vote
    if open_as == "both":
        cast(ctx, poll, tuple(range(1, len(poll.options) + 1)))
        return True
    said = no_such_option if _LISTS.fullmatch(ctx.said.strip()) else not_counted
    ctx.reply({"neither": texts.neither, "either": texts.either}.get(open_as or "", said)(poll))
    return True


def _is_new(ctx: Context, question: OpenQuestion, poll: Poll) -> bool:
    """Was it put to him just now, and has he not voted?"""
    return question.asked_at == poll.opens_at and ctx.now - poll.opens_at <= NODDED_WITHIN


def _only_mentions(ctx: Context, poll: Poll) -> bool:
    """西路太绕: about an option and no trouble. 西路没水了 is a matter."""
    return not ctx.in_trouble and not ctx.understanding.certain and mentions(ctx.said, poll.options)


def file_story(ctx: Context) -> None:
    """File what is told. Where it begins or ends with an option (东路，路灯坏了), he hears that it was taken for no vote."""
    take_words(ctx, ctx.said)
    asked = [question for question in ctx.standing or () if question.kind == "poll"]
    poll = ctx.store.polls.get(asked[-1].thing_id) if asked else None
    if poll is None or asked[-1].asked_at != poll.opens_at:  # he has voted
        return
    clauses = [clause for clause in _CLAUSES.split(ctx.said) if clause]
    ends = (clauses[0], clauses[-1]) if len(clauses) > 1 else ()
    told = next((end for end in ends if len(choices_said(end, poll.options)) == 1), None)
    if told is not None:
        ctx.is_secret = ctx.is_secret or poll.is_secret
        ctx.reply(texts.beside_a_story(poll, told, choices_said(told, poll.options)[0]))


def take_unasked(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    """西, 都行 by one who is not bound or not on the roll, or after the closing: why it counts for nothing.

    False for words no poll of the village could mean, and where his own vote may count.
    """
    is_cast = _CASTS.search(ctx.said) is not None
    is_command = ctx.understanding.certain and not (is_cast and ctx.understanding.intent == "proxy")
    if is_command or not ctx.is_direct or len(ctx.said) > LONGEST_TOLD:
        return False
    is_short = len(ctx.said) <= LONGEST and not _is_about_another(ctx, questions)
    if not (is_cast or is_short):
        return False
    last = last_closed(ctx) if is_cast or len(ctx.said) <= SHORT else None
    for poll in (*reversed(ctx.store.polls.alive_in(ctx.village.id)), *([last] if last else ())):
        if is_short and (
            choices_said(ctx.said, poll.options) or leaves_open(ctx.said) or is_slip(ctx.said, poll.options)
        ):
            check_may_vote(ctx, poll)
        elif is_cast and _tells(ctx, poll):
            return True
    return False


def _tells(ctx: Context, poll: Poll) -> bool:
    """我还是要投西路咯，村口路灯坏了, where it may not count: he hears why, and what he says besides is taken up."""
    _, beside = vote_beside(ctx.said, poll.options)
    if not (
        beside or for_others(ctx.said, poll.options) or (not ctx.in_trouble and tells_choice(ctx.said, poll.options))
    ):
        return False
    try:
        check_may_vote(ctx, poll)
    except Refused as refused:
        ctx.reply(sentence(refused.reason, refused.data))
        if beside:
            voting_beside.take(ctx, beside)
        return True
    return False
