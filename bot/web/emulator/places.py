"""Where people meet, and who is there: chats, topics, membership."""

from __future__ import annotations

from collections.abc import Sequence

from bot.web.emulator.chats import PRESENT, Chat, ChatType, Message, Status, Topic
from bot.web.emulator.errors import JsonObject
from bot.web.emulator.members import change_json
from bot.web.emulator.objects import User
from bot.web.emulator.text import FormattedText
from bot.web.emulator.world import World


class Places(World):
    """A world in which users and chats can be made and changed."""

    def user(self, first_name: str, *, username: str | None = None, language_code: str | None = "en") -> User:
        """Add a person."""
        user = User(next(self.ids.user), first_name, username, language_code)
        self.users[user.id] = user
        return user

    def private_chat(self, person: User, *, started: bool = True) -> Chat:
        """Return a person's chat with the bot. Until the person has started it the bot may not write there."""
        if person.id not in self.chats:
            chat = self._chat(person.id, "private", person.first_name, {person.id: "member"})
            chat.username = person.username
            chat.person = person
            if started:
                chat.members[self.bot.id] = "member"
        return self.chats[person.id]

    def group(self, title: str, members: Sequence[User] = (), *, bot: Status = "member") -> Chat:
        """Make a basic group; the first member is its creator."""
        return self._chat(-next(self.ids.group), "group", title, self._roles(members, bot))

    def supergroup(
        self,
        title: str,
        members: Sequence[User] = (),
        *,
        bot: Status = "member",
        username: str | None = None,
        forum: bool = False,
    ) -> Chat:
        """Make a supergroup, with topics if it is a forum; the first member is its creator."""
        chat_id = -1_000_000_000_000 - next(self.ids.supergroup)
        chat = self._chat(chat_id, "supergroup", title, self._roles(members, bot))
        chat.username = username
        chat.is_forum = forum
        if forum:
            chat.topics[1] = Topic(chat, 1, "General")
            chat.last_message_id = 1
        return chat

    def channel(
        self, title: str, members: Sequence[User] = (), *, bot: Status = "administrator", username: str = ""
    ) -> Chat:
        """Make a channel; the first member is its creator."""
        chat_id = -1_000_000_000_000 - next(self.ids.supergroup)
        chat = self._chat(chat_id, "channel", title, self._roles(members, bot))
        chat.username = username or None
        return chat

    def topic(self, forum: Chat, name: str, by: User | None = None) -> Topic:
        """Open a topic in a forum."""
        if not forum.is_forum:
            raise ValueError(f"{forum.title!r} has no topics")
        topic = Topic(forum, forum.last_message_id + 1, name)
        forum.topics[topic.id] = topic
        created: JsonObject = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        topic.opening = self._event(forum, by, created, topic)
        return topic

    def close_topic(self, topic: Topic, by: User | None = None) -> None:
        """Close a topic: only administrators can write there."""
        topic.closed = True
        kind = "general_forum_topic_hidden" if topic.is_general else "forum_topic_closed"
        self._event(topic.chat, by, {kind: {}}, topic)

    def reopen_topic(self, topic: Topic, by: User | None = None) -> None:
        """Open a closed topic again."""
        topic.closed = False
        kind = "general_forum_topic_unhidden" if topic.is_general else "forum_topic_reopened"
        self._event(topic.chat, by, {kind: {}}, topic)

    def add_bot(self, chat: Chat, by: User | None = None, *, admin: bool = False) -> None:
        """Put the bot into a chat, or change what it is there."""
        joined = chat.bot_status not in PRESENT
        self.set_bot_status(chat, "administrator" if admin else "member", by)
        if joined and chat.is_group:
            self._event(chat, by, {"new_chat_members": [self.bot.as_json()]})

    def remove_bot(self, chat: Chat, by: User | None = None) -> None:
        """Throw the bot out of a chat."""
        self.set_bot_status(chat, "kicked", by)

    def block(self, person: User) -> None:
        """Let a person block the bot."""
        self.set_bot_status(self.private_chat(person), "kicked", person)

    def unblock(self, person: User) -> None:
        """Let a person take the bot back."""
        self.set_bot_status(self.private_chat(person), "member", person)

    def deactivate(self, person: User) -> None:
        """Delete a person's account."""
        self.private_chat(person).deactivated = True

    def join(self, chat: Chat, person: User, status: Status = "member") -> None:
        """Give a person a place in a chat; the bot is told if it asked for that and administers the chat."""
        old = chat.members.get(person.id, "left")
        chat.members[person.id] = status
        if chat.bot_is_admin:
            change = change_json(chat, person, by=person, date=self.now, old=old, new=status)
            self.updates.add("chat_member", change)
        if old not in PRESENT and status in PRESENT and chat.is_group:
            self._event(chat, person, {"new_chat_members": [person.as_json()]})

    def migrate(self, group: Chat) -> Chat:
        """Turn a basic group into a supergroup with a new id; return the supergroup."""
        if group.type != "group" or group.migrated_to is not None:
            raise ValueError(f"{group.title!r} is no group that could be upgraded")
        supergroup = self.supergroup(group.title)
        supergroup.members = dict(group.members)
        self._event(group, None, {"migrate_to_chat_id": supergroup.id})
        group.migrated_to = supergroup
        self._event(supergroup, None, {"migrate_from_chat_id": group.id})
        return supergroup

    def set_bot_status(self, chat: Chat, status: Status, by: User | None = None) -> None:
        """Change what the bot is in a chat, and tell it."""
        old = chat.bot_status
        chat.members[self.bot.id] = status
        who = by or self._creator(chat)
        change = change_json(chat, self.bot, by=who, date=self.now, old=old, new=status)
        self.updates.add("my_chat_member", change)

    def find_chat(self, chat_id: int | str) -> Chat | None:
        """Return a chat by its id or its ``@name``."""
        if isinstance(chat_id, int):
            return self.chats.get(chat_id)
        name = chat_id.removeprefix("@").lower()
        public = (chat for chat in self.chats.values() if chat.type in ("supergroup", "channel"))
        return next((chat for chat in public if (chat.username or "").lower() == name), None)

    def _chat(self, chat_id: int, kind: ChatType, title: str, members: dict[int, Status]) -> Chat:
        chat = Chat(chat_id, kind, title, self.bot, self.changes, members=members)
        self.chats[chat_id] = chat
        return chat

    def _roles(self, members: Sequence[User], bot: Status) -> dict[int, Status]:
        roles: dict[int, Status] = {person.id: "member" for person in members}
        if members:
            roles[members[0].id] = "creator"
        return {**roles, self.bot.id: bot}

    def _creator(self, chat: Chat) -> User:
        for user_id, status in chat.members.items():
            if status == "creator":
                return self.users[user_id]
        return chat.person or self.user("Owner")

    def _event(self, chat: Chat, by: User | None, what: JsonObject, topic: Topic | None = None) -> Message:
        """Put a service message into a chat and tell the bot."""
        sender = None if chat.type == "channel" else by or self._creator(chat)
        message = self.add_message(chat, sender, FormattedText(""), service=what, topic=topic)
        self.tell(message)
        return message
