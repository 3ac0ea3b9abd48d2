"""Who may do what to the bot itself. Who may decide for a group, Telegram tells: see ``bot/chat/gate.py``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Granted = Literal["admin", "editor"]
"""A role that an owner gives and takes in the chat."""

Role = Literal["owner", "admin", "editor", "user"]
"""Owners are named in the settings; everybody else is a user until an owner says otherwise."""

Right = Literal["appoint", "publish", "inspect", "gaps"]
"""Appoint admins; change what is served; see how the bot fares; work on questions without an answer."""

_RIGHTS: Mapping[Role, frozenset[Right]] = {
    "owner": frozenset({"appoint", "publish", "inspect", "gaps"}),
    "admin": frozenset({"publish", "inspect", "gaps"}),
    "editor": frozenset({"gaps"}),
    "user": frozenset(),
}


def allows(role: Role, right: Right) -> bool:
    """Say whether a role has a right."""
    return right in _RIGHTS[role]
