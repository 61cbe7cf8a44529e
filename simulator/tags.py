"""How sure a behaviour is (the tags of the protocol reference)."""

from typing import Final

D: Final = "documented"
M: Final = "measured"
C: Final = "code-seen"
I: Final = "inferred"  # noqa: E741
H: Final = "harness"
