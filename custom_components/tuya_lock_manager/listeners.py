"""Many listen to a coordinator as one: a house has thousands of entities."""

from typing import TYPE_CHECKING, Any

from homeassistant.core import CALLBACK_TYPE, callback

if TYPE_CHECKING:
    from .turns import CloudCoordinator


class SharedListener:
    """Lets many listen to a coordinator as one, in the order in which they came."""

    __slots__ = ("_context", "_coordinator", "_remove", "_updates")

    def __init__(
        self, coordinator: CloudCoordinator[Any], context: str | None = None
    ) -> None:
        """Take the coordinator, and what it needs to be asked; nobody listens yet."""
        self._coordinator = coordinator
        self._context = context
        self._updates: list[CALLBACK_TYPE] = []
        self._remove: CALLBACK_TYPE | None = None

    @callback
    def async_add(self, update: CALLBACK_TYPE) -> None:
        """Call this with every update."""
        if self._remove is None:
            self._remove = self._coordinator.async_add_listener(
                self._handle_update, self._context
            )
        self._updates.append(update)

    @callback
    def async_remove(self, update: CALLBACK_TYPE) -> None:
        """Call this no more; nothing happens if it wasn't called before."""
        if update in self._updates:
            self._updates.remove(update)
        if not self._updates and self._remove is not None:
            self._remove()
            self._remove = None

    @callback
    def _handle_update(self) -> None:
        for update in tuple(self._updates):
            update()


class SharedListeners:
    """Those who listen to coordinators as one, by what they listen to."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._known: dict[tuple[CloudCoordinator[Any], str | None], SharedListener] = {}

    def of(
        self, coordinator: CloudCoordinator[Any], context: str | None = None
    ) -> SharedListener:
        """Return those who listen to a coordinator, and need the same of it."""
        key = coordinator, context
        if (known := self._known.get(key)) is None:
            known = self._known[key] = SharedListener(coordinator, context)
        return known
