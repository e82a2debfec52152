#!/usr/bin/env python3
"""Keeps one sample a minute of the agent on a virtual board, and judges them.

usage: sample.py FILE head           prints the head of the table
       sample.py FILE add MISSING    reads lines "KEY VALUE" and then status.json from standard input, keeps them
                                     in FILE and prints a line; MISSING is the number of unexplained rows
       sample.py FILE judge          prints what grew; exit 1 if memory, threads or descriptors did

Growth is the mean of the last third of the samples less that of the middle third, because the JVM compiles
its code in the first one. Fewer than 15 samples are not judged.
"""
import json
import sys

COLUMNS = "minute rss_MB anon_MB group_MB g_anon_MB peak_MB threads fds cpu_s rows unsent missing faults active"
LIMITS = {"rss_MB": 2.0, "anon_MB": 2.0, "g_anon_MB": 2.0, "threads": 1.0, "fds": 1.0}
FEWEST = 15


def kept(path):
    try:
        return [json.loads(line) for line in open(path)]
    except FileNotFoundError:
        return []


def sample(text, before, missing):
    numbers, _, status = text.partition("{")
    raw = {words[0]: float(words[1]) for words in map(str.split, numbers.splitlines()) if len(words) > 1}
    status = json.loads("{" + status[: status.rindex("}") + 1])
    faults = status["faults"]
    first = before[0] if before else {"uptime": raw["uptime"]}
    last = before[-1] if before else {"cpu_usec": raw["cpu_usec"], "newest": status["store"]["newest"]}
    return {
        "minute": round((raw["uptime"] - first["uptime"]) / 60, 1),
        "rss_MB": round(raw["VmRSS:"] / 1024, 1),
        "anon_MB": round(raw["RssAnon:"] / 1024, 1),
        "group_MB": round(raw["group"] / 2**20, 1),
        "g_anon_MB": round(raw["anon"] / 2**20, 1),
        "peak_MB": round(raw["peak"] / 2**20, 1),
        "threads": int(raw["Threads:"]),
        "fds": int(raw["fds"]),
        "cpu_s": round((raw["cpu_usec"] - last["cpu_usec"]) / 1e6, 1),
        "rows": status["store"]["newest"] - last["newest"],
        "unsent": status["store"]["unacknowledged"],
        "missing": missing,
        "faults": sum(fault["count"] for fault in faults),
        "active": sum(fault["active"] for fault in faults),
        "uptime": raw["uptime"],
        "cpu_usec": raw["cpu_usec"],
        "newest": status["store"]["newest"],
        "restarts": int(raw["restarts"]),
        "texts": ["%d x %s: %s" % (f["count"], f["place"], f["text"]) for f in faults],
    }


def line(values):
    return " ".join("%9s" % value for value in values)


def mean(samples, key):
    return sum(each[key] for each in samples) / len(samples)


def judge(samples):
    if not samples:
        print("no sample")
        return False
    print(*samples[-1]["texts"], sep="\n")
    print("%d restarts" % samples[-1]["restarts"])
    if len(samples) < FEWEST:
        print("%d samples are too few to judge growth" % len(samples))
        return samples[-1]["restarts"] == 0
    third = len(samples) // 3
    good = samples[-1]["restarts"] == 0
    for key, most in LIMITS.items():
        middle, last = mean(samples[-2 * third : -third], key), mean(samples[-third:], key)
        print("%-10s %6.1f in the middle third, %6.1f in the last" % (key, middle, last))
        good = good and last - middle <= most
    return good


def main(path, what, *rest):
    samples = kept(path)
    if what == "head":
        print(line(COLUMNS.split()))
    elif what == "add":
        new = sample(sys.stdin.read(), samples, int(rest[0]))
        open(path, "a").write(json.dumps(new) + "\n")
        print(line(new[key] for key in COLUMNS.split()), flush=True)
    else:
        return 0 if judge(samples) else 1
    return 0


sys.exit(main(*sys.argv[1:]))
