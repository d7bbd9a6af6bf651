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
    lines = json.load(sys.stdin)
    try:
        corrector = Corrector()
        corrector.correct("今天新情很好")  # loads its language model, or tries to fetch one
    except Exception as failed:  # noqa: BLE001 - whatever keeps it from starting is the answer
        sys.exit(f"has no language model here ({type(failed).__name__})")
    begun = time.process_time()
    flags = [corrector.correct(line)["errors"] for line in lines]
    spent = time.process_time() - begun
    sys.stdout.write(json.dumps({"flags": flags, "cpu": spent}) + "\n")


if __name__ == "__main__":
    main()
