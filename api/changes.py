"""Server-sent events: "this changed, fetch it". Only a topic and an id; who may follow what is decided when they begin."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse

from api.deps import Caller, Me, known_id
from api.follower import Follower, Topic
from engine.read_models.case_access import see_case
from engine.read_models.consultation_view import case_of_consultation, consultation_view
from engine.read_models.visible_cases import led_units
from pathways.errors import Malformed, UnknownThing

router = APIRouter(prefix="/api/v1", tags=["changes"])

MOST_TOPICS = 50
PING_SECONDS = 15.0
LONGEST_SECONDS = 600.0
"""Then the stream ends: the browser comes back at once, and what it may follow is decided anew."""
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

Followed = tuple[Caller, Mapping[Topic, Topic]]


def followed(
    me: Me,
    topics: Annotated[
        str,
        Query(
            description="Separated by commas: `case:ID`, `consultation:ID`, `unit:ID`, `worker:ID`; `me`, `worklist` "
            "and `board` stand for what I may follow of those.",
            max_length=4000,
        ),
    ],
) -> Followed:
    """What is asked for, once it is known that the caller may follow all of it; else 404."""
    wanted = [name.strip() for name in topics.split(",") if name.strip()]
    if not wanted or len(wanted) > MOST_TOPICS:
        raise Malformed("topics", f"1–{MOST_TOPICS}")
    meant: dict[Topic, Topic] = {}
    for name in wanted:
        meant |= _meant(me, name)
    return me, meant


def _meant(me: Caller, name: str) -> dict[Topic, Topic]:
    mine: Topic = ("worker", me.actor.worker_id)
    led = led_units(me.actor)
    match name.partition(":"):
        case ("me", _, ""):
            return _as_called([mine])
        case ("worklist", _, ""):
            return _as_called([mine, *(("unit", unit) for unit in me.actor.units)])
        case ("board", _, ""):
            return _as_called([("unit", unit) for unit in led or me.actor.units])
        case ("case", _, id_):
            return _as_called([("case", _seen_case(me, known_id("case")(id_)))])
        case ("consultation", _, id_):
            return {("case", _case_of_question(me, id_)): ("consultation", id_)}
        case ("unit", _, id_) if id_ in me.actor.units | led:
            return _as_called([("unit", id_)])
        case ("worker", _, id_) if id_ == me.actor.worker_id:
            return _as_called([mine])
    raise UnknownThing("topic", name)


def _as_called(topics: list[Topic]) -> dict[Topic, Topic]:
    return {topic: topic for topic in topics}


def _seen_case(me: Caller, case_id: str) -> str:
    """The case, when the caller sees it. That something changes on it is no client data: nothing to log."""
    with me.reading() as reading:
        return see_case(reading, case_id).case_id


def _case_of_question(me: Caller, consultation_id: str) -> str:
    with me.reading() as reading:
        consultation_view(reading, consultation_id, me.language)
        return case_of_consultation(reading, consultation_id)


@router.get(
    "/changes",
    summary="Follow what changes, as server-sent events",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"text/event-stream": {}}, "description": 'Messages such as {"topic": "case", "id": "…"}.'}
    },
)
async def changes(request: Request, asked: Annotated[Followed, Depends(followed)]) -> StreamingResponse:
    """The one asynchronous route: a stream that waits takes no thread."""
    me, topics = asked
    follower: Follower = request.app.state.follower
    return StreamingResponse(
        _stream(follower, me.actor.tenant_id, topics), media_type="text/event-stream", headers=HEADERS
    )


async def _stream(follower: Follower, tenant_id: str, topics: Mapping[Topic, Topic]) -> AsyncIterator[str]:
    ends = asyncio.get_running_loop().time() + LONGEST_SECONDS
    async with follower.listening(tenant_id, topics) as listener:
        yield "retry: 2000\n: following\n\n"
        while asyncio.get_running_loop().time() < ends:
            try:
                topic, id_ = await asyncio.wait_for(listener.news.get(), PING_SECONDS)
            except TimeoutError:
                yield ": still here\n\n"
            else:
                yield f"data: {json.dumps({'topic': topic, 'id': id_})}\n\n"
