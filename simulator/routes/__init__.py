"""Endpoints of the cloud, one module a family."""

from ..routing import Router
from . import (
    auth,
    devices,
    homes,
    logs,
    members,
    methods,
    offline,
    passwords,
    records,
    remote,
    specifications,
    templates,
)

__all__ = ["all_routes"]


def all_routes() -> Router:
    """Return every endpoint that the cloud has."""
    return Router(
        auth.TOKENS,
        auth.LOGINS,
        devices.ROUTES,
        homes.ROUTES,
        specifications.ROUTES,
        passwords.ROUTES,
        offline.ROUTES,
        templates.ROUTES,
        records.ROUTES,
        logs.ROUTES,
        members.ROUTES,
        methods.ROUTES,
        remote.ROUTES,
    )
