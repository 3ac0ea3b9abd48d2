"""/admins: who has a role, and giving and taking one."""

from __future__ import annotations

import re
from typing import get_args

from telegram import Update
from telegram.ext import ContextTypes

from bot.chat.admin.office import Office
from bot.chat.gate import Person
from bot.chat.nodes import Text
from bot.chat.texts import AdminTexts
from bot.rights import Granted, Role, allows
from bot.storage.admins import Admin


class People:
    """Roles, as the chat sees them. Owners give and take them; every admin may look."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def admins(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/admins, /admins add 1234 [editor], /admins remove 1234."""
        message = update.effective_message
        if message is None:
            return
        args = context.args or []
        actor = await self._office.admitted(message, "appoint" if args else "inspect", "admins")
        if actor is None:
            return
        texts = await self._office.texts(message)
        match args:
            case []:
                body = await self._list(actor, texts)
            case ["add", user, *role] if _is_user(user) and (granted := _granted(role)):
                body = Text(await self._give(actor, int(user), granted, texts))
                await self._office.menus.show(context.bot, int(user), granted)
            case ["remove", user] if _is_user(user):
                body = Text(await self._take(actor, int(user), texts))
                await self._office.menus.drop(context.bot, int(user))
            case _:
                body = Text(texts.admins_usage)
        await self._office.say(message, body)

    async def _list(self, actor: Person, texts: AdminTexts) -> Text:
        people = [f"{user_id}: owner" for user_id in self._office.gate.owners]
        people += [f"{admin.user_id}: {admin.role}" for admin in await self._office.admins.all()]
        usage = texts.admins_usage if allows(await self._office.gate.role(actor), "appoint") else ""
        return Text("\n".join([texts.admins, *people, usage]).rstrip())

    async def _give(self, actor: Person, user_id: int, role: Granted, texts: AdminTexts) -> str:
        before = await self._office.gate.role(Person(user_id))
        if before == "owner":
            return texts.admin_is_owner.format(user=user_id)
        await self._office.admins.give(Admin(user_id, role, actor.user_id, self._office.desk.now()))
        await self._note(actor, user_id, before, role)
        return texts.admin_given.format(user=user_id, role=role)

    async def _take(self, actor: Person, user_id: int, texts: AdminTexts) -> str:
        before = await self._office.gate.role(Person(user_id))
        if before == "owner":
            return texts.admin_is_owner.format(user=user_id)
        if not await self._office.admins.take(user_id):
            return texts.admin_unknown.format(user=user_id)
        await self._note(actor, user_id, before, "user")
        return texts.admin_taken.format(user=user_id)

    async def _note(self, actor: Person, user_id: int, before: Role, after: Role) -> None:
        await self._office.note(actor, "admins", "done", before=before, after=after, detail=f"user {user_id}")


def _is_user(text: str) -> bool:
    return re.fullmatch(r"[1-9]\d{0,14}", text) is not None


def _granted(args: list[str]) -> Granted | None:
    """Return the role that was named; an admin's where none was."""
    wanted = args or ["admin"]
    return next((each for each in get_args(Granted) if [each] == wanted), None)
