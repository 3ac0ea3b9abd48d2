"""Roles, the audit log and the list of processes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.rights import Right, Role, allows
from bot.storage.admins import Admin, AdminStore
from bot.storage.audit import Act, AuditLog
from bot.storage.database import Database
from bot.storage.replicas import Replica, Replicas

NOON = datetime(2031, 2, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        ("owner", {"appoint", "publish", "inspect", "gaps"}),
        ("admin", {"publish", "inspect", "gaps"}),
        ("editor", {"gaps"}),
        ("user", set()),
    ],
)
def test_each_role_has_its_rights(role: Role, rights: set[Right]) -> None:
    every: tuple[Right, ...] = ("appoint", "publish", "inspect", "gaps")
    assert {right for right in every if allows(role, right)} == rights


async def test_a_role_is_given_changed_and_taken(database: Database) -> None:
    store = AdminStore(database)
    assert await store.role_of(5) is None
    await store.give(Admin(5, "admin", 1, NOON))
    await store.give(Admin(5, "editor", 2, NOON + timedelta(hours=1)))
    assert await store.role_of(5) == "editor"
    assert await store.all() == (Admin(5, "editor", 2, NOON + timedelta(hours=1)),)
    assert [await store.take(5), await store.take(5)] == [True, False]


async def test_the_audit_log_gives_back_what_was_noted_newest_first(database: Database) -> None:
    log = AuditLog(database)
    acts = [
        Act(NOON, 5, "user", "reload", "refused"),
        Act(NOON, "file", "bot", "reload", "done", before="a", after="b", detail="why"),
    ]
    for act in acts:
        await log.note(act)
    assert await log.recent() == (acts[1], acts[0])
    assert await log.recent(1) == (acts[1],)


async def test_a_process_that_has_been_silent_for_an_hour_is_forgotten(database: Database) -> None:
    replicas = Replicas(database)
    old, new = Replica("one", 3, "r3", NOON, NOON), Replica("two", 4, "r4", NOON, NOON + timedelta(hours=1))
    await replicas.report(old)
    await replicas.report(new)
    assert await replicas.all() == (old, new)
    later = Replica("two", 5, "r5", NOON, NOON + timedelta(hours=1, seconds=1))
    await replicas.report(later)
    assert await replicas.all() == (later,)
    await replicas.leave("two")
    assert await replicas.all() == ()
