"""Pictures and voices from the phone to the keeper's eyes and ears, over real HTTP."""

from __future__ import annotations

import pytest

from bot.clock import tick
from bot.emulator.api import CUSTOM_SEND, Scripted
from bot.emulator.endpoints import MEDIA_GET
from bot.wiring import House
from storage.mediafiles import sniff
from tests.bot.town import CHEN, LAMP, WANG, Town, eventually


async def minute(town: Town, house: House) -> None:
    """The clock's next minute, played now."""
    town.turn_clock(minutes=1)
    house.line.enqueue(tick(town.clock()))


async def fetched(town: Town, many: int = 1) -> None:
    await eventually(lambda: sum(bool(row.path) for row in town.rows("media")) >= many)


async def shown(town: Town, house: House, kind: str, many: int = 1) -> None:
    """Wait until the keeper's phone shows so many of that kind."""

    def is_there() -> bool:
        return sum(b.kind == kind for b in town.platform.phones.phone(CHEN).bubbles) >= many

    await minute(town, house)
    await eventually(is_there)


async def test_the_keeper_sees_the_picture(lone_town: Town) -> None:
    town = lone_town
    async with town.house() as house:
        await town.say(WANG, LAMP)
        await town.platform.push.send_image(WANG, "photo-1")
        await fetched(town)
        await shown(town, house, "image")
        row = town.rows("media")[0]
        assert (row.kind, row.type) == ("image", "jpg")
        assert [path for path in (town.folder / "media").rglob("*.*") if sniff(path.read_bytes())] == []
        assert sniff(house.vault.open_bytes((town.folder / row.path).read_bytes())) == "jpg"
        shown_to_him = next(b for b in town.platform.phones.phone(CHEN).bubbles if b.kind == "image")
        uploaded = town.platform.api.files.get(shown_to_him.text)
        assert uploaded is not None
        assert sniff(uploaded.content) == "jpg"
        await eventually(lambda: town.rows("media")[0].state == "kept")
        assert any("反映人发的图片" in text for text in town.texts(CHEN))


async def test_a_picture_sent_before_its_story_goes_with_it(lone_town: Town) -> None:
    town = lone_town
    async with town.house() as house:
        await town.platform.push.send_image(WANG, "photo-1")
        await fetched(town)
        await minute(town, house)
        assert town.rows("media")[0].state == "waiting"
        await town.say(WANG, LAMP)
        await shown(town, house, "image")


async def test_a_picture_sent_before_a_sealed_story_is_seen_by_its_reader_alone_and_names_no_sender(
    lone_town: Town,
) -> None:
    """It stayed with its sender's open question before, and went along with his next story about anything."""
    town = lone_town
    async with town.house() as house:
        await town.platform.push.send_image(WANG, "photo-1")
        await fetched(town)
        await town.say(WANG, "村主任把低保给了他小舅子，还收了三千块钱")
        await minute(town, house)
        await eventually(lambda: town.rows("media")[0].state == "kept")
        await town.say(WANG, LAMP)
        await town.settled()
    sealed = next(row for row in town.rows("matters") if row.is_sealed)
    medium = town.rows("media")[0]
    assert (medium.matter_id, medium.contact_id) == (sealed.id, 0)
    assert [(note.matter_id, note.contact_id) for note in town.rows("notes") if note.kind == "image"] == [
        (sealed.id, None)
    ]
    letter = next(row for row in town.rows("outbox") if row.image)
    assert letter.address == f"person:{sealed.owner_id}"
    assert letter.body.startswith("sealed:")
    assert not [b for b in town.platform.phones.phone(CHEN).bubbles if b.kind == "image"]


async def test_d24_a_voice_without_recognition_is_kept_played_and_written_down_by_a_person(lone_town: Town) -> None:
    town = lone_town
    async with town.house() as house:
        answered = await town.platform.push.send_voice(WANG, "voice-1", "")
        assert "已收到您的语音" in answered.texts[0]
        await town.settled()
        told = town.texts(CHEN)[0]
        assert told.startswith("新事项：语音，等人听写")
        assert "政策咨询" not in told
        assert "录音马上发给您" in told
        assert "语音，等人听写" in (await town.say(WANG, "进度")).texts[0]
        await fetched(town)
        await shown(town, house, "voice")
        task = next(text for text in town.texts(CHEN) if "听写" in text)
        number = town.rows("matters")[0].number.rpartition("-")[2]
        assert f"听写 {number}" in task
        assert "编号" in (await town.say(CHEN, f"听写 {number} 村口的路灯坏了")).texts[0]
        heard = await town.heard(WANG, 2)
        assert any("村口的路灯坏了" in text for text in heard)
        assert "等人听写" not in (await town.say(WANG, "进度")).texts[0]
        matter = town.rows("matters")[0]
        assert (matter.text, matter.code != "OT04") == ("[语音] 村口的路灯坏了", True)


async def test_d23_a_medium_the_platform_has_no_more_is_asked_for_again_and_its_error_is_no_file(
    lone_town: Town,
) -> None:
    town = lone_town
    town.platform.api.always(MEDIA_GET, 40007)
    async with town.house() as house:
        await town.say(WANG, LAMP)
        await town.platform.push.send_image(WANG, "photo-1")
        for tries in (1, 2, 3):
            await eventually(lambda tries=tries: town.rows("media")[0].tries >= tries)  # type: ignore[misc]
            town.turn_clock(minutes=15)
        await minute(town, house)
        await eventually(lambda: any("再发一次" in text for text in town.texts(WANG)))
    assert [(row.state, row.path) for row in town.rows("media")] == [("lost", "")]
    assert not (town.folder / "media").exists()


async def test_d23_a_platform_that_is_down_is_asked_again_within_the_three_days(lone_town: Town) -> None:
    town = lone_town
    async with town.house():
        town.platform.api.script(
            MEDIA_GET, Scripted(status=502, html="Bad Gateway"), Scripted(html="<html>login</html>")
        )
        await town.platform.push.send_image(WANG, "photo-1")
        await eventually(lambda: town.rows("media")[0].tries == 1)
        town.turn_clock(minutes=2)
        await eventually(lambda: town.rows("media")[0].tries == 2)
        town.turn_clock(minutes=4)
        await fetched(town)
    assert len(town.platform.api.calls(MEDIA_GET)) == 3


async def test_a_page_named_a_picture_is_not_handed_on(lone_town: Town) -> None:
    town = lone_town
    town.platform.api.files.put("image", "image/jpeg", b"<script>alert(1)</script>", "photo-1")
    async with town.house() as house:
        await town.say(WANG, LAMP)
        await town.platform.push.send_image(WANG, "photo-1")
        await eventually(lambda: town.rows("media")[0].why == "not_image")
        await minute(town, house)
        await eventually(lambda: town.rows("media")[0].state == "lost")
        assert not [b for b in town.platform.phones.phone(CHEN).bubbles if b.kind == "image"]
    assert town.platform.api.calls(CUSTOM_SEND)


async def test_what_lay_open_from_before_is_sealed_after_a_start_and_still_opens(lone_town: Town) -> None:
    town = lone_town
    old = town.folder / "media" / "ab" / "old.amr"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"#!AMR\n" + b"what she said" * 20)
    async with town.house() as house:
        await eventually(lambda: sniff(old.read_bytes()) == "")
        assert sniff(house.vault.open_bytes(old.read_bytes())) == "amr"


async def test_d23_a_video_is_fetched_from_the_address_the_platform_names(lone_town: Town) -> None:
    """The platform answers with an address in place of the film; every video was asked for again after three days."""
    town = lone_town
    async with town.house() as house:
        await town.say(WANG, LAMP)
        await town.platform.push.send_video(WANG, "film-1")
        await fetched(town)
        await minute(town, house)
        await eventually(lambda: any("一段视频" in text for text in town.texts(CHEN)))
    row = town.rows("media")[0]
    assert (row.kind, row.type, row.state) == ("video", "mp4", "kept")
    assert sniff(house.vault.open_bytes((town.folder / row.path).read_bytes())) == "mp4"
    assert not any("发的图片" in text for text in town.texts(CHEN))


@pytest.mark.parametrize(("kind", "size"), [("video", 11), ("image", 11), ("voice", 3)])
async def test_d23_what_is_too_large_is_not_asked_for_in_the_same_size_again(
    lone_town: Town, kind: str, size: int
) -> None:
    town = lone_town
    head = {"video": b"\0\0\0\x18ftypmp42", "image": b"\xff\xd8\xff", "voice": b"#!AMR\n"}[kind]
    town.platform.api.files.put(kind, f"{kind}/x", head + bytes(size * 1024 * 1024), "large-1")
    async with town.house() as house:
        await town.say(WANG, LAMP)
        push = town.platform.push
        send = {"video": push.send_video, "image": push.send_image, "voice": push.send_voice}[kind]
        await send(WANG, "large-1")
        await eventually(lambda: town.rows("media")[0].why == "too_large")
        await minute(town, house)
        await eventually(lambda: any("太大了" in text for text in town.texts(WANG)))
    assert not (town.folder / "media").exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\0\0\0\x18ftypheic" + bytes(64), "not_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_image"),
        (b"\xff\xd8\xff<html><script>alert(1)</script>", "broken"),
    ],
    ids=["heic", "svg", "a page with a picture's head"],
)
async def test_d23_a_picture_nobody_can_look_at_is_asked_for_again(lone_town: Town, content: bytes, why: str) -> None:
    town = lone_town
    town.platform.api.files.put("image", "image/jpeg", content, "odd-1")
    async with town.house() as house:
        await town.say(WANG, LAMP)
        await town.platform.push.send_image(WANG, "odd-1")
        await eventually(lambda: town.rows("media")[0].why == why)
        await minute(town, house)
        await eventually(lambda: any("再发一次" in text for text in town.texts(WANG)))
    assert town.rows("media")[0].state == "lost"
    assert not (town.folder / "media").exists()
