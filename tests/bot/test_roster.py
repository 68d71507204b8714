"""`youshi roster`: a township's own table brought in, whole or not at all, as often as one likes."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from bot.roster_file import COLUMNS, Unreadable, read_roster
from domain.organisation import Role, first_receiver
from handlers.texts.roster import fault_line
from storage import tables
from storage.database import Database
from storage.people import load_directory
from storage.roster import Report, import_roster
from storage.vault import Vault, household_code_digest
from tests.bot.town import ROOT
from tests.conftest import SECRET

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
HEAD = ("镇", "村", "村代码", "社", "网格", "微网格", "户号", "姓名", "户主", "性别", "出生年", "电话", "党员", "职务")
ROWS = (
    ("白水镇", "柳树村", "LS", "一组", "一网格", "1号微网格", "1", "马长青", "是", "男", "1965", "13800000001", "是", "书记、村主任"),
    ("白水镇", "柳树村", "LS", "一组", "一网格", "1号微网格", "1", "李秀莲", "", "女", "1968", "", "", ""),
    ("白水镇", "柳树村", "LS", "二组", "二网格", "3号微网格", "2", "刘大山", "是", "男", "1970", "138 0000 0002", "否", "网格长"),
    ("白水镇", "柳树村", "LS", "二组", "二网格", "3号微网格", "3", "孙小燕", "是", "女", "１９９０", "13800000003", "", "网格长（一网格）、村民代表"),
    ("白水镇", "", "", "", "", "", "", "高远山", "", "", "", "13800000004", "", "镇领导、管理员"),
)  # fmt: skip


def written(rows: object = ROWS, head: object = HEAD, *, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([head, *rows])  # type: ignore[misc]
    return out.getvalue().encode(encoding)


def changed(line: int, column: str, cell: str) -> list[tuple[str, ...]]:
    """The table with another cell; line 2 is the first row, as people count."""
    rows = [list(row) for row in ROWS]
    rows[line - 2][HEAD.index(column)] = cell
    return [tuple(row) for row in rows]


Bring = Callable[..., Report]


@pytest.fixture
def bring(database: Database, tmp_path: Path) -> Bring:
    """Write, read and import a table; faults of the file fail the test."""

    def bring_in(rows: object = ROWS, **more: object) -> Report:
        path = tmp_path / "名册.csv"
        path.write_bytes(written(rows))
        found, faults = read_roster(path)
        assert faults == []
        with database.write() as connection:
            return import_roster(connection, found, NOW, **more)  # type: ignore[arg-type]

    return bring_in


def people(database: Database, *names: str) -> list[tuple[object, ...]]:
    row = tables.people.c
    query = select(row.name, row.gender, row.born_year, row.phone, row.is_party_member).where(row.name.in_(names))
    with database.read() as connection:
        return [tuple(one) for one in connection.execute(query.order_by(row.id))]


# -- into the database


def test_a_roster_becomes_places_households_people_and_offices(database: Database, bring: Bring) -> None:
    report = bring()
    assert dict(report.added) == {"areas": 8, "households": 3, "people": 5, "roles": 7}
    assert people(database, "马长青", "刘大山") == [
        ("马长青", "男", 1965, "13800000001", True), ("刘大山", "男", 1970, "13800000002", False)
    ]  # fmt: skip
    with database.read() as connection:
        directory = load_directory(connection, 1)
        home = connection.execute(select(tables.households).where(tables.households.c.head_name == "刘大山")).one()
    village = directory.area("LS")
    assert village is not None
    keeper = first_receiver(directory, home.micro_grid_id, village.id)
    assert keeper is not None
    assert keeper.name == "刘大山"
    assert [p.name for p in directory.holders(Role.SECRETARY, village.id)] == ["马长青"]
    grids = {area.name: area.id for area in directory.children(village.id)}
    assert [p.name for p in directory.holders(Role.GRID_HEAD, grids["一网格"])] == ["孙小燕"]


def test_a_second_time_changes_nothing(database: Database, bring: Bring) -> None:
    bring()
    assert bring().is_empty
    assert len(people(database, *(row[7] for row in ROWS))) == 5


def test_what_is_said_differently_is_changed_and_nobody_is_taken_away(database: Database, bring: Bring) -> None:
    bring()
    rows = changed(2, "电话", "13900000001")[:3]
    report = bring(rows)
    assert (dict(report.added), dict(report.changed), report.not_named) == ({}, {"people": 1}, 1)
    assert people(database, "马长青")[0][3] == "13900000001"
    assert len(people(database, "孙小燕")) == 1


def test_an_empty_cell_says_nothing_about_what_is_known(database: Database, bring: Bring) -> None:
    bring()
    assert bring(changed(2, "电话", "")).is_empty
    assert people(database, "马长青")[0][3] == "13800000001"


def test_the_demo_village_takes_its_own_people_again(database: Database, bring: Bring) -> None:
    row = (
        "青川镇",
        "兴河村",
        "XH",
        "九社",
        "四网格",
        "19号微网格",
        "231",
        "王德福",
        "是",
        "男",
        "1961",
        "13800000009",
        "",
        "",
    )
    with database.read() as connection:
        home = connection.execute(select(tables.households).where(tables.households.c.number == 231)).one()
        names = {a.id: a.name for a in connection.execute(select(tables.areas))}
    row = (*row[:3], names[home.group_id], row[4], names[home.micro_grid_id], *row[6:])
    report = bring([row])
    assert (dict(report.added), dict(report.changed)) == ({}, {"people": 1})


def test_households_get_a_paper_code_once(database: Database, bring: Bring) -> None:
    vault = Vault(SECRET)

    def draw(household: int) -> tuple[str, str]:
        return "4321", household_code_digest(vault, household, "4321")

    assert bring().without_code == 3
    report = bring(new_code=draw)
    assert [(code[2], code[4]) for code in sorted(report.codes, key=lambda c: c[2])] == [
        (1, "4321"),
        (2, "4321"),
        (3, "4321"),
    ]
    assert bring(new_code=draw).codes == []
    with database.read() as connection:
        home = connection.execute(select(tables.households).where(tables.households.c.head_name == "马长青")).one()
    assert home.code_hash == household_code_digest(vault, home.id, "4321")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (changed(2, "村代码", "XH")[:1], "第2行 “村代码”：XH已经是兴河村的"),
        (changed(2, "村代码", "")[:1], "第2行 “村代码”：柳树村是新的村，没有代码"),
        (changed(5, "职务", "网格长（九网格）"), "第5行 “职务”：没有“九网格”这个地方"),
    ],
)
def test_what_only_the_database_knows_is_wrong_is_said_and_nothing_written(
    database: Database, bring: Bring, rows: object, said: str
) -> None:
    report = bring(rows)
    assert any(fault_line(fault).startswith(said) for fault in report.faults), report.faults
    assert people(database, "马长青") == []


# -- the file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_encoding_of_excel_and_wps_is_read_alike(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.csv").write_bytes(written(encoding=encoding))
    (tmp_path / "b.csv").write_bytes(written(encoding=encoding, delimiter="\t"))
    rows, faults = read_roster(tmp_path / "a.csv")
    assert (len(rows), faults) == (5, [])
    assert read_roster(tmp_path / "b.csv")[0] == rows


def test_a_workbook_with_numbers_in_it_is_read_alike(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(list(HEAD))
    for row in ROWS:
        book.worksheets[0].append([float(cell) if cell.isascii() and cell.isdigit() else cell for cell in row])
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "a.csv").write_bytes(written())
    assert read_roster(tmp_path / "a.xlsx") == read_roster(tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (changed(3, "电话", "1.38E+10"), "第3行 “电话”：“1.38E+10”是科学计数"),
        (changed(3, "电话", "1234"), "第3行 “电话”：“1234”不是电话"),
        (changed(3, "姓名", ""), "第3行 “姓名”：没填"),
        (changed(3, "性别", "女性"), "第3行 “性别”：“女性”不认识"),
        (changed(3, "出生年", "68"), "第3行 “出生年”：“68”不是年份"),
        (changed(3, "户号", "一"), "第3行 “户号”：“一”不是号"),
        (changed(3, "户号", ""), "第3行 “户号”：没填"),
        (changed(3, "职务", "网格长长"), "第3行 “职务”：“网格长长”不认识  → 是不是“网格长”？"),
        (changed(3, "姓名", "马长青"), "第3行 “姓名”：马长青和第2行是同一户同一个名字"),
        (changed(3, "社", "二组"), "第3行 “社”：1号户和第2行不一样"),
        (changed(3, "户主", "是"), "第3行 “户主”：1号户第2行已经有户主"),
        (changed(3, "村代码", "LX"), "第3行 “村代码”：柳树村在第2行的代码是LS"),
        (changed(6, "职务", "网格长"), "第6行 “职务”：网格长管哪个网格没写"),
    ],
)
def test_a_faulty_cell_is_named_with_its_row_column_and_mend(tmp_path: Path, rows: object, said: str) -> None:
    (tmp_path / "a.csv").write_bytes(written(rows))
    _, faults = read_roster(tmp_path / "a.csv")
    lines = [fault_line(fault) for fault in faults]
    assert any(line.startswith(said) for line in lines), lines
    assert all("  → " in line for line in lines)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "是空的"),
        ("a.csv", written(()), "是空的"),
        ("a.csv", written(head=("镇", "村", "社", "户号", "姓名", "手机号码")), "不认识“手机号码”这一列"),
        ("a.csv", written(head=("镇", "村", "社", "户号", "电话")), "缺“姓名”"),
        ("a.csv", "姓名,电话".encode("utf-16"), "编码认不出来"),
        ("a.csv", b'"a', "引号没有配对"),
        ("a.xlsx", b"PK no workbook", "不是 Excel 表"),
        ("none.csv", None, "打不开"),
        ("none.xlsx", None, "打不开"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(Unreadable, match=said):
        read_roster(tmp_path / name)


# -- the command


def youshi(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "YOUSHI_DATABASE_URL": f"sqlite:///{tmp_path / 'own.db'}",
        "YOUSHI_DATA_DIR": str(tmp_path / "var"),
    }  # fmt: skip
    command = [sys.executable, "-m", "bot.cli", "roster", *words]
    return subprocess.run(
        command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_command_tries_first_then_imports_and_hands_out_codes(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(written())
    tried = youshi(tmp_path, "import", "a.csv", "--dry-run")
    assert (tried.returncode, "会新增" in tried.stdout, "什么都没有改" in tried.stdout) == (0, True, True), tried.stderr
    done = youshi(tmp_path, "import", "a.csv", "--codes", "codes.csv")
    assert "新增：8个地方，3户，5人，7个职务" in done.stdout
    codes = list(csv.reader((tmp_path / "codes.csv").read_text("utf-8-sig").splitlines()))
    assert codes[0] == ["村", "社", "户号", "户主", "绑定码"]
    assert [row[:4] for row in codes[1:]] == [["柳树村", "一组", "1", "马长青"], ["柳树村", "二组", "2", "刘大山"], ["柳树村", "二组", "3", "孙小燕"]]  # fmt: skip
    assert (tmp_path / "codes.csv").stat().st_mode & 0o077 == 0
    assert "没有要改的" in youshi(tmp_path, "import", "a.csv").stdout
    again = youshi(tmp_path, "import", "a.csv", "--codes", "codes.csv")
    assert (again.returncode, "已经在了" in again.stderr) == (1, True)


def test_the_command_refuses_a_faulty_file_whole(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(written(changed(3, "电话", "1234")))
    refused = youshi(tmp_path, "import", "a.csv")
    assert refused.returncode == 1
    assert "第3行 “电话”" in refused.stderr
    assert refused.stderr.rstrip().endswith("有1处要改，一行都没有导入。")


def test_every_faulty_cell_is_named_not_the_first_of_its_row_alone(tmp_path: Path) -> None:
    rows = [dict(zip(HEAD, row, strict=True)) for row in ROWS]
    rows[1] |= {"户主": "也许", "出生年": "abc", "职务": "皇帝"}
    rows[2] |= {"户号": "", "村代码": "柳", "性别": "外星", "电话": "1.38E+10"}
    rows[3] |= {"镇": "", "姓名": "X"}
    (tmp_path / "a.csv").write_bytes(written([tuple(row.values()) for row in rows]))
    _, faults = read_roster(tmp_path / "a.csv")
    named: dict[int, set[str]] = {}
    for fault in faults:
        named.setdefault(fault.line, set()).add(fault.column)
    assert named == {
        3: {"户主", "出生年", "职务"}, 4: {"户号", "村代码", "性别", "电话"}, 5: {"镇", "姓名"},
    }  # fmt: skip


def test_a_place_for_the_codes_that_is_not_there_is_named_and_nothing_is_imported(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(written())
    refused = youshi(tmp_path, "import", "a.csv", "--codes", "nowhere/codes.csv")
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert "nowhere/codes.csv 写不了" in refused.stderr
    assert "会新增" in youshi(tmp_path, "import", "a.csv", "--dry-run").stdout


def test_the_empty_table_can_be_filled_and_read(tmp_path: Path) -> None:
    assert youshi(tmp_path, "template", "名册.xlsx").returncode == 0
    book = load_workbook(tmp_path / "名册.xlsx")
    assert [cell.value for cell in book.worksheets[0][1]] == list(COLUMNS)
    rows, faults = read_roster(tmp_path / "名册.xlsx")
    assert ([row.name for row in rows], faults) == (["马长青"], [])
