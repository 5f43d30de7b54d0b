"""One worker process: delivers so many due messages whenever it is told a number. Started by `messages`.

It answers with how many it has sent, and its resident memory in KiB.
"""

import sys

import django

django.setup()

import psutil  # noqa: E402 - models need Django set up
from django.db import connection  # noqa: E402

from bookings.outbox import delivery  # noqa: E402
from spa import clock  # noqa: E402

if __name__ == "__main__":
    connection.ensure_connection()
    print("ready", flush=True)
    for line in sys.stdin:
        sent, wanted = 0, int(line)
        while sent < wanted and (more := delivery.deliver_due(clock.now(), limit=wanted - sent)):
            sent += more.get("sent", 0)
        print(sent, psutil.Process().memory_info().rss // 1024, flush=True)
