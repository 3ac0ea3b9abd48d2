"""What was withdrawn in the chat is served again only if an admin says so, and not because a file was edited."""

from __future__ import annotations

from bot.knowledge.bundle import Bundle, DamagedBundleError
from bot.knowledge.problems import Problem
from bot.publishing.proposal import Proposal, Refused
from bot.storage.revisions import Revisions


async def unasked(proposal: Proposal, revisions: Revisions) -> Proposal | Refused:
    """Return a proposal of the folder that nobody asked for, refused where it restores what the chat withdrew."""
    if not proposal.difference.restored or not await _is_from_chat(revisions):
        return proposal
    problems = tuple(_problem(each.key, proposal.bundle) for each in proposal.difference.restored)
    return Refused(proposal.revision, problems)


async def _is_from_chat(revisions: Revisions) -> bool:
    """Say whether the last publication holds other files than the folder did at the time."""
    last = await revisions.last()
    if last is None:
        return False
    try:
        bundle = await revisions.bundle(last.revision)
    except DamagedBundleError:
        return False
    return bundle is not None and last.folder not in {bundle.own().revision, bundle.revision}


def _problem(key: str, bundle: Bundle) -> Problem:
    report = key.partition("/")[0]
    message = f"{key} was withdrawn in the chat and would be served again; /reload does that, if you say so"
    return Problem(bundle.shown(f"{report}.yaml"), 1, 1, "facts", message)
