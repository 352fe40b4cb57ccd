"""The house as it is set in service: asked in a process of its own, with `YAKUSHO_PRODUCTION=1`."""

import json
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection
from django.test import RequestFactory
from gunicorn import sock
from gunicorn.config import Config

from tests import house
from yakusho.blocks.identity._internal import visitor

ASK = """
import json
import django
django.setup()
from django.conf import settings
from django.test import Client
def told(answer):
    return {"status": answer.status_code, "headers": dict(answer.headers), "cookies": answer.cookies.output()}
c = Client()
secure = {"secure": True}
print(json.dumps({
    "page": told(c.get("/identity/?lang=en&next=/desk/", **secure)),
    "plain page": told(c.get("/identity/")),
    "plain api": told(c.post("/api/queries/resident_records.search", "{}", content_type="application/json",
        headers={"Authorization": "Bearer yak_x"})),
    "claims": told(c.get("/identity/", headers={"X-Forwarded-Proto": "https"})),
    "host": told(c.get("/identity/", headers={"Host": "evil.test"}, **secure)),
    "api": told(c.post("/api/queries/population.population", "{}", content_type="application/json", **secure)),
    "debug": settings.DEBUG, "mail": settings.EMAIL_USE_TLS,
}))
"""


@pytest.fixture(scope="module")
def said(django_db_setup):
    env = house.surroundings(connection.settings_dict["NAME"]) | {
        "YAKUSHO_PRODUCTION": "1",
        "YAKUSHO_HOST": "testserver",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=house.ROOT, env=env, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_cookies_belong_to_this_host_and_to_tls(said):
    cookies = said["page"]["cookies"].splitlines()
    assert {line.split()[1].partition("=")[0] for line in cookies} == {
        "__Host-csrftoken",
        "__Host-sessionid",
        "__Host-lang",
    }
    for line in cookies:
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in line.split(";")}
        assert "Domain" not in line


@pytest.mark.parametrize("answer", ["page", "api"])
def test_browsers_are_told_to_stay_with_tls(said, answer):
    assert said[answer]["headers"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_people_are_led_to_tls_and_programs_are_refused(said):
    assert said["plain page"]["status"] == 301
    assert said["plain page"]["headers"]["Location"].startswith("https://")
    assert said["plain api"]["status"] == 403
    assert "Location" not in said["plain api"]["headers"]


def test_who_claims_to_have_come_by_tls_is_not_believed(said):
    assert said["claims"]["status"] == 301


def test_another_host_is_refused(said):
    assert said["host"]["status"] == 400


def test_nothing_is_debugged_and_mail_goes_by_tls(said):
    assert (said["debug"], said["mail"]) == (False, True)


@pytest.mark.parametrize("proxy", [None, ("HTTP_X_FORWARDED_PROTO", "https")])
def test_the_address_is_the_one_that_our_own_proxy_wrote(settings, proxy):
    settings.SECURE_PROXY_SSL_HEADER = proxy
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "10.0.0.1, 203.0.113.7"}, REMOTE_ADDR="127.0.0.1")
    assert visitor._address(request) == ("203.0.113.7" if proxy else "127.0.0.1")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for localhost, its key beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False).sign(key, hashes.SHA256())
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("tls")
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "key.pem").write_bytes(pem)
    return folder


def served_context(folder: Path) -> ssl.SSLContext:
    """TLS as gunicorn speaks it with the words of the launcher."""
    config = Config()
    config.set("certfile", str(folder / "cert.pem"))
    config.set("keyfile", str(folder / "key.pem"))
    return sock.ssl_context(config)


def shake(folder, **limits):
    """What two parties agree on; None where they do not."""
    ours = served_context(folder)
    theirs = ssl.create_default_context(cafile=str(folder / "cert.pem"))
    for name, value in limits.items():
        setattr(theirs, name, value)
    a, b, c, d = ssl.MemoryBIO(), ssl.MemoryBIO(), ssl.MemoryBIO(), ssl.MemoryBIO()
    server, client = ours.wrap_bio(a, b, server_side=True), theirs.wrap_bio(c, d, server_hostname="localhost")
    for _ in range(6):
        for side, out, into in ((client, d, a), (server, b, c)):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLError:
                return None
            into.write(out.read())
    return client.version(), client.cipher()[0]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_old_tls_is_not_spoken(certificate):
    assert shake(certificate)[0] == "TLSv1.3"
    version, cipher = shake(certificate, maximum_version=ssl.TLSVersion.TLSv1_2)
    assert version == "TLSv1.2"
    assert cipher.startswith("ECDHE-")
    assert "GCM" in cipher or "CHACHA20" in cipher
    old = {"minimum_version": ssl.TLSVersion.TLSv1, "maximum_version": ssl.TLSVersion.TLSv1_1}
    assert shake(certificate, **old) is None
    weak = {one["name"] for one in served_context(certificate).get_ciphers()}
    assert not [name for name in weak if any(bad in name for bad in ("RC4", "3DES", "NULL", "MD5", "EXPORT", "anon"))]
