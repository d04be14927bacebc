"""The shipped nginx configuration, run for real: unprivileged, on loopback, with a certificate of its own, in front of a
small upstream that remembers what it was sent. The upstream stands for Kith; what is tested is what lies between."""
import http.client
import http.server
import os
import pathlib
import pwd
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent.parent.parent
SHIPPED = HERE / "deploy/nginx/kith.conf"
AWAY = HERE / "deploy/nginx/away"
MEGABYTE = 1024 * 1024


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Upstream(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen = []
    first_byte = threading.Event()

    def answer(self):
        length = self.headers.get("Content-Length")
        size = 0
        if length:
            while size < int(length):
                part = self.rfile.read1(min(65536, int(length) - size))
                if not part:
                    return
                size += len(part)
                Upstream.first_byte.set()
        Upstream.seen.append((self.command, self.path, self.headers.items(), size))
        if self.path == "/desk/events":
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(b"data: one\n\n")
            self.wfile.flush()
            time.sleep(1)
            self.wfile.write(b"data: two\n\n")
            return
        status = 503 if self.path == "/own-503" else 200
        body = b"from kith" if self.path != "/large" else b"x" * (8 * MEGABYTE)
        self.send_response(status)
        self.send_header("Strict-Transport-Security", "max-age=1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


class Proxy:
    """nginx over one folder. `change` may alter the configuration's text, to see the tests fail."""

    def __init__(self, change=lambda text: text):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kith-nginx-"))
        self.https, self.http, self.upstream = free_port(), free_port(), free_port()
        for name in ("run", "spool"):
            (self.folder / name).mkdir()
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", "/CN=kith.example.org", "-addext", "subjectAltName=DNS:kith.example.org,IP:127.0.0.1",
             "-keyout", self.folder / "key.pem", "-out", self.folder / "cert.pem"],
            check=True, capture_output=True)
        shutil.copytree(AWAY, self.folder / "away")
        (self.folder / "kith.conf").write_text(change(self.placed(SHIPPED.read_text())))
        spools = "".join(f"    {kind}_temp_path {self.folder}/spool/{kind};\n"
                         for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (self.folder / "nginx.conf").write_text(
            f"daemon off;\nworker_processes 1;\npid {self.folder}/run/pid;\nerror_log {self.folder}/run/error.log info;\n"
            f"events {{ worker_connections 64; }}\nhttp {{\n    access_log {self.folder}/run/access.log;\n{spools}"
            f"    include /etc/nginx/mime.types;\n    include {self.folder}/kith.conf;\n}}\n")
        try:
            self.start()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def placed(self, text):
        """The shipped text with this folder's ports and paths. Each line replaced must be there, exactly once or twice."""
        changes = [
            ("    listen [::]:80 default_server;\n", ""), ("    listen [::]:443 ssl http2 default_server;\n", ""),
            ("listen 80 default_server", f"listen 127.0.0.1:{self.http} default_server"),
            ("listen 443 ssl http2 default_server", f"listen 127.0.0.1:{self.https} ssl http2 default_server"),
            ("server 127.0.0.1:8080;", f"server 127.0.0.1:{self.upstream};"),
            ("/etc/kith/tls/fullchain.pem", f"{self.folder}/cert.pem"),
            ("/etc/kith/tls/privkey.pem", f"{self.folder}/key.pem"),
            ("root /usr/share/kith/away;", f"root {self.folder}/away;"),
            ('set $front_door_telephone "";', 'set $front_door_telephone "01632 960000, option 1";'),
        ]
        for old, new in changes:
            if text.count(old) != 1:
                raise AssertionError(f"the shipped configuration has no single line with {old!r}")
            text = text.replace(old, new)
        return text

    def start(self):
        command = ["nginx", "-e", str(self.folder / "run/early.log"), "-c", str(self.folder / "nginx.conf"), "-p", str(self.folder)]
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"):
            (self.folder / "spool" / kind).mkdir()
            (self.folder / "spool" / kind).chmod(0o500)
        (self.folder / "spool").chmod(0o555)
        if os.geteuid() == 0:  # root may write anywhere, so it must not be root that tries
            nobody = pwd.getpwnam("nobody")
            for name in ("", "run", "key.pem"):
                os.chown(self.folder / name, nobody.pw_uid, nobody.pw_gid)
            command = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups", *command]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.https), 1).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        self.process.kill()
        raise AssertionError("nginx did not start: " + self.process.communicate()[1].decode(errors="replace"))

    def ask(self, method, path, body=None, headers=None, timeout=20):
        context = ssl.create_default_context(cafile=str(self.folder / "cert.pem"))
        link = http.client.HTTPSConnection("127.0.0.1", self.https, context=context, timeout=timeout)
        link.request(method, path, body=body, headers=headers or {})
        answer = link.getresponse()
        text = answer.read()
        link.close()
        return answer, text

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.process.stderr.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class WithKith(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.proxy = Proxy()
        cls.addClassCleanup(cls.proxy.stop)
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", cls.proxy.upstream), Upstream)
        cls.server.daemon_threads = True
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)

    def setUp(self):
        Upstream.seen.clear()
        Upstream.first_byte.clear()

    def test_an_upload_goes_through_with_nowhere_to_spool_it(self):
        answer, _ = self.proxy.ask("POST", "/report/files", body=b"p" * (20 * MEGABYTE))
        self.assertEqual(200, answer.status)
        self.assertEqual(20 * MEGABYTE, Upstream.seen[-1][3])

    def test_several_photographs_go_through_at_once_where_they_are_asked_for_and_nowhere_else(self):
        for path in ("/at/plymouth/report/files", "/come-back/files"):
            answer, _ = self.proxy.ask("POST", path, body=b"p" * (60 * MEGABYTE))
            self.assertEqual(200, answer.status)
            self.assertEqual(60 * MEGABYTE, Upstream.seen[-1][3])
        answer, text = self.proxy.ask("POST", "/at/plymouth/report/files", body=b"p" * (105 * MEGABYTE))
        self.assertEqual(413, answer.status)
        self.assertIn(b"20 MB", text)

    def test_an_upload_reaches_kith_before_it_is_whole(self):
        context = ssl.create_default_context(cafile=str(self.proxy.folder / "cert.pem"))
        raw = socket.create_connection(("127.0.0.1", self.proxy.https), 10)
        with context.wrap_socket(raw, server_hostname="kith.example.org") as link:
            link.sendall(b"POST /report/files HTTP/1.1\r\nHost: kith.example.org\r\nContent-Length: 200000\r\n\r\n" + b"a" * 100000)
            self.assertTrue(Upstream.first_byte.wait(5))

    def test_a_large_answer_goes_through_with_nowhere_to_spool_it(self):
        answer, text = self.proxy.ask("GET", "/large")
        self.assertEqual((200, 8 * MEGABYTE), (answer.status, len(text)))

    def test_nothing_is_logged(self):
        self.proxy.ask("GET", "/report/child?secret=in-the-address")
        self.proxy.ask("GET", "/\x7f".replace("\x7f", "%zz"))
        self.proxy.ask("POST", "/report", body=b"p" * (25 * MEGABYTE // 1024))
        for name in ("access.log", "error.log", "early.log"):
            file = self.proxy.folder / "run" / name
            text = file.read_text() if file.exists() else ""
            for trace in ("GET", "POST", "secret", "127.0.0.1", "client"):
                self.assertNotIn(trace, text, name)

    def test_the_visitors_address_is_set_and_never_appended(self):
        self.proxy.ask("GET", "/", headers={"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9",
                                            "Forwarded": "for=203.0.113.9", "X-Forwarded-Host": "elsewhere.example"})
        headers = [(name.lower(), value) for name, value in Upstream.seen[-1][2]]
        self.assertEqual(["127.0.0.1"], [value for name, value in headers if name == "x-forwarded-for"])
        self.assertEqual(["https"], [value for name, value in headers if name == "x-forwarded-proto"])
        self.assertFalse([value for _, value in headers if "203.0.113.9" in value or "elsewhere" in value])

    def test_pages_are_for_tls_alone_from_now_on(self):
        answer, _ = self.proxy.ask("GET", "/")
        self.assertEqual(["max-age=31536000"], answer.headers.get_all("Strict-Transport-Security"))

    def test_plain_http_is_sent_to_tls_and_to_our_own_name(self):
        link = http.client.HTTPConnection("127.0.0.1", self.proxy.http, timeout=5)
        link.request("POST", "/report?x=1", headers={"Host": "elsewhere.example"})
        answer = link.getresponse()
        answer.read()
        self.assertEqual((308, "https://kith.example.org/report?x=1"), (answer.status, answer.headers["Location"]))
        self.assertFalse(Upstream.seen)
        link.close()

    def test_a_body_over_the_limit_is_answered_in_plain_words(self):
        answer, text = self.proxy.ask("POST", "/report/files", body=b"p" * (25 * MEGABYTE))
        self.assertEqual(413, answer.status)
        self.assertIn(b"20 MB", text)
        self.assertIn(b"999", text)

    def test_kiths_own_refusal_is_not_replaced(self):
        answer, text = self.proxy.ask("GET", "/own-503")
        self.assertEqual((503, b"from kith"), (answer.status, text))

    def test_the_live_queue_arrives_line_by_line(self):
        context = ssl.create_default_context(cafile=str(self.proxy.folder / "cert.pem"))
        link = http.client.HTTPSConnection("127.0.0.1", self.proxy.https, context=context, timeout=10)
        link.request("GET", "/desk/events")
        began = time.monotonic()
        answer = link.getresponse()
        self.assertEqual(b"data: one\n", answer.readline())
        self.assertLess(time.monotonic() - began, 0.8)
        link.close()


class InFrontOfTheRealProgram(unittest.TestCase):
    """A worry begun through nginx, over TLS, with the program that is shipped (KITH_BINARY)."""

    @classmethod
    def setUpClass(cls):
        binary = os.environ.get("KITH_BINARY", str(HERE / "build/dev/src/kith"))
        if not os.path.exists(binary):
            raise AssertionError(f"no program at {binary}: build it, or name it in KITH_BINARY")
        cls.proxy = Proxy()
        cls.addClassCleanup(cls.proxy.stop)
        data = tempfile.mkdtemp(prefix="kith-demo-")
        cls.addClassCleanup(shutil.rmtree, data, ignore_errors=True)
        cls.kith = subprocess.Popen([binary, "demo", "--data", f"{data}/demo", "--worries", "3", "--port", str(cls.proxy.upstream)],
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        cls.addClassCleanup(cls.kith.wait)
        cls.addClassCleanup(cls.kith.terminate)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and cls.kith.poll() is None:
            if cls.proxy.ask("GET", "/")[0].status == 200:
                return
            time.sleep(0.1)
        raise AssertionError("the program did not answer through nginx")

    def test_a_worry_begun_over_tls_keeps_its_cookie_to_this_host_and_leaves_no_trace_in_the_proxy(self):
        _, choice = self.proxy.ask("GET", "/")
        door = re.search(rb'href="(/at/plymouth[^"]*)"', choice)[1].decode()
        answer, form = self.proxy.ask("GET", door + "/report/start?about=group")
        self.assertEqual(200, answer.status)
        (cookie,) = answer.headers.get_all("Set-Cookie")
        self.assertRegex(cookie, "^__Host-kith-draft=[^;]+;")
        for kept in ("; Secure", "; HttpOnly", "; Path=/", "; SameSite="):
            self.assertIn(kept, cookie)
        self.assertNotIn("; Domain", cookie)
        action = re.search(rb'<form method="post" action="([^"]+)"', form)[1].decode()
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form.decode()))
        body = urllib.parse.urlencode({**hidden, "danger": "no", "what_seen": "marker-mopeds-by-the-bandstand", "go": "on"})
        mine = {"Cookie": cookie.split(";")[0], "Content-Type": "application/x-www-form-urlencoded", "Host": "kith.example.org"}
        taken, text = self.proxy.ask("POST", action, body=body, headers={**mine, "Origin": "https://kith.example.org"})
        self.assertEqual(303, taken.status, text[:400])
        asked, question = self.proxy.ask("GET", taken.headers["Location"], headers=mine)
        self.assertEqual(200, asked.status)
        self.assertIn(b'name="what_seen"', question)
        token = re.search(rb'name="form_token" value="([^"]*)"', question)[1].decode()
        typed = urllib.parse.urlencode({"form_token": token, "what_seen": "marker-mopeds-by-the-bandstand"})
        kept, text = self.proxy.ask("POST", taken.headers["Location"], body=typed,
                                    headers={**mine, "Origin": "https://kith.example.org"})
        self.assertEqual(303, kept.status, text[:400])
        refused, _ = self.proxy.ask("POST", action, body=body, headers={**mine, "Origin": "https://elsewhere.example"})
        self.assertEqual(403, refused.status)
        for file in self.proxy.folder.rglob("*"):
            if file.is_file():
                self.assertNotIn(b"marker-mopeds", file.read_bytes(), file.name)

    def test_pages_come_with_the_strict_policy_and_are_kept_by_nobody(self):
        answer, _ = self.proxy.ask("GET", "/sign-in")
        self.assertEqual("no-store", answer.headers["Cache-Control"])
        self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])
        self.assertEqual(["max-age=31536000"], answer.headers.get_all("Strict-Transport-Security"))


class WithoutKith(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.proxy = Proxy()
        cls.addClassCleanup(cls.proxy.stop)

    def test_the_away_page_gives_999_and_the_front_doors_number(self):
        for method in ("GET", "POST"):
            answer, text = self.proxy.ask(method, "/report/child", body=b"x=1" if method == "POST" else None)
            self.assertEqual(503, answer.status)
            for words in (b"999", b"01632 960000, option 1", b"0800 1111"):
                self.assertIn(words, text)
            self.assertNotIn(b"<!--#", text)
            self.assertEqual("no-store", answer.headers["Cache-Control"])
            self.assertEqual(["max-age=31536000"], answer.headers.get_all("Strict-Transport-Security"))

    def test_the_away_page_asks_nothing_of_anyone_else(self):
        for file in AWAY.glob("*.html"):
            for word in ("http:", "https:", "<script", "@import", "url("):
                self.assertNotIn(word, file.read_text(), file.name)


class ABrokenConfiguration(unittest.TestCase):
    """These tests can fail: with the line taken out, the upload stops at the folder that nobody may write to."""

    def test_with_request_buffering_the_upload_is_spooled(self):
        proxy = Proxy(lambda text: text.replace("proxy_request_buffering off;", ""))
        self.addCleanup(proxy.stop)
        answer, _ = proxy.ask("POST", "/report/files", body=b"p" * MEGABYTE)
        self.assertEqual(500, answer.status)

    def test_with_a_log_a_visit_leaves_a_trace(self):
        proxy = Proxy(lambda text: text.replace("access_log off;", "").replace("error_log /dev/null crit;", ""))
        self.addCleanup(proxy.stop)
        proxy.ask("GET", "/report/child")
        self.assertIn("/report/child", (proxy.folder / "run/access.log").read_text())
        self.assertIn("/report/child", (proxy.folder / "run/error.log").read_text())


if __name__ == "__main__":
    unittest.main()
