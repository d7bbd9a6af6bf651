"""Asks pycorrector for the sentences given as JSON on stdin; it needs packages of its own."""

from __future__ import annotations

import json
import sys
import time


def main() -> None:
    """Print one line of JSON: what it flags in each sentence, and the CPU seconds that took."""
    try:
        from pycorrector import Corrector
    except ImportError as missing:
        sys.exit(f"cannot be imported ({missing})")
    try:
        corrector = Corrector()
    except Exception as failed:  # noqa: BLE001 - whatever keeps it from starting is the answer
        sys.exit(f"does not start without a download ({type(failed).__name__})")
    begun = time.process_time()
    flags = [corrector.correct(line)["errors"] for line in json.load(sys.stdin)]
    spent = time.process_time() - begun
    sys.stdout.write(json.dumps({"flags": flags, "cpu": spent}) + "\n")


if __name__ == "__main__":
    main()
