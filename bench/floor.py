"""What the server is measured beside: `python -m bench.floor echo|wechatpy|platform PORT`.

echo      bare aiohttp: one route, reads the body, gives back a fixed XML of 180 bytes
wechatpy  aiohttp and wechatpy in AES mode: verify, decrypt, parse, answer, encrypt; remembers nothing
platform  the platform's API, saying yes to everything, for the worker to send to
"""

from __future__ import annotations

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


def main(kind: str, port: int) -> None:
    app = web.Application()
    app.router.add_post("/{rest:.*}", {"echo": echo, "wechatpy": wechatpy_echo, "platform": platform}[kind])
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=None, backlog=4096)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
