"""Looking back, and going back: /history, /rollback, /export, /audit."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime

from sqlalchemy import text

from bot.chat.admin.records import table
from bot.storage.audit import Act
from bot.storage.database import Database
from bot.web.emulator import User
from tests.knowledge.folder import REPORT, REPORT_NAME

from .conftest import Site

HOSES = "how many hoses burst?"


async def test_history_names_every_publication_with_who_and_why(kept: Site) -> None:
    kept.folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
    await kept.tap(await kept.command("/reload recounted"), "Publish")
    lines = (await kept.command("/history")).text.splitlines()[2:]
    assert lines[0].startswith("2 · ")
    assert lines[0].endswith(f" · reload · {kept.owner.id} · recounted")
    assert lines[1].startswith("1 · ")
    assert lines[1].endswith(" · start · the bot (start)")


async def test_rollback_goes_back_one_revision_and_then_forth(kept: Site) -> None:
    await kept.published("Three fire hoses", "Four fire hoses")
    for said in ("Three", "Four"):
        proposal = await kept.command("/rollback")
        assert {"Publish", "Cancel"} <= {button.text for button in proposal.buttons}
        await kept.tap(proposal, "Publish")
        assert await kept.answer(HOSES) == f"{said} fire hoses burst during the night."


async def test_rollback_goes_back_to_a_numbered_publication(kept: Site) -> None:
    await kept.published("Three fire hoses", "Four fire hoses")
    await kept.published("Four fire hoses", "Five fire hoses")
    assert "Three" in (await kept.command("/rollback 1 five was wrong")).text
    assert (await kept.command("/rollback 9")).text == "There is no publication 9 to go back to. See /history."
    assert (await kept.command("/rollback now")).text.startswith("Write the number of a publication")


async def test_at_the_first_publication_there_is_no_way_back(kept: Site) -> None:
    assert (await kept.command("/rollback")).text == "There is no earlier revision to go back to."


async def test_export_sends_the_files_that_are_served(kept: Site) -> None:
    await kept.published("Three fire hoses", "Four fire hoses")
    kept.telegram.say(kept.office, kept.owner, "/export")
    sent = await kept.office.next_message()
    assert sent.document is not None
    with zipfile.ZipFile(io.BytesIO(sent.document.content)) as archive:
        assert archive.read(REPORT_NAME).decode() == kept.folder.read(REPORT_NAME)


async def test_the_audit_log_is_readable_and_comes_as_a_table(kept: Site) -> None:
    bob, chat = kept.stranger()
    kept.telegram.say(chat, bob, "/audit")
    assert (await chat.next_message()).text == "This is for the admins of the bot."
    kept.folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
    await kept.tap(await kept.command("/reload =1+1"), "Publish")
    text = (await kept.command("/audit")).text
    assert f"{bob.id} (user) · audit · refused" in text
    assert f"{kept.owner.id} (owner) · reload · done" in text
    sent = await kept.command("/audit file")
    assert sent.document is not None
    rows = sent.document.content.decode("utf-8-sig").splitlines()
    assert rows[0] == "at,actor,role,action,outcome,before,after,detail"
    assert len(rows) == 4
    assert rows[1].endswith(",'=1+1")


async def test_an_admin_that_the_owner_added_may_publish_and_one_that_was_removed_may_not(kept: Site) -> None:
    bob, chat = kept.stranger()

    async def tries(person: User, command: str) -> str:
        kept.telegram.say(chat, person, command)
        return (await chat.next_message()).text

    assert (await kept.command(f"/admins add {bob.id}")).text == f"User {bob.id} is admin now."
    assert (await tries(bob, "/reload")).startswith("There is nothing to publish")
    assert await tries(bob, "/admins add 5") == "This is for the admins of the bot."
    assert f"{bob.id}: admin" in (await kept.command("/admins")).text
    assert (await kept.command(f"/admins add {bob.id} editor")).text == f"User {bob.id} is editor now."
    assert await tries(bob, "/reload") == "This is for the admins of the bot."
    assert (await kept.command(f"/admins remove {bob.id}")).text == f"User {bob.id} has no role any more."
    assert (await kept.command(f"/admins remove {kept.owner.id}")).text.startswith(f"User {kept.owner.id} is an owner")
    changes = [(act.before, act.after) for act in reversed(await kept.acts()) if act.action == "admins" and act.after]
    assert changes == [("user", "admin"), ("admin", "editor"), ("editor", "user")]


async def test_an_admins_menu_has_the_commands_for_admins(kept: Site) -> None:
    bob, _ = kept.stranger()
    await kept.command(f"/admins add {bob.id}")
    menus = menus_of(kept)
    assert {code for chat_id, code in menus if chat_id == bob.id} == {"", "uk", "ru"}
    assert menus[bob.id, "uk"][0] == "reload"
    assert menus[kept.owner.id, ""][0] == "reload"
    await kept.command(f"/admins add {bob.id} editor")
    assert menus_of(kept)[bob.id, "ru"][:3] == ["gaps", "patch", "ask"]
    await kept.command(f"/admins remove {bob.id}")
    assert (bob.id, "") not in menus_of(kept)


def menus_of(kept: Site) -> dict[tuple[int | str | None, str], list[str]]:
    """Return the commands that each person's own chat shows, by language."""
    return {
        (scope.chat_id, code): [command.command for command in commands]
        for (scope, code), commands in kept.telegram.profile.commands.items()
        if scope.type == "chat"
    }


async def test_where_the_stored_files_are_damaged_that_is_said(kept: Site) -> None:
    database = await Database.open(kept.url)
    async with database.write() as connection:
        await connection.execute(text("UPDATE revisions SET bundle = X'00'"))
    await database.close()
    assert (await kept.command("/export")).text.startswith("The files of what is served are lost or damaged")
    kept.telegram.send_document(kept.office, kept.owner, REPORT_NAME, REPORT.encode())
    assert (await kept.office.next_message()).text.startswith("The files of what is served are lost or damaged")


def test_no_cell_of_the_table_is_a_formula_and_none_is_spoilt() -> None:
    at = datetime(2031, 2, 3, 4, 5, tzinfo=UTC)
    details = ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "1-1", ""]
    acts = [Act(at, -100123, "user", "reload", "refused", detail=detail) for detail in details]
    rows = list(csv.DictReader(io.StringIO(table(acts).decode("utf-8-sig"), newline="")))
    assert [row["detail"] for row in rows] == ["'=1", "'+1", "'-1", "'@a", "'\t=1", "'\r=1", "1-1", ""]
    assert {(row["actor"], row["before"]) for row in rows} == {("-100123", "")}
