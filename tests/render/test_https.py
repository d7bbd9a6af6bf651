"""A page over HTTPS goes through the tunnel; an old certificate is not the list's fault."""

from __future__ import annotations

import datetime as dt
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawler.guard import Guard
from crawler.render import Rendered, Renderer
from ledger.words import Outcome

from .conftest import TITLES, Portal

pytestmark = pytest.mark.browser


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Portal]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "portal.example")])
    day = dt.datetime(2031, 4, 1, tzinfo=dt.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(1)
    builder = builder.public_key(key.public_key()).not_valid_before(day - dt.timedelta(3000))
    certificate = builder.not_valid_after(day - dt.timedelta(2900)).sign(key, hashes.SHA256())
    file = tmp_path / "portal.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server = Portal()
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_https(secure: Portal, portal: Portal, rendering: Callable[..., Any]) -> None:
    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    async def work(renderer: Renderer) -> list[Rendered]:
        hosts = (
            f"portal.example:{secure.server_port}",
            f"evil.example:{secure.server_port}",
            f"portal.example:{portal.server_port}",
        )
        return [await renderer.render(f"https://{host}/fetch.html") for host in hosts]

    good, evil, plain = rendering(work, Guard(["portal.example"]), resolve)
    assert good.outcome is Outcome.OK
    assert TITLES[0] in good.html
    assert [call.url for call in good.calls] == [
        f"https://portal.example:{secure.server_port}/data.json"
    ]
    assert evil.outcome is Outcome.EXCLUDED
    # A server that speaks no TLS on the port.
    assert plain.outcome is Outcome.CERTIFICATE
