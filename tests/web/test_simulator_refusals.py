"""What the simulator refuses: other sites, other hosts, and requests that make no sense. One village, since none of it
changes anything.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

import settings
from bot.wiring import House
from settings import SettingsError
from tests.web.village import Village, open_village
from web.same_origin import is_loopback_host, is_same_origin

pytestmark = pytest.mark.asyncio(loop_scope="module")

WANG = "o-laowang"
GETS = ("", "/cast", "/screens", "/clock", "/events", "/static/simulator.js")
POSTS = ("say", "act", "clock")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def village(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Village]:
    async with open_village(tmp_path_factory.mktemp("village")) as opened:
        yield opened


async def nothing_happened(village: Village) -> bool:
    return not (await village.get("screens"))["entries"]


# -- who asks


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://localhost"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
async def test_a_page_elsewhere_drives_nothing(village: Village, path: str, headers: dict[str, str]) -> None:
    status, answer = await village.post(path, headers, openid=WANG, chat="oa", text="路灯坏了", act="picture")
    assert status == 403
    assert answer["error"]
    assert await nothing_happened(village)


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_what_a_browser_may_send_across_sites_unasked_is_refused(village: Village, path: str, kind: str) -> None:
    body = b'{"openid":"o-laowang","chat":"oa","text":"hi","act":"picture","now":"2099-01-01T00:00:00+08:00"}'
    async with village.http.post(f"/simulator/{path}", data=body, headers={"Content-Type": kind}) as answer:
        assert answer.status == 415
    assert await nothing_happened(village)


@pytest.mark.parametrize("path", GETS)
@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "[::2]", "0.0.0.0"])
async def test_under_a_foreign_name_the_page_is_not_there(village: Village, path: str, host: str) -> None:
    async with village.http.get(f"/simulator{path}", headers={"Host": host}) as answer:
        assert answer.status == 404


async def test_the_bare_address_leads_to_the_page_but_not_under_a_foreign_name(village: Village) -> None:
    async with village.http.get("/") as answer:
        assert (answer.status, answer.url.path, answer.content_type) == (200, "/simulator", "text/html")
    async with village.http.get("/", headers={"Host": "evil.example"}) as answer:
        assert answer.status == 404


async def test_no_other_site_may_frame_or_script_the_page(village: Village) -> None:
    async with village.http.get("/simulator") as answer:
        assert answer.content_type == "text/html"
        policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", ["nothing.js", "..%2Fcast.py", "%2Fetc%2Fpasswd", "cast.py", "..", "simulator.js%00"])
async def test_only_the_pages_own_files_are_served(village: Village, name: str) -> None:
    async with village.http.get(f"/simulator/static/{name}") as answer:
        assert answer.status == 404


# -- what is asked


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"text": "在吗", "chat": "oa"}, 404),
        ({"openid": "o-nobody", "text": "在吗", "chat": "oa"}, 404),
        ({"openid": ["o-laowang"], "text": "在吗", "chat": "oa"}, 404),
        ({"openid": WANG, "text": "在吗", "chat": "wecom"}, 404),
        ({"openid": WANG, "text": "在吗", "chat": {}}, 404),
        ({"openid": WANG, "text": "", "chat": "oa"}, 400),
        ({"openid": WANG, "text": " \n\t ", "chat": "group"}, 400),
        ({"openid": WANG, "text": 7, "chat": "oa"}, 400),
        ({"openid": WANG, "text": None, "chat": "oa"}, 400),
        ({"openid": WANG, "text": "\x00\x07", "chat": "oa"}, 400),
        ({"openid": WANG, "text": "长" * 2001, "chat": "oa"}, 413),
        ({"openid": "o-waicun", "text": "在吗", "chat": "oa"}, 409),
        ({"openid": "o-waicun", "text": "在吗", "chat": "group"}, 409),
        ({"openid": "o-waicun", "text": "在吗", "chat": "bot"}, 409),
    ],
)
async def test_a_line_that_cannot_be_said_is_refused_kindly(
    village: Village, fields: dict[str, Any], status: int
) -> None:
    got, answer = await village.post("say", **fields)
    assert got == status
    assert answer["error"]
    assert await nothing_happened(village)


@pytest.mark.parametrize(
    "fields",
    [
        {"openid": WANG},
        {"openid": WANG, "act": "dance"},
        {"openid": WANG, "act": ["picture"]},
        {"openid": WANG, "act": "scan"},
        {"openid": WANG, "act": "scan", "household": 9999},
        {"openid": WANG, "act": "scan", "household": "231"},
        {"openid": WANG, "act": "scan", "household": []},
        {"openid": "o-waicun", "act": "picture"},
    ],
)
async def test_an_act_that_cannot_be_done_is_refused_kindly(village: Village, fields: dict[str, Any]) -> None:
    got, answer = await village.post("act", **fields)
    assert got in (404, 409)
    assert answer["error"]
    assert await nothing_happened(village)


@pytest.mark.parametrize("moment", [None, "", "明天", 5, [], {}, "2026-13-01T00:00:00", "9999-12-31T23:59:59-23:00"])
async def test_what_is_no_moment_moves_nothing(village: Village, moment: Any) -> None:
    before = village.house.clock()
    status, answer = await village.post("clock", now=moment)
    assert status == 400
    assert answer["error"]
    assert (village.house.clock() - before).total_seconds() < 5


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b"[" * 60_000])
@pytest.mark.parametrize("path", POSTS)
async def test_a_body_that_is_no_object_is_refused(village: Village, path: str, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    async with village.http.post(f"/simulator/{path}", data=body, headers=headers) as answer:
        assert answer.status == 400
        assert (await answer.json())["error"]


async def test_a_body_beyond_all_measure_is_refused(village: Village) -> None:
    headers = {"Content-Type": "application/json"}
    async with village.http.post("/simulator/say", data=b" " * 200_000, headers=headers) as answer:
        assert answer.status == 413


# -- when it is not there at all


async def test_with_the_simulator_off_none_of_it_is_there(tmp_path: Path) -> None:
    async with open_village(tmp_path, simulator="0") as village:
        for path in GETS:
            async with village.http.get(f"/simulator{path}") as answer:
                assert answer.status == 404
        for path in POSTS:
            async with village.http.post(f"/simulator/{path}", json={}) as answer:
                assert answer.status == 404


async def test_without_the_demo_village_there_is_no_simulator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUSHI_DATABASE_URL", f"sqlite:///{tmp_path}/village.db")
    monkeypatch.setenv("YOUSHI_DATA_DIR", str(tmp_path))
    house = House(settings.load())
    assert not any("/simulator" in str(route.resource) for route in house.app().router.routes())
    house.database.dispose()


async def test_a_server_open_to_others_does_not_start_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUSHI_HOST", "0.0.0.0")
    with pytest.raises(SettingsError, match="本机"):
        House(settings.load(), with_demo=True)


# -- the two questions themselves


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8080", "localhost:1", "LOCALHOST", "[::1]:8080", "127.1.2.3"])
async def test_these_names_mean_this_machine(host: str) -> None:
    assert is_loopback_host(host)


@pytest.mark.parametrize("host", ["", ":8080", "localhost.evil.example", "[::1", "10.0.0.1", "127.0.0.1@evil.example"])
async def test_these_do_not(host: str) -> None:
    assert not is_loopback_host(host)


async def test_our_own_page_and_a_script_without_origin_are_let_in() -> None:
    own = {"Origin": "http://127.0.0.1:8080", "Sec-Fetch-Site": "same-origin"}
    assert is_same_origin(own, "127.0.0.1:8080")
    assert is_same_origin({}, "127.0.0.1:8080")
    assert not is_same_origin({**own, "Sec-Fetch-Site": "cross-site"}, "127.0.0.1:8080")


async def test_a_request_of_our_own_page_is_played(tmp_path: Path) -> None:
    async with open_village(tmp_path) as village:
        headers = {"Origin": village.base, "Sec-Fetch-Site": "same-origin"}
        status, _ = await village.post("say", headers, openid=WANG, chat="oa", text="路灯坏了")
        assert status == 200


async def test_what_no_phone_can_send_is_left_out_and_the_rest_is_answered(tmp_path: Path) -> None:
    async with open_village(tmp_path) as village:
        await village.say(WANG, "路灯\x00坏\ud800了]]>好几天<b>了")
        assert (await village.texts("oa", WANG))[0] == "路灯坏了]]>好几天<b>了"
        assert "路灯照明" in (await village.texts("oa", WANG))[1]
