"""Whom a night is told to: a real server takes the messages, another refuses them."""

import json
import shutil
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from ledger import clock
from ledger.store import Ledger

DAY = ("--as-of", "2026-03-20")


class Inbox:
    """A chat that keeps what it is sent and answers with `status`."""

    def __init__(self, status: int = 200) -> None:
        self.got: list[dict[str, str]] = []
        inbox = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                inbox.got.append(json.loads(body))
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        self.address = f"json://key-of-mine@127.0.0.1:{self.server.server_port}/"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def inbox():
    held = Inbox()
    yield held
    held.close()


@pytest.fixture
def own(quiet, tmp_path):
    shutil.copytree(quiet.home, tmp_path / "own")
    quiet.home = tmp_path / "own"
    return quiet


def configure(own, *channels: str, quiet: str = "") -> None:
    listed = ", ".join(f'"{channel}"' for channel in channels)
    file = own.home / "site/site.toml"
    file.write_text(f'{file.read_text()}\n[notify]\nchannels = [{listed}]\nquiet = "{quiet}"\n')


def test_a_channel_gets_what_changed_once_a_day(own, inbox):
    configure(own, inbox.address)
    shown = own("notify", "site", *DAY, "--dry-run")
    assert shown.code == 0
    assert "网站巡查 2026-03-20" in shown.out
    assert "key-of-mine" not in shown.out + shown.err
    assert inbox.got == []

    assert "已发送" in own("notify", "site", *DAY).err
    [sent] = inbox.got
    assert sent["title"] == "网站巡查 2026-03-20"
    assert sent["message"] in shown.out
    assert "新增问题" in sent["message"]

    assert "今天已经发过一次" in own("notify", "site", *DAY).err
    assert len(inbox.got) == 1


def test_nothing_new_is_not_sent(own, inbox):
    configure(own, inbox.address)
    with Ledger.open(f"sqlite:///{own.home}/xuncha.db") as ledger:
        at = clock.now().replace(year=2026, month=3, day=20)
        ledger.save_telling(inbox.address, at.date(), at, "x", sent=True)
    assert "没有变化，不发送" in own("notify", "site", *DAY).err
    assert inbox.got == []


def test_a_failing_channel_fails_nothing_and_is_tried_again(own, inbox):
    broken = Inbox(status=500)
    try:
        configure(own, broken.address, "nonsense", "env:XUNCHA_NO_SUCH", inbox.address)
        ran = own("notify", "site", *DAY)
    finally:
        broken.close()
    assert ran.code == 0
    assert "对方没有接受" in ran.err
    assert "地址的写法不对" in ran.err
    assert "没有设置环境变量 XUNCHA_NO_SUCH" in ran.err
    assert "key-of-mine" not in ran.err
    assert len(inbox.got) == 1
    with Ledger.open(f"sqlite:///{own.home}/xuncha.db") as ledger:
        assert ledger.last_told(broken.address) is None
        assert ledger.last_told(inbox.address) is not None


def test_quiet_hours(own, inbox):
    configure(own, inbox.address, quiet="00:00-23:59")
    if clock.now().strftime("%H:%M") == "23:59":
        pytest.skip("the one minute that is not quiet")
    assert "免打扰时间（00:00—23:59）" in own("notify", "site", *DAY).err
    assert inbox.got == []


def test_a_spoilt_span_is_named(own):
    configure(own, quiet="晚上")
    ran = own("notify", "site", *DAY)
    assert ran.code == 3
    assert "22:00-07:30" in ran.err


def test_without_channels_it_says_how(own):
    ran = own("notify", "site", *DAY)
    assert ran.code == 0
    assert "[notify]" in ran.err
