"""Connect to a Dask scheduler, and check whether its workers can be used."""

from __future__ import annotations

import asyncio
import logging
import warnings
from typing import TYPE_CHECKING, Any

from course.errors import course_error
from course.language import later, say

if TYPE_CHECKING:
    from distributed import Client

# A running scheduler answers at once.
CONNECT_S = 5.0


async def _knock(address: str) -> None:
    """Connect and disconnect; raise if nothing answers."""
    from distributed.comm import connect
    from distributed.security import Security

    comm = await connect(address, timeout=CONNECT_S, **Security().get_connection_args("client"))
    await comm.close()


def connected(address: str) -> Client:
    """Return a client of the scheduler. dask is imported only here, because that takes a second.

    Raises CourseError if dask is not installed or no scheduler answers.
    """
    try:
        import dask
        import distributed
    except ImportError:
        raise course_error("--scheduler needs dask: run `pip install -r requirements.txt`.") from None
    # errors are reported here, in one sentence; dask's own messages would garble the progress bar
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    warnings.filterwarnings("ignore", module=r"distributed(\..*)?$")
    dask.config.set({"distributed.comm.timeouts.connect": f"{CONNECT_S}s"})
    try:
        # a client that cannot connect prints errors when it is discarded
        asyncio.run(_knock(address))
        return distributed.Client(address, timeout=CONNECT_S, set_as_default=False)
    except Exception as error:
        why = str(error).partition("\n")[0] or type(error).__name__
        told = later(
            "No Dask scheduler answers at {address} ({why}): start one with `dask scheduler`, and give --scheduler "
            "the address it prints, such as tcp://10.0.0.1:8786."
        )
        raise course_error(told, address=address, why=why) from None


def difference(found: Any, wanted: dict[str, str], *, gpu: bool = False) -> str:
    """Return why a worker cannot be used, given the result of its `presence`; "" if it can."""
    match found:
        case {"versions": dict(theirs), "resources": dict(resources), **more}:
            pass
        case _:
            return say("its version of the course is too different to be used. Install there what is installed here.")
    if more.get("outdated"):
        return say("its files have changed since it was started. Start it again.")
    told = later("{package} {theirs} there, {mine} here")
    unequal = [
        say(told, package=name, theirs=theirs.get(name, "none"), mine=mine)
        for name, mine in wanted.items()
        if theirs.get(name) != mine
    ]
    if unequal:
        return say(
            "{differences}. Install there what is installed here, and start it again.",
            differences=say("; ").join(unequal),
        )
    if gpu and not resources.get("GPU", 0) >= 1:
        return say("it offers no GPU. Start it with `--resources GPU=1`, or grade with --device cpu.")
    return ""
