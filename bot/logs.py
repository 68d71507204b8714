"""Log lines: structured, one message id through all lines of a message, and nobody's words, names or secrets in them."""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Mapping, MutableMapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Literal, TextIO, cast

import structlog
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web import RequestPayloadError

# Fields that carry something of a person or a secret, whoever logs them.
_PRIVATE = frozenset(
    {
        "text", "said", "reply", "content", "name", "phone", "openid", "actor", "native_id", "token", "secret",
        "aes_key", "secret_key", "access_token", "body", "url", "password", "code", "place",
    }
)  # fmt: skip
# The same when it stands inside other words: openids, mobile numbers, identity numbers, credentials in addresses.
_TRACES = re.compile(
    r"o-[a-z]{4,}|\bo[A-Za-z0-9_-]{27}\b|(?<!\d)1\d{10}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)"
    r"|(?<=access_token=)[^&\s]+|(?<=secret=)[^&\s]+|(?<=key=)[^&\s]+|(?<=response_code=)[^&\s]+|(?<=://)[^/@\s]+(?=@)"
)
_SHORTEST_BARE = 28  # an openid, the only trace that may be letters alone
_HIDDEN = "***"
_log = structlog.get_logger()
Noted = tuple[str, str, str, float]
_is_plain_json = False  # set by `configure`
_JSON = json.JSONEncoder(ensure_ascii=False, default=repr)  # made once: making one costs as much as a line


class Stderr:
    """Standard error for lines that may be lost: on a full disk a line is left out, and whoever logs goes on working."""

    def write(self, text: str) -> None:
        with suppress(OSError, ValueError):  # no room; closed
            sys.stderr.write(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            sys.stderr.flush()


_stderr = Stderr()


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Hide what is private by its field and by its look."""
    return {name: _HIDDEN if name in _PRIVATE else redacted(value) for name, value in event.items()}


def redacted(value: Any) -> Any:
    if isinstance(value, str):
        # Most fields are one short word of ours, which no trace can hide in: each of them has a sign or 11 digits in it.
        return value if len(value) < _SHORTEST_BARE and value.isalpha() else _TRACES.sub(_HIDDEN, value)
    if isinstance(value, bool | int | float | None):
        return value
    return _TRACES.sub(_HIDDEN, str(value))


def note_messages(noted: Sequence[Noted]) -> None:
    """Write the line every message has: its digest, kind, carrier, and milliseconds from its arrival to its answer.

    Its four values are our own words, so as JSON it is written without detours: the long way costs a tenth of a whole
    complaint.
    """
    if not _is_plain_json:
        for message, kind, answer, ms in noted:
            _log.info("message", message=message, kind=kind, answer=answer, ms=round(ms, 1))
        return
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    end = f'"event": "message", "level": "info", "timestamp": "{now}"}}\n'
    _stderr.write(
        "".join([
            f'{{"message": "{message}", "kind": "{kind}", "answer": "{answer}", "ms": {ms:.1f}, {end}'
            for message, kind, answer, ms in noted
        ])
    )  # fmt: skip


def frames_only(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Turn an exception into its type and places. Its message is left out: it may quote what a villager wrote."""
    failure = event.pop("exc_info", None)
    if failure is True:
        failure = sys.exc_info()[1]
    if isinstance(failure, tuple):
        failure = failure[1]
    if isinstance(failure, BaseException):
        event.setdefault("error", type(failure).__name__)
        places = traceback.extract_tb(failure.__traceback__)
        event["trace"] = " < ".join(f"{p.filename.rpartition('/')[2]}:{p.lineno} {p.name}" for p in reversed(places))
    return event


def _without_values(record: logging.LogRecord) -> bool:
    record.msg, record.args = re.split(r"[\n(<]", record.getMessage(), maxsplit=1)[0].strip(), ()
    return True


def _thread_failed(failed: threading.ExceptHookArgs) -> None:
    thread = failed.thread.name if failed.thread else ""
    structlog.get_logger().error("thread.failed", thread=thread, exc_info=failed.exc_value)


def _is_ours(record: logging.LogRecord) -> bool:
    failure = record.exc_info[1] if record.exc_info else None
    return not isinstance(failure, HttpProcessingError | RequestPayloadError)


def configure(style: Literal["console", "json"], level: int = logging.INFO) -> None:
    """Set up structlog, and bring the standard library's loggers (aiohttp, alembic) into the same lines."""
    global _is_plain_json
    _is_plain_json = style == "json" and level <= logging.INFO
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        frames_only,
        redact,
    ]
    end = (
        structlog.processors.JSONRenderer(serializer=lambda event, **_: _JSON.encode(event))
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, end],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", _stderr)),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(_stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=end, foreign_pre_chain=shared))
    # What the loop and the threads say of an error nobody awaited shows its message and arguments: a villager's words.
    logging.getLogger("asyncio").addFilter(_without_values)
    threading.excepthook = _thread_failed
    # A request that is no HTTP is refused by the server; anybody can send a thousand of them, and none is our error.
    logging.getLogger("aiohttp.server").addFilter(_is_ours)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
