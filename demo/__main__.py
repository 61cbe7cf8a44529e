"""`script/demo`: show the integration to a person, or check it without one."""

import argparse
import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
import signal
import sys
import time

import aiohttp

from .api import PASSWORD, USER
from .errors import DemoError
from .integration import add_integration
from .reporting import say
from .walk import STEPS, Walk
from .world import REPOSITORY, Options, World, running_world

EXIT_FAILED = 1
EXIT_INTERRUPTED = 130


def main() -> int:
    """Run the command line; return the exit status."""
    arguments = _parser().parse_args()
    options = Options(
        folder=arguments.state.resolve(),
        port=arguments.port,
        simulator_port=arguments.simulator_port,
        control_port=arguments.control_port,
        keep=arguments.keep,
    )
    try:
        asyncio.run(_until_signalled(check if arguments.check else show, options))
    except (DemoError, aiohttp.ClientError, TimeoutError) as error:
        say(f"\nFAILED: {error or type(error).__name__}")
        say(f"The logs are in {options.folder} and {options.folder / 'config'}.")
        return EXIT_FAILED
    except asyncio.CancelledError:
        with suppress(BrokenPipeError):
            say("Stopped.")
        return EXIT_INTERRUPTED if arguments.check else 0
    except BrokenPipeError:
        return EXIT_FAILED  # Nobody reads what is said; all is stopped by now.
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="script/demo",
        description="Start a simulated Tuya cloud and a real Home Assistant with Tuya Lock "
        "Manager set up, and print the address and the login. Ctrl-C stops both.",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="walk through the main job instead, without a person",
    )
    parser.add_argument("--port", type=int, help="Home Assistant's port (a free one)")
    parser.add_argument("--simulator-port", type=int, help="the simulated cloud's port")
    parser.add_argument(
        "--control-port", type=int, help="the port of the simulator's control API"
    )
    parser.add_argument(
        "--state",
        type=Path,
        default=REPOSITORY / ".local" / "demo",
        help="folder for everything it writes (.local/demo)",
    )
    start = parser.add_mutually_exclusive_group()
    start.add_argument(
        "--fresh",
        dest="keep",
        action="store_false",
        help="start with an empty Home Assistant",
    )
    start.add_argument(
        "--keep",
        action="store_true",
        help="go on with the last Home Assistant; the simulated locks always start anew",
    )
    parser.set_defaults(keep=False)
    return parser


async def _until_signalled(
    job: Callable[[Options], Coroutine[None, None, None]], options: Options
) -> None:
    # Cancelling the task unwinds the contexts, and they stop the programs.
    task = asyncio.current_task()
    if task is None:
        raise RuntimeError("not in a task")
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, task.cancel)
    await job(options)


async def show(options: Options) -> None:
    """Start everything, print where it is and wait for the end."""
    say(
        "Starting the simulated cloud and Home Assistant (the first start takes a minute) …"
    )
    started = time.monotonic()
    async with running_world(options) as world:
        await add_integration(world)
        say(f"Ready after {time.monotonic() - started:.0f} s.\n")
        _introduce(world)
        while True:
            world.check_running()
            await asyncio.sleep(1)


def _introduce(world: World) -> None:
    access = world.cloud.access
    control = access.control_url
    say(f"Home Assistant:   {world.server.url}")
    say(f"Login:            {USER} / {PASSWORD}")
    say(f"Simulated cloud:  {access.base_url}  (Access ID {access.access_id})")
    say(f"Control API:      {control}\n")
    say("The simulated locks:")
    for lock in access.locks:
        say(f"  {lock.device_id}  {lock.name} ({lock.family})")
    first = access.locks[0].device_id
    say(
        "\nTry it: create a password with the action tuya_lock_manager.create_temp_password, then"
    )
    say(
        "  type it at the keypad:  "
        + world.cloud.example("keypad", first, '{"code": "…"}')
    )
    say("  wake the lock:          " + world.cloud.example("wake", first))
    say("  raise an alarm:         " + world.cloud.example("alarm", first))
    say("\nCtrl-C stops everything.")


async def check(options: Options) -> None:
    """Walk through the main job; raise `DemoError` at the first step that doesn't hold."""
    say("Starting the simulated cloud and Home Assistant …")
    started = time.monotonic()
    async with running_world(options) as world:
        say(f"Started after {time.monotonic() - started:.1f} s: {world.server.url}")
        walk = Walk(world)
        for number, step in enumerate(STEPS, start=1):
            title = (step.__doc__ or step.__name__).partition("\n")[0]
            say(f"\n[{number}/{len(STEPS)}] {title}")
            for line in await step(walk):
                say(f"    {line}")
    say(f"\nAll {len(STEPS)} steps held, after {time.monotonic() - started:.0f} s.")


if __name__ == "__main__":
    sys.exit(main())
