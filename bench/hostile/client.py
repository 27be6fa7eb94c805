"""The hostile client, in a process of its own: all attacks, one after another, until it is ended.

``python -m bench.hostile.client --port N`` reads the key that it uses from standard input.
"""

from __future__ import annotations

import argparse
import itertools
import sys

from bench.hostile.__main__ import exchange
from bench.hostile.attacks import ATTACKS


def main() -> None:
    """Attack."""
    parser = argparse.ArgumentParser(prog="bench.hostile.client")
    parser.add_argument("--port", type=int, required=True)
    arguments = parser.parse_args()
    token = sys.stdin.read()
    for request in itertools.cycle([attack.request(token) for attack in ATTACKS.values()]):
        exchange(arguments.port, request)


if __name__ == "__main__":
    main()
