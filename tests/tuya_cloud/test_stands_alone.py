"""The client is a package of its own: nothing of Home Assistant, nothing around it."""

from pathlib import Path
import subprocess
import sys

from custom_components.tuya_lock_manager import tuya_cloud

# The package is imported by itself, so a relative import that leaves it fails, too.
PROGRAM = """
import importlib, pkgutil, sys
sys.path.insert(0, sys.argv[1])
sys.modules["homeassistant"] = None
import tuya_cloud
for module in pkgutil.walk_packages(tuya_cloud.__path__, "tuya_cloud."):
    importlib.import_module(module.name)
print(len([name for name in sys.modules if name.startswith("tuya_cloud.")]))
"""


def test_every_module_imports_without_home_assistant(tmp_path: Path) -> None:
    folder = Path(tuya_cloud.__file__).parent
    # Beside it stand files that are named like modules of Python, calendar.py for one.
    (tmp_path / folder.name).symlink_to(folder)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    modules = [path for path in folder.rglob("*.py") if path != folder / "__init__.py"]
    assert int(done.stdout) == len(modules)
