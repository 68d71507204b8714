from __future__ import annotations

from pathlib import Path

import pytest

from nlp.lexicon import Lexicon
from nlp.words import classify, has_mark, hear

RULES = Path(__file__).resolve().parents[2] / "rules"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("咨询合疗报销的比例", "咨询"),
        ("请求给我们社修条路", "求助"),
        ("投诉猪场臭气熏天", "投诉"),
        ("举报会计冒领低保", "举报"),
        ("建议村里装几个摄像头", "建议"),
        ("感谢网格员小陈帮忙", "表扬"),
        ("合疗怎么报销，谢谢", "咨询"),
        ("请派人来修一下水管，谢谢", "求助"),
    ],
)
def test_the_request_type_is_an_axis_of_its_own(lexicon: Lexicon, text: str, kind: str) -> None:
    assert classify(lexicon, text).type == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "尊敬的领导，感谢您在百忙之中看我的信。我们村口的养猪场把粪水排到沟里，夏天臭得不敢开窗，"
            "苍蝇落得满桌都是，说了几回也没有改。辛苦了，谢谢！",
            "投诉",
        ),
        (
            "书记您好，辛苦了。我们社到镇上的路还是土路，下雨天三轮车出不去，老人看病、娃娃念书都要绕一大圈，"
            "大家商量了好几回，盼着能硬化。谢谢政府！",
            "求助",
        ),
        (
            "我是三社的村民，去年腊月老人摔了，网格员小陈连夜把人送到医院，跑前跑后办手续。真是好干部，"
            "热心又负责，全家感激，给他点赞，也请村里表扬他。感谢！",
            "表扬",
        ),
    ],
)
def test_a_letter_that_thanks_for_being_read_praises_nobody(lexicon: Lexicon, text: str, kind: str) -> None:
    assert classify(lexicon, text).type == kind


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("全村停水两天了", "P1"),
        ("井盖没了，娃走路危险", "P1"),
        ("变压器那边线耷拉到地上了", "P1"),
        ("狗咬了我家娃", "P1"),
        ("屋后的坎子下雨就掉土，住得提心吊胆", "P1"),
        ("买房政策能不能给予倾斜", "P3"),
        ("再不管我们就去省里上访", "P1"),
        ("路灯坏了没人修", "P2"),
        ("我家停水了", "P2"),
        ("请问这水太浑了，到底什么时候修好", "P2"),
        ("养猪场太臭了，能不能管管", "P2"),
        ("村西那条路雨后根本走不成", "P2"),
        ("请求给我们社修条水泥路", "P3"),
        ("请问办残疾证要什么手续", "P3"),
        ("垃圾没人拉", "P2"),
        ("水管爆了 路上全是水", "P2"),
        ("建议村里建个公园", "P3"),
        ("咨询一下养老保险政策", "P3"),
        ("什么时候给我们硬化道路", "P3"),
    ],
)
def test_urgency_follows_the_cues(lexicon: Lexicon, text: str, level: str) -> None:
    assert classify(lexicon, text).urgency == level


@pytest.mark.parametrize("text", ["我们要联名上访", "再不解决就去北京", "要找媒体曝光"])
def test_announcing_to_go_up_is_a_petition_risk(lexicon: Lexicon, text: str) -> None:
    assert classify(lexicon, text).petition


def test_having_called_the_hotline_is_no_petition_risk(lexicon: Lexicon) -> None:
    assert not classify(lexicon, "我打过12345，路灯还是没修").petition


@pytest.mark.parametrize(
    "text",
    [
        "那个会计冒领补贴",
        "书记把低保给了自己亲戚",
        "村主任收了老板的红包",
        "男人喝了酒就打我",
        "匿名反映个事",
        "队长偏心，水先放给他家",
        "选主任有人送钱买票",
    ],
)
def test_accusations_violence_and_anonymity_seal(lexicon: Lexicon, text: str) -> None:
    assert classify(lexicon, text).sealed


@pytest.mark.parametrize(
    "text",
    [
        "路灯坏了",
        "感谢村干部帮忙",
        "请问书记在不在",
        "低保怎么申请",
        "村主任什么时候来看看路",
        "会计几点上班",
        "书记的儿子考上大学了",
        "过年给娃送红包",
        "他家吃低保",
        "招待费公示了没",
    ],
)
def test_naming_a_cadre_without_blame_does_not_seal(lexicon: Lexicon, text: str) -> None:
    assert not classify(lexicon, text).sealed


# Home in everyday words: who hits, with what, whom, how long, what he threatens, what is seen of it.
HURT_AT_HOME = [
    "老公昨晚又抽了我几巴掌",
    "我家那口子发起火来抄起板凳就往我身上砸",
    "公公拿烟袋锅敲我头，还不准我说",
    "妹夫把我妹子打得下不来床",
    "我被前夫踹了好几脚",
    "我被丈夫打了，给妇联打电话没人接",
    "我嫂子叫我哥打怕了，夜里跑我家",
    "孙子动手打他奶奶",
    "两口子天天打，女的头上缝了六针",
    "媳妇把婆婆推下台阶",
    "男人说我敢离就砍死我一家",
    "我一提离婚他就掐我",
    "嫁到他家没少挨揍",
    "结婚十年挨了十年打",
    "脸上的青是俺男人打的",
    "他把我头往墙上撞",
    "他拿皮带抽我，邻居都看见了",
]
NOBODY_HURT = [
    "儿子打我电话没接着",
    "女婿打我微信说今晚不来",
    "媳妇叫打豆腐的车等一等",
    "两口子打鱼去了",
    "我家那口子打呼噜打得全家睡不着",
    "媳妇给婆婆捶背呢，孝顺",
    "老伴推我去卫生室打针",
    "嫂子把我推荐到厂里上班",
    "他砸我家核桃树上的果子",
    "儿子跟同学推了一把，老师说好了",
    "小时候我爸老揍我，现在想他了",
    "电视里那个男的打老婆，气人",
    "镇上讲反家暴法，几点开始",
    "你存着我电话 让他打",
]
# Those in office without the usual title or word: their kin, what comes to their house, what they take and do.
OFFICE_ACCUSED = [
    "支书他二舅一家四口都吃五保",
    "主任的连襟家里两辆小车还是贫困户",
    "护林员的岗给了村长小姨子",
    "书记儿子霸着河滩，没人敢惹",
    "救灾的大米拉到社长家院里了",
    "理事长把社员的红利吞了",
    "两个村干部把退耕款分了",
    "集体的树叫主任几个分了",
    "残疾人的轮椅被村主任送了老丈人",
    "文书拿我的身份证去贷了三万",
    "那个包片的，不给两条烟就不签",
    "镇上那个所长要了我家两只羊才批的地基",
    "文书盖个章要一百",
    "支部换届请客送烟，一票三百",
    "危改款让村上截了一半",
    "会计家的麦子保险赔得最多，我们一分没有",
    "灌溉的水先尽着主任家的果园",
    "治保主任带人砸了我家大门",
    "一把手横得很，谁提意见就给谁穿小鞋",
    "主任成天混日子，事都是别人干",
    "村两委这几年把集体的鱼塘包出去，从来没有开过会也没有公示",
]
NOBODY_ACCUSED = [
    "支书打了一口井，大家都有水浇地了",
    "书记的爹住院了，大家去看看",
    "主任的女儿下月结婚，随礼不",
    "会计弟弟的小车挡路口了，挪一下",
    "低保材料交给主任媳妇就行",
    "扶贫的羊送到家了，感谢干部",
    "理事长说分红月底到账",
    "村里扣了我两分积分为啥",
    "书记带人来修路了",
    "干部把米送到我家，谢谢",
    "几个干部分了片，哪个管我们组",
    "书记侄子的婚礼在哪办",
    "一张票三百块，去看戏的报名",
    "查账的会计师来了，住哪",
]
# Who told must not be known; a vote or a sheet without names is no such wish.
UNNAMED = [
    "养鸡场夜里往渠里放水，甭说是俺讲的",
    "偷树的在东沟，莫把我供出来",
    "砖厂冒黑烟 别扯上我",
    "校车超载，我不方便出面",
    "卖假种子的就在集上，恕不具名",
    "名字就免了，井水有油味",
    "毒豆芽的事看完就烧了吧",
    "路灯不亮，别写我",
    "唔好话系我讲，电镀厂又开工",
    "有人夜里电鱼，莫讲是哪个报的",
    "千万不要暴露我的身份",
    "别把我名字透露出去",
    "姓名就别登了，怕干部记恨",
    "能不能不登记我的名字",
    "不要往外说是谁告的",
    "我害怕他们知道了整我",
    "我是谁你们就别问了，说个事",
    "我就说一句，别提我",
]
NO_SECRET = [
    "别人能看见我投的啥不",
    "通知没落款，是哪个发的",
    "施工队一直不露面",
    "名字写错了，能免费改吗",
    "莫把我的树锯了",
    "别说是我们村，县里也没有",
    "别说是我了，两个后生都搬不动",
    "培训报名免考吗",
    "报名不留电话行不行",
    "老百姓不留剩饭",
    "柜子里藏着名酒",
    "水管接紧，不能漏出来",
    "表决是匿名的吧",
    "评议会匿名不匿名",
    "匿名打分表收齐没有",
    "调查问卷不写名字可以吗",
    "评议表要不要留名",
    "做好事不留名的那位是谁",
    "验证码不要透露给别人",
    "名字别写错，是王建国",
    "别提我了，累死了",
]


@pytest.mark.parametrize("text", [*HURT_AT_HOME, *OFFICE_ACCUSED, *UNNAMED])
def test_what_must_be_sealed_is_told_in_everyday_words(lexicon: Lexicon, text: str) -> None:
    assert classify(lexicon, text).sealed


@pytest.mark.parametrize("text", [*NOBODY_HURT, *NOBODY_ACCUSED, *NO_SECRET])
def test_what_only_sounds_so_stays_open(lexicon: Lexicon, text: str) -> None:
    assert not classify(lexicon, text).sealed


@pytest.mark.parametrize("text", HURT_AT_HOME)
def test_violence_at_home_is_known_as_such(lexicon: Lexicon, text: str) -> None:
    """It goes to the women's federation, not to whoever mends things (handlers/matters.py)."""
    assert has_mark(lexicon, hear(lexicon, text), "violence")


LETTER = (
    "领导您好，我们是青石沟的村民。去年组里那片林子说是要建停车场，到现在也没动工，树倒先砍了。"
    "今年开春又来了几台车拉土，大家去问，没有一个人说得清楚。{told}盼望能给我们一个回复。"
)


@pytest.mark.parametrize(
    "told",
    [
        "村支书背着大家跟老板签了合同，社长的侄子第二天就进了场。",
        "有人从中渔利，钱进了个人腰包，还威胁村民不准往外说。",
        "村长和会计一手遮天，去找镇领导也是互相推诿。",
        "招标疑点重重，怕是早就内定了。",
        "村领导老马胡乱领导，工程包给主任的小舅子，还不公示。",
        "只有村支书一个人签字，凭什么就报账，里头怕是有猫腻。",
        "镇上的干部利用职便，给亲戚办关系保。",
    ],
)
def test_a_letter_that_accuses_is_sealed_whatever_its_matter(lexicon: Lexicon, told: str) -> None:
    assert classify(lexicon, LETTER.format(told=told)).sealed


ASKING = (
    "{told}领导您好，我们组到镇上的公路从来没有硬化，一下雨就没法走，请问什么时候能列入计划？"
    "盼望政府关心，帮我们把路修好，全组村民表示衷心感谢，祝您工作顺利。"
)


@pytest.mark.parametrize(
    "told",
    [
        "请不要说是我写的。",
        "请替我保密，别让村里知道是我反映的。",
        "别说是我讲的。",
        "本人匿名。",
        "我丈夫喝了酒就打我，孩子也挨打。",
    ],
)
def test_no_calm_letter_outweighs_a_plea_to_stay_unnamed_or_violence(lexicon: Lexicon, told: str) -> None:
    assert classify(lexicon, ASKING.format(told=told)).sealed
    assert classify(lexicon, ASKING.format(told="") + told).sealed


@pytest.mark.parametrize(
    "text",
    ["问下合作医疗咋报销 莫说是我问的", "咱组的路啥时候硬化 匿名", "请问咱组的路啥时候能列入硬化计划呀 匿名 谢谢了"],
)
def test_no_calm_words_outweigh_a_plea_to_stay_unnamed(lexicon: Lexicon, text: str) -> None:
    assert classify(lexicon, text).sealed


@pytest.mark.parametrize(
    "told",
    [
        "村干部来看过，说要等上面批。",
        "施工队擅自把沟也填了，违规倒渣土，请查处。",
        "我们找过村委，村委让我们写信来问。",
        "书记的儿子在外头上班，也说不清。",
        "医药费发票拿给会计报账，会计说要等。",
    ],
)
def test_a_letter_that_names_a_cadre_or_blames_a_firm_stays_open(lexicon: Lexicon, told: str) -> None:
    assert not classify(lexicon, LETTER.format(told=told)).sealed


@pytest.mark.parametrize(
    ("told", "urgency"),
    [("再不答复我们就去上访。", "P1"), ("全体村民盼着这条路能修好，也要个说法。", "P2"), ("", "P2")],
)
def test_a_letter_that_goes_up_is_p1_and_one_that_is_only_loud_is_not(
    lexicon: Lexicon, told: str, urgency: str
) -> None:
    assert classify(lexicon, LETTER.format(told=told)).urgency == urgency


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("请求解决村口公路的安全隐患", "P2"),
        ("我们组的路被大车压坏了请来维修", "P2"),
        ("希望把我们组的路加宽硬化", "P3"),
        ("盼望通组公路早日硬化", "P3"),
    ],
)
def test_a_road_that_is_broken_cannot_wait_and_one_that_is_wished_for_can(
    lexicon: Lexicon, text: str, urgency: str
) -> None:
    assert classify(lexicon, text).urgency == urgency


@pytest.mark.parametrize(
    "text", ["举报采石场夜里偷排污水", "举报小区楼下无证养猪", "办丧事大吃大喝三天", "能不能罢免村主任"]
)
def test_what_accuses_nobody_in_office_stays_open(lexicon: Lexicon, text: str) -> None:
    assert not classify(lexicon, text).sealed


def test_several_matters_are_offered_as_parts(lexicon: Lexicon) -> None:
    parts = classify(lexicon, "路灯坏了没人修。另外垃圾桶满了没人拉，还有我妈的养老金没到账").parts
    assert len(parts) == 3
    assert [classify(lexicon, part).code for part in parts] == ["RC02", "EN01", "SS04"]


def test_numbered_matters_are_parts(lexicon: Lexicon) -> None:
    parts = classify(lexicon, "1、自来水停了三天 2、广场健身器材坏了").parts
    assert len(parts) == 2


@pytest.mark.parametrize("text", ["路灯坏了，还有灯杆也歪了", "路坏了", "", "另外", "1"])
def test_one_matter_stays_whole(lexicon: Lexicon, text: str) -> None:
    assert classify(lexicon, text).parts == (text,)


@pytest.mark.parametrize(
    ("text", "codes", "urgency", "is_sealed"),
    [
        ("我家水亭了三天了没人管", {"RC03"}, "P1", False),
        ("水停了三天", {"RC03"}, "P1", False),
        ("路灯坏啦黑灯瞎火的昨晚差点跌沟里", {"RC02"}, "P1", False),
        ("抵保给我停了为啥", {"SS01"}, "P2", False),
        ("反应下垃圾没人拉都长蛆了", {"EN01"}, "P2", False),
        ("热死了水渠还不放水", {"AG01"}, "P2", False),
        ("隔壁盖房把我家采光挡了嚷了一仗", {"DS01", "LA01"}, "P2", False),
        ("男人又打我", {"DS02"}, "P0", True),
        ("那个书记把低保给他亲戚了", {"GO02", "GO03", "SS01"}, "P2", True),
        ("问下 老人养老金认证咋弄", {"SS04"}, "P3", False),
        ("那个呃我们社嘛那个桥上的栏杆吧好像让车撞坏了娃娃上学不安全你们看一下", {"RC01"}, "P1", False),
        ("三百五十亩地流转费一亩六百没给", {"LA03"}, "P2", False),
        ("两万五工钱要了三年", {"EC04"}, "P2", False),
        ("3个人来了又走了", {"OT04"}, "P3", False),
    ],
)
def test_a_messy_line_has_its_matter_its_urgency_and_its_seal(
    lexicon: Lexicon, text: str, codes: set[str], urgency: str, is_sealed: bool
) -> None:
    """The lines of the conversation page, §6.3, that are matters; and one that a word inside another once sealed."""
    reading = classify(lexicon, text)
    assert (reading.code in codes, reading.urgency, reading.sealed) == (True, urgency, is_sealed)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        # matters that are P1 by themselves, and only spoken of: asked for, announced, imagined, past, found again, seen
        ("灭火器在哪领", "P2"),
        ("明天搞消防演练", "P2"),
        ("假如发大水了，村里有没有预案", "P2"),
        ("前年着过一回火，后来重修了", "P2"),
        ("去年失火的房子，补助下来没", "P2"),
        ("走丢的羊找到了", "P2"),
        ("火急火燎的做啥", "P2"),
        ("谢谢民警把我爹找回来", "P3"),
        ("食物中毒怎么预防", "P3"),
        ("建议给水塘装个栏杆", "P3"),
    ],
)
def test_what_only_speaks_of_danger_is_not_urgent(lexicon: Lexicon, text: str, level: str) -> None:
    assert classify(lexicon, text).urgency == level


URGENT_ALL_THE_SAME = [
    "墙歪了，要是塌了咋办",
    "护栏断了，万一娃掉下去咋办",
    "防溺水光宣传，娃天天下河没人管",
    "去年地震裂的墙快倒了",
    "危墙都好几年了没人管",
    "娃在河里玩水，没人管吗",
    "请问线掉地上了归谁管",
    "吓死我了，墙倒了差点砸着我",
    "老公打我算不算家暴",
    "谢谢，狗咬人没人管",
    "洪水预警下来了我家在河边",
    "我妈被骗了两万，网上说是客服",
]


@pytest.mark.parametrize("text", URGENT_ALL_THE_SAME)
def test_a_danger_that_is_asked_about_or_thanked_beside_stays_urgent(lexicon: Lexicon, text: str) -> None:
    assert classify(lexicon, text).urgency in {"P0", "P1"}


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("半条街停水一天了", "P1"),
        ("二十几户没电", "P1"),
        ("校车超员，娃都站着", "P1"),
        ("暴雨要来了，坡下几户搬不搬", "P1"),
        ("我们商量好明天去堵厂门", "P1"),
        ("再不修我就打12345", "P1"),
        ("打过12345也没用", "P2"),
        ("能不能打12345", "P3"),
        ("明天准备封路修管子", "P2"),
        ("他把我家门口的路堵了", "P2"),
    ],
)
def test_whole_streets_full_buses_storms_and_those_who_mean_to_block_a_road_are_urgent(
    lexicon: Lexicon, text: str, level: str
) -> None:
    assert classify(lexicon, text).urgency == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("医保明年还涨不涨", "P3"),
        ("退伍军人有啥优待", "P3"),
        ("希望通天然气", "P3"),
        ("能不能给村口栽点树", "P3"),
        ("退休金涨了没", "P3"),
        ("八几年我家的地叫队里占了，一直没补", "P3"),
        ("九十年代欠的集资款还没退", "P3"),
        ("希望恢复供水，停了三天了", "P2"),
        ("补贴没到账，能不能查查", "P2"),
        ("去年占的地还没补钱", "P2"),
    ],
)
def test_policy_wishes_and_old_accounts_can_wait(lexicon: Lexicon, text: str, level: str) -> None:
    assert classify(lexicon, text).urgency == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        # in either order and without the usual word: who is struck, what has failed, how long, who stands below
        ("一点水都没有了，三个队都这样，从昨天早上起", "P1"),
        ("打昨晚起家家点蜡，电表箱烧了", "P1"),
        ("阀门那头嘶嘶的，臭鸡蛋味", "P1"),
        ("拉稀的娃有五六个，都在食堂吃的", "P1"),
        ("娃放学不敢走，那家的狼狗挣脱了", "P1"),
        ("再不给结账，大伙就拦公司的车", "P1"),
        ("底下住着老人，那堵山墙鼓了个包", "P1"),
        ("两天没吃上热饭了，孤老婆子", "P1"),
        # past, over, planned, asked about: no cue makes these urgent
        ("前年断过一回桥，如今好着呢", "P3"),
        ("门口那狗拴起来了，就是叫得人睡不着", "P2"),
        ("电表换新的要交多少钱", "P3"),
        ("准备到县里去学个驾照", "P3"),
        ("他家果树叫雹子打了，没人来看", "P2"),
    ],
)
def test_what_makes_it_urgent_stands_in_any_order(lexicon: Lexicon, text: str, level: str) -> None:
    assert classify(lexicon, text).urgency.replace("P0", "P1") == level  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "粮补少打了一亩的，请问找哪个问",
        "老娘的高龄补贴停发了，想问一下是咋回事",
        "退的押金到现在没给，能不能催催",
        "会计把我名字写错了，领不到钱，咋办",
    ],
)
def test_a_question_at_the_end_does_not_make_a_loss_wait(lexicon: Lexicon, text: str) -> None:
    assert classify(lexicon, text).urgency == "P2"
