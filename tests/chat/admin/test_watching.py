"""Where the files are watched, an edit is published under the same checks, and the admins are told."""

from __future__ import annotations

from tests.knowledge.folder import REPORT_NAME

from .conftest import Site, bot_at

HOSES = "how many hoses burst?"


async def test_an_edited_file_is_served_and_a_bad_one_is_not(site: Site) -> None:
    async with bot_at(site, watch=True):
        await site.answer(HOSES)
        site.folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
        assert (await site.office.next_message()).text.startswith("The files were edited, and I have published them")
        assert await site.answer(HOSES) == "Four fire hoses burst during the night."
        site.folder.edit(REPORT_NAME, "target: old-pier", "target: old-peir")
        kept = await site.office.next_message()
        assert "they cannot be published" in kept.text
        assert "there is no entity old-peir; did you mean old-pier?" in kept.text
        assert await site.answer(HOSES) == "Four fire hoses burst during the night."
    acts = [(act.actor, act.role, act.outcome) for act in await site.acts()]
    assert acts == [("file", "bot", "failed"), ("file", "bot", "done"), ("start", "bot", "done")]
