"""Greetings, help, who is who, and what we keep of a person."""

from __future__ import annotations

PRIVACY = (
    "我会记：您说的事、联系方式、处理过程。只给办事的人看，3年后删。\n"
    "不同意也能反映(只是没法联系您)。\n看我记了啥回“我的信息”，要删回“删除我的”。"
)


def greeting(village: str) -> str:
    return (
        f"您好，这里是{village}“有事好商量”。\n有事直接说，比如“路灯坏了”，发语音、照片也行。\n"
        f"查进度回“进度”，找人回“找谁”，不会用回“帮助”。\n{PRIVACY}"
    )


def greeting_at_door(village: str) -> str:
    """For one who followed by scanning a door plate: the question for his name comes right after it."""
    return (
        f"您好，这里是{village}“有事好商量”。有事直接说，不会用回“帮助”。\n"
        "我会记：您说的事、联系方式、处理过程。只给办事的人看，3年后删。\n看我记了啥回“我的信息”，要删回“删除我的”。"
    )


def welcome_back(name: str) -> str:
    return f"{name}，您回来了。有事直接说，查进度回“进度”。"


def help_villager() -> str:
    return (
        "您可以这样说：\n1 有事直接说：路灯坏了\n2 查办到哪了：进度\n3 催一催：催一下\n"
        "4 找管事的人：找谁\n5 要人工：人工\n"
        "投票、开会通知发给您了，回个数就行\n绑定家里：绑定 姓名 几社"
    )


def help_cadre(*, may_organise: bool) -> str:
    lines = ["您可以这样回：", "007 收到", "007 办好了 换了灯泡", "看手上的事：没办完的"]
    if may_organise:
        lines += [
            "开会：明天下午3点在村委会开会说修路的事",
            "投票：发起投票 修路选哪条 A东路 B西路 到周五晚八点",
            "谁没收到：没送到的",
        ]
    return "\n".join([*lines, "您自己有事也直接说。"])


def how_to_speak() -> str:
    return "不会打字就发语音：点左下角的小喇叭，按住“按住说话”讲，说方言也行。要找人回“人工”。"


def how_to_show() -> str:
    return "发照片：点右下角的“+”，选“相册”或“拍摄”，发过来就行。再说一句是哪儿、什么事，我一起转给办事的人。"


def who_we_are() -> str:
    return "我叫小议，是村里的小助手，是机器，帮大伙儿记事、找人办、投票、开会。有事直接说；要跟真人说，回“人工”。"


def how_to_be_left_alone() -> str:
    return (
        "嫌吵：进公众号点右上角，打开“消息免打扰”，消息还在，不响。\n"
        "不想收了：在同一处取消关注。您报过的事照样有人办，办好打电话告诉您。\n要找人回“人工”。"
    )


def date_told(asked: str, solar: str, lunar: str) -> str:
    return f"{asked}是{solar}，农历{lunar}。"


READING_NAMES = {"report": "说件事，让人来办", "track": "查进度", "who": "找管事的人"}


def not_understood(readings: list[str]) -> str:
    lines = "\n".join(f"{n} {reading}" for n, reading in enumerate(readings, start=1))
    return f"我没听明白。您是要：\n{lines}\n回个数就行。要找人回“人工”。"


def go_on() -> str:
    return "您说，我听着。什么事、在哪儿，一句话就行；发语音、照片也行。"


def hello() -> str:
    return "您好，我在。有事直接说，查进度回“进度”。"


def welcome() -> str:
    return "不用谢，都是该办的。还有事直接说。"


def unknown_kind() -> str:
    return "这种消息我还看不了。请打字说一句，发语音或照片也行。找人回“人工”。"


def keepers(lines: list[str]) -> str:
    return "有事找他们：\n" + "\n".join(lines)


def no_keepers() -> str:
    return "村里还没把管事的人录进来。急事请打12345。"


def my_facts(lines: list[str]) -> str:
    return "我这里记着：\n" + "\n".join(lines) + "\n要改要删回“人工”，有人帮您办。"


def deletion_asked() -> str:
    return "好，已告诉村里有人要删信息，15个工作日内办好会跟您说。没办完的事先留着办完。"


def deletion_for_clerk(name: str) -> str:
    return f"{name}要求删除个人信息，请在15个工作日内办，并回话。"


def not_your_role() -> str:
    return "这件事要村里管事的人来办。您有话直接说，我转过去。"


def not_yet() -> str:
    return "这件事我这里还办不了。回“人工”，请村里的人找您；别的事直接说。"


# Numbers people write instead of dialling them.
HOTLINES = {
    "110": "报警", "119": "火警", "120": "急救", "122": "交通事故", "12345": "市民热线", "12356": "心理热线", "96110": "反诈",
    "95598": "供电", "12348": "法律援助",
}  # fmt: skip


def dial_it(number: str) -> str:
    return f"{number}（{HOTLINES[number]}）请您直接拨，我替您打不了。出了什么事、在哪儿，也跟我说一句，我马上告诉村里的人。"


# Whose phone we do not have, and what helps meanwhile.
INSTEAD = {
    "派出所": "派出所：报警打110", "民警": "派出所：报警打110", "村医": "村医的电话我没有，急病打120", "供电所": "供电所：停电报修打95598",
}  # fmt: skip


def phone_unknown(whose: str) -> str:
    return INSTEAD.get(whose, f"{whose}的电话我没有，问文书就行")


def as_well() -> str:
    return "您家也是啥事？说一句，比如“我家也停水了”，我就记上。"


def mediation() -> str:
    return "要调解的话，说说跟谁、为啥事说不成，一句话就行，我记下来请人来给你们说合。不想打字就发语音。"


def not_bound_cadre() -> str:
    return "要先绑定您的身份才能办这件事。回“绑定 姓名 几社”就行。"


def went_private() -> str:
    return "已私信您。"


def scam() -> str:
    return "我们不要钱，不要密码，不要验证码，也不要身份证号和银行卡号。不放心可以打给村里问：回“找谁”看电话。"


def scam_of_others() -> str:
    return "多半是骗子：别点链接，别转钱，别报验证码。拿不准打96110（反诈电话）问一句；钱已经转出去了，马上打110。"


def scam_lost() -> str:
    return "马上打110报警，再打银行（微信、支付宝打客服）止付，越快越好；转账记录、对方号码都留着。"


def told_apart(choices: list[str]) -> str:
    lines = " ".join(f"{n}{choice}" for n, choice in enumerate(choices, start=1))
    return f"您是回 {lines}？回个数就行。"


# How a question is called where it is asked which one was answered.
LABELS = {
    "rating": "评价", "poll": "投票", "topic": "说的哪件事", "split": "分几件记", "withdraw": "撤回", "safety": "安不安全",
    "readings": "要办啥", "proxy": "代家人", "unbind": "解绑", "scan.confirm": "核实门牌", "unbind.second": "同意解绑",
    "danger.check": "有没有危险", "interim": "告不告诉反映人", "decide": "这件事咋定", "call": "给人回电话", "alarm": "收到", "rsvp": "来不来开会",
    "meeting.approve": "会议通知发不发", "poll.proxy": "请人收票", "minutes.end": "会议记录发不发", "place": "在哪里",
    "picture": "照片是哪件事的", "rating.why": "哪里没好", "result": "怎么办的", "addition": "补充", "overheard": "群里那句登不登记",
}  # fmt: skip

# What each question takes, as it is said again to one who answered something else.
OPTIONS = {
    "rating": "1 满意 2 凑合 3 不满意",
    "withdraw": "1 撤回 2 不撤",
    "proxy": "1 同意 2 没同意",
    "unbind": "1 解绑 2 不解",
    "unbind.second": "1 同意 2 不同意",
    "scan.confirm": "1 是 2 不是",
    "split": "1 分开记 2 当一件事记",
    "danger.check": "1 有危险 2 没有",
    "overheard": "1 登记 2 不用",
}


def options_again(options: str, number: str) -> str:
    return f"刚才问您的，回个数就行：\n{options}" + (f"\n编号 {number}" if number else "")


def nothing_asked_about(number: str) -> str:
    return f"这件事现在没有要您回的。查进度回“进度”。\n编号 {number}"


def larger() -> str:
    """Letters too small, and nothing of ours is open to him."""
    return "字小就在微信“我→设置→关怀模式”里放大。是哪条看不清，长按那条点“引用”再说一遍；想让人念给您听，回“人工”。"


def in_letters() -> str:
    return "再给您写一遍。字小就在微信“我→设置→关怀模式”里放大，想让人念给您听，回“人工”。"


def nothing_asked() -> str:
    return "您这是回哪件事？我这会儿没问您。有事直接说，查进度回“进度”。"


def left() -> str:
    return "好，刚才的不弄了，没发出。有事再说。"


# What has not gone out yet, and is worth a reminder.
CONVERSATIONS = {
    "poll.create": "投票", "poll.close": "截止投票", "poll.wish": "投票的主意", "meeting.create": "开会通知",
    "meeting.change": "改会", "meeting.cancel": "取消会", "broadcast": "通知",
}  # fmt: skip
CHOICES = "回 1 发出，回 2 改，回 3 取消"


def still_waiting(label: str, question: str) -> str:
    return f"（刚才的{label}还没发，接着来：{question}）"


def dropped(label: str) -> str:
    return f"（刚才问的{label}没有弄，真要弄再说一遍。）"


def put_aside(label: str) -> str:
    return f"刚才的{label}没发出，先弄这个。"


def expired() -> str:
    return "刚才的没发出，时间过了。要弄就再说一遍。"


def ended_nothing() -> str:
    return "好。现在没有弄到一半的事。有事直接说。"


KEPT_HOW_LONG = "您发来的话留180天，事情留3年，只给办事的人看。"


def forwarded() -> str:
    return "手机上转来转去的话，真假我说不准，先别信，也先别转。要是咱村真有这事，说在哪儿、出了啥事，我找人看。"


def say_more() -> str:
    return "那您再说细一点，比如“家里水管不出水”“村口的灯不亮”，我再看。说不清回“人工”。"
