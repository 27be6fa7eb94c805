"""A PostgreSQL that was killed starts again, also while the system still lists the dead one."""

from __future__ import annotations

import os
import signal

from registry.store.postgres import EmbeddedPostgres
from registry.store.postmaster import wait_until
from tests.support.database import ask, temporary_folder
from tests.support.processes import first_line, is_alive, start_python

# Starts a server and then does nothing, not even wait for it.
START = """
import sys, time
from pathlib import Path
from registry.store.postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]), durable=False)
server.start()
print(server.pid, flush=True)
sys.stdin.read()
"""


def test_a_dead_server_that_nobody_waited_for_is_no_obstacle() -> None:
    """A container without an init process keeps such zombies for good."""
    with temporary_folder() as folder:
        parent = start_python(START, folder / "postgres")
        try:
            number = int(first_line(parent))
            parent.send_signal(signal.SIGSTOP)
            os.kill(number, signal.SIGKILL)
            assert wait_until(lambda: not is_alive(number), 10)
            # Its number is still taken, as by a living process.
            os.kill(number, 0)
            with EmbeddedPostgres(folder / "postgres", durable=False) as server:
                assert server.pid != number
                assert ask(server.url("postgres"), "SELECT 1") == 1
        finally:
            parent.kill()
            parent.communicate(timeout=60)
