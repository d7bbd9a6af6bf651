"""`python -m demo`: serve the portal until stopped."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from datetime import date

from demo.portal import Portal, PortalServer
from ledger.clock import today


def main() -> int:
    """Serve the demo portal and print its address."""
    parser = argparse.ArgumentParser(prog="python -m demo", description="启动演示门户")
    parser.add_argument("--port", type=int, default=0, help="端口，默认任选一个空闲端口")
    parser.add_argument("--as-of", type=date.fromisoformat, default=None, help="基准日 YYYY-MM-DD")
    parser.add_argument("--seed", type=int, default=1, help="内容的种子")
    options = parser.parse_args()
    server = PortalServer(Portal(options.as_of or today(), seed=options.seed))
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    try:
        url = server.start(options.port)
    except OSError as error:
        sys.stderr.write(f"端口 {options.port} 无法使用：{error.strerror}。请换一个端口。\n")
        return 2
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()
    stopped.wait()
    server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
