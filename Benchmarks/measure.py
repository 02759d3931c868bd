#!/usr/bin/env python3
"""Runs zkcli beside its peers and beside C programs that do the same requests; prints medians, ratios and peak memory.

usage: measure.py ZKCLI HOST:PORT DIRECTORY-OF-C-PROGRAMS [ZK-SHELL]
"""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ZKCLI, SERVER, FLOORS = sys.argv[1:4]
ZK_SHELL = sys.argv[4] if len(sys.argv) > 4 else None
HOST, PORT = SERVER.rsplit(":", 1)
ZKCLI_SH = "/usr/share/zookeeper/bin/zkCli.sh"
CLI_MT = shutil.which("cli_mt", path=os.environ["PATH"] + ":/usr/lib/zookeeper/bin")
SCRATCH = tempfile.mkdtemp()


def run(command, stdin=None):
    """Seconds of a command that must succeed."""
    source = open(stdin) if stdin else subprocess.DEVNULL
    begin = time.perf_counter()
    status = subprocess.call(command, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    took = time.perf_counter() - begin
    if status != 0:
        sys.exit(f"{' '.join(command)} ended with status {status}")
    return took


def run_measured(command, stdin=None):
    """Seconds, and the peak memory in MB: seen by a small program in between, because a child of this one begins with
    the size that this one has."""
    report = f"{SCRATCH}/time"
    took = run(["/usr/bin/time", "-f", "%M", "-o", report, *command], stdin)
    with open(report) as file:
        return took, int(file.read().split()[-1]) / 1024


class Row:
    """One kind of work, done by several programs in turn."""

    def __init__(self, title):
        self.title, self.results = title, []

    def measure(self, name, command, times, before=None, stdin=None):
        seconds, memory = [], 0
        for _ in range(times):
            if before:
                before()
            took, peak = run_measured(command, stdin)
            seconds.append(took)
            memory = max(memory, peak)
        self.results.append((name, statistics.median(seconds), memory))

    def lines(self):
        base = dict((name, seconds) for name, seconds, _ in self.results)["zkcli"]
        yield f"{self.title}"
        for name, seconds, memory in self.results:
            shown = f"{seconds * 1000:10.1f} ms" if seconds < 1 else f"{seconds:10.2f} s "
            yield f"  {name:22} {shown}  {seconds / base:8.2f} x zkcli  {memory:7.1f} MB"


def zkcli(*arguments):
    return [ZKCLI, "-q", "-t", "60s", "-s", SERVER, *arguments]


def make_tree(path="/tree"):
    run(zkcli("import", "--no-acl", f"{SCRATCH}/tree.jsonl", path))


def write_inputs():
    lines = [f"create /tree {'x' * 100}"]
    for i in range(100):
        lines.append(f"create /tree/d{i:03} {'x' * 100}")
        lines += [f"create /tree/d{i:03}/n{j:04} {'x' * 100}" for j in range(1000)]
    with open(f"{SCRATCH}/tree.zk", "w") as file:
        file.write("\n".join(lines) + "\n")
    run(zkcli("-k", "-f", f"{SCRATCH}/tree.zk"))
    run(zkcli("export", "--no-acl", "/tree", f"{SCRATCH}/tree.jsonl"))
    with open(f"{SCRATCH}/create.zk", "w") as file:
        file.write("".join(f"create /many/n{i:05} data-{i}\n" for i in range(10_000)))


def one_shot():
    row = Row("one-shot get")
    run(zkcli("create", "/bench", '{"name": "shop", "workers": 8}'))
    get = [ZKCLI, "-s", SERVER, "get", "/bench"]
    floor = [f"{FLOORS}/get_floor", HOST, PORT, "/bench"]
    # In turn, and the median of all: a machine's speed drifts.
    samples = {"C program": [], "zkcli": [], "cli_mt": []}
    commands = {"C program": floor, "zkcli": get, "cli_mt": [CLI_MT, "-h", SERVER, "-c", "get /bench"]}
    for turn in range(400):
        for name, command in commands.items():
            if command[0] is None:
                continue
            took = run(command)
            if turn >= 100:
                samples[name].append(took)
    for name, seconds in samples.items():
        if seconds:
            row.results.append((name, statistics.median(seconds), run_measured(commands[name])[1]))
    row.measure("zkCli.sh", [ZKCLI_SH, "-server", SERVER, "get", "/bench"], 5)
    return row


def listing():
    row = Row("list 100,101 znodes")
    row.measure("C program, multiRead", [f"{FLOORS}/list_floor", HOST, PORT, "/tree"], 9)
    row.measure("zkcli", zkcli("ls", "-R", "/tree"), 9)
    if ZK_SHELL:
        row.measure("zk-shell find", [ZK_SHELL, "--run-once", "find /tree n", SERVER], 1)
    row.measure("zkCli.sh", [ZKCLI_SH, "-server", SERVER, "ls", "-R", "/tree"], 1)
    return row


def export():
    row = Row("export them with data")
    row.measure("C program, reads only", [f"{FLOORS}/list_floor", HOST, PORT, "/tree", "data"], 9)
    row.measure("zkcli", zkcli("export", "--no-acl", "/tree", f"{SCRATCH}/out.jsonl"), 9)
    row.measure("zkcli with ACLs", zkcli("export", "/tree", f"{SCRATCH}/out.jsonl"), 3)
    if ZK_SHELL:
        target = SCRATCH.replace("/", "!") + "!shell.json"
        row.measure(
            "zk-shell cp", [ZK_SHELL, "--run-once", f"cp /tree json://{target}/tree true true", SERVER], 1)
    return row


def deletion():
    row = Row("delete them")
    row.measure("zkcli", zkcli("deleteall", "-y", "/tree"), 3, before=make_tree)
    make_tree()
    row.measure("zkCli.sh", [ZKCLI_SH, "-server", SERVER, "deleteall", "/tree"], 1)
    return row


def script():
    row = Row("script of 10,000 creates")

    def fresh():
        subprocess.run(zkcli("deleteall", "-y", "/many"), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        run(zkcli("create", "/many"))

    row.measure("zkcli", zkcli("-k", "-f", f"{SCRATCH}/create.zk"), 5, before=fresh)
    row.measure("zkCli.sh", [ZKCLI_SH, "-server", SERVER], 1, before=fresh, stdin=f"{SCRATCH}/create.zk")
    return row


def million():
    row = Row("export a million znodes")
    with open(f"{SCRATCH}/million.zk", "w") as file:
        file.write("create /million\n")
        for i in range(1000):
            file.write(f"create /million/{i}\n")
            file.write("".join(f"create /million/{i}/{j} data\n" for j in range(999)))
    run(zkcli("-k", "-f", f"{SCRATCH}/million.zk"))
    row.measure("zkcli", zkcli("export", "--no-acl", "/million", f"{SCRATCH}/million.jsonl"), 1)
    return row


def plot(rows, path):
    """Bars on a logarithmic scale: how many times as long as zkcli a peer takes."""
    import math

    bars = []
    for row in rows:
        base = dict((name, seconds) for name, seconds, _ in row.results)["zkcli"]
        bars += [(f"{row.title}: {name}", seconds / base) for name, seconds, _ in row.results if "zkcli" not in name]
    height = 22 * len(bars) + 30
    top = max(math.log10(ratio) for _, ratio in bars)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="760" height="{height}" font-family="sans-serif" font-size="12">']
    parts.append('<rect width="100%" height="100%" fill="white"/>')
    parts.append('<text x="8" y="16">times as long as zkcli takes (logarithmic; below 1 is faster)</text>')
    for index, (name, ratio) in enumerate(bars):
        y = 28 + 22 * index
        length = 380 * max(0.0, math.log10(ratio)) / top + 2
        parts.append(f'<text x="8" y="{y + 13}">{name}</text>')
        parts.append(f'<rect x="290" y="{y}" width="{length:.0f}" height="16" fill="#4a7ab5"/>')
        parts.append(f'<text x="{296 + length:.0f}" y="{y + 13}">{ratio:.1f}</text>')
    parts.append("</svg>")
    with open(path, "w") as file:
        file.write("\n".join(parts) + "\n")


def main():
    write_inputs()
    rows = [one_shot(), listing(), export(), script(), deletion()]
    if os.environ.get("BENCH_MILLION"):
        rows.append(million())
    for row in rows:
        print("\n".join(row.lines()), flush=True)
    if len(sys.argv) > 5:
        plot(rows, sys.argv[5])
    shutil.rmtree(SCRATCH)


main()
