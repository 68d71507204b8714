"""Who speaks: contacts, bindings, the roster, and the directory of areas and offices."""

from __future__ import annotations

from dataclasses import replace

from domain.contacts import Level
from domain.organisation import AreaKind, Role, first_receiver
from storage.database import Database
from storage.people import touch_directory
from storage.store import DirectoryCache, Store
from tests.storage.desk import NOW, VAULT, VILLAGE, batch_of, count, later, rows, said, turn

STRANGER = "o-waicun"


def test_a_contact_heard_for_the_first_time_gets_one_row(database: Database) -> None:
    before = count(database, "contacts")
    for _ in range(2):
        first, second = said("你好", STRANGER), said("在吗", STRANGER)
        with batch_of(database, first, second) as store:
            for incoming in (first, second):
                with store.batch.turn():
                    sender = store.people.sender(incoming.actor)
                    assert not sender.is_bound
                    assert sender.roles == {Role.GUEST}
    assert count(database, "contacts") == before + 1


def test_the_same_openid_of_another_account_is_another_contact(database: Database) -> None:
    here = said("一")
    there = replace(here, account="town", actor=replace(here.actor, account="town"))
    with batch_of(database, here, there) as store, store.batch.turn():
        assert store.people.sender(here.actor).is_bound
        assert not store.people.sender(there.actor).is_bound


def test_a_cadre_acts_in_his_offices_only_from_a_proven_phone(database: Database) -> None:
    old, new = said("1", "o-xiaochen"), said("1", "o-second-phone")
    with turn(database, old, new) as store:
        known = store.people.sender(old.actor)
        assert known.roles == {Role.VILLAGER, Role.GRID_HEAD}
        assert known.person is not None
        limited = store.people.bind(store.people.sender(new.actor), known.person, Level.LIMITED, "phone", "agreed", NOW)
        assert limited.roles == {Role.VILLAGER}
    with batch_of(database, new) as store:
        again = store.people.sender(new.actor)
        assert again.roles == {Role.VILLAGER}
        with store.batch.turn():
            assert again.person is not None
            full = store.people.bind(again, again.person, Level.FULL, "paper_code", "agreed", NOW)
        assert Role.GRID_HEAD in full.roles
    with batch_of(database, new) as store:
        assert Role.GRID_HEAD in store.people.sender(new.actor).roles


def test_binding_the_same_person_again_only_raises_the_level(database: Database) -> None:
    incoming = said("绑定")
    with turn(database, incoming) as store:
        sender = store.people.sender(incoming.actor)
        assert sender.person is not None
        again = store.people.bind(sender, sender.person, Level.LIMITED, "phone", "agreed", NOW)
        assert [binding.level for binding in again.bindings] == [Level.FULL]
    assert count(database, "bindings") == 30


def test_a_phone_serves_several_of_a_household_and_speaks_as_the_last(database: Database) -> None:
    incoming = said("给周奶奶绑定", "o-xiuying")
    with turn(database, incoming) as store:
        sender = store.people.sender(incoming.actor)
        grandmother = store.people.named("周奶奶", VILLAGE)[0]
        assert sender.person is not None
        assert grandmother.household_id == sender.person.household_id
        store.people.bind(sender, grandmother, Level.LIMITED, "proxy", "agreed", NOW)
    with turn(database, incoming, now=later(minutes=1)) as store:
        sender = store.people.sender(incoming.actor)
        assert {binding.person.name for binding in sender.bindings} == {"王秀英", "周奶奶"}
        assert sender.person is not None
        assert sender.person.name == "周奶奶"
        left = store.people.unbind(sender, grandmother.id, NOW)
        assert left.person is not None
        assert left.person.name == "王秀英"
    with batch_of(database, incoming) as store:
        assert len(store.people.sender(incoming.actor).bindings) == 1
    assert [row.ended_at for row in rows(database, "bindings") if row.person_id == grandmother.id] == [NOW]


def test_nobody_who_unfollowed_is_reached(database: Database) -> None:
    incoming = said("")
    with turn(database, incoming) as store:
        sender = store.people.sender(incoming.actor)
        assert sender.person is not None
        by_group = store.people.contacts_of([sender.person.id])[1:]
        assert [other.contact.channel for other in by_group] == ["sim"]
        store.people.save_contact(sender, replace(sender.contact, unfollowed_at=NOW))
    with batch_of(database, incoming) as store:
        assert store.people.contacts_of([sender.person.id]) == by_group
        assert store.people.sender(incoming.actor).contact.unfollowed_at == NOW


def test_the_roster_is_asked_by_name_within_the_village(database: Database) -> None:
    with batch_of(database) as store:
        chen = store.people.named("陈小军", VILLAGE)
        assert [(person.phone, person.household_id) for person in chen] == [("10000000003", 240)]
        assert store.people.named("陈小军", 999) == []
        assert store.people.person(chen[0].id) == chen[0]
        assert store.people.person(0) is None
        assert chen[0] in store.people.household_of(240)
        assert store.people.household_code(231) != ""
        assert store.people.household_code(0) == ""


def test_the_directory_is_read_again_after_an_office_changed_hands(database: Database) -> None:
    cache = DirectoryCache()

    def keeper() -> str:
        with batch_of(database) as store:
            found = first_receiver(Store(store.batch, cache, VAULT).directory, None, VILLAGE)
            return found.name if found else ""

    assert keeper() == "李长河"
    kept = cache
    with database.write() as connection:
        connection.exec_driver_sql("update roles set until_at = 1 where role = 'grid_chief'")
        connection.exec_driver_sql("update roles set until_at = 1 where role = 'secretary'")
    assert keeper() == "李长河", "no revision, no reading"
    with database.write() as connection:
        touch_directory(connection)
    assert kept is cache
    assert keeper() == ""


def test_the_directory_answers_for_every_place(database: Database) -> None:
    with batch_of(database) as store:
        directory = store.directory
        grids = [area for area in directory.children(VILLAGE) if area.kind is AreaKind.GRID]
        keepers = [
            first_receiver(directory, micro.id, VILLAGE) for grid in grids for micro in directory.children(grid.id)
        ]
        assert len(keepers) == 24
        assert all(keeper is not None for keeper in keepers)
        assert len({keeper.id for keeper in keepers if keeper}) == 4
