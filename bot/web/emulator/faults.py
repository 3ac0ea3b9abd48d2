"""Faults that a test orders: the next matching requests fail in the way it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.web.emulator.errors import ApiError, too_many_requests

Kind = int | Literal["timeout", "lost", "drop", "migrate"]
"""An HTTP status; ``timeout``: no answer, nothing done; ``lost``: done, but no answer; ``drop``: the connection
is cut in the middle of the answer, nothing done; ``migrate``: the group becomes a supergroup just then."""

_DESCRIPTIONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass(slots=True)
class Fault:
    """How the next requests of one kind fail."""

    error: Kind
    method: str | None
    chat_id: int | None
    times: int
    retry_after: int
    description: str | None

    def hits(self, method: str, chat_id: int | None) -> bool:
        """Tell whether a request is meant."""
        return self.times > 0 and self.method in (None, method) and (self.chat_id is None or self.chat_id == chat_id)

    def as_error(self, code: int) -> ApiError:
        """Return the refusal that the request is answered with."""
        if code == 429:
            return too_many_requests(self.retry_after)
        return ApiError(code, self.description or _DESCRIPTIONS.get(code, "Internal Server Error"))


class Faults:
    """The faults that were ordered and have not all happened."""

    def __init__(self) -> None:
        self._queue: list[Fault] = []

    def add(
        self,
        *,
        error: Kind,
        method: str | None = None,
        chat_id: int | None = None,
        times: int = 1,
        retry_after: int = 1,
        description: str | None = None,
    ) -> Fault:
        """Order a fault for the next ``times`` requests to a method and a chat (any, where not named).

        ``retry_after`` is in seconds and goes with 429.
        """
        fault = Fault(error, method, chat_id, times, retry_after, description)
        self._queue.append(fault)
        return fault

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """Return the first fault that a request hits, and count it."""
        for fault in self._queue:
            if fault.hits(method, chat_id):
                fault.times -= 1
                return fault
        return None

    def clear(self) -> None:
        """Call off what has not happened yet."""
        self._queue.clear()
