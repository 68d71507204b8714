"""What people send is recognised by its bytes, bounded, and drawn anew without what it hides."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import IFD, Base

from storage import mediafiles
from storage.mediafiles import MAX_PICTURE, Kept, NotKept, lying_open, seal_old, sniff
from storage.mediafiles import keep as keep_sealed
from storage.redrawing import LONGEST_SIDE
from storage.vault import Unopened, Vault

VAULT = Vault("a key of this test")


def keep(data: Path, kind: str, content: bytes) -> Kept:
    return keep_sealed(data, kind, content, VAULT)


def opened(path: Path) -> bytes:
    return VAULT.open_bytes(path.read_bytes())


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **how: object) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", size, "green").save(drawn, kind, **how)
    return drawn.getvalue()


def photo_with_a_secret() -> bytes:
    """A photo that says where and with what it was taken, lying on its side."""
    exif = Image.Exif()
    exif[Base.Make.value] = "SecretPhone"
    exif[Base.Orientation.value] = 6
    exif.get_ifd(IFD.GPSInfo)[2] = (34.0, 30.0, 0.0)
    return picture(exif=exif, comment=b"SecretComment")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP"])
def test_every_usual_picture_becomes_a_plain_jpeg(tmp_path: Path, kind: str) -> None:
    kept = keep(tmp_path, "image", picture(kind))
    assert kept.path.startswith("media/")
    assert kept.path.endswith(".jpg")
    with Image.open(io.BytesIO(opened(tmp_path / kept.path))) as drawn:
        assert (drawn.format, drawn.size) == ("JPEG", (60, 40))


def test_nothing_hidden_in_a_photo_is_kept_and_it_stands_upright(tmp_path: Path) -> None:
    kept = keep(tmp_path, "image", photo_with_a_secret())
    raw = opened(tmp_path / kept.path)
    assert b"Secret" not in raw
    assert b"Exif" not in raw
    with Image.open(io.BytesIO(raw)) as drawn:
        assert drawn.size == (40, 60)
        assert not drawn.getexif()


def test_a_huge_photo_is_made_small_enough_for_a_phone(tmp_path: Path) -> None:
    kept = keep(tmp_path, "image", picture(size=(5000, 1000)))
    with Image.open(io.BytesIO(opened(tmp_path / kept.path))) as drawn:
        assert drawn.size[0] == LONGEST_SIDE


def test_a_photo_of_a_hundred_million_dots_is_read_small(tmp_path: Path) -> None:
    drawn = io.BytesIO()
    Image.new("L", (12_000, 9_000), 128).save(drawn, "JPEG")
    kept = keep(tmp_path, "image", drawn.getvalue())
    with Image.open(io.BytesIO(opened(tmp_path / kept.path))) as small:
        assert small.size == (LONGEST_SIDE, LONGEST_SIDE * 3 // 4)


@pytest.mark.parametrize("byte", [7, 26])
def test_what_the_camera_noted_wrongly_is_left_out_and_the_picture_kept(tmp_path: Path, byte: int) -> None:
    """One byte of an EXIF table changed: the reader of it fails (struct.error, TypeError), the picture is whole."""
    noted = Image.Exif()
    noted[Base.Orientation], noted[Base.Make] = 6, "Huawei"
    noted.get_ifd(IFD.GPSInfo)[1] = "N"
    content = bytearray(picture(exif=noted.tobytes()))
    content[content.index(b"Exif") + 6 + 11] = byte
    assert keep(tmp_path, "image", bytes(content)).type == "jpg"


def bomb(side: int = 60_000) -> bytes:
    """A PNG of a few hundred bytes that claims to be 60,000 by 60,000 dots."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("kind", "content", "why"),
    [
        ("image", b"", "empty"),
        ("image", b'{"errcode":40007,"errmsg":"invalid media_id"}', "not_image"),
        ("image", b"<html>login</html>", "not_image"),
        ("image", b"<svg onload=alert(1)>", "not_image"),
        ("image", b"#!AMR\n", "not_image"),
        ("image", b"MZ" + bytes(100), "not_image"),
        ("image", b"\xff\xd8\xff" + bytes(MAX_PICTURE), "too_large"),
        ("image", b"\xff\xd8\xff\xe0 not really", "broken"),
        ("image", picture("PNG")[:60], "broken"),
        ("image", bomb(), "too_large"),
        ("image", bomb(9_400), "too_large"),
        ("voice", b'{"errcode":40007}', "not_voice"),
        ("voice", picture(), "not_voice"),
        ("voice", b"#!AMR\n" + bytes(3 * 1024 * 1024), "too_large"),
        ("video", b"#!AMR\n", "not_video"),
    ],
)
def test_d23_what_is_no_picture_or_voice_is_never_kept_as_one(
    tmp_path: Path, kind: str, content: bytes, why: str
) -> None:
    with pytest.raises(NotKept, match=why):
        keep(tmp_path, kind, content)
    assert list(tmp_path.rglob("*.*")) == []


def test_a_voice_is_kept_as_it_came(tmp_path: Path) -> None:
    content = b"#!AMR\n" + bytes(100)
    kept = keep(tmp_path, "voice", content)
    assert opened(tmp_path / kept.path) == content
    assert (kept.type, kept.size) == ("amr", 106)


def test_what_lies_on_the_disk_shows_nothing_of_a_picture_or_voice(tmp_path: Path) -> None:
    """They lay there as they came, those of sealed matters too."""
    voice = b"#!AMR\n" + b"what she said about the secretary" * 20
    for kind, content in (("image", picture()), ("voice", voice)):
        raw = (tmp_path / keep(tmp_path, kind, content).path).read_bytes()
        assert sniff(raw) == ""
        assert b"JFIF" not in raw
        assert b"secretary" not in raw


def test_a_file_of_before_is_still_read_and_another_key_opens_none(tmp_path: Path) -> None:
    old = tmp_path / "old.jpg"
    old.write_bytes(picture())
    assert sniff(opened(old)) == "jpg"
    sealed = (tmp_path / keep(tmp_path, "image", picture()).path).read_bytes()
    for vault, content in ((Vault("another key"), sealed), (VAULT, sealed[:-1]), (VAULT, sealed[:20])):
        with pytest.raises(Unopened):
            vault.open_bytes(content)


def old_files(data: Path, many: int) -> dict[Path, bytes]:
    """Files as they lay before they were sealed."""
    found = {}
    for number in range(many):
        path = data / "media" / f"{number % 3:02}" / f"{number}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        found[path] = picture(size=(10 + number, 10))
        path.write_bytes(found[path])
    return found


def test_files_of_before_are_sealed_a_few_at_a_time_and_the_sealed_are_left_alone(tmp_path: Path) -> None:
    new = tmp_path / keep(tmp_path, "image", picture()).path
    as_it_was, old = new.read_bytes(), old_files(tmp_path, 7)
    assert seal_old(lying_open(tmp_path)[:3], VAULT) == 3
    assert set(lying_open(tmp_path)) == set(sorted(old)[3:])
    assert seal_old(lying_open(tmp_path), VAULT) == 4
    assert lying_open(tmp_path) == []
    assert {path: opened(path) for path in old} == old
    assert [path for path in old if sniff(path.read_bytes())] == []
    assert new.read_bytes() == as_it_was
    assert lying_open(tmp_path / "nothing here") == []


def test_a_stop_in_the_middle_of_sealing_loses_no_file_and_the_next_start_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = old_files(tmp_path, 3)

    def power_cut(path: Path, content: bytes) -> None:
        path.with_suffix(".part").write_bytes(content[:40])
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(mediafiles, "_write", power_cut)
        with pytest.raises(KeyboardInterrupt):
            seal_old(lying_open(tmp_path), VAULT)
    assert {path: opened(path) for path in old} == old
    assert seal_old(lying_open(tmp_path), VAULT) == 3
    assert {path: opened(path) for path in old} == old
    assert not list(tmp_path.rglob("*.part"))


def test_a_file_that_cannot_be_replaced_is_left_and_the_others_are_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = old_files(tmp_path, 3)
    write, refused = mediafiles._write, sorted(old)[0]

    def full_disk(path: Path, content: bytes) -> None:
        if path == refused:
            raise OSError
        write(path, content)

    monkeypatch.setattr(mediafiles, "_write", full_disk)
    assert seal_old(lying_open(tmp_path), VAULT) == 2
    assert lying_open(tmp_path) == [refused]
    assert {path: opened(path) for path in old} == old


@settings(max_examples=150, deadline=None)
@given(
    content=st.binary(max_size=400),
    head=st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM"]),
)
def test_any_bytes_are_kept_or_refused_with_a_reason(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, head: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    try:
        kept = keep(folder, "image", head + content)
    except NotKept as refused:
        why = str(refused)
    else:
        why = sniff(opened(folder / kept.path))
    assert why in ("jpg", "empty", "not_image", "broken", "too_large")
