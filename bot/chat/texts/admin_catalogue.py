"""The form of the texts for those who keep the bot. As for readers, every language has all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

AdminCommand = Literal[
    "reload", "rollback", "retract", "announce", "broadcasts", "history", "export", "status", "why", "gaps", "patch",
    "audit", "admins"
]  # fmt: skip
ADMIN_COMMANDS: tuple[AdminCommand, ...] = get_args(AdminCommand)
"""Every command that is not for everybody, in the order of the menu."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminTexts:
    """The texts of one language. Names in braces are filled in; every language uses the same ones."""

    commands: Mapping[AdminCommand, str]

    not_allowed: str
    """A command that somebody may not use."""
    in_private: str
    """A command that is not for groups."""

    ready: str
    """Stands above a proposal. {new} {old}"""
    checking: str
    nothing_new: str
    """{revision}"""
    no_news: str
    """A difference in which no fact says anything else."""
    added: str
    """{count}, as all headings of lists below."""
    changed: str
    withdrawn: str
    restored: str
    removed: str
    rephrased: str
    lost: str
    """Ways to ask that lead elsewhere."""
    flips: str
    """Questions that would be answered otherwise."""
    regression: str
    """{report} {good} {count}"""
    reach: str
    """{alerts} {chats}"""
    nobody: str
    more: str
    """{count}"""
    waits: str
    """How long the buttons work."""
    confirm: str
    confirm_tell: str
    cancel: str
    published_as: str
    """{sequence} {revision}"""
    cancelled: str
    expired: str
    overtaken: str
    """{current}"""
    files_changed: str
    refused: str
    """{revision} {count}"""
    problems_file: str
    """Under a file with all problems. {count}"""
    not_stored: str
    """{reason} {revision}"""
    reloaded: str
    """The bot reloaded by itself. {sequence} {revision}"""
    kept: str
    """The bot kept the old revision by itself. {count} {revision}"""
    no_revision: str
    """{sequence}"""
    behind: str
    files_lost: str
    rollback_usage: str
    nothing_before: str

    not_yaml: str
    """A file of another kind."""
    too_big: str
    """{limit}"""
    no_report: str
    """A file that is none of a fact base. {name}"""
    exported: str
    """Under the exported file. {revision} {sequence}"""

    history: str
    history_line: str
    """{sequence} {revision} {at} {who} {cause}"""
    by_bot: str

    status_serving: str
    """{revision} {sequence} {at}"""
    status_uptime: str
    """{uptime}"""
    status_facts: str
    """{facts} {reports}"""
    status_waiting: str
    """{count} {oldest}"""
    status_errors: str
    """{count}"""
    status_replicas: str
    """{count}"""
    status_replica: str
    """{name} {revision} {sequence} {seen}"""
    status_behind: str
    status_folder: str
    """The folder is another revision than the last publication knew. {revision}"""
    status_privacy: str
    status_mentions: str
    status_inline_off: str
    status_webhook: str
    """{url}"""
    status_webhook_error: str
    """{error}"""
    status_group: str
    """{title}"""
    status_no_member: str
    status_no_rights: str
    status_closed_topic: str
    status_missed: str
    """Replies that could not be delivered. {count}"""
    status_well: str

    why_usage: str
    why_forgotten: str
    why_question: str
    """{question}"""

    gaps_none: str
    gap_heading: str
    """{number} {count}"""
    gap_counts: str
    """{unanswered} {none_meant} {disliked}"""
    gap_alike: str
    gap_fact: str
    """{fact}"""
    gap_unknown: str
    gap_ignore: str
    gap_next: str
    gap_gone: str
    patch_void: str
    patch_none: str
    patch_heading: str
    """{count}"""
    patch_phrasing: str
    """{id} {item} {text}"""
    patch_unknown: str
    """{id} {report} {text}"""
    patch_failed: str
    """{id} {reason}"""
    patch_file: str
    patch_dropped: str
    """{id}"""
    patch_unknown_id: str
    """{id}"""

    audit: str
    audit_empty: str
    audit_exported: str
    """{count}"""

    admins: str
    admins_usage: str
    admin_given: str
    """{user} {role}"""
    admin_taken: str
    """{user}"""
    admin_unknown: str
    """{user}"""
    admin_is_owner: str
    """{user}"""
