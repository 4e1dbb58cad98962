"""The routers of everything about people and the network, as one."""

from __future__ import annotations

from aiogram import Router

from handlers.people import (
    inviting,
    joining,
    me,
    network,
    network_typing,
    people,
    places,
    preferences,
    reach,
    requests,
    start,
    tags,
)


def build_router() -> Router:
    router = Router(name="people area")
    router.include_routers(
        start.build_router(),
        joining.build_router(),
        places.build_router(),
        requests.build_router(),
        me.build_router(),
        preferences.build_router(),
        network.build_router(),
        network_typing.build_router(),
        inviting.build_router(),
        people.build_router(),
        tags.build_router(),
        reach.build_router(),
    )
    return router
