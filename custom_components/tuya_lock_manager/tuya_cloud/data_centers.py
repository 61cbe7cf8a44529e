"""Tuya's data centres.

Six are documented; the one in Singapore is only seen in the code of public clients.
"""

from collections.abc import Mapping
from types import MappingProxyType

DATA_CENTERS: Mapping[str, str] = MappingProxyType(
    {
        "eu": "https://openapi.tuyaeu.com",
        "weu": "https://openapi-weaz.tuyaeu.com",
        "us": "https://openapi.tuyaus.com",
        "ueaz": "https://openapi-ueaz.tuyaus.com",
        "cn": "https://openapi.tuyacn.com",
        "in": "https://openapi.tuyain.com",
        "sg": "https://openapi-sg.iotbing.com",
    }
)
