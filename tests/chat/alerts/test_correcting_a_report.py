"""The report's best known number is corrected, twice: every answer and every alert that carried it says so."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from bot.knowledge.loader import default_folder
from bot.web.emulator import Emulator, Message
from tests.chat.admin.conftest import TOKEN, Site, bot_at
from tests.knowledge.folder import Folder

from .conftest import HASTE, Town

REPORT = "kyiv-drone-barrage.yaml"
DRONES = "how many drones did Russia launch?"


def place(tmp_path: Path) -> Site:
    """Return a place for a bot with a copy of the fact base that comes with it."""
    folder = Folder(tmp_path / "knowledge")
    # Its regression questions ask for the number as it was; an editor would change them too.
    shutil.copytree(default_folder(), folder.path, ignore=shutil.ignore_patterns("questions"))
    telegram = Emulator(token=TOKEN)
    return Site(telegram, folder, f"sqlite:///{tmp_path / 'citebot.sqlite3'}", telegram.user("Olha"))


async def correct(site: Site, old: str, new: str) -> None:
    """Publish another number in every answer that has it; the quotes stay what the article says."""
    lines = site.folder.read(REPORT).splitlines(keepends=True)
    number = re.compile(rf"\b{old}\b")
    site.folder.write(REPORT, "".join(line if "quote:" in line else number.sub(new, line) for line in lines))
    await site.tap(await site.command("/reload"), "Publish")


def has(message: Message, number: str, struck: str) -> bool:
    """Say whether a message gives a number and has another one struck out."""
    return any(struck in each for each in message.all_of("strikethrough")) and number in message.text


async def test_every_earlier_answer_and_alert_is_edited(tmp_path: Path) -> None:
    site = place(tmp_path)
    async with bot_at(site, limits=HASTE):
        town = Town(site)
        group = town.telegram.supergroup("Neighbours", [town.alice])
        channel = town.telegram.channel("News", [town.alice])
        town.telegram.say(channel, None, "/subscribe")
        await channel.next_message()
        answers = [
            await town.says(DRONES),
            await town.says("so 500 drones, right?"),
            await town.says("скільки дронів запустила Росія?"),
            await group.reply_to(town.telegram.say(group, town.alice, f"/ask {DRONES}")),
        ]
        assert all("550" in answer.text for answer in answers)
        query = town.telegram.inline(town.alice, DRONES)
        posted = town.telegram.choose(query, (await query.answered()).results[0])

        await correct(site, "550", "547")
        alert = await channel.next_message()
        assert has(alert, "547", "550")
        await town.telegram.wait_for(lambda: all(has(answer, "547", "550") for answer in answers), timeout=30)

        await correct(site, "547", "560")
        told = [*answers, alert]
        await town.telegram.wait_for(lambda: all(has(message, "560", "547") for message in told), timeout=30)
        await town.telegram.wait_for(lambda: "560" in posted.text, timeout=30)
        # Three answers in her chat, two corrections: each was told of once.
        await town.telegram.wait_for(lambda: sum(each.reply_to is not None for each in town.home.from_bot) == 2)
