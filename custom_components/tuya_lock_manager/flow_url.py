"""Check the address that a user gives for a cloud of their own."""

from ipaddress import ip_address

from yarl import URL


def base_url(text: str) -> str:
    """Return the base URL in an address: scheme, host and port, no trailing slash.

    A request carries the Access ID and a signature made with the Access Secret, so
    plain http is taken for a loopback address only.

    Raises:
        ValueError: The text is no address that may be used.
    """
    if any(character.isspace() for character in text):
        raise ValueError("space in the address")
    url = URL(text)
    if url.user is not None or url.password is not None:
        raise ValueError("name or password in the address")
    if url.scheme == "https" or (url.scheme == "http" and is_loopback(host_of(text))):
        return str(url.origin())
    raise ValueError("not https")


def host_of(url: str) -> str:
    """Return the host of an address in lower case, without port and brackets."""
    return URL(url).host or ""


def is_loopback(host: str) -> bool:
    """Say whether a host can be nothing but this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
