"""The public face of the client: one method for each thing a lock can be asked."""

from collections.abc import Callable
from datetime import datetime
import time

import aiohttp

from .credentials import Credentials
from .features.devices import DevicesFeature
from .features.enrolment import EnrolmentFeature
from .features.members import MembersFeature
from .features.offline_passwords import OfflinePasswordsFeature
from .features.passwords import PasswordsFeature
from .features.records import RecordsFeature
from .features.remote import RemoteFeature
from .features.templates import TemplatePasswordsFeature
from .features.unlock_methods import UnlockMethodsFeature
from .transport import AnswerListener, CallListener, Transport


class TuyaLockClient(
    DevicesFeature,
    PasswordsFeature,
    OfflinePasswordsFeature,
    RecordsFeature,
    TemplatePasswordsFeature,
    MembersFeature,
    UnlockMethodsFeature,
    EnrolmentFeature,
    RemoteFeature,
):
    """Asks Tuya's cloud about the locks of one project.

    What it can be asked is in `features`, one module for each kind of thing. Every method
    raises `TuyaCloudError`, in one of its kinds, when the cloud refuses or cannot be
    asked, and sends nothing when the request itself is illegal.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        credentials: Credentials,
        *,
        clock: Callable[[], float] = time.time,
        on_call: CallListener | None = None,
        on_answer: AnswerListener | None = None,
        timeout: float = 15,
    ) -> None:
        """Take the session to send with; it stays the caller's to close.

        Args:
            session: sends the requests.
            credentials: the project and its data centre.
            clock: the machine's time, in seconds since 1970.
            on_call: told of every request just before it is sent.
            on_answer: told of every answer of the cloud, with the error if it refused.
            timeout: how long one request may take, in seconds.
        """
        super().__init__(
            Transport(
                session,
                credentials,
                clock=clock,
                on_call=on_call,
                on_answer=on_answer,
                timeout=timeout,
            )
        )

    def now(self) -> datetime:
        """Return the cloud's time, by which passwords start and end."""
        return self._transport.now()

    async def connect(self) -> None:
        """Get a new token, which shows whether the credentials are good.

        Raises:
            InvalidCredentialsError: they are not.
            TuyaCloudError: see `errors`.
        """
        await self._transport.tokens.renew()

    @property
    def project_uid(self) -> str | None:
        """The id of the project's own user, once a token was granted."""
        return self._transport.tokens.project_uid
