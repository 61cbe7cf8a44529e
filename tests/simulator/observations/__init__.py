"""For each switch, something that looks different under each of its values."""

from tests.simulator.observations import (  # noqa: F401
    gateway,
    offline,
    online,
    others,
    records,
    schedules,
    templates,
)
from tests.simulator.observations.base import OBSERVATIONS

__all__ = ["OBSERVATIONS"]
