#!/usr/bin/env python3
"""Prints the JSON of compact batches. Usage: decode.py FILE..., with fields.json in the folder above."""
import json, pathlib, sys, zlib
from decimal import Decimal
from itertools import accumulate

FIELDS = json.loads((pathlib.Path(__file__).parent.parent / "fields.json").read_text())["fields"]
HEAD = "v box boot sim first last cal t0 t0_min t0_max".split()
def item(data, at):  # the CBOR item at a place, and the place behind it
    major, n, at = data[at] >> 5, data[at] & 31, at + 1
    if n > 23:
        size = 1 << n - 24
        n, at = int.from_bytes(data[at:at + size], "big"), at + size
    if major == 4:
        items = []
        while len(items) < n:
            value, at = item(data, at)
            items.append(value)
        return items, at
    if major in (2, 3):
        return (data[at:at + n] if major == 2 else data[at:at + n].decode()), at + n
    return {0: n, 1: -1 - n, 7: {20: False, 21: True}.get(n)}[major], at
def number(units, decimals):
    text = f"{Decimal(units).scaleb(-decimals):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
def decode(body):
    *head, seq, t, runs, q, columns, drops = item(zlib.decompress(body), 0)[0]
    sources = [("gnss", "ntp", "est")[source] for source, n in zip(runs[::2], runs[1::2]) for _ in range(n)]
    read, rest, rows = {}, iter(columns), []
    for field in rest:
        bits = int.from_bytes(values, "little") if isinstance(values := next(rest), bytes) else -1
        units = accumulate(next(rest) if bits >= 0 else values)
        read[field] = {row: next(units) for row in range(len(seq)) if bits >> row & 1}
    for row, its in enumerate(zip(accumulate(accumulate(seq)), accumulate(accumulate(t)), sources, accumulate(q))):
        texts = [f'"{f["key"]}":{number(read[f["number"]][row], f["decimals"])},' for f in FIELDS if row in read.get(f["number"], ())]
        rows.append(f'{{"seq":{its[0]},"t":{its[1] + (head[7] or 0)},"tq":"{its[2]}",{"".join(texts)}"q":{its[3]}}}')
    text = "".join(f'"{key}":{json.dumps(value)},' for key, value in zip(HEAD, head) if value is not None and value is not False)
    return "{" + text + f'"rows":[{",".join(rows)}]' + (',"drops":' + json.dumps(drops, separators=(",", ":")) if drops else "") + "}"
for file in sys.argv[1:]:
    print(decode(pathlib.Path(file).read_bytes()))
