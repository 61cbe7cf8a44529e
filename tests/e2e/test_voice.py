"""The sentences as a user copies them, spoken to the newest Home Assistant."""

import asyncio
from functools import partial
import re
import shutil

from demo.api import Json
from demo.integration import DOMAIN, LockInHomeAssistant
from demo.waiting import wait_for
from demo.walk import Walk
from demo.world import REPOSITORY
from tests.voice_sentences import ACTIVE, ALARMS, CREATE, LAST, NAMES

from .doors import wait_until_opens

LOCK = "Front door"
FLOW = "/api/config/config_entries/options/flow"

type Locks = dict[str, LockInHomeAssistant]


def test_sentences(runner: asyncio.Runner, walk: Walk, locks: Locks) -> None:
    (lock,) = [lock for lock in locks.values() if lock.name == LOCK]
    runner.run(_talk(walk, lock))


async def _talk(walk: Walk, lock: LockInHomeAssistant) -> None:
    api = walk.world.api
    folder = walk.world.server.folder / "custom_sentences"
    shutil.copytree(REPOSITORY / "custom_sentences", folder, dirs_exist_ok=True)
    await api.call("conversation", "reload", {})
    await _expose(walk, lock)
    for language in ACTIVE:
        for text in (*ACTIVE[language], *LAST[language], *ALARMS[language]):
            await _ask(walk, text, language)
    refusal = (await _say(walk, CREATE["en"][0][0], "en"))["response"]
    assert "not switched on" in refusal["speech"]["plain"]["speech"]

    await _allow(walk, allowed=True)
    answer = await _ask(walk, "give Mary Shelley a code for two hours", "en")
    spoken = re.search(r"The digits are: ([\d, ]+)\.", answer)
    assert spoken is not None
    digits = spoken[1].replace(", ", "")
    await wait_until_opens(walk, lock.device_id, digits, opens=True)
    assert "Mary Shelley" in await _ask(walk, "which codes are active", "en")
    answers: list[str] = []
    await wait_for(
        "the opening",
        partial(_told, walk, answers),
        timeout=60,
        seen=lambda: answers[-1],
    )
    question = await _say(walk, "cancel Mary's code", "en")
    assert "Mary Shelley" in _speech(question)
    # A yes in another conversation answers nothing.
    elsewhere = await _say(walk, "yes, delete it", "en")
    assert elsewhere["response"]["response_type"] == "error"
    question = await _say(walk, "cancel Mary's code", "en")
    assert await walk.world.cloud.try_code(lock.device_id, digits)
    await _ask(walk, "yes, delete it", "en", question["conversation_id"])
    await wait_until_opens(walk, lock.device_id, digits, opens=False)
    await _allow(walk, allowed=False)


async def _expose(walk: Walk, lock: LockInHomeAssistant) -> None:
    """Let Assist know of a lock, by names in every language."""
    await walk.world.api.command(
        "homeassistant/expose_entity",
        assistants=["conversation"],
        entity_ids=[lock.entity()],
        should_expose=True,
    )
    # No name stands for the one that the lock has.
    await walk.world.api.command(
        "config/entity_registry/update",
        entity_id=lock.entity(),
        aliases=[None, *NAMES.values()],
    )


async def _allow(walk: Walk, *, allowed: bool) -> None:
    """Switch on, or off, what voice may do, as the owner does behind the cog wheel."""
    api = walk.world.api
    entries = await api.command("config_entries/get", domain=DOMAIN)
    step = await api.post(FLOW, {"handler": entries[0]["entry_id"]})
    path = f"{FLOW}/{step['flow_id']}"
    await api.post(path, {"next_step_id": "voice"})
    switches = ("voice_create", "voice_delete", "voice_speak")
    done = await api.post(path, dict.fromkeys(switches, allowed))
    assert done["type"] == "create_entry"


async def _told(walk: Walk, answers: list[str]) -> bool:
    answers.append(await _ask(walk, "who opened the door last", "en"))
    return "Mary Shelley" in answers[-1]


async def _say(
    walk: Walk, text: str, language: str, conversation: str | None = None
) -> Json:
    """Return the answer, which tells the conversation that it belongs to."""
    said = {"text": text, "language": language}
    if conversation is not None:
        said["conversation_id"] = conversation
    return await walk.world.api.post("/api/conversation/process", said)


async def _ask(
    walk: Walk, text: str, language: str, conversation: str | None = None
) -> str:
    """Say what is answered, and return the answer."""
    return _speech(await _say(walk, text, language, conversation))


def _speech(answer: Json) -> str:
    response = answer["response"]
    assert response["response_type"] != "error", response
    speech: str = response["speech"]["plain"]["speech"]
    assert speech
    return speech
