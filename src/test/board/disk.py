#!/usr/bin/env python3
"""Applies to a disk what a power cut leaves of the writes of one boot.

usage: disk.py LOG IMAGE SEED

LOG is what QEMU's blklogwrites wrote: every write and flush in order, in the format of Linux's
dm-log-writes. Writes before the last flush are on the disk, and so are writes with FUA. Of those after it,
a disk with a volatile cache has an arbitrary part: by the seed all are dropped, a prefix is kept, each
sector of 4096 bytes is kept or dropped, or some of these are torn at a multiple of 512 bytes.
Prints one line with the counts.
"""
import random
import struct
import sys

FLUSH, FUA, DISCARD, MARK = 1, 2, 4, 8
MAGIC = 0x6A736677736872
PAGE = 4096


def entries(log):
    """Yields (flags, offset in bytes, data) up to the first entry that is not complete."""
    head = log.read(28)
    if not head:
        return  # a disk that was only read
    magic, _, _, sector = struct.unpack("<QQQI", head)
    assert magic == MAGIC, "no log of writes"
    at = sector
    while True:
        log.seek(at)
        head = log.read(32)
        if len(head) < 32:
            return
        start, count, flags, length = struct.unpack("<QQQQ", head)
        if start == count == flags == length == 0:
            return
        data = b""
        if not flags & DISCARD:
            log.seek(at + sector)
            data = log.read(count * sector)
            if len(data) < count * sector:
                return
            at += count * sector
        else:
            data = bytes(count * sector)
        at += sector
        yield flags, start * sector, data


def pages(offset, data):
    """Cuts a write into pages of the disk."""
    while data:
        size = min(len(data), PAGE - offset % PAGE)
        yield offset, data[:size]
        offset, data = offset + size, data[size:]


def survivors(pending, rnd, mode, counts):
    """Returns the writes of the volatile cache that a cut leaves."""
    cut = rnd.randint(0, len(pending))
    for number, (offset, data) in enumerate(pending):
        keep = {"drop": False, "prefix": number < cut}.get(mode, rnd.random() < 0.5)
        if keep and mode == "tear" and rnd.random() < 0.3 and len(data) > 512:
            data = data[: 512 * rnd.randint(1, len(data) // 512)]
            counts["torn"] += 1
        counts["kept" if keep else "dropped"] += 1
        if keep:
            yield offset, data


def main(log, image, seed):
    rnd = random.Random(int(seed))
    mode = rnd.choice(["drop", "prefix", "keep or drop", "tear"])
    counts = dict.fromkeys(["flushed", "kept", "dropped", "torn"], 0)
    pending = []
    with open(log, "rb") as source, open(image, "r+b") as disk:

        def write(offset, data):
            disk.seek(offset)
            disk.write(data)

        for flags, offset, data in entries(source):
            if flags & FLUSH:
                for page in pending:
                    write(*page)
                counts["flushed"] += len(pending)
                pending = []
            pending += pages(offset, data)
            if flags & FUA:
                touched = {at // PAGE for at, _ in pages(offset, data)}
                for page in [each for each in pending if each[0] // PAGE in touched]:
                    write(*page)
                    pending.remove(page)
        for page in survivors(pending, rnd, mode, counts):
            write(*page)
    print("cache: %s;" % mode, ", ".join("%d pages %s" % (counts[k], k) for k in counts))


main(*sys.argv[1:])
