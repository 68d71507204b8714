"""What the server is measured beside: `python -m bench.floor echo|wechatpy|werobot|platform PORT`.

echo      bare aiohttp: one route, reads the body, gives back a fixed XML of 180 bytes
wechatpy  aiohttp and wechatpy in AES mode: verify, decrypt, parse, answer, encrypt; remembers nothing
werobot   WeRoBot behind tornado, AES mode, without its session: answers with what was said; only where it can be imported
platform  the platform's API, saying yes to everything, for the worker to send to
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
import sys

from aiohttp import web
from wechatpy.crypto import WeChatCrypto
from wechatpy.parser import parse_message
from wechatpy.replies import TextReply

from settings import DEMO_ACCOUNT

_BODY = b"<xml>" + b"x" * 169 + b"</xml>"


async def echo(request: web.Request) -> web.Response:
    await request.read()
    return web.Response(body=_BODY, content_type="text/xml")


_crypto = WeChatCrypto(DEMO_ACCOUNT["token"], DEMO_ACCOUNT["aes_key"], DEMO_ACCOUNT["appid"])


async def wechatpy_echo(request: web.Request) -> web.Response:
    query = request.query
    said = _crypto.decrypt_message(await request.read(), query["msg_signature"], query["timestamp"], query["nonce"])
    message = parse_message(said)
    reply = TextReply(content=message.content, message=message).render()
    return web.Response(
        text=_crypto.encrypt_message(reply, query["nonce"], query["timestamp"]), content_type="text/xml"
    )


async def platform(request: web.Request) -> web.Response:
    await request.read()
    return web.json_response({"errcode": 0, "errmsg": "ok", "access_token": "T", "expires_in": 7200})


def has_werobot() -> bool:
    """WeRoBot is no part of this project; `pip install --target DIR WeRoBot tornado` and DIR in PYTHONPATH bring it."""
    return all(importlib.util.find_spec(name) is not None for name in ("werobot", "tornado"))


def werobot_echo(port: int) -> None:
    ioloop, web_of_tornado = (importlib.import_module(f"tornado.{name}") for name in ("ioloop", "web"))
    robot = importlib.import_module("werobot").WeRoBot(
        token=DEMO_ACCOUNT["token"], encoding_aes_key=DEMO_ACCOUNT["aes_key"], app_id=DEMO_ACCOUNT["appid"],
        enable_session=False,
    )  # fmt: skip
    robot.text(lambda message: message.content)
    handler = importlib.import_module("werobot.contrib.tornado").make_handler(robot)
    logging.disable(logging.CRITICAL)
    web_of_tornado.Application([(r"/.*", handler)]).listen(port, "127.0.0.1", backlog=4096)
    ioloop.IOLoop.current().start()


def main(kind: str, port: int) -> None:
    if kind == "werobot":
        werobot_echo(port)
        return
    app = web.Application()
    app.router.add_post("/{rest:.*}", {"echo": echo, "wechatpy": wechatpy_echo, "platform": platform}[kind])
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=None, backlog=4096)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
