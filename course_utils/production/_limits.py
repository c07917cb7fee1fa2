"""A request that is too large or too slow is refused before the application reads it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from course_utils import messages

__all__ = ["limit_body"]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
_THROWN_AWAY = 1_000  # times the allowed length


def limit_body(app: App, *, most_bytes: int = 10_000, seconds: float = 5) -> App:
    """Wrap an ASGI application so that no request body above a size or a time reaches it.

    The bytes are counted as they come: a client may announce another length, or none.

    Parameters
    ----------
    app : ASGI application
        Such as a ``FastAPI()``.
    most_bytes : int, default=10000
        A longer body is answered with 413. What it has more is read and thrown away, up to a
        thousand times as much, since a client that is cut off while it sends sees no answer.
    seconds : float, default=5
        A body that takes longer to arrive is answered with 408.

    Returns
    -------
    ASGI application
    """

    async def limited(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(seconds):
                body = await _read(receive, most_bytes)
        except TimeoutError:
            await _refuse(send, 408, messages.BODY_TOO_SLOW.format(seconds=f"{seconds:g}"))
            return
        if body is None:
            await _refuse(send, 413, messages.BODY_TOO_LARGE.format(most=most_bytes))
            return
        messages_in = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def replay() -> MutableMapping[str, Any]:
            return next(messages_in, None) or await receive()

        await app(scope, replay, send)

    return limited


async def _read(receive: Receive, most_bytes: int) -> bytes | None:
    """Body of a request; None if it is longer than allowed."""
    body, length, more = b"", 0, True
    while more and length <= _THROWN_AWAY * most_bytes:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        piece = message.get("body", b"")
        length += len(piece)
        body = body + piece if length <= most_bytes else b""
        more = message.get("more_body", False)
    return body if length <= most_bytes else None


async def _refuse(send: Send, status: int, reason: str) -> None:
    body = json.dumps({"error": reason}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
