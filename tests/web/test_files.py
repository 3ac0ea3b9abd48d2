"""Files, sent and fetched."""

import aiohttp
import pytest

from bot.web.emulator import Chat, Emulator
from bot.web.emulator.parameters import read_multipart
from tests.web.client import Client, Refusal

CONTENT = b"\x00\r\n--x\r\nfacts\r\n"


@pytest.fixture
def chat(emulator: Emulator) -> Chat:
    return emulator.private_chat(emulator.user("Alice"))


async def upload(bot: Client, chat: Chat, field: str, **parameters: str) -> int:
    form = aiohttp.FormData({"chat_id": str(chat.id), **parameters}, quote_fields=False)
    form.add_field(field, CONTENT, filename="звіт.yaml", content_type="application/yaml")
    async with bot.session.post(bot.route("sendDocument"), data=form) as response:
        return response.status


async def fetch(bot: Client, path: object) -> tuple[int, bytes]:
    async with bot.session.get(f"{bot.url}/file/bot{bot.token}/{path}") as response:
        return response.status, await response.read()


@pytest.mark.parametrize("field", ["document", "elsewhere"])
async def test_a_document_arrives_with_its_caption(emulator: Emulator, bot: Client, chat: Chat, field: str) -> None:
    attached = {} if field == "document" else {"document": f"attach://{field}"}
    assert await upload(bot, chat, field, caption="<i>facts</i>", parse_mode="HTML", **attached) == 200
    message = await chat.next_message()
    assert message.document is not None
    assert (message.document.name, message.document.content) == ("звіт.yaml", CONTENT)
    assert message.document.mime_type == "application/yaml"
    assert (message.text, message.all_of("italic")) == ("facts", ("facts",))
    assert message.as_json()["caption"] == "facts"
    (request,) = emulator.calls("sendDocument")
    assert request.parameters["document"] == f"attach://{field}"


async def test_a_file_nobody_asked_for_is_refused(bot: Client, chat: Chat) -> None:
    assert await upload(bot, chat, "surprise") == 400


async def test_a_document_of_a_person_can_be_fetched_and_sent_on(emulator: Emulator, bot: Client, chat: Chat) -> None:
    message = emulator.send_document(chat, emulator.user("Bob"), "facts.yaml", CONTENT, caption="new facts")
    assert message.document is not None
    file = await bot.object("getFile", file_id=message.document.file_id)
    assert await fetch(bot, file["file_path"]) == (200, CONTENT)
    await bot.call("sendDocument", chat_id=chat.id, document=message.document.file_id)
    assert (await chat.next_message()).document == message.document


async def test_what_is_no_file_is_refused(bot: Client, chat: Chat) -> None:
    assert await bot.refused("getFile", file_id="x") == Refusal(400, "Bad Request: invalid file_id")
    refusal = await bot.refused("sendDocument", chat_id=chat.id, document="x")
    assert refusal == Refusal(400, "Bad Request: wrong file identifier/HTTP URL specified")
    assert (await fetch(bot, "documents/none"))[0] == 404
    assert (await fetch(Client(bot.session, bot.url, "123:OTHER"), "documents/none"))[0] == 401


async def test_a_caption_has_its_own_limit(emulator: Emulator, bot: Client, chat: Chat) -> None:
    document = emulator.add_file("facts.yaml", CONTENT, "application/yaml")
    refusal = await bot.refused("sendDocument", chat_id=chat.id, document=document.file_id, caption="x" * 1025)
    assert refusal == Refusal(400, "Bad Request: message caption is too long")


async def test_a_document_has_no_text_to_edit(bot: Client, chat: Chat) -> None:
    await upload(bot, chat, "document", caption="facts")
    refusal = await bot.refused("editMessageText", chat_id=chat.id, message_id=1, text="x")
    assert refusal == Refusal(400, "Bad Request: there is no text in the message to edit")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--x\r\nno headers\r\n--x--\r\n", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
    ],
)
def test_a_broken_multipart_body_is_refused(body: bytes, kind: str) -> None:
    with pytest.raises(ValueError, match=r"no name|no boundary|without headers"):
        read_multipart(body, kind)
