"""A chat in the terminal: lines in, the bot's replies out, with the emulator in between."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from functools import partial
from itertools import pairwise

from bot.web.emulator import Emulator, Message, Press
from bot.web.emulator.markup import InlineKeyboard
from bot.web.emulator.text import FormattedText
from bot.web.emulator.waiting import happens

PROMPT = "> "
_PRESS = re.compile(r"#(\d{1,3})")
_POLLING = "getUpdates"

Shown = tuple[FormattedText, InlineKeyboard | None]


class TerminalChat:
    """A person's private chat with the bot, typed and read in a terminal or through a pipe.

    ``write`` takes text as a stream's ``write`` does. ``patience`` is how many seconds an answer may take,
    ``quiet`` how many seconds without a request of the bot mean that it has said everything.
    """

    def __init__(
        self,
        emulator: Emulator,
        write: Callable[[str], object],
        *,
        interactive: bool = False,
        language_code: str | None = "en",
        patience: float = 30.0,
        quiet: float = 0.3,
    ) -> None:
        self._emulator = emulator
        self._write = write
        self._interactive = interactive
        self._patience = patience
        self._quiet = quiet
        self._person = emulator.user("You", language_code=language_code)
        self._chat = emulator.private_chat(self._person)
        self._open: dict[Message | Press, str] = {}
        """What was asked and not answered yet, and the line it was asked with."""
        self._shown: dict[Message, Shown] = {}
        self._pressable: Message | None = None
        """The last message with buttons."""
        self._pressed: list[Press] = []
        self._prompted = False

    @property
    def user_id(self) -> int:
        """Who types here, as the bot knows them."""
        return self._person.id

    async def converse(self, lines: AsyncIterator[str]) -> int:
        """Send every line and print what comes back, until the lines end and all is answered.

        A line waits for the answer to the one before. ``#2`` presses the button ``[2]``.
        Return 0, or 1 when something stayed unanswered; it is named then.
        """
        watching = asyncio.create_task(self._watch())
        try:
            self._prompt()
            async for line in lines:
                self._prompted = False
                if line.strip():
                    await self._take(line.strip())
                self._prompt()
            await self._answered(last=True)
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
        if self._interactive:
            self._write("\n")
        for line in self._open.values():
            self._write(f"No answer within {self._patience:g} seconds: {line}\n")
        return 1 if self._open else 0

    async def _take(self, line: str) -> None:
        """Send one line, and wait for its answer unless the bot owes an earlier one."""
        if not self._interactive:
            self._write(f"{PROMPT}{line}\n")
        waits = not self._still_open()
        number = _PRESS.fullmatch(line)
        try:
            asked = self._press(int(number[1])) if number else self._say(line)
        except (LookupError, ValueError) as error:
            self._write(f"{error}\n")
            return
        self._open[asked] = line
        if waits:
            await self._answered()

    def _say(self, line: str) -> Message:
        return self._emulator.say(self._chat, self._person, line)

    def _press(self, number: int) -> Press:
        message = self._pressable
        if message is None or not 1 <= number <= len(message.buttons):
            raise LookupError(f"There is no button [{number}] to press.")
        button = message.buttons[number - 1]
        if button.callback_data is None:
            raise ValueError(f"[{number}] leads to {button.url or 'another chat'}.")
        press = self._emulator.press(self._person, message, button)
        self._pressed.append(press)
        return press

    async def _answered(self, *, last: bool = False) -> None:
        """Wait until nothing is owed and the bot has fallen silent, or patience ends.

        After the last line the silence is longer: a bot that keeps to a message a second may have more to say.
        """
        if await self._happens(lambda: not self._still_open(), self._patience):
            await self._silence(self._quiet * (4 if last else 1))
            self._show_news()

    async def _silence(self, seconds: float) -> None:
        """Return when the bot has made no request for so long, so that an answer in two parts is whole."""
        seen = -1
        while seen != self._activity():
            seen = self._activity()
            await self._happens(partial(self._has_more, seen), seconds)

    def _has_more(self, seen: int) -> bool:
        return self._activity() != seen

    async def _happens(self, condition: Callable[[], bool], seconds: float) -> bool:
        return await happens(condition, seconds, self._emulator.clock, self._emulator.changes)

    def _activity(self) -> int:
        return sum(request.method != _POLLING for request in self._emulator.requests)

    def _still_open(self) -> bool:
        """Cross off what is answered: a press by its answer, a question by a reply or any later message."""
        said = self._chat.from_bot
        for asked in list(self._open):
            if isinstance(asked, Press):
                done = asked.answer is not None
            else:
                done = any(
                    message.reply_to is asked or (message.reply_to is None and message.message_id > asked.message_id)
                    for message in said
                )
            if done:
                del self._open[asked]
        return bool(self._open)

    async def _watch(self) -> None:
        """Print what the bot says, whenever it says it."""
        while True:
            # Closed in any case: showing fails where the reader of a pipe has gone.
            with closing(self._emulator.changes.next()) as change:
                self._show_news()
                await change

    def _show_news(self) -> None:
        """Print what is new or was edited since the last look."""
        for message in self._chat.from_bot:
            state = (message.body, message.keyboard)
            before = self._shown.get(message)
            if before != state:
                self._shown[message] = state
                self._print(("" if before is None else "(edited) ") + readable(message))
                if message.buttons:
                    self._pressable = message
        for press in [press for press in self._pressed if press.answer is not None]:
            self._pressed.remove(press)
            if press.answer is not None and press.answer.text:
                self._print(f"* {safe(press.answer.text)}")

    def _print(self, text: str) -> None:
        # Something that comes while a person may be typing goes above a new prompt.
        before, after = ("\r", PROMPT) if self._prompted else ("", "")
        self._write(f"{before}{text}\n{after}")

    def _prompt(self) -> None:
        if self._interactive:
            self._write(PROMPT)
            self._prompted = True


def readable(message: Message) -> str:
    """Return a message as plain text: struck out words between tildes, the buttons numbered below."""
    lines = [safe(_with_strikes(message.body))] if message.text else []
    if message.document is not None:
        lines.append(safe(f"[file {message.document.name}, {len(message.document.content)} bytes]"))
    for number, button in enumerate(message.buttons, start=1):
        lines.append(safe(f"[{number}] {button.text}" + (f" -> {button.url}" if button.url else "")))
    return "\n".join(lines)


def safe(text: str) -> str:
    """Take out what would move the cursor or colour the terminal."""
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) != "Cc")


def _with_strikes(body: FormattedText) -> str:
    units = body.text.encode("utf-16-le")
    marks = sorted(
        at for entity in body.entities if entity.type == "strikethrough" for at in (entity.offset, entity.end)
    )
    pieces = [units[2 * start : 2 * end] for start, end in pairwise([0, *marks, len(units) // 2])]
    return "~".join(piece.decode("utf-16-le") for piece in pieces)
