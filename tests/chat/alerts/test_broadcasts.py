"""What admins do: announce, watch and steer what is being told, retract."""

from __future__ import annotations

import pytest

from bot.web.emulator import Message

from .conftest import Town


async def announced(town: Town, text: str = "The harbour is open.") -> Message:
    """Announce something as the owner."""
    preview = await town.site.command(f"/announce {text}")
    await town.taps(preview, "Send", town.site.owner)
    return preview


async def test_an_announcement_is_shown_counted_and_sent_when_confirmed(town: Town) -> None:
    await town.says("/subscribe")
    preview = await town.site.command("/announce The harbour <is> open & safe.\nCome in.")
    assert preview.text == (
        "Subscribed chats that would get this: 1\n\nAnnouncement\n\nThe harbour <is> open & safe.\nCome in."
    )
    await town.taps(preview, "Send", town.site.owner)
    assert preview.text.startswith("On its way. Subscribed chats: 1.")
    assert (await town.home.next_message()).text == "Announcement\n\nThe harbour <is> open & safe.\nCome in."


async def test_a_cancelled_announcement_is_never_sent(town: Town) -> None:
    await town.says("/subscribe")
    preview = await town.site.command("/announce The harbour is open.")
    await town.taps(preview, "Cancel", town.site.owner)
    assert preview.text == "Cancelled. Nothing was sent."
    assert (await town.says("/sources")).text.startswith("I answer from")


@pytest.mark.parametrize("command", ["/announce Hear me", "/broadcasts", "/retract hoses-burst"])
async def test_others_may_not(town: Town, command: str) -> None:
    assert "admin" in (await town.says(command)).text
    assert (await town.site.acts())[0].outcome == "refused"


async def test_another_may_not_press_the_buttons_of_an_announcement(town: Town) -> None:
    await town.says("/subscribe")
    preview = await town.site.command("/announce The harbour is open.")
    press = town.telegram.press(town.alice, preview, "Send")
    await press.answered()
    assert preview.text.startswith("Subscribed chats that")


async def test_broadcasts_show_how_far_they_are(town: Town) -> None:
    assert (await town.site.command("/broadcasts")).text == "Nothing was broadcast in the last days."
    await town.says("/subscribe")
    await announced(town)
    await town.home.next_message()
    shown = await town.site.command("/broadcasts")
    assert "The harbour is open." in shown.text
    assert "██████████ 100 % · done\nsent 1, left 0, failed 0, perhaps twice or not at all 0" in shown.text


async def test_a_broadcast_can_be_paused_resumed_and_aborted(town: Town) -> None:
    await town.says("/subscribe")
    await town.says("/alerts quiet 0:00-23:59 UTC")
    await announced(town)
    shown = await town.site.command("/broadcasts")
    assert "0 % · running" in shown.text
    (pause,) = [button.text for button in shown.buttons if button.text.startswith("Pause")]
    await town.taps(shown, pause, town.site.owner)
    assert "0 % · paused" in shown.text
    await town.taps(shown, pause.replace("Pause", "Resume"), town.site.owner)
    await town.taps(shown, pause.replace("Pause", "Abort"), town.site.owner)
    assert "100 % · aborted\nsent 0, left 0, failed 1" in shown.text
    await town.says("/alerts quiet off")
    assert (await town.says("/sources")).text.startswith("I answer from")
    assert [act.action for act in await town.site.acts()][:3] == [
        "broadcast abort",
        "broadcast resume",
        "broadcast pause",
    ]


async def test_retract_asks_for_a_fact_that_there_is(town: Town) -> None:
    said = await town.site.command("/retract hoses")
    assert said.text == (
        "There is no fact “hoses”.\n"
        "Write which fact, and if you like why: /retract harbour-fire/hoses-burst The figure was wrong."
    )


async def test_a_retraction_tells_subscribers_why(town: Town) -> None:
    await town.says("/subscribe")
    await town.site.tap(await town.site.command("/retract harbour-fire/hoses-burst It was two."), "Publish")
    alert = await town.home.next_message()
    assert alert.text.startswith("Withdrawn\nThree fire hoses burst during the night.\nThis was withdrawn on ")
    assert alert.text.endswith("It was two.")
    assert alert.all_of("strikethrough") == ("Three fire hoses burst during the night.",)


async def test_a_reload_says_whom_it_would_tell(town: Town) -> None:
    await town.says("/subscribe")
    await town.says("how many hoses burst?")
    town.site.folder.edit("harbour-fire.yaml", "Three fire hoses", "Five fire hoses")
    proposal = await town.site.command("/reload")
    assert "2" in next(line for line in proposal.text.split("\n") if "chats" in line)
