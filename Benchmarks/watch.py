#!/usr/bin/env python3
"""Events a second that a watch keeps up with, and how long a change takes from the write to the printed line.

usage: watch.py ZKCLI HOST:PORT

zkcli watch -R -d beside kazoo, whose one-time watches are set again by the read that follows each event; so kazoo may
tell several changes as one, and the column of events says how many it told.
"""
import os
import resource
import statistics
import subprocess
import sys
import threading
import time

from kazoo.client import KazooClient

ZKCLI, SERVER = sys.argv[1], sys.argv[2]
BURST, SINGLE = 20_000, 500


def script(root):
    """Many writes at once, as a file for zkcli."""
    path = "/tmp/zkcli-bench-%d.zk" % os.getpid()
    with open(path, "w") as file:
        for i in range(BURST):
            file.write(f"set {root}/{i % 100} {i}\n")
    return path


def write_burst(root):
    path = script(root)
    subprocess.run([ZKCLI, "-s", SERVER, "-k", "-f", path], stdout=subprocess.DEVNULL, check=True)
    os.unlink(path)


class Counter:
    """Counts lines or events, and notes when the awaited one comes."""

    def __init__(self):
        self.count, self.latencies, self.sent, self.ended = 0, [], None, False
        self.arrived = threading.Condition()

    def add(self, ended):
        with self.arrived:
            self.count += 1
            self.ended = self.ended or ended
            if self.sent is not None:
                self.latencies.append(time.perf_counter() - self.sent)
                self.sent = None
            self.arrived.notify()

    def wait(self, condition):
        with self.arrived:
            self.arrived.wait_for(condition, timeout=120)


def measure(name, counter, root, client, cpu):
    begin, used = time.perf_counter(), cpu()
    write_burst(root)
    client.set(f"{root}/end", b"end")
    counter.wait(lambda: counter.ended)
    took, used, told = time.perf_counter() - begin, cpu() - used, counter.count - 1
    for i in range(SINGLE):
        before = counter.count
        counter.sent = time.perf_counter()
        client.set(f"{root}/0", b"x%d" % i)
        counter.wait(lambda: counter.count > before)
    latencies = sorted(counter.latencies)
    p99 = latencies[int(len(latencies) * 0.99)]
    print(
        f"{name:8} {BURST / took:9.0f} writes/s  {told:6} of {BURST} told  {used / told * 1e6:7.1f} us CPU each"
        f"  latency {statistics.median(latencies) * 1e3:6.2f} ms median {p99 * 1e3:6.2f} ms p99"
    )


def tree(client, root):
    client.ensure_path(root)
    for i in range(100):
        client.create(f"{root}/{i}", b"")
    client.create(f"{root}/end", b"")


def with_zkcli(client):
    root = "/bench-zkcli"
    tree(client, root)
    watch = subprocess.Popen(
        [ZKCLI, "-s", SERVER, "watch", "-R", "-d", root], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    watch.stderr.readline()
    counter = Counter()

    def read():
        for line in watch.stdout:
            counter.add(b"/end" in line)

    threading.Thread(target=read, daemon=True).start()

    def cpu():
        with open(f"/proc/{watch.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    measure("zkcli", counter, root, client, cpu)
    watch.terminate()
    watch.wait()


def with_kazoo(client):
    root = "/bench-kazoo"
    tree(client, root)
    reader = KazooClient(hosts=SERVER)
    reader.start()
    counter = Counter()

    def look(path):
        return reader.get_async(path, watch=on_event)

    def on_event(event):
        look(event.path).rawlink(lambda result: counter.add(event.path.endswith("/end")))

    for name in reader.get_children(root):
        look(f"{root}/{name}").get()

    def cpu():
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return usage.ru_utime + usage.ru_stime

    measure("kazoo", counter, root, client, cpu)
    reader.stop()


def main():
    client = KazooClient(hosts=SERVER)
    client.start()
    with_zkcli(client)
    with_kazoo(client)
    for root in ("/bench-zkcli", "/bench-kazoo"):
        client.delete(root, recursive=True)
    client.stop()


main()
