"""Methods about files."""

from __future__ import annotations

from pydantic import JsonValue

from bot.web.emulator.access import destination
from bot.web.emulator.emulator import Emulator
from bot.web.emulator.errors import bad_request
from bot.web.emulator.formatting import caption
from bot.web.emulator.markup import SentEntity, Strict, inline_keyboard
from bot.web.emulator.methods.call import method
from bot.web.emulator.methods.messages import Outgoing
from bot.web.emulator.objects import Document
from bot.web.emulator.parameters import Upload


class SendDocument(Outgoing):
    """Parameters of sendDocument."""

    document: Upload | str
    caption: str = ""
    caption_entities: tuple[SentEntity, ...] | None = None
    disable_content_type_detection: bool = False


class GetFile(Strict):
    """Parameters of getFile."""

    file_id: str


def send_document(emulator: Emulator, sent: SendDocument) -> JsonValue:
    """Send a file that comes along, or one that Telegram has already; return the message."""
    where = destination(emulator, sent.chat_id, sent.message_thread_id, sent.reply_parameters)
    body = caption(sent.caption, sent.parse_mode, sent.caption_entities)
    keyboard = inline_keyboard(sent.reply_markup)
    document = _document(emulator, sent.document)
    emulator.throttle.admit(where.chat)
    message = emulator.add_message(
        where.chat,
        emulator.bot,
        body,
        reply_to=where.reply_to,
        topic=where.topic,
        keyboard=keyboard,
        document=document,
    )
    return message.as_json()


def get_file(emulator: Emulator, wanted: GetFile) -> JsonValue:
    """Return where a file is downloaded from."""
    document = emulator.files.get(wanted.file_id)
    if document is None:
        raise bad_request("invalid file_id")
    return {
        "file_id": document.file_id,
        "file_unique_id": f"unique-{document.file_id}",
        "file_size": len(document.content),
        "file_path": document.path,
    }


def _document(emulator: Emulator, sent: Upload | str) -> Document:
    if isinstance(sent, Upload):
        if not sent.content:
            raise bad_request("file must be non-empty")
        return emulator.add_file(sent.name, sent.content, sent.mime_type)
    if sent not in emulator.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return emulator.files[sent]


METHODS = {
    "sendDocument": method(SendDocument, send_document),
    "getFile": method(GetFile, get_file),
}
