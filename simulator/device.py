"""A device as the cloud keeps it."""

from dataclasses import dataclass, field
import json

from .descriptions import DataPoint
from .json_types import JsonObject, JsonValue


@dataclass(slots=True)
class Device:
    """One device of the home, lock or not.

    Attributes:
        model: None for products without the field.
        status: last reported value by code, in the order of the product.
        times: when a code was last reported, seconds since 1970.
    """

    id: str
    name: str
    category: str
    product_id: str
    product_name: str
    model: str | None
    sub: bool
    uuid: str
    owner_id: str
    uid: str
    local_key: str = field(repr=False)
    time_zone: str
    online: bool
    ip: str
    created: int
    updated: int
    gateway_id: str | None = None
    functions: tuple[DataPoint, ...] = ()
    status_set: tuple[DataPoint, ...] = ()
    status: JsonObject = field(default_factory=dict)
    times: dict[str, float] = field(default_factory=dict)

    def codes(self) -> set[str]:
        """Return every code that the product knows."""
        points = {point.code for point in (*self.functions, *self.status_set)}
        return points | set(self.status)

    def reports(self, code: str) -> bool:
        """Tell whether the product has a code; one without any codes has all."""
        codes = self.codes()
        return not codes or code in codes

    def put(
        self, code: str, value: JsonValue, moment: float, *, touch: bool = True
    ) -> None:
        """Take a report of a data point; codes that the product lacks are dropped."""
        if code not in self.codes():
            return
        self.status[code] = value
        self.times[code] = moment
        if touch:
            self.updated = int(moment)

    def status_list(self) -> list[JsonValue]:
        """Return the status as the cloud lists it."""
        return [{"code": code, "value": value} for code, value in self.status.items()]

    def as_snake(self) -> JsonObject:
        """Return the device as v1 endpoints show it (protocol reference, section 6.1)."""
        shown: JsonObject = {
            "active_time": self.created,
            "biz_type": 18,
            "category": self.category,
            "create_time": self.created,
            "icon": "smart/icon/simulated/lock.png",
            "id": self.id,
            "ip": self.ip,
            "local_key": self.local_key,
            "name": self.name,
            "online": self.online,
            "owner_id": self.owner_id,
            "product_id": self.product_id,
            "product_name": self.product_name,
            "status": self.status_list(),
            "sub": self.sub,
            "time_zone": self.time_zone,
            "uid": self.uid,
            "update_time": self.updated,
            "uuid": self.uuid,
        }
        if self.model is not None:
            shown["model"] = self.model
        if self.gateway_id is not None:
            shown["gateway_id"] = self.gateway_id
        return shown

    def as_camel(self) -> JsonObject:
        """Return the device as the thing list shows it."""
        return {
            "activeTime": self.created,
            "category": self.category,
            "createTime": self.created,
            "customName": self.name,
            "icon": "smart/icon/simulated/lock.png",
            "id": self.id,
            "ip": self.ip,
            "isOnline": self.online,
            "lat": "0.0000",
            "localKey": self.local_key,
            "lon": "0.0000",
            "name": self.product_name or self.name,
            "productId": self.product_id,
            "productName": self.product_name,
            "sub": self.sub,
            "timeZone": self.time_zone,
            "updateTime": self.updated,
            "uuid": self.uuid,
        }

    def as_thing(self) -> JsonObject:
        """Return the device as the thing detail shows it: snake case, `is_online`."""
        shown = self.as_snake()
        del shown["status"], shown["online"]
        shown["is_online"] = self.online
        shown["custom_name"] = self.name
        shown["bind_space_id"] = self.owner_id
        return shown


def points_json(points: tuple[DataPoint, ...], *, numbers: bool) -> list[JsonValue]:
    """Return an instruction or status set; limits are JSON text on the wire."""
    listed: list[JsonValue] = []
    for point in points:
        values = json.dumps(point.values, separators=(",", ":"))
        entry: JsonObject = {
            "code": point.code,
            "desc": values,
            "name": point.code.replace("_", " "),
            "type": point.type,
            "values": values,
        }
        if numbers and point.dp_id is not None:
            entry["dp_id"] = point.dp_id
        listed.append(entry)
    return listed
