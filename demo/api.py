"""Home Assistant as its users reach it: HTTP and WebSocket, nothing internal."""

from collections.abc import Mapping
from typing import Any

import aiohttp

from .errors import DemoError

# Home Assistant's JSON is looked into at many depths; the demo checks what it uses.
type Json = Any

USER = "demo"
PASSWORD = (
    "demo-password"  # of a throw-away user; the web server listens on loopback only
)
REQUEST_TIMEOUT = aiohttp.ClientTimeout(total=90)


class ApiError(DemoError):
    """Home Assistant refused a request; `status` is HTTP's, the text its own message."""

    def __init__(self, what: str, status: int, message: str) -> None:
        """Describe the refusal of `what`."""
        super().__init__(f"{what}: HTTP {status}: {message}")
        self.status = status
        self.message = message


class HomeAssistantApi:
    """A client of one Home Assistant, logged in as one of its users."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        """Remember where Home Assistant is; `http` belongs to the caller."""
        self._http = http
        self.url = url
        self._token: str | None = None

    @property
    def _client_id(self) -> str:
        return f"{self.url}/"

    async def onboard(self) -> None:
        """Create the first user and log in as that user."""
        answer = await self.post(
            "/api/onboarding/users",
            {
                "name": "Demo",
                "username": USER,
                "password": PASSWORD,
                "client_id": self._client_id,
                "language": "en",
            },
        )
        await self._exchange(answer["auth_code"])

    async def log_in(self, user: str = USER, password: str = PASSWORD) -> None:
        """Log in, as the demo's user or another, as the front end's login page does."""
        flow = await self.post(
            "/auth/login_flow",
            {
                "client_id": self._client_id,
                "handler": ["homeassistant", None],
                "redirect_uri": self._client_id,
            },
        )
        done = await self.post(
            f"/auth/login_flow/{flow['flow_id']}",
            {"client_id": self._client_id, "username": user, "password": password},
        )
        if done.get("type") != "create_entry":
            raise DemoError(f"Home Assistant refused the login: {done.get('errors')}")
        await self._exchange(done["result"])

    async def _exchange(self, code: str) -> None:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": self._client_id,
        }
        async with self._http.post(f"{self.url}/auth/token", data=form) as response:
            answer = await response.json()
            if response.status != 200:
                raise ApiError("token exchange", response.status, str(answer))
        self._token = answer["access_token"]

    async def get(self, path: str) -> Json:
        """Return the JSON of a GET request."""
        return await self._request("GET", path, None)

    async def post(self, path: str, data: Mapping[str, object]) -> Json:
        """Return the JSON of a POST request; raise `ApiError` for a refusal."""
        return await self._request("POST", path, data)

    async def delete(self, path: str) -> Json:
        """Return the JSON of the answer to a DELETE request."""
        return await self._request("DELETE", path, None)

    async def _request(
        self, method: str, path: str, data: Mapping[str, object] | None
    ) -> Json:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        async with self._http.request(
            method, self.url + path, json=data, headers=headers, timeout=REQUEST_TIMEOUT
        ) as response:
            if response.status >= 400:
                raise ApiError(
                    f"{method} {path}", response.status, await response.text()
                )
            return await response.json()

    async def command(self, kind: str, *, events: int = 0, **data: object) -> Json:
        """Send one WebSocket command and return its result, or so many events of it."""
        async with self._http.ws_connect(
            f"{self.url}/api/websocket", max_msg_size=0
        ) as socket:
            await socket.receive_json()
            await socket.send_json({"type": "auth", "access_token": self._token})
            if (await socket.receive_json())["type"] != "auth_ok":
                raise DemoError("Home Assistant refused the WebSocket login")
            await socket.send_json({"id": 1, "type": kind, **data})
            answer = await socket.receive_json()
            told = [await socket.receive_json() for _ in range(events)]
        if not answer["success"]:
            raise DemoError(f"{kind}: {answer['error']['message']}")
        return told or answer["result"]

    async def is_running(self) -> bool:
        """Say whether Home Assistant has finished its start."""
        return bool((await self.get("/api/config"))["state"] == "RUNNING")

    async def call(
        self,
        domain: str,
        action: str,
        data: Mapping[str, object],
        *,
        response: bool = False,
    ) -> Json:
        """Call an action; with `response`, return what it returns."""
        path = f"/api/services/{domain}/{action}"
        if not response:
            return await self.post(path, data)
        answer = await self.post(f"{path}?return_response", data)
        return answer["service_response"]

    async def state(self, entity_id: str) -> Json:
        """Return an entity's state with its attributes, or `None` where there is none."""
        try:
            return await self.get(f"/api/states/{entity_id}")
        except ApiError as error:
            if error.status == 404:
                return None
            raise
