"""A filter of system calls for the sandbox: no new namespaces, no mounts, no kernel interfaces.

Inside a user namespace of its own an ordinary user may mount file systems in memory, out of sight
of any limit, and an anonymous file in memory that is on its way through a socket belongs to no
process that could be charged for it; the other calls are where most holes of the kernel were. No
exercise needs any of them.
"""

from __future__ import annotations

import platform
import struct

__all__ = ["syscall_filter"]

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _DENY = 0x7FFF0000, 0x00050000  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO | errno
_EPERM, _ENOSYS = 1, 38
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
_NEW_USER = 0x10000000  # CLONE_NEWUSER
_CLONE3 = 435  # its flags cannot be read here; the C library then uses clone
# io_uring, the new mount calls, memfd_secret
_EVERYWHERE = (425, 428, 429, 430, 431, 432, 433, 442, 447)
_MACHINES = {
    # mount umount2 pivot_root unshare setns ptrace bpf userfaultfd perf_event_open
    # add_key request_key keyctl shmget memfd_create; then clone
    "x86_64": (
        0xC000003E,
        (165, 166, 155, 272, 308, 101, 321, 323, 298, 248, 249, 250, 29, 319),
        56,
    ),
    "aarch64": (
        0xC00000B7,
        (40, 39, 41, 97, 268, 117, 280, 282, 241, 217, 218, 219, 194, 279),
        220,
    ),
}


def syscall_filter() -> bytes | None:
    """Program for ``bwrap --seccomp``; None on a machine whose call numbers are not known here."""
    known = _MACHINES.get(platform.machine())
    if known is None:
        return None
    architecture, refused, clone = known
    numbers = (*refused, *_EVERYWHERE)
    # The last four lines: refuse "no such call", allow, look at clone's flags, refuse.
    body: list[tuple[int, int, int, int]] = []
    after = len(numbers) + 2  # lines from the first comparison to the end of the comparisons
    body.append((_LOAD, 0, 0, _ARCHITECTURE))
    body.append((_EQUAL, 0, after + 2, architecture))
    body.append((_LOAD, 0, 0, _NUMBER))
    body.append((_AT_LEAST, after, 0, 0x40000000))  # the x32 numbers
    for index, number in enumerate(numbers):
        body.append((_EQUAL, after - index + 4, 0, number))
    body.append((_EQUAL, 1, 0, _CLONE3))
    body.append((_EQUAL, 2, 1, clone))
    body.append((_RETURN, 0, 0, _DENY | _ENOSYS))
    body.append((_RETURN, 0, 0, _ALLOW))
    body.append((_LOAD, 0, 0, _FIRST_ARGUMENT))
    body.append((_ANY_BIT, 1, 0, _NEW_USER))
    body.append((_RETURN, 0, 0, _ALLOW))
    body.append((_RETURN, 0, 0, _DENY | _EPERM))
    return b"".join(struct.pack("=HBBI", *line) for line in body)
