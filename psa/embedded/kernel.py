"""What the launcher asks of Linux: ending with the parent, and a root that is nobody outside."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

NEW_USER_NAMESPACE = 0x10000000
DIE_WITH_PARENT = 1
INSIDE = 1000
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(with_signal: signal.Signals) -> None:
    """Have the kernel send this process a signal as soon as its parent is gone."""
    if _libc is not None:
        _libc.prctl(DIE_WITH_PARENT, int(with_signal), 0, 0, 0)


def enter_user_namespace() -> None:
    """Go on as an ordinary user whose files are still root's.

    :raises OSError: the machine forbids it, as containers often do
    """
    if _libc is None or _libc.unshare(NEW_USER_NAMESPACE) != 0:
        raise OSError(ctypes.get_errno(), "user namespaces are refused")
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{INSIDE} 0 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{INSIDE} 0 1", encoding="ascii")


def user_namespaces_work() -> bool:
    """Try it in a process that ends at once."""
    child = os.fork()
    if child == 0:
        try:
            enter_user_namespace()
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def before_start(with_signal: signal.Signals, *, in_namespace: bool = False) -> Callable[[], None]:
    """Return what a child does between fork and exec: become a user, end with its parent."""

    def prepare() -> None:
        if in_namespace:
            enter_user_namespace()
        die_with_parent(with_signal)

    return prepare
