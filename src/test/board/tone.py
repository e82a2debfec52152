#!/usr/bin/env python3
"""Writes ten seconds of a tone of 1 kHz for a microphone whose level is -26 dBFS at 94 dB.

usage: tone.py DECIBEL BITS CHANNELS     raw little-endian samples at 48 kHz on standard output
"""
import math
import struct
import sys

decibel, bits, channels = map(int, sys.argv[1:])
peak = 2.0 ** (bits - 1) * 10 ** ((decibel - 94 - 26) / 20)
form = "<" + {16: "h", 32: "i"}[bits] * channels
period = b"".join(
    struct.pack(form, *[round(peak * math.sin(2 * math.pi * n / 48))] * channels) for n in range(48)
)
sys.stdout.buffer.write(period * 10_000)
