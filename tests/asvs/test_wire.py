"""The house on the wire, as a proxy or an attacker speaks to it: bytes that no library would send."""

import os
import socket
from urllib.parse import urlsplit

import pytest

from tests import house


@pytest.fixture(scope="module")
def site(django_db_setup):
    name = house.clone(f"wire_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}_{os.getpid()}")
    with house.open_city(name) as address:
        yield urlsplit(address)
    house.drop(name)


def talk(site, data):
    """Send these bytes and read until the house says no more."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=5) as line:
        line.settimeout(3)
        line.sendall(data.replace(b"HOST", site.netloc.encode()))
        answer = b""
        try:
            while piece := line.recv(65536):
                answer += piece
        except TimeoutError:
            pass
    return answer


def statuses(answer):
    return [int(part[:3]) for part in answer.split(b"HTTP/1.1 ")[1:]]


SMUGGLED = b"GET /nothing/smuggled HTTP/1.1\r\nHost: HOST\r\n\r\n"
END = b"Connection: close\r\n\r\n"


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n",
        b"Content-Length: 0\r\nContent-Length: 50\r\n",
        b"Content-Length: +6\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Transfer-Encoding: identity, chunked\r\n",
    ],
)
def test_no_request_hides_in_another(site, head):
    answer = talk(site, b"POST /identity/out HTTP/1.1\r\nHost: HOST\r\n" + head + END + b"0\r\n\r\n" + SMUGGLED)
    assert len(statuses(answer)) == 1
    assert b"smuggled" not in answer
    assert statuses(answer)[0] in (400, 403, 501)


def test_nothing_is_traced(site):
    for method in (b"TRACE", b"TRACK", b"CONNECT", b"DEBUG"):
        answer = talk(site, method + b" /identity/ HTTP/1.1\r\nHost: HOST\r\nX-Secret: himitsu\r\n" + END)
        assert statuses(answer)[0] in (400, 403, 405, 501), method
        assert b"himitsu" not in answer


@pytest.mark.parametrize(
    "path",
    [
        b"/.git/config", b"/.git/HEAD", b"/static/.git/HEAD", b"/static/", b"/static/pages/", b"/static/../settings.py",
        b"/static/%2e%2e/%2e%2e/web/settings.py", b"/static//etc/passwd", b"/../../etc/passwd", b"/yakusho/web/settings.py",
        b"/var/secrets/django_key", b"/requirements/run.txt", b"/static/pages/pages.css.bak",
    ],
)  # fmt: skip
def test_no_source_and_no_folder_is_served(site, path):
    answer = talk(site, b"GET " + path + b" HTTP/1.1\r\nHost: HOST\r\n" + END)
    assert statuses(answer)[0] in (400, 404)
    assert b"Index of" not in answer
    assert b"SECRET_KEY" not in answer
    assert b"root:" not in answer


def test_a_line_of_a_header_makes_no_second_one(site):
    answer = talk(site, b"GET /identity/?next=/%0d%0aX-Hostile:1 HTTP/1.1\r\nHost: HOST\r\n" + END)
    assert b"X-Hostile" not in answer.partition(b"\r\n\r\n")[0]
