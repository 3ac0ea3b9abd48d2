"""The dispatcher with its sender on one Bot API server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.alerts.admission import Admission
from bot.alerts.dispatcher import Dispatcher
from bot.alerts.settling import Settling
from bot.alerts.stores import AlertStores
from bot.alerts.turnstile import Turnstile
from bot.chat.alerts.postman import Postman
from bot.chat.answers import Source
from bot.chat.client import Client
from bot.chat.requests import Requests


def dispatcher_on(
    client: Client,
    stores: AlertStores,
    source: Source,
    turnstile: Turnstile,
    moved: Callable[[int, int], Awaitable[None]],
    *,
    sole: bool,
) -> Dispatcher:
    """Return a dispatcher that is not started yet. ``sole``: no other process works on the same database."""
    return Dispatcher(
        outbox=stores.outbox,
        events=stores.events,
        births=stores.births,
        lease=stores.lease(sole=sole),
        post=Postman(Requests(client, turnstile), turnstile, source),
        turnstile=turnstile,
        carriers=stores.carriers,
        admission=Admission(stores.outbox, stores.subscriptions, stores.carriers),
        settling=Settling(stores.outbox, stores.subscriptions, moved),
    )
