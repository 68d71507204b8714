"""Who may drive a page of ours that has no login: only a browser window that was opened from this very server.

Another site's page can make a visitor's browser send requests to 127.0.0.1. It cannot forge Host, Origin or
Sec-Fetch-Site, nor send JSON across sites without asking first (which nobody here answers).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit


def is_loopback_host(host: str) -> bool:
    """Does a Host header name this machine? A foreign name that resolves to 127.0.0.1 (DNS rebinding) does not."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_same_origin(headers: Mapping[str, str], host: str) -> bool:
    """Was the request made by a page of ours, or by no page at all (a script on this machine sends no Origin)?"""
    if headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    origin = headers.get("Origin")
    return origin is None or origin.lower() == f"http://{host}".lower()
