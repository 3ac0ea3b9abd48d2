"""Users and files, as an emulator keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.web.emulator.errors import JsonObject


@dataclass(frozen=True, slots=True)
class User:
    """Somebody on Telegram, a person or the bot."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    def as_json(self) -> JsonObject:
        """Return the User of the Bot API."""
        user: JsonObject = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username is not None:
            user["username"] = self.username
        if self.language_code is not None:
            user["language_code"] = self.language_code
        return user


@dataclass(frozen=True, slots=True)
class Document:
    """A file in a message."""

    file_id: str
    name: str
    content: bytes = field(repr=False)
    mime_type: str = "application/octet-stream"

    @property
    def path(self) -> str:
        """Where the file is downloaded from."""
        return f"documents/{self.file_id}/{self.name}"

    def as_json(self) -> JsonObject:
        """Return the Document of the Bot API."""
        return {
            "file_id": self.file_id,
            "file_unique_id": f"unique-{self.file_id}",
            "file_name": self.name,
            "mime_type": self.mime_type,
            "file_size": len(self.content),
        }
