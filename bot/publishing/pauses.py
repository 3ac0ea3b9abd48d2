"""Keeps the garbage collector from stopping answers while a fact base is compiled.

A compiled fact base is a million objects that live until the next one. To look through them for garbage takes the
collector half a second, in which nobody is answered. So they are set apart once they are there, and while a new one
grows there is no collection; what is garbage meanwhile is freed by counting references, all but a little.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_SHORT = 0.001
"""Seconds after which the compiling thread lets another one go on, whenever one wants to."""


def settle() -> None:
    """Collect once and set apart all that is alive: for the end of a start, when nobody waits yet."""
    gc.collect()
    gc.freeze()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Compile without collections, giving way often, and set apart what came of it."""
    was_enabled, interval = gc.isenabled(), sys.getswitchinterval()
    gc.disable()
    sys.setswitchinterval(_SHORT)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        gc.freeze()
        if was_enabled:
            gc.enable()
