"""Lesson 12's service: only this machine hears it, large and slow bodies stop at the door."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from typing import Any

import pytest

from course_utils.production import limit_body, serve

pytestmark = pytest.mark.slow


async def _echo(scope, receive, send):
    message = await receive()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": message["body"]})


def _answer(pieces: list[bytes], **limits: Any) -> tuple[int, bytes]:
    """Status and body that the wrapped application sends to a body in pieces; b"" never comes."""
    sent: list[dict] = []

    async def receive():
        if not pieces:
            await asyncio.sleep(60)
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    async def send(message):
        sent.append(message)

    async def served():
        await limit_body(_echo, **limits)({"type": "http"}, receive, send)

    asyncio.run(served())
    return sent[0]["status"], sent[1]["body"]


def test_a_small_body_arrives_whole():
    assert _answer([b"ab", b"cd"], most_bytes=4) == (200, b"abcd")


def test_a_large_body_is_refused_whatever_it_announced():
    status, body = _answer([b"ab", b"cd", b"e"], most_bytes=4)
    assert status == 413
    assert "4 bytes" in json.loads(body)["error"]


def test_an_endless_body_is_not_read_for_ever():
    pieces = [b"x" * 1_000] * 100
    assert _answer(pieces, most_bytes=4)[0] == 413
    assert len(pieces) > 90


def test_a_slow_body_is_refused():
    async def never():
        await asyncio.sleep(60)

    sent: list[dict] = []

    async def send(message):
        sent.append(message)

    async def served():
        await limit_body(_echo, seconds=0.01)({"type": "http"}, never, send)

    asyncio.run(served())
    assert sent[0]["status"] == 408


def _port(url: str) -> int:
    return int(url.rsplit(":", 1)[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_service_is_heard_on_this_machine_only_and_stops(capsys):
    with serve(_echo) as service:
        assert service.url.startswith("http://127.0.0.1:")
        assert _listens(_port(service.url))
    assert not _listens(_port(service.url))
    service.stop()  # a second time is nothing


def test_a_second_service_takes_the_place_of_the_first():
    first = serve(_echo)
    with serve(_echo) as second:
        assert not _listens(_port(first.url))
        assert _listens(_port(second.url))


def test_a_killed_kernel_leaves_no_listener():
    program = (
        "from course_utils.production import serve\n"
        "async def app(scope, receive, send): pass\n"
        "print(serve(app).url, flush=True)\n"
        "import time; time.sleep(600)"
    )
    run = [sys.executable, "-c", program]
    with subprocess.Popen(run, stdout=subprocess.PIPE, text=True) as kernel:
        assert kernel.stdout is not None
        lines = iter(kernel.stdout.readline, "")
        url = next(line.strip() for line in lines if line.startswith("http"))
        assert _listens(_port(url))
        os.kill(kernel.pid, signal.SIGKILL)
    assert not _listens(_port(url))
