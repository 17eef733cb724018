"""A URL is fetched from the public web only, within limits, and from the very address that was checked."""

from __future__ import annotations

import gzip
import http.server
import io
import socket
import ssl
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import ReadError
from kg.sources import web
from kg.sources.addresses import is_public
from kg.sources.web import fetch

TEXT = "贝壳区灯塔养护方案\n".encode()
PRIVATE = [
    "0.0.0.0",  # noqa: S104  (nothing is bound to it)
    "0.1.2.3",
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.1.2.3",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::10.0.0.1",
    "64:ff9b:1::1.1.1.1",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:0a00:0001::1",
    "2002:c0a8:0101::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "no address",
    "",
]
PUBLIC = ["1.1.1.1", "8.8.8.8", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "2408:8000::1", "::ffff:1.1.1.1"]


class Site(http.server.BaseHTTPRequestHandler):
    """Answers each path with what the test has put there."""

    answers: dict[str, Callable[[Site], None]]
    asked: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        self.asked.append((self.path, dict(self.headers)))
        self.answers[self.path](self)

    def log_message(self, *_: object) -> None:
        pass


def answer(body: bytes = TEXT, status: int = 200, **headers: str) -> Callable[[Site], None]:
    def give(site: Site) -> None:
        site.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            if value:
                site.send_header(name.replace("_", "-"), value)
        site.end_headers()
        site.wfile.write(body)

    return give


@pytest.fixture
def site() -> Iterator[tuple[str, type[Site]]]:
    """A server on 127.0.0.1, with its URL."""
    handler = type("Handler", (Site,), {"answers": {}, "asked": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", handler
        server.shutdown()
        thread.join()


def everywhere(_: str) -> bool:
    return True


def got(url: str, **options: object) -> web.File:
    return fetch(url, url, **{"allowed": everywhere, **options})  # type: ignore[arg-type]


def refused(url: str, **options: object) -> str:
    with pytest.raises(ReadError) as raised:
        got(url, **options)
    assert len(str(raised.value).splitlines()) == 1
    return str(raised.value).removeprefix(f"{url}: ")


@pytest.mark.parametrize("number", PRIVATE)
def test_an_address_of_no_public_network_is_told(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", PUBLIC)
def test_an_address_of_the_public_internet_is_told(number: str) -> None:
    assert is_public(number)


@given(st.ip_addresses())
@settings(max_examples=300)
def test_what_python_calls_private_is_never_public(address: object) -> None:
    if is_public(str(address)):
        assert ip_address(str(address)).is_global or str(address).startswith(("64:ff9b", "2002", "::ffff"))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "0",
        "[::ffff:127.0.0.1]",
        "１２７.0.0.1",
        "169.254.169.254",
        "LOCALHOST.",
        "[::]",
    ],
)
def test_no_way_of_writing_a_private_host_is_fetched(host: str, site: tuple[str, type[Site]]) -> None:
    address, handler = site
    url = address.replace("127.0.0.1", host)
    with pytest.raises(ReadError) as raised:
        fetch(url, url)
    assert str(raised.value).startswith(f"{url}: ")
    assert "no address of" in str(raised.value) or "not a URL" in str(raised.value)
    assert handler.asked == []


def test_a_command_refuses_a_private_url_in_one_line(run: Callable, site: tuple[str, type[Site]]) -> None:
    url, handler = site
    done = run("rank", f"{url}/plan.txt")
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        f"kg: {url}/plan.txt: 127.0.0.1 is no address of the public internet: save the file and give its path\n"
    )
    assert handler.asked == []


URLS = {
    "ftp://example.org/a.txt": "leads to ftp:, and only http and https are fetched",
    "file:///etc/passwd": "leads to file:, and only http and https are fetched",
    "gopher://example.org/": "leads to gopher:, and only http and https are fetched",
    "http://": "not a URL: check the host in it",
    "http://exa mple.org/": "not a URL: check the host in it",
    "http://exa%2fmple.org/": "not a URL: check the host in it",
    "http://[::1/": "not a URL: check how it is written",
    "http://example.org:99999/": "not a URL: check how it is written",
    "http://example.org:0/": "not a URL: check the host in it",
    "http://[fe80::1%25eth0]/": "not a URL: check",
    "http://" + "灯" * 80 + ".example/": "not a URL: check how it is written",
}


@pytest.mark.parametrize("url", URLS)
def test_what_is_not_fetched_is_refused_before_any_question(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("asked for an address"))
    assert refused(url).startswith(URLS[url])


def test_a_url_with_a_login_is_refused_and_the_login_is_not_shown(run: Callable) -> None:
    done = run("rank", "https://keeper:lamp@example.org/a.txt")
    assert (done.code, len(done.complaints)) == (1, 1)
    assert done.err.startswith("kg: https://…@example.org/a.txt: carries a user name")
    assert "lamp" not in done.err


def test_a_plan_is_read_from_a_url(
    site: tuple[str, type[Site]], fixtures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, handler = site
    handler.answers["/2031/%E6%96%B9%E6%A1%88.txt"] = answer((fixtures / "plan.txt").read_bytes())
    monkeypatch.setattr(web, "fetch", lambda url, _: got(url))
    gathered = kg.gather([f"{address}/2031/方案.txt"])
    assert gathered.plans[0].document.file == "方案.txt"
    ((_, headers),) = handler.asked
    assert headers["Host"] == address.removeprefix("http://")
    assert headers["User-Agent"].startswith("kg/")
    assert headers["Accept-Encoding"] == "identity"
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


def test_an_archive_and_records_are_read_from_a_url(
    site: tuple[str, type[Site]], fixtures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, handler = site
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(fixtures / "plan.txt", "plan.txt")
    records = kg.dumps(kg.gather([fixtures / "letter.txt"]).plans[0])
    handler.answers["/download?id=1"] = answer(packed.getvalue(), Content_Type="text/html")
    handler.answers["/download?id=2"] = answer(records.encode(), Content_Disposition="attachment; filename=a.yaml")
    monkeypatch.setattr(web, "fetch", lambda url, _: got(url))
    gathered = kg.gather([f"{address}/download?id=1", f"{address}/download?id=2"])
    assert [plan.document.file for plan in gathered.plans] == ["plan.txt", "letter.txt"]


NAMES = {
    "attachment; filename=a.txt": "a.txt",
    "attachment; filename*=UTF-8''%E6%96%B9%E6%A1%88.txt": "方案.txt",
    'attachment; filename="%E6%96%B9%E6%A1%88.txt"': "方案.txt",
    'attachment; filename="方案.txt"'.encode().decode("latin-1"): "方案.txt",
    'attachment; filename="方案.txt"'.encode("gb18030").decode("latin-1"): "方案.txt",
    'attachment; filename="../../etc/a.txt"': "a.txt",
    'attachment; filename="C:\\\\x\\\\a.txt"': "a.txt",
    "attachment; filename*=UTF-8''..%2F..%2Fa%0Ab.txt": "a_b.txt",
    'attachment; filename=".."': "名.html",
    "inline": "名.html",
    "": "名.html",
}


@pytest.mark.parametrize("header", NAMES)
def test_the_name_is_the_servers_or_that_of_the_path(header: str, site: tuple[str, type[Site]]) -> None:
    address, handler = site
    headers = {"Content_Disposition": header} if header else {}
    handler.answers[f"/a/{quote('名')}.html"] = answer(**headers)
    assert got(f"{address}/a/名.html").name == NAMES[header]


def test_a_url_without_a_path_is_named_after_its_host(site: tuple[str, type[Site]]) -> None:
    site[1].answers["/"] = answer()
    assert got(site[0]).name == "127.0.0.1"


@given(st.text(min_size=1, max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_name_that_a_server_gives_is_a_plain_one(name: str) -> None:
    from http.client import HTTPMessage  # noqa: PLC0415

    headers = HTTPMessage()
    headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name.encode('utf-8', 'surrogatepass'))}"
    parts = web._Parts(url="http://a/", scheme="http", host="a", port=80, target="/")
    made = web._name(headers, parts)
    assert made
    assert not {"/", "\\", "\n", "\0"} & set(made)
    assert made not in (".", "..")
    assert len(made) <= 201


def test_redirects_are_followed_five_times(site: tuple[str, type[Site]]) -> None:
    address, handler = site
    for number in range(5):
        handler.answers[f"/{number}"] = answer(b"", (301, 302, 303, 307, 308)[number], Location=f"/{number + 1}")
    handler.answers["/5"] = answer()
    assert got(f"{address}/0").data == TEXT
    handler.answers["/5"] = answer(b"", 302, Location="5")
    assert refused(f"{address}/0") == "more than 5 redirects: give the URL of the file itself"


def test_the_target_of_a_redirect_is_checked_anew(site: tuple[str, type[Site]]) -> None:
    address, handler = site
    inside = address.replace("127.0.0.1", "localhost")
    for path, target in (
        ("/a", f"{inside}/secret"),
        ("/b", "file:///etc/passwd"),
        ("/c", "//keeper:lamp@example.org/"),
    ):
        handler.answers[path] = answer(b"", 302, Location=target)
    asked: list[str] = []

    def once(number: str) -> bool:
        asked.append(number)
        return len(asked) == 1

    assert "localhost is at " in refused(f"{address}/a", allowed=once)
    assert [path for path, _ in handler.asked] == ["/a"]
    assert refused(f"{address}/b") == "leads to file:, and only http and https are fetched"
    assert "lamp" not in refused(f"{address}/c")


def test_a_host_is_resolved_once_and_connected_at_the_address_that_was_checked(
    site: tuple[str, type[Site]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, handler = site
    handler.answers["/a.txt"] = answer()
    port = int(address.rpartition(":")[2])
    answers = [[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers.pop())
    checked: list[str] = []
    url = f"http://gedeng.example:{port}/a.txt"
    assert got(url, allowed=lambda number: not checked.append(number)).data == TEXT
    assert (checked, answers) == (["127.0.0.1"], [])
    assert handler.asked[0][1]["Host"] == f"gedeng.example:{port}"


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("connected"))
    assert refused("http://gedeng.example/", allowed=is_public).startswith("gedeng.example is at 10.0.0.1, which is no")


def test_the_next_address_is_tried_where_one_does_not_answer(
    site: tuple[str, type[Site]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, handler = site
    handler.answers["/"] = answer()
    port = int(address.rpartition(":")[2])
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        ports = (closed.getsockname()[1], port)
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", one)) for one in ports]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        assert got("http://gedeng.example/").data == TEXT
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found[:1])
        assert refused("http://gedeng.example/").startswith("cannot be fetched (Connection refused)")


def test_an_unknown_host_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> object:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert refused("http://gedeng.example/") == "no address of gedeng.example is known: check the URL and the network"


def test_a_resolver_that_does_not_answer_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: done.wait(10) and [])
    assert refused("http://gedeng.example/", seconds=0.1).startswith("no answer for the address of gedeng.example")
    done.set()


def test_proxies_of_the_environment_are_not_used(site: tuple[str, type[Site]], monkeypatch: pytest.MonkeyPatch) -> None:
    site[1].answers["/"] = answer()
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert got(site[0]).data == TEXT


STATUSES = {404: "404 Not Found", 403: "403 Forbidden", 500: "500 Internal Server Error", 302: "302 Found", 204: "204"}


@pytest.mark.parametrize("status", STATUSES)
def test_an_answer_that_is_no_file_is_one_line(status: int, site: tuple[str, type[Site]]) -> None:
    site[1].answers["/"] = answer(b"", status)
    assert refused(site[0]).startswith(f"the server answers {STATUSES[status]}")


def test_a_large_answer_is_left_in_the_middle(site: tuple[str, type[Site]]) -> None:
    address, handler = site
    sent: list[int] = []

    def endless(site: Site) -> None:
        site.send_response(200)
        site.end_headers()
        try:
            while True:
                sent.append(site.wfile.write(bytes(100_000)))
        except OSError:
            site.close_connection = True

    handler.answers["/"] = endless
    assert refused(address) == "more than 20,000,000 bytes, the most for one document: split it"
    assert sum(sent) < 40_000_000


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_packed_answer_is_unpacked_within_limits(
    pack: Callable[[bytes], bytes], site: tuple[str, type[Site]]
) -> None:
    address, handler = site
    coding = "gzip" if pack is gzip.compress else "deflate"
    handler.answers["/"] = answer(pack(TEXT * 1000), Content_Encoding=coding)
    assert got(address).data == TEXT * 1000
    handler.answers["/"] = answer(pack(bytes(60_000_000)), Content_Encoding=coding)
    assert refused(address).startswith("more than 20,000,000 bytes")
    handler.answers["/"] = answer(pack(TEXT * 1000)[:-20], Content_Encoding=coding)
    assert refused(address) == "the answer is cut short: fetch it again"
    handler.answers["/"] = answer(b"no such thing", Content_Encoding=coding)
    assert refused(address).startswith("cannot be fetched (")


def test_a_packing_that_was_not_asked_for_is_refused(site: tuple[str, type[Site]]) -> None:
    site[1].answers["/"] = answer(Content_Encoding="br")
    assert refused(site[0]) == "is sent packed as br: save the file and give its path"


def test_an_answer_that_is_cut_short_is_no_document(site: tuple[str, type[Site]]) -> None:
    address, handler = site
    handler.answers["/"] = answer(TEXT, Content_Length=str(len(TEXT) + 1))
    assert refused(address) == "the answer is cut short: fetch it again"
    handler.answers["/"] = answer(b"5\r\nabc", Content_Length="", Transfer_Encoding="chunked")
    assert refused(address).startswith("cannot be fetched (")


def test_a_chunked_answer_is_put_together(site: tuple[str, type[Site]]) -> None:
    def chunked(site: Site) -> None:
        site.send_response(200)
        site.send_header("Transfer-Encoding", "chunked")
        site.end_headers()
        site.wfile.write(b"%x\r\n%s\r\n" % (len(TEXT), TEXT) * 3 + b"0\r\n\r\n")

    site[1].answers["/"] = chunked
    assert got(site[0]).data == TEXT * 3


def raw_server(*pieces: bytes, repeat: bytes = b"", waits: bool = False) -> tuple[int, threading.Thread]:
    """Serve one connection: the pieces, then the same again and again, or silence, as long as somebody listens."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with server, server.accept()[0] as connection, suppress(OSError):
            connection.settimeout(5)
            connection.recv(65536)
            for piece in pieces:
                connection.sendall(piece)
            while repeat:
                connection.sendall(repeat)
                time.sleep(0.05)
            while waits and connection.recv(65536):
                pass

    thread = threading.Thread(target=serve)
    thread.start()
    return server.getsockname()[1], thread


DRIPS = {
    "a silent server": ((), b""),
    "the first line": ((b"HTTP/1.1 20",), b"0"),
    "a header": ((b"HTTP/1.1 200 OK\r\nA: ",), b"x"),
    "headers": ((b"HTTP/1.1 200 OK\r\n",), b"A: x\r\n"),
    "the body": ((b"HTTP/1.1 200 OK\r\n\r\n",), b"x"),
    "a body of known length": ((b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n",), b"x"),
    "chunks": ((b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",), b"1\r\nx\r\n"),
}


@pytest.mark.parametrize("where", DRIPS)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_slow_drip_ends_in_time(scheme: str, where: str) -> None:
    pieces, repeat = DRIPS[where]
    port, thread = raw_server(*pieces, repeat=repeat, waits=True)
    start = time.monotonic()
    reason = refused(f"{scheme}://127.0.0.1:{port}/", seconds=0.4)
    assert time.monotonic() - start < 3
    assert reason.startswith(
        "took longer than 0.4 seconds" if scheme == "http" or not pieces else "cannot be fetched ("
    )
    thread.join(5)
    assert not thread.is_alive()


GARBAGE = [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: x\r\n" * 500 + b"\r\n"]


@pytest.mark.parametrize("said", GARBAGE)
def test_an_answer_that_is_no_http_is_one_line(said: bytes) -> None:
    port, thread = raw_server(said)
    assert refused(f"http://127.0.0.1:{port}/").startswith("cannot be fetched (")
    thread.join(5)


@given(st.binary(max_size=200), st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_answer_is_a_file_or_a_reason_of_one_line(said: bytes, headed: bool) -> None:
    port, thread = raw_server((b"HTTP/1.1 200 OK\r\n" if headed else b"") + said)
    reasons: list[str] = []
    try:
        assert got(f"http://127.0.0.1:{port}/a.txt").name
    except ReadError as error:
        reasons = str(error).splitlines()
    assert len(reasons) <= 1
    thread.join(5)


def test_a_certificate_is_checked_for_the_host_and_not_for_the_address(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler = type("Handler", (Site,), {"answers": {"/a.txt": answer()}, "asked": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    monkeypatch.setattr(server, "handle_error", lambda *_: None)
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(certificate)
    asked: list[str | None] = []
    secure.sni_callback = lambda _, name, __: asked.append(name)  # type: ignore[assignment]
    server.socket = secure.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    port = server.server_port
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    trusted = ssl.create_default_context(cafile=str(certificate))
    try:
        assert got(f"https://gedeng.example:{port}/a.txt", context=trusted).data == TEXT
        for host, context in (("gedeng.example", None), ("mawang.example", trusted)):
            reason = refused(f"https://{host}:{port}/a.txt", context=context)
            assert reason.startswith("its certificate is not valid (")
        assert asked[0] == "gedeng.example"
        assert len(handler.asked) == 1
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_nothing_is_loaded_for_the_web_where_no_url_is_named(fixtures: Path) -> None:
    import subprocess  # noqa: PLC0415

    code = (
        "import sys, kg; kg.gather(sys.argv[1:]); print('http.client' in sys.modules, 'kg.sources.web' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(fixtures)], capture_output=True, text=True, check=True)
    assert done.stdout.split()[1] == "False"
