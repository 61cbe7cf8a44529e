"""Endpoints of the cloud, one module a family."""

from ..routing import Router
from . import auth, devices, members, offline, passwords, records, remote

__all__ = ["all_routes"]


def all_routes() -> Router:
    """Return every endpoint that the cloud has."""
    return Router(
        auth.TOKENS,
        auth.LOGINS,
        devices.ROUTES,
        devices.STATUS,
        passwords.ROUTES,
        offline.ROUTES,
        records.ROUTES,
        members.ROUTES,
        remote.ROUTES,
    )
