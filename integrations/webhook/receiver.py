"""Takes messages of a webhook channel and runs a command for each, with the standard library alone.

    RECEIVER_SECRET=… python3 receiver.py 9000 ./on-incident.sh

The command gets the incident as INCIDENT_EVENT, INCIDENT_PRIORITY, INCIDENT_MODEL, INCIDENT_TEXT and INCIDENT_URL. A message whose
signature is wrong or older than five minutes is refused; one that came before is answered and not run again. Whoever cannot be run
answers 500: Tiltmeter sends the message again.
"""

import hashlib
import hmac
import json
import os
import subprocess
import sys
import time
from collections import OrderedDict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = os.environ["RECEIVER_SECRET"].encode()
PORT, COMMAND = int(sys.argv[1]), sys.argv[2:]
LARGEST = 1_000_000
FRESH_SECONDS = 300
REMEMBERED = 10_000
seen = OrderedDict()


def signed(headers, body):
    sent_at = headers.get("x-tiltmeter-timestamp", "")
    if not sent_at.isdigit() or abs(time.time() - int(sent_at) / 1000) > FRESH_SECONDS:
        return False
    expected = "sha256=" + hmac.new(SECRET, sent_at.encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, headers.get("x-tiltmeter-signature", ""))


def run(message):
    incident = message.get("incident") or {}
    told = {
        "INCIDENT_EVENT": message["event"],
        "INCIDENT_PRIORITY": incident.get("priority", ""),
        "INCIDENT_MODEL": incident.get("model", ""),
        "INCIDENT_TEXT": message.get("text", ""),
        "INCIDENT_URL": message.get("url") or "",
    }
    return subprocess.run(COMMAND, env={**os.environ, **told}, timeout=60).returncode == 0


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("content-length", 0))
        body = self.rfile.read(min(length, LARGEST))
        key = self.headers.get("idempotency-key")
        if length > LARGEST or not signed(self.headers, body):
            return self.answer(403)
        if key in seen:
            return self.answer(200)
        try:
            done = run(json.loads(body))
        except (OSError, subprocess.TimeoutExpired) as failure:
            print(f"the command failed: {failure}", file=sys.stderr)
            done = False
        if done:
            seen[key] = True
            if len(seen) > REMEMBERED:
                seen.popitem(last=False)
        self.answer(200 if done else 500)

    def answer(self, status):
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", PORT), Receiver)
    print(f"listens on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
