"""The demo village of the outer contract: invented, deterministic, loaded in a second or two.

甲县 → 青川镇 → 兴河村: 3 社, 4 网格, 24 微网格, 300 户, 780 adults, 42 representatives (15 women), 60 party members.
Nobody in it lives; phones begin with 100, which no operator gives out.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from storage import tables
from storage.database import Database
from storage.people import touch_directory

VILLAGE_CODE = "XH"
ACCOUNT = "demo"
CHANNEL = "oa"
# The village group is a transport of the simulator; its members speak there under the same names.
GROUP_CHANNEL = "sim"
_GROUP_CONTACTS_FROM = 100
GROUP_CHAT = "xinghe-family"

# Any number that nobody else takes.
_LOCK = 0x796F757368690002
_SINCE = datetime(2026, 1, 1, tzinfo=UTC)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
_MALE = [
    "建国",
    "德福",
    "永强",
    "志明",
    "守信",
    "长贵",
    "玉山",
    "有才",
    "大勇",
    "春生",
    "满仓",
    "学军",
    "保田",
    "金锁",
    "万财",
    "来福",
    "石头",
    "平安",
    "东升",
    "旺财",
]
_FEMALE = [
    "秀兰",
    "桂花",
    "玉珍",
    "春梅",
    "翠英",
    "红霞",
    "凤琴",
    "小芳",
    "菊香",
    "素云",
    "彩霞",
    "巧珍",
    "腊梅",
    "银花",
    "兰芝",
    "爱香",
    "淑芬",
    "月娥",
    "金凤",
    "雪梅",
]
_GROUPS = ("七社", "八社", "九社")


@dataclass
class _Rows:
    """Rows by table, in the order they must be written."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: str, **row: Any) -> int:
        self.rows.setdefault(table, []).append(row)
        return int(row["id"])


# The cast: openid, name, what to call them, gender, born, 社, roles as (role, area). Invented.
CAST: tuple[tuple[str, str, str, str, int, str, tuple[tuple[str, str], ...]], ...] = (
    ("o-laowang", "王德福", "老王", "男", 1961, "九社", ()),
    ("o-zhangshen", "张桂兰", "张婶", "女", 1966, "九社", ()),
    ("o-xiaochen", "陈小军", "小陈", "男", 1992, "九社", (("grid_head", "四网格"),)),
    ("o-lishuji", "李长河", "李书记", "男", 1974, "八社", (("secretary", "村"), ("vc", "村"), ("grid_chief", "村"))),
    ("o-xiuying", "王秀英", "王秀英", "女", 1958, "九社", ()),
    ("o-wenshu", "赵敏", "文书", "女", 1988, "八社", (("clerk", "村"),)),
    ("o-jianwei", "周正", "监委主任", "男", 1965, "七社", (("supervisor", "村"),)),
    ("o-zhenling", "高远", "镇领导", "男", 1979, "", (("town_leader", "镇"),)),
    ("o-shuizhan", "罗涛", "水管所", "男", 1983, "", (("dept", "水管所"),)),
    ("o-kuaiji", "吴账", "会计", "男", 1970, "七社", (("accountant", "村"),)),
    ("o-jiwei", "郑清", "镇纪委", "女", 1981, "", (("discipline", "镇"),)),
    ("o-fulian", "何秀芝", "妇联", "女", 1976, "八社", (("women", "村"),)),
    ("o-daibiao", "马代民", "村民代表", "男", 1969, "七社", (("rep", "七社"),)),
    ("o-dangyuan", "徐红旗", "党员", "男", 1971, "八社", (("member", "八社"),)),
    ("o-admin", "管理员", "管理员", "男", 1990, "", (("admin", "镇"),)),
)
DEPARTMENTS = ("水管所", "供电所", "派出所", "卫生院", "民政办", "自然资源所", "司法所", "农业农村中心")


def load(connection: Connection, code_hash: Any) -> bool:
    """Load the village unless it is there; `code_hash(household, code)` keys the paper codes. True if it was loaded."""
    if connection.dialect.name == "postgresql":  # two servers that start at once must not both find no village
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    known = connection.execute(select(tables.areas.c.id).where(tables.areas.c.code == VILLAGE_CODE)).first()
    if known is not None:
        return False
    rows = _build(code_hash)
    for table in tables.metadata.sorted_tables:
        if table.name in rows.rows:
            connection.execute(table.insert(), rows.rows[table.name])
    touch_directory(connection)
    return True


def is_loaded(database: Database) -> bool:
    """Is the demo village in this database? Raises the database's error where there are no tables."""
    with database.read() as connection:
        query = select(tables.areas.c.id).where(tables.areas.c.code == VILLAGE_CODE)
        return connection.execute(query).first() is not None


def paper_code(household_number: int) -> str:
    """The code printed on the household's letter. In the demo village it can be worked out; elsewhere it is drawn."""
    return f"{(household_number * 7919 + 1234) % 10000:04d}"


def _build(code_hash: Any) -> _Rows:
    rows = _Rows()
    areas = _areas(rows)
    dice = random.Random(2026)  # noqa: S311 - the village must come out the same everywhere
    _households(rows, areas, code_hash)
    _people(rows, dice)
    _cast(rows, areas)
    _offices(rows, areas)
    group = rows.add("groups", id=1, area_id=areas["村"], name="兴河大家庭")
    rows.add("transports", id=1, group_id=group, channel=GROUP_CHANNEL, account=ACCOUNT, native_id=GROUP_CHAT)
    return rows


def _areas(rows: _Rows) -> dict[str, int]:
    areas: dict[str, int] = {}

    def add(name: str, kind: str, parent: str | None, code: str | None = None, called: str | None = None) -> None:
        areas[called or name] = rows.add(
            "areas",
            id=len(areas) + 1,
            kind=kind,
            name=name,
            code=code,
            parent_id=areas[parent] if parent else None,
            tenant_id=1,
        )

    add("甲县", "county", None, "JX", "县")
    add("青川镇", "town", "县", "QC", "镇")
    add("兴河村", "village", "镇", VILLAGE_CODE, "村")
    for name in _GROUPS:
        add(name, "group", "村")
    for number in range(1, 5):
        grid = f"{'一二三四'[number - 1]}网格"
        add(grid, "grid", "村")
        for micro in range(1, 7):
            add(f"{(number - 1) * 6 + micro}号微网格", "micro_grid", grid)
    for name in DEPARTMENTS:
        add(name, "department", "镇")
    return areas


# Micro-grids hold 10 to 15 households: twelve of 12, six of 11, six of 15 make 300.
_SIZES = (12,) * 12 + (11, 15) * 6


def _households(rows: _Rows, areas: dict[str, int], code_hash: Any) -> None:
    number = 0
    for micro, size in enumerate(_SIZES, start=1):
        for _ in range(size):
            number += 1
            group = _GROUPS[(number - 1) // 100]
            rows.add(
                "households",
                id=number,
                village_id=areas["村"],
                group_id=areas[group],
                micro_grid_id=areas[f"{micro}号微网格"],
                number=number,
                head_name="",
                code_hash=code_hash(number, paper_code(number)),
            )


def _people(rows: _Rows, dice: random.Random) -> None:
    """780 adults: 180 households of three, 120 of two. The first of each is its head."""
    person = 0
    for home in rows.rows["households"]:
        surname = _SURNAMES[dice.randrange(len(_SURNAMES))]
        for place in range(3 if home["id"] % 5 in (1, 2, 3) else 2):
            person += 1
            female = place == 1 or (place == 2 and dice.random() < 0.5)
            given = dice.choice(_FEMALE if female else _MALE)
            family = surname if place != 1 else _SURNAMES[dice.randrange(len(_SURNAMES))]
            name = f"{family}{given}"
            if place == 0:
                home["head_name"] = name
            rows.add(
                "people",
                id=person,
                household_id=home["id"],
                name=name,
                gender="女" if female else "男",
                born_year=dice.randrange(1940, 2006),
                phone=f"100{10000000 + person * 37:08d}",
                is_party_member=person % 13 == 0,
                status="here",
            )


# Which household each of the cast lives in: the 社 of the cast table, in the grid their story needs.
HOMES = {
    "o-laowang": 231, "o-zhangshen": 232, "o-xiaochen": 240, "o-xiuying": 233, "o-lishuji": 131, "o-wenshu": 132,
    "o-fulian": 133, "o-dangyuan": 134, "o-jianwei": 31, "o-kuaiji": 32, "o-daibiao": 33,
}  # fmt: skip


def _cast(rows: _Rows, areas: dict[str, int]) -> None:
    """Put the cast in the place of the roster's own heads; town people have no household here."""
    heads: dict[int, dict[str, Any]] = {}
    for person in rows.rows["people"]:
        heads.setdefault(person["household_id"], person)
    for number, (openid, name, _called, gender, born, _group, offices) in enumerate(CAST, start=1):
        facts = {"name": name, "gender": gender, "born_year": born, "phone": f"100{number:08d}"}
        home = HOMES.get(openid)
        if home is None:
            person = {"id": 1000 + number, "household_id": None, "is_party_member": False, "status": "here", **facts}
            rows.rows["people"].append(person)
        else:
            person = heads[home]
            person.update(facts, is_party_member=openid == "o-dangyuan" or person["is_party_member"])
            rows.rows["households"][home - 1]["head_name"] = name
        _bind(rows, number, CHANNEL, openid, person["id"])
        _bind(rows, _GROUP_CONTACTS_FROM + number, GROUP_CHANNEL, openid, person["id"])
        for role, area in offices:
            _hold(rows, person["id"], role, areas[area])
    _grandmother(rows)


def _grandmother(rows: _Rows) -> None:
    """周奶奶 lives with 王秀英 and has no phone."""
    at_home = [p for p in rows.rows["people"] if p["household_id"] == HOMES["o-xiuying"]]
    at_home[-1].update(name="周奶奶", gender="女", born_year=1938, phone="", is_party_member=False)


def _bind(rows: _Rows, number: int, channel: str, openid: str, person_id: int) -> None:
    contact = rows.add(
        "contacts",
        id=number,
        channel=channel,
        account=ACCOUNT,
        native_id=openid,
        speaking_as=person_id,
        followed_at=_SINCE,
    )
    rows.add(
        "bindings",
        id=number,
        contact_id=contact,
        person_id=person_id,
        level="full",
        proven_by="paper_code",
        consent="demo",
        bound_at=_SINCE,
    )


def _hold(rows: _Rows, person_id: int, role: str, area_id: int) -> None:
    number = len(rows.rows.get("roles", ())) + 1
    rows.add("roles", id=number, person_id=person_id, role=role, area_id=area_id, since_at=_SINCE)


def _offices(rows: _Rows, areas: dict[str, int]) -> None:
    """Grid heads and micro-grid heads for every unit, 42 representatives (15 women), 60 party members."""
    cast = {binding["person_id"] for binding in rows.rows["bindings"]}
    by_home: dict[int, list[dict[str, Any]]] = {}
    for person in rows.rows["people"]:
        by_home.setdefault(person["household_id"] or 0, []).append(person)
    for number, name in enumerate(("一网格", "二网格", "三网格")):
        _hold(rows, by_home[10 + number * 75][0]["id"], "grid_head", areas[name])
    for micro in range(1, 25):
        homes = [h["id"] for h in rows.rows["households"] if h["micro_grid_id"] == areas[f"{micro}号微网格"]]
        _hold(rows, by_home[homes[3]][0]["id"], "grid_micro", areas[f"{micro}号微网格"])
    villagers = [p for p in rows.rows["people"] if p["household_id"] and p["id"] not in cast and p["name"] != "周奶奶"]
    for gender, many in (("女", 15), ("男", 26)):  # the representative of the cast is the 27th man
        for person in [p for p in villagers if p["gender"] == gender][:: len(villagers) // 60][:many]:
            home = rows.rows["households"][person["household_id"] - 1]
            _hold(rows, person["id"], "rep", home["group_id"])
    _party(rows, villagers)


def _party(rows: _Rows, villagers: list[dict[str, Any]]) -> None:
    members = [p for p in rows.rows["people"] if p["is_party_member"]]
    for person in villagers:
        if len(members) == 60:
            break
        if not person["is_party_member"] and person["id"] % 13 == 1:
            person["is_party_member"] = True
            members.append(person)
    for person in members[60:]:
        person["is_party_member"] = False
