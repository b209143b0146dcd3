"""A server that behaves, a gate that may reach it, and certificates that vouch for themselves."""

import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scrapers.walk import Gate

NOW = datetime.now(UTC)


class Quiet(ThreadingHTTPServer):
    """Says nothing when a client hangs up in the middle of a handshake, which is what these tests are about."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing."""


class Site:
    """A small server: pages by path as (status, headers, body); keeps the requests it saw."""

    def __init__(
        self, pages: dict[str, tuple[int, dict[str, str], bytes]], tls: ssl.SSLContext | None = None
    ) -> None:
        site = self
        self.seen: list[tuple[str, dict[str, str]]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.seen.append((self.path, dict(self.headers.items())))
                status, headers, body = pages.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self.server = Quiet(("127.0.0.1", 0), Handler)
        if tls:
            self.server.socket = tls.wrap_socket(
                self.server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def gate_to(port: int, **more: object) -> Gate:
    """A gate that may reach one port of this machine, by two names."""
    options = {
        "pause_seconds": 0,
        "deadline_seconds": 5,
        "allow_hosts": [f"127.0.0.1:{port}", f"gov.example.org:{port}"],
        **more,
    }
    return Gate(
        user_agent="Answerby/0.1 (+https://watch.example.org/about)",
        clock=lambda: NOW,
        resolver=lambda host, port: ["127.0.0.1"],
        **options,  # type: ignore[arg-type]
    )


def certificate(folder: Path, name: str, days: tuple[int, int]) -> tuple[Path, ssl.SSLContext]:
    """A certificate that vouches for itself, and a server's side that shows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=days[0]))
        .not_valid_after(NOW + timedelta(days=days[1]))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    return path, server
