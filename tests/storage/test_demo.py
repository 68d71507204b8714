"""The demo village of the outer contract, counted; and a county of 129 such villages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.opening import load_demo
from domain.organisation import Role
from storage import demo, tables
from storage.database import Database
from storage.migrate import migrate
from storage.people import directory_revision, load_directory
from tests.storage.county import VILLAGES, load_county
from tests.storage.desk import VAULT, rows

# openid → (name, what he is), as the contract names them.
CAST = {
    "o-laowang": ("王德福", set()),
    "o-zhangshen": (None, set()),
    "o-xiaochen": (None, {"grid_head"}),
    "o-lishuji": (None, {"secretary", "vc"}),
    "o-xiuying": ("王秀英", set()),
    "o-wenshu": (None, {"clerk"}),
    "o-jianwei": (None, {"supervisor"}),
    "o-zhenling": (None, {"town_leader"}),
    "o-shuizhan": (None, {"dept"}),
    "o-kuaiji": (None, {"accountant"}),
    "o-jiwei": (None, {"discipline"}),
    "o-fulian": (None, {"women"}),
    "o-daibiao": (None, {"rep"}),
    "o-dangyuan": (None, {"member"}),
    "o-admin": (None, {"admin"}),
}  # fmt: skip


def by_id(database: Database, name: str) -> dict[int, Any]:
    return {row.id: row for row in rows(database, name)}


def test_the_village_has_the_numbers_of_the_contract(database: Database) -> None:
    areas, people, roles = by_id(database, "areas"), by_id(database, "people"), rows(database, "roles")
    village = next(area for area in areas.values() if area.code == "XH")
    kinds = Counter(area.kind for area in areas.values())
    assert (village.name, areas[village.parent_id].name) == ("兴河村", "青川镇")
    assert (kinds["group"], kinds["grid"], kinds["micro_grid"]) == (3, 4, 24)
    assert sorted(area.name for area in areas.values() if area.kind == "group") == sorted(["七社", "八社", "九社"])
    villagers = {person.id: person for person in people.values() if person.household_id is not None}
    assert len(rows(database, "households")) == 300
    assert len(villagers) == 780
    assert all(person.born_year <= 2008 for person in villagers.values()), "all of them are adults"
    assert sum(person.is_party_member for person in villagers.values()) == 60
    reps = {role.person_id for role in roles if role.role == "rep"}
    assert (len(reps), sum(people[one].gender == "女" for one in reps)) == (42, 15)
    assert reps <= villagers.keys()


def test_every_household_has_its_group_its_micro_grid_and_somebody_in_it(database: Database) -> None:
    areas, homes = by_id(database, "areas"), rows(database, "households")
    sizes = Counter(home.micro_grid_id for home in homes)
    assert len(sizes) == 24
    assert all(10 <= size <= 15 for size in sizes.values())
    assert all(areas[home.micro_grid_id].kind == "micro_grid" for home in homes)
    assert all(areas[home.group_id].kind == "group" for home in homes)
    assert Counter(areas[home.group_id].name for home in homes) == {"七社": 100, "八社": 100, "九社": 100}
    living_in = Counter(person.household_id for person in rows(database, "people"))
    assert all(living_in[home.id] in (2, 3) for home in homes)
    names = {(person.household_id, person.name) for person in rows(database, "people")}
    assert all((home.id, home.head_name) in names for home in homes)
    assert all(home.code_hash for home in homes), "every household has its paper code"


def test_every_grid_and_micro_grid_has_its_keeper_living_there(database: Database) -> None:
    homes, people = by_id(database, "households"), by_id(database, "people")
    areas, roles = by_id(database, "areas"), rows(database, "roles")
    micro = {role.area_id: people[role.person_id] for role in roles if role.role == "grid_micro"}
    grids = {role.area_id: people[role.person_id] for role in roles if role.role == "grid_head"}
    assert len(micro) == 24
    assert len(grids) == 4
    assert all(homes[keeper.household_id].micro_grid_id == area for area, keeper in micro.items())
    assert all(areas[homes[keeper.household_id].micro_grid_id].parent_id == area for area, keeper in grids.items())


def test_the_cast_lives_there_under_its_openids(database: Database) -> None:
    people, roles = by_id(database, "people"), rows(database, "roles")
    bound = {row.contact_id: people[row.person_id] for row in rows(database, "bindings")}
    found = {row.native_id: bound[row.id] for row in rows(database, "contacts")}
    assert found.keys() == CAST.keys(), "外村人 is unbound and has no row before he speaks"
    for openid, (name, held) in CAST.items():
        assert name in (None, found[openid].name)
        assert held <= {role.role for role in roles if role.person_id == found[openid].id}, openid
    areas, homes = by_id(database, "areas"), by_id(database, "households")
    for openid in ("o-laowang", "o-xiuying"):
        assert areas[homes[found[openid].household_id].group_id].name == "九社"
    assert found["o-xiuying"].born_year == 2026 - 68
    grandmother = next(person for person in people.values() if person.name == "周奶奶")
    assert grandmother.phone == ""
    assert grandmother.id not in {person.id for person in bound.values()}
    assert [row.name for row in rows(database, "groups")] == ["兴河大家庭"]


def test_nobodys_real_number_is_in_it(database: Database) -> None:
    """No operator gives out numbers that begin with 100."""
    phones = [person.phone for person in rows(database, "people") if person.phone]
    assert all(phone.startswith("100") and len(phone) == 11 for phone in phones)
    assert len(phones) == len(set(phones))


def test_a_second_loading_changes_nothing(database: Database) -> None:
    before = {name: rows(database, name) for name in tables.metadata.tables}
    assert not load_demo(database, VAULT)
    assert {name: rows(database, name) for name in tables.metadata.tables} == before


def test_the_village_comes_out_the_same_everywhere(
    database: Database, tmp_path_factory: pytest.TempPathFactory, open_database: Callable[[str], Database]
) -> None:
    other = open_database(f"sqlite:///{tmp_path_factory.mktemp('twin') / 'twin.db'}")
    migrate(other)
    assert load_demo(other, VAULT)
    for name in tables.metadata.tables:
        assert rows(other, name) == rows(database, name), name


def test_the_paper_code_of_the_letter_opens_the_household() -> None:
    codes = {number: demo.paper_code(number) for number in range(1, 301)}
    assert all(len(code) == 4 and code.isdigit() for code in codes.values())


def test_a_county_fits_the_same_tables(database: Database) -> None:
    """129 villages with their grids, households and keepers beside the demo village; no table is changed for it."""
    with database.write() as connection:
        load_county(connection)
    with database.read() as connection:
        directory = load_directory(connection, directory_revision(connection))
        homes = connection.execute(select(tables.households.c.village_id)).scalars().all()
    villages = [area for area in directory.areas.values() if area.kind == "village" and area.code != "XH"]
    assert len(villages) == VILLAGES
    assert len({area.code for area in villages}) == VILLAGES
    for village in villages:
        grids = [area for area in directory.children(village.id) if area.kind == "grid"]
        assert len(grids) >= 3
        assert all(directory.holders(Role.GRID_HEAD, grid.id) for grid in grids)
    assert min(Counter(homes).values()) >= 300
