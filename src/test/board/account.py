#!/usr/bin/env python3
"""Reads what the broker outside received from the board, one "TOPIC PAYLOAD" a line, the payload in hex.

usage: account.py FILE boot              prints the newest boot's number, 0 before the first row
       account.py FILE rows BOOT         prints how many of its rows came
       account.py FILE newest KEY...     prints the newest values of these row fields, or "none"
       account.py FILE events KIND      prints how many events of a kind came, each id once
       account.py FILE kept MISSING     of the newest boot the store, whose "outbox verify" is standard input,
                                        has all rows that came but the last ones, so many at most
       account.py FILE committed STATUS  the store, whose "outbox verify" is standard input, has all rows that
                                        the agent called committed in this status.json
       account.py FILE all               accounts for every row of every boot; exit 1 if one is unexplained

A row is explained if it came, or if a loss event names its number. No loss event names a boot that the
broker has never heard of, and no row comes with two contents.
"""
import gzip
import json
import sys
import time

FIRST_MS = 1_577_836_800_000  # 2020-01-01, the contract's least time
GZIP = b"\x1f\x8b"
VARYING = {"t", "tq", "q"}  # a better time may be known when a row is sent again


def messages(path):
    for line in open(path):
        topic, _, text = line.rstrip("\n").partition(" ")
        try:
            payload = bytes.fromhex(text)
            if payload[:2] == GZIP:
                payload = gzip.decompress(payload)
            yield topic.rsplit("/", 1)[-1], json.loads(payload)
        except (ValueError, EOFError):
            pass  # the last line is being written


def read(path):
    rows, losses, conflicts = {}, {}, []
    for kind, message in messages(path):
        for first, last, reason in message.get("drops", []):
            drop = {"first": first, "last": last, "reason": reason}
            losses.setdefault(message["boot"], []).append(drop)
        for row in message.get("rows", []):
            key = (message["boot"], row["seq"])
            fixed = {name: row[name] for name in row if name not in VARYING}
            if rows.setdefault(key, (fixed, row))[0] != fixed:
                conflicts.append(key)
        if kind == "event" and message.get("kind") == "loss":
            losses.setdefault(message["lost_boot"], []).append(message)
    return rows, losses, conflicts


def explained(boot, seq, losses):
    return any(
        loss["first"] <= seq <= loss.get("last", seq) for loss in losses.get(boot, [])
    )


def account(rows, losses, conflicts):
    missing = []
    boots = sorted({boot for boot, _ in rows} | set(losses))
    for boot in boots:
        numbers = {seq for b, seq in rows if b == boot}
        gaps = set(range(1, max(numbers, default=0) + 1)) - numbers
        missing += [(boot, seq) for seq in sorted(gaps) if not explained(boot, seq, losses)]
        reasons = sorted({loss["reason"] for loss in losses.get(boot, [])})
        print("boot %d: %d rows, %d lost, %s" % (boot, len(numbers), len(gaps), reasons))
    wild = [key for key in rows if not FIRST_MS <= rows[key][1]["t"] <= time.time() * 1000 + 60_000]
    silent = set(range(1, boots[-1] + 1)) - set(boots) if boots else set()
    print(
        "%d boots, %d rows, %d unexplained, %d with two contents, %d of an impossible time,"
        % (len(boots), len(rows), len(missing), len(conflicts), len(wild)),
        "boots without a word: %s" % sorted(silent),
    )
    return bool(rows) and not missing and not conflicts and not wild


def stored_rows(boot):
    """Returns the newest row of a boot by what "outbox verify" prints, 0 if it names none."""
    for line in sys.stdin:
        words = line.split()
        if words and words[0] == str(boot):
            return int(words[2])
    return 0


def committed(path):
    """Rows that the agent has called committed outlive a power cut, without exception."""
    status = json.load(open(path))
    store = status["store"]
    least = store["newest"] - store["uncommitted"]
    stored = stored_rows(status["boot"])
    print("of boot %d rows up to %d were committed, and %d are stored" % (status["boot"], least, stored))
    return stored >= least


def kept(rows, boot, missing):
    """Rows that came are also in the store, except those that the last commit did not have."""
    stored = stored_rows(boot)
    came = max((seq for b, seq in rows if b == boot), default=0)
    print("of boot %d came the rows up to %d, and %d are stored" % (boot, came, stored))
    return stored >= came - missing


def main(path, what, *rest):
    rows, losses, conflicts = read(path)
    newest = max(rows, default=(0, 0))
    if what == "boot":
        print(newest[0])
    elif what == "rows":
        print(sum(1 for boot, _ in rows if boot == int(rest[0])))
    elif what == "kept":
        return 0 if kept(rows, newest[0], int(rest[0])) else 1
    elif what == "committed":
        return 0 if committed(rest[0]) else 1
    elif what == "events":
        print(len({m["id"] for k, m in messages(path) if k == "event" and m["kind"] == rest[0]}))
    elif what == "newest":
        row = rows[newest][1] if rows else {}
        print(*(row.get(key, "none") for key in rest))
    else:
        return 0 if account(rows, losses, conflicts) else 1
    return 0


sys.exit(main(*sys.argv[1:]))
