#!/usr/bin/env python3
"""Judges the readings of the board's parts by the agent's status.json on standard input.

usage: parts.py values TRUTH RIGHT   every part gives what is true; TRUTH is what SimulatedWires answers, and
                                     RIGHT a file with the parts that did so in an earlier look
       parts.py fault NAME           prints the part's active faults
       parts.py level NAME           prints its laeq_db

Exit 1, with a line for each part that has not been as it should be.
"""
import json
import sys

PARTICLES = ["pm25_ugm3"]
AIR = ["temp_c", "rh_pct"]
GIVES = {  # what each part must give, besides the state "running"
    "sps30": PARTICLES + ["pm1_ugm3", "pm4_ugm3", "pm10_ugm3", "nc05_cm3", "psize_um"],
    "pms5003": PARTICLES + ["pm1_ugm3", "pm10_ugm3", "nc03_cm3"],
    "pmsa003i": PARTICLES + ["pm1_ugm3", "pm10_ugm3", "nc03_cm3"],
    "sds011": PARTICLES + ["pm10_ugm3"],
    "sen55": PARTICLES + AIR + ["voc_raw", "nox_raw"],
    "sen66": PARTICLES + AIR + ["voc_raw", "nox_raw", "co2_ppm"],
    "sht4x": AIR,
    "sht3x": AIR,
    "bme280": AIR + ["press_hpa"],
    "sgp40": ["voc_raw"],
    "sgp41": ["voc_raw", "nox_raw"],
    "h2s": ["h2s_ppm"],
    "nh3": ["nh3_ppm"],
    "mics6814": ["ox_ohm", "red_ohm", "nh3_ohm"],
    "sen0232": ["laeq_db"],
    "dnms": ["laeq_db"],
    "pcbartists": ["level_db"],
    "microphone": ["laeq_db", "lafmax_db", "lcpeak_db"],
    "mono": ["laeq_db", "lafmax_db", "lcpeak_db"],
    "gnss": [],
}
# What the true value may be missed by: a part and a row are older than the truth, and parts have noise.
TOLERANCE = {"pm25_ugm3": 6.0, "temp_c": 1.0, "rh_pct": 3.0, "laeq_db": 6.0}
BETWEEN = {"press_hpa": (980, 1040), "co2_ppm": (380, 2000), "level_db": (35, 120)}
TONES = ("microphone", "mono")  # hear a tone and not the ride


def limits(truth):
    bounds = dict(BETWEEN)
    for line in truth.splitlines():
        key, least, greatest = line.split()
        bounds[key] = (float(least) - TOLERANCE[key], float(greatest) + TOLERANCE[key])
    return bounds


def wrong(sensor, bounds):
    """Returns what is wrong with one part, or None."""
    name = sensor["name"]
    if sensor["state"] != "running":
        return "%s is %s: %s" % (name, sensor["state"], sensor.get("last_fault"))
    readings = sensor.get("readings", {})
    for key in GIVES[name]:
        if key not in readings:
            return "%s gives no %s (%s)" % (name, key, sensor.get("last_fault"))
        least, greatest = bounds.get(key, (0, float("inf")))
        if name not in TONES and not least <= readings[key] <= greatest:
            return "%s: %s is %s, not %.1f to %.1f" % (name, key, readings[key], least, greatest)
    return None


def right_parts(path):
    try:
        return set(open(path).read().split())
    except FileNotFoundError:
        return set()


def values(sensors, truth, path):
    bounds = limits(truth)
    bad = {name: name + " is not there" for name in GIVES if name not in sensors}
    bad.update((name, wrong(sensor, bounds)) for name, sensor in sensors.items())
    right = right_parts(path) | {name for name in bad if bad[name] is None}
    open(path, "w").write(" ".join(sorted(right)))
    lines = [text for name, text in bad.items() if name not in right]
    print(*lines, sep="\n")
    return 1 if lines else 0


def main(what, *rest):
    status = json.load(sys.stdin)
    sensors = {sensor["name"]: sensor for sensor in status["sensors"]}
    if what == "values":
        return values(sensors, *rest)
    if what == "fault":
        for fault in status["faults"]:
            if fault["active"] and fault["place"].endswith("/" + rest[0]):
                print(fault["text"])
        return 0
    if what == "level":
        print(sensors[rest[0]].get("readings", {}).get("laeq_db", "none"))
        return 0
    raise SystemExit(__doc__)


sys.exit(main(*sys.argv[1:]))
