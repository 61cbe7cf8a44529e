"""The walk's last look: what Home Assistant wrote holds no code and no complaint."""

import asyncio
import json
from pathlib import Path
import re

from .errors import require
from .integration import DOMAIN
from .steps_codes import GUEST
from .walker import Walk

# The one file that has to know how to log in at the cloud.
CREDENTIALS = "core.config_entries"
DATABASE = "home-assistant_v2.db"


async def secrecy(walk: Walk) -> list[str]:
    """No code is in what Home Assistant wrote, and its log has no error of ours."""
    folder = walk.world.server.folder
    states = json.dumps(await walk.world.api.get("/api/states"))
    files = await asyncio.to_thread(_read, folder)
    written = {"the states": states.encode(), **files}
    require(len(walk.known) >= 6, f"only {len(walk.known)} codes are known")
    database = b"".join(files[name] for name in files if DATABASE in name)
    require(GUEST.encode() in database, "the database was not looked at")
    for code in walk.known:
        # A group of digits of its own; parts of a second are no code.
        digits = re.compile(rb"(?<![\d.])%s(?!\d)" % code.digits.encode())
        for name, content in written.items():
            lock = walk.locks[code.device_id].name
            require(not digits.search(content), f"a code of {lock} is in {name}")
    secret = walk.world.cloud.access.access_secret.encode()
    holders = [name for name, content in written.items() if secret in content]
    require(all(CREDENTIALS in name for name in holders), f"the secret is in {holders}")
    lines = files["home-assistant.log"].decode(errors="replace").splitlines()
    complaints = [
        line
        for line in lines
        if DOMAIN in line and (" ERROR " in line or "File" in line)
    ]
    require(not complaints, f"Home Assistant's log says: {complaints}")
    return [f"{len(walk.known)} codes are in none of {len(written)} places"]


def _read(folder: Path) -> dict[str, bytes]:
    """Return everything that Home Assistant wrote, the database included."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "custom_components" not in path.parts
    }
