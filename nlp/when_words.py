"""The words of days and clocks: how villages, towns and offices name them (conversation.md §6.5).

Plain tables only, so that importing the parser costs milliseconds.
"""

from __future__ import annotations

WEEKDAYS = {
    **{char: n for n, char in enumerate("一二三四五六日")},
    "天": 6,
    "七": 6,
    **{str(n): n - 1 for n in range(1, 8)},
}

# Days counted from today.
RELATIVE_DAYS = {
    "大大后天": 4, "大后天": 3, "大后日": 3, "外后天": 3, "外后日": 3, "老后天": 3, "大后儿": 3, "外后儿": 3,
    "后天": 2, "后日": 2, "后儿个": 2, "后儿": 2, "后个": 2, "後天": 2,
    "明天": 1, "明日": 1, "明儿个": 1, "明儿": 1, "明个": 1, "赶明儿": 1, "赶明": 1,     "转天": 1, "明朝": 1,
    "今天": 0, "今日": 0, "今儿个": 0, "今儿": 0, "今个": 0, "本日": 0, "即日": 0,
    "昨天": -1, "昨日": -1, "昨儿个": -1, "昨儿": -1, "夜个": -1, "夜儿个": -1, "夜儿": -1, "夜来": -1,
    "前天": -2, "前日": -2, "前儿个": -2, "前儿": -2, "前个": -2,
    "大前天": -3, "大前日": -3, "大前儿": -3,
}  # fmt: skip
# Days counted from a day just named, or from today where none was.
FOLLOWING_DAYS = {"次日": 1, "翌日": 1, "隔天": 1, "隔日": 1, "第二天": 1, "当天": 0, "当日": 0, "那天": 0, "这天": 0}
FOLLOWING_PARTS = {"当晚": "晚上", "当夜": "夜里"}
# Two words grown into one: the day and the part of it.
DAY_AND_PART = {
    "今早": (0, "早上"), "今晨": (0, "凌晨"), "今晚": (0, "晚上"), "今夜": (0, "夜里"), "今黑": (0, "晚上"),
    "今儿黑": (0, "晚上"),
    "明早": (1, "早上"), "明晨": (1, "早上"), "明晚": (1, "晚上"), "明夜": (1, "夜里"), "明黑": (1, "晚上"),
    "明儿黑": (1, "晚上"),
    "昨晚": (-1, "晚上"), "昨夜": (-1, "夜里"), "昨早": (-1, "早上"), "昨晨": (-1, "早上"), "昨黑": (-1, "晚上"),
    "今晚上": (0, "晚上"), "明晚上": (1, "晚上"), "昨晚上": (-1, "晚上"), "前晚上": (-2, "晚上"), "后晚上": (2, "晚上"),
    "明早上": (1, "早上"), "今早上": (0, "早上"), "今夜里": (0, "夜里"), "昨夜里": (-1, "夜里"), "今下午": (0,
    "下午"), "明下午": (1, "下午"),
    "明上午": (1, "上午"), "明中午": (1, "中午"), "今上午": (0, "上午"), "今中午": (0, "中午"), "昨下午": (-1, "下午"),
    "今黑了": (0, "晚上"), "今黑里": (0, "晚上"), "明黑了": (1, "晚上"), "明黑里": (1, "晚上"), "昨黑了": (-1, "晚上"),
    "夜黑": (-1, "晚上"), "夜晚黑": (-1, "晚上"),
    "后晚": (2, "晚上"), "后早": (2, "早上"), "前晚": (-2, "晚上"), "前夜": (-2, "夜里"),
}  # fmt: skip

YEARS = {
    "大前年": -3, "前年": -2, "去年": -1, "上年": -1, "旧年": -1, "今年": 0, "本年": 0, "当年": 0, "这一年": 0,
    "本年度": 0,
    "明年": 1, "来年": 1, "次年": 1, "下一年": 1, "翌年": 1, "开年": 1, "转年": 1, "后年": 2, "大后年": 3,
}  # fmt: skip

# A part of the day: the hour that fills a missing one (minutes), from when to when it lasts (minutes), its family.
PARTS: dict[str, tuple[int, int, int, str]] = {}


def _part(words: str, default: int, begins: int, ends: int, family: str) -> None:
    for word in words.split():
        PARTS[word] = (default, begins * 60, ends * 60, family)


_part("凌晨 后半夜 下半夜", 3 * 60, 0, 6, "small")
_part("麻麻亮 天麻麻亮 蒙蒙亮 天亮 天一亮 鸡叫", 6 * 60, 5, 8, "morning")
_part("一早 大清早 清早 大早上 早起 清晨 黎明 一大早 起早 赶早 早间 绝早", 7 * 60, 5, 9, "morning")
_part("早上 早晨 早 晨 早饭后 吃过早饭 吃了早饭 早晨头", 8 * 60, 5, 9, "morning")
_part("上午 上午头 头午 午前", 9 * 60, 8, 12, "morning")
_part("前晌 早晌 半前晌 半晌午 前半天 前半晌", 10 * 60, 8, 12, "morning")
_part("小晌午 晌午前", 11 * 60, 10, 12, "morning")
_part("中午 晌午 正午 响午 午间 晌午头 晌午端 午时 中午头 大中午", 12 * 60, 11, 14, "noon")
_part("晌午过 过了晌午 午饭后 吃过午饭 吃过晌午饭 吃了晌午饭 午后", 14 * 60, 13, 18, "afternoon")
_part("下午 后晌 下午头 下晌 晚半晌 后半天 下半天 后半晌", 15 * 60, 12, 18, "afternoon")
_part("半后晌", 16 * 60, 12, 18, "afternoon")
_part("傍晚 黄昏 日落", 18 * 60, 17, 19, "evening")
_part("擦黑 傍黑 天擦黑 天黑 麻黑 麻麻黑 擦黑儿 天快黑 上灯", 18 * 60 + 30, 17, 20, "evening")
_part("晚上 晚 晚间 黑了 黑里 黑夜 黑家 黑咧 晚夕 夜晚 晚么晌", 19 * 60, 18, 24, "evening")
_part(
    "吃过黑饭 吃了黑饭 吃罢黑饭 吃完黑饭 黑饭后 黑饭罢 吃过晚饭 吃了晚饭 吃罢晚饭 吃完晚饭 晚饭后 喝罢汤 喝了汤 喝过汤",
    19 * 60 + 30, 18, 24, "evening",
)  # fmt: skip
_part("夜里 夜间 深夜 夜", 22 * 60, 20, 24, "night")
_part("半夜 午夜 三更半夜 大半夜 半夜三更 子夜", 24 * 60, 23, 29, "night")

# Holidays: "MMDD" solar, "LMMDD" lunar, "T…" a solar term, "WMMnd" the n-th weekday d (7 Sunday) of a month,
# "LAST" the last lunar day of the year.
HOLIDAYS: dict[str, str] = {}


def _holiday(day: str, words: str) -> None:
    for word in words.split():
        HOLIDAYS[word] = day


_holiday("0101", "元旦节 元旦 阳历年")
_holiday("0214", "情人节")
_holiday("0305", "学雷锋日 雷锋日 学雷锋纪念日")
_holiday("0307", "女生节")
_holiday("0308", "三八妇女节 三八国际妇女节 国际妇女节 国际劳动妇女节 妇女节 三八节 三八 女神节 女王节")
_holiday("0312", "植树节")
_holiday("0314", "白色情人节")
_holiday("0315", "消费者权益日 国际消费者权益日 三一五 315晚会")
_holiday("0401", "愚人节")
_holiday("0422", "世界地球日 地球日")
_holiday("0423", "世界读书日 读书日")
_holiday("0501", "五一国际劳动节 五一劳动节 国际劳动节 劳动节 五一节 五一")
_holiday("0504", "五四青年节 青年节 五四")
_holiday("0512", "护士节 国际护士节 防灾减灾日")
_holiday("0520", "520表白日")
_holiday("0531", "世界无烟日")
_holiday("0601", "六一儿童节 六一国际儿童节 国际儿童节 儿童节 六一节 六一")
_holiday("0605", "世界环境日 环境日")
_holiday("0626", "国际禁毒日 禁毒日")
_holiday("0701", "建党节 七一建党节 七一 党的生日 香港回归纪念日")
_holiday("0801", "建军节 八一建军节 八一节 八一")
_holiday("0903", "抗战胜利纪念日 抗战胜利日")
_holiday("0910", "教师节")
_holiday("0918", "九一八")
_holiday("1001", "十一放假 十一期间 十一小长假 十一前后 十一国庆节 十一国庆 国庆节 国庆 十一黄金周 十一长假 十一假期")
_holiday("1031", "万圣节 万圣夜 万圣节前夜")
_holiday("1108", "记者节")
_holiday("1109", "消防日 消防宣传日")
_holiday("1111", "光棍节 双十一 双11")
_holiday("1204", "国家宪法日 宪法日")
_holiday("1212", "双十二 双12")
_holiday("1213", "国家公祭日 公祭日")
_holiday("1224", "平安夜 圣诞夜 圣诞前夜")
_holiday("1225", "圣诞节 圣诞")
_holiday("1231", "跨年夜 跨年")
_holiday("W0527", "母亲节")  # the 2nd Sunday of May
_holiday("W0637", "父亲节")  # the 3rd Sunday of June
_holiday("W1144", "感恩节")  # the 4th Thursday of November
_holiday("L0101", "春节 大年初一 年初一 大年 新春佳节 过年 农历新年 旧历年")
_holiday("L0102", "大年初二 年初二")
_holiday("L0103", "大年初三 年初三")
_holiday("L0104", "大年初四 年初四")
_holiday("L0105", "大年初五 年初五 破五")
_holiday("L0106", "大年初六 年初六")
_holiday("L0107", "大年初七 年初七 人日")
_holiday("L0108", "大年初八 年初八")
_holiday("L0109", "大年初九 年初九")
_holiday("L0110", "大年初十 年初十")
_holiday("L0115", "元宵节 元宵 上元节 灯节")
_holiday("L0202", "龙抬头 二月二 春龙节")
_holiday("L0303", "三月三 上巳节")
_holiday("L0505", "端午节 端午 端阳节 端阳")
_holiday("L0606", "六月六")
_holiday("L0707", "七夕节 七夕 乞巧节")
_holiday("L0715", "中元节 鬼节 七月半")
_holiday("L0815", "中秋节 中秋")
_holiday("L0909", "重阳节 重阳 老人节 九月九")
_holiday("L1001", "寒衣节")
_holiday("L1015", "下元节")
_holiday("L1208", "腊八节 腊八")
_holiday("L1223", "小年")
_holiday("LAST", "大年三十 年三十 除夕夜 除夕 大年夜 年三十儿 年夜饭 年除夕")
_holiday("T清明", "清明节")
_holiday("T秋分", "丰收节 农民丰收节 中国农民丰收节")
_holiday("T冬至", "冬至节 冬节 数九")

TERMS = (
    "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至",
    "小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至",
)  # fmt: skip
# These are also weather words; they are days only beside 节气, 那天, 前, 后, a year or a part of the day.
WEATHER_TERMS = frozenset({"雨水", "小雪", "大雪", "小满", "大寒"})
for _name in TERMS:
    HOLIDAYS[_name] = f"T{_name}"

LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12, "臘": 12, "端": 5}

# Words of time that name no day: always asked.
VAGUE = (
    "过两天", "过几天", "过些天", "过些日子", "过一阵子", "过段时间", "过阵子", "这两天", "这几天", "这些天", "改天",
    "改日", "有空",
    "抽空", "农闲", "收秋后", "收秋", "秋收后", "秋收", "秋后", "麦收后", "收麦", "浇头水", "浇冬水", "开春", "春上",
    "年前", "年后",
    "过完年", "过了年", "天暖", "天冷了", "回头", "以后再说", "下次", "到时候", "近期", "尽快", "尽早", "早日",
)  # fmt: skip
MARKET = ("赶集", "逢集", "集日", "赶会", "逢会", "下一集", "下个集", "集上", "庙会")

UNITS = {
    "分钟": "minute", "分": "minute", "刻钟": "quarter_hour", "刻": "quarter_hour", "小时": "hour", "钟头": "hour",
    "钟": "hour",
    "工作日": "working_day", "天": "day", "日": "day", "宿": "day", "晚": "day", "周": "week", "星期": "week",
    "礼拜": "week",
    "月": "month", "季度": "quarter", "年": "year", "秒": "second", "秒钟": "second",
}  # fmt: skip
