"""A real Home Assistant in a process of its own, configured for loopback only."""

import asyncio
import json
from pathlib import Path
import shutil
import sys

import aiohttp

from .processes import ChildProcess
from .waiting import wait_for

# The first start installs what Home Assistant's own integrations require.
FIRST_START_TIMEOUT = 420.0

# `default_config` is left out: it brings discovery, the cloud and a camera proxy. The
# web server is configured through the store below and not here, because Home Assistant
# 2026.11 treats YAML as a trial that it takes back after five minutes.
CONFIGURATION = """\
homeassistant:
  name: Demo home
  country: US
  language: en
  time_zone: UTC
  unit_system: metric
frontend:
config:
api:
history:
logbook:
automation: !include automations.yaml
script:
conversation:
logger:
  default: warning
  logs:
    custom_components.tuya_lock_manager: info
"""

# Steps that would ask about analytics and set up weather and radio over the internet.
SKIPPED_ONBOARDING = ["core_config", "analytics", "integration"]


class HomeAssistantServer:
    """Home Assistant with a configuration folder below the checkout's state folder."""

    def __init__(
        self,
        folder: Path,
        port: int,
        *,
        repository: Path,
        configuration: str = CONFIGURATION,
        components: tuple[Path, ...] = (),
    ) -> None:
        """Describe a server: `folder` is its configuration, `port` its TCP port on loopback.

        `configuration` is the text of its configuration.yaml; `components` are folders
        with integrations besides ours.
        """
        self._components = components
        self.folder = folder
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._repository = repository
        self._configuration = configuration
        self._process: ChildProcess | None = None

    def prepare(self, *, keep: bool) -> bool:
        """Write the configuration; return whether users and entries of a former run are kept."""
        kept = keep and (self.folder / ".storage" / "auth").exists()
        if not kept and self.folder.exists():
            shutil.rmtree(self.folder)
        (self.folder / ".storage").mkdir(parents=True, exist_ok=True)
        (self.folder / "configuration.yaml").write_text(
            self._configuration, encoding="utf-8"
        )
        # What is made in the editor is written here, and Home Assistant wants it to be.
        automations = self.folder / "automations.yaml"
        if not automations.exists():
            automations.write_text("[]\n", encoding="utf-8")
        self._link_components()
        self._write_store("http", version=3, data=_web_server(self.port))
        if not kept:
            self._write_store(
                "onboarding", version=4, data={"done": SKIPPED_ONBOARDING}
            )
        return kept

    def _link_components(self) -> None:
        """Let Home Assistant find the integration, and what else there is to find."""
        components = self.folder / "custom_components"
        if components.is_symlink():
            components.unlink()
        components.mkdir(exist_ok=True)
        for folder in (self._repository / "custom_components", *self._components):
            for component in folder.iterdir():
                link = components / component.name
                link.unlink(missing_ok=True)
                link.symlink_to(component, target_is_directory=component.is_dir())

    def _write_store(self, key: str, *, version: int, data: object) -> None:
        content = {"version": version, "minor_version": 1, "key": key, "data": data}
        path = self.folder / ".storage" / key
        path.write_text(json.dumps(content, indent=2), encoding="utf-8")

    async def start(self, http: aiohttp.ClientSession) -> None:
        """Start the process and wait until its web server answers."""
        process = ChildProcess(
            "Home Assistant",
            [sys.executable, "-m", "homeassistant", "--config", str(self.folder)],
            log=self.folder / "console.log",
            cwd=self.folder,
            environment={"NO_COLOR": "1", "PYTHONUNBUFFERED": "1"},
        )
        self._process = process
        await process.start()

        async def answers() -> bool:
            process.check_running()
            try:
                async with http.get(f"{self.url}/api/onboarding") as response:
                    # Gone once onboarding is done.
                    return response.status in (200, 404)
            except aiohttp.ClientError, TimeoutError:
                return False

        await wait_for(
            f"answer of Home Assistant (log: {process.log})",
            answers,
            timeout=FIRST_START_TIMEOUT,
        )

    async def stop(self) -> None:
        """End the process as its operating system would: Home Assistant saves and leaves."""
        if self._process is not None:
            await self._process.stop()
            self._process = None

    async def kill(self) -> None:
        """End the process without a warning: nothing is saved, nothing is answered."""
        if self._process is not None:
            await self._process.kill()
            self._process = None

    async def wait(self) -> None:
        """Return never; raise `DemoError` when the process ends by itself."""
        while self._process is not None:
            self._process.check_running()
            await asyncio.sleep(1)

    def check_running(self) -> None:
        """Raise `DemoError` if the process has ended by itself."""
        if self._process is not None:
            self._process.check_running()


def _web_server(port: int) -> dict[str, object]:
    confirmed = {
        "server_host": ["127.0.0.1"],
        "server_port": port,
        "cors_allowed_origins": [],
        "login_attempts_threshold": -1,
        "ip_ban_enabled": False,
        "ssl_profile": "intermediate_v6",
        "use_x_frame_options": True,
        "created_at": "2026-11-01T00:00:00+00:00",
        "error": None,
        "error_message": None,
    }
    return {"stable": confirmed, "pending": None, "yaml_migration_done": True}
