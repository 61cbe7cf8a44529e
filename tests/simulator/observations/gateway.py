"""Observations of switches: the gateway."""

from datetime import UTC, datetime
import hashlib
import hmac

from tests.simulator.customer import Customer, door
from tests.simulator.observations.base import LIST, code, observes


@observes
async def query_signature(customer: Customer) -> object:
    """Which spelling of a query that needs encoding passes."""
    decoded = await customer.call("GET", LIST, last_row_key="a b,c")
    encoded = await customer.call("GET", LIST, encoded=True, last_row_key="a b,c")
    return decoded.code, encoded.code


@observes
async def signed_header_block(customer: Customer) -> object:
    """Whether the block needs its last newline."""
    more = {"Signature-Headers": "area_id", "area_id": "29a3"}
    return (await customer.call("GET", LIST, more=more)).code


@observes
async def old_signature(customer: Customer) -> object:
    """Whether a signature over client, token and time is enough."""
    stamp = str(customer.simulator.world.clock.now_ms())
    message = customer.simulator.world.project.access_id + customer.token + stamp
    digest = hmac.new(customer.secret.encode(), message.encode(), hashlib.sha256)
    customer.changes = {"t": stamp, "sign": digest.hexdigest().upper()}
    return await code(customer, LIST)


@observes
async def token_texts(customer: Customer) -> object:
    """What an expired and an unknown token are told."""
    customer.pass_time(7200, keep_token=False)
    expired = await customer.call("GET", LIST)
    customer.token = "0" * 32
    unknown = await customer.call("GET", LIST)
    return expired.code, expired.envelope["msg"], unknown.code


@observes
async def token_grant(customer: Customer) -> object:
    """What a second grant does to the first token."""
    first, customer.token = customer.token, ""
    second = (await customer.get("/v1.0/token", grant_type=1))["access_token"]
    customer.token = first
    return first == second, await code(customer, LIST)


@observes
async def plan_on_token(customer: Customer) -> object:
    """Whether an expired plan still gives tokens."""
    customer.simulator.world.project.plan.expired = True
    return await code(customer, "/v1.0/token", grant_type=1)


@observes
async def subscription_code(customer: Customer) -> object:
    """What a lock call without the service is told."""
    customer.simulator.world.project.plan.lock_service = False
    return await code(customer, f"{door(customer.lock('Garage'))}/temp-passwords")


@observes
async def unknown_device(customer: Customer) -> object:
    """What a foreign device is answered with."""
    return await code(customer, "/v1.0/devices/bf00000000000000000000")


@observes
async def data_center(customer: Customer) -> object:
    """What a project of another place is told."""
    answer = await customer.call("GET", LIST)
    return answer.code or len(answer.result["devices"])


@observes
async def time_check(customer: Customer) -> object:
    """Whether the machine's time passes when the simulated clock is elsewhere."""
    stamp = str(int(datetime.now(UTC).timestamp() * 1000))
    return (await customer.call("GET", LIST, more={"t": stamp})).code
