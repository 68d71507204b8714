"""`youshi menu`: puts the three buttons under the account's chat, or takes them away."""

from __future__ import annotations

import asyncio

import aiohttp
import click

from bot.channels.official_api import API_BASE, OfficialApi
from bot.channels.official_trouble import ApiFailed
from bot.commands_server import settings_or_stop
from bot.opening import read_accounts
from handlers.texts.delivery import MENU
from settings import SettingsError


@click.command("menu")
@click.option("--account", "name", default="", help="Which account of YOUSHI_OA_ACCOUNTS; default all.")
@click.option("--remove", is_flag=True, help="Take the menu away.")
def menu_command(name: str, remove: bool) -> None:
    """Put the menu (反映事情, 查进度, 找人) under the chat of the official account."""
    found = settings_or_stop()
    try:
        accounts = read_accounts(found, with_demo=False)
    except SettingsError as wrong:
        raise click.ClickException(str(wrong)) from None
    chosen = [account for account in accounts.values() if name in ("", account.name)]
    if not chosen:
        raise click.ClickException("YOUSHI_OA_ACCOUNTS 里没有这个账号，见 docs/connect.md")

    async def put() -> None:
        async with aiohttp.ClientSession() as session:
            for account in chosen:
                api = OfficialApi(account, session, found.oa_api_base or API_BASE)
                await (api.drop_menu() if remove else api.put_menu(MENU))
                click.echo(f"账号 {account.name} 的菜单{'去掉' if remove else '放好'}了，手机上一天内换成新的。")

    try:
        asyncio.run(put())
    except ApiFailed as failed:
        raise click.ClickException(
            f"微信不收（{failed.code or failed.trouble.value}）：运行 youshi doctor 看原因"
        ) from None
