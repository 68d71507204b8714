"""The load: keep-alive connections on raw sockets, each sending its next prepared request when its answer is complete.

Nothing is made or parsed while the clock runs but the length of the answer, so that one core drives more than any
server here can take; `busy` of a Slice says how far it was from being the limit itself.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

HEADER_END = b"\r\n\r\n"


def request(path: str, body: bytes, host: str = "127.0.0.1") -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


@dataclass
class Slice:
    """What one stretch of load came to. Seconds; `busy` is this process's CPU over the wall clock."""

    seconds: float
    answered: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    acknowledged: int = 0  # answered by the bare word success: the reply comes later
    latencies: list[float] = field(default_factory=list)
    busy: float = 0.0
    errors: int = 0

    @property
    def rate(self) -> float:
        return self.answered / self.seconds

    def at(self, share: float) -> float:
        """The latency that this share of the answers stayed under."""
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


class _Connection:
    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""
        self.begun = 0.0
        self.is_closing = False  # the server said that it hangs up after this answer

    def send(self, data: bytes) -> None:
        self.begun = time.perf_counter()
        self.socket.sendall(data)

    def answer(self) -> tuple[int, bytes] | None:
        """(status, body) once it is complete; ConnectionError when the server hung up."""
        more = self.socket.recv(65_536)
        if not more:
            raise ConnectionError
        self.received += more
        head, end, body = self.received.partition(HEADER_END)
        if not end:
            return None
        mark = head.lower().find(b"content-length:")
        length = int(head[mark + 15 : (head.find(b"\r\n", mark) + 1 or len(head) + 1) - 1]) if mark >= 0 else 0
        if len(body) < length:
            return None
        self.received = b""
        self.is_closing = b"connection: close" in head.lower()
        return int(head[9:12]), body


class Load:
    """So many connections to one port, held open from slice to slice."""

    def __init__(self, port: int, connections: int = 64) -> None:
        self._port = port
        self._selector = selectors.DefaultSelector()
        self._idle = [self._connect() for _ in range(connections)]

    def _connect(self) -> _Connection:
        connection = _Connection(self._port)
        self._selector.register(connection.socket, selectors.EVENT_READ, connection)
        return connection

    def close(self) -> None:
        for key in list(self._selector.get_map().values()):
            key.data.socket.close()
        self._selector.close()

    def run(self, requests: Iterable[bytes], seconds: float) -> Slice:
        """Send for so long (or until there is nothing left), then wait for the answers still owed."""
        queue = iter(requests)
        begun, cpu = time.perf_counter(), time.process_time()
        done = Slice(seconds)
        waiting = self._start(queue)
        until = begun + seconds
        while waiting:
            events = self._selector.select(10)
            if not events:
                done.errors += waiting
                break
            for key, _ in events:
                waiting -= self._step(key.data, queue if time.perf_counter() < until else iter(()), done)
        done.seconds = time.perf_counter() - begun
        done.busy = (time.process_time() - cpu) / done.seconds
        return done

    def _start(self, queue: Iterator[bytes]) -> int:
        started = 0
        idle, self._idle = self._idle, []
        for connection in idle:
            data = next(queue, None)
            if data is None:
                self._idle.append(connection)
            else:
                connection.send(data)
                started += 1
        return started

    def _step(self, connection: _Connection, queue: Iterator[bytes], done: Slice) -> int:
        """Read what came; 1 when this connection has nothing more to do."""
        try:
            answer = connection.answer()
        except OSError:
            done.errors += 1
            self._idle.append(self._anew(connection))
            return 1
        if answer is None:
            return 0
        status, body = answer
        done.answered += 1
        done.statuses[status] = done.statuses.get(status, 0) + 1
        done.acknowledged += body == b"success"
        done.latencies.append(time.perf_counter() - connection.begun)
        if connection.is_closing:
            connection = self._anew(connection)
        data = next(queue, None)
        if data is None:
            self._idle.append(connection)
            return 1
        connection.send(data)
        return 0

    def _anew(self, connection: _Connection) -> _Connection:
        self._selector.unregister(connection.socket)
        connection.socket.close()
        return self._connect()
