"""Tests reach this machine and no other."""

import socket
from typing import Any

import pytest

HERE = ("127.", "::1", "localhost", "0.0.0.0")  # noqa: S104  (compared with, not listened on)


class NetworkRefused(AssertionError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Any:
    """Refuse connections that leave the machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", _guarded(socket.socket.connect_ex))
        yield


def _guarded(connect: Any) -> Any:
    def connect_here(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(HERE):
            raise NetworkRefused(f"This test wants to reach {address[0]}.")
        return connect(self, address)

    return connect_here
