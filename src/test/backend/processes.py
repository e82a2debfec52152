"""Reads what processes have used."""
import os
import subprocess


def cpu_s(pid, with_children=False):
    """Returns the CPU seconds of a process, with those of its ended and its running children if wanted; 0 if it is gone."""
    try:
        own = _fields(pid)
    except OSError:
        return 0.0
    ticks = int(own[11]) + int(own[12])
    if with_children:
        ticks += int(own[13]) + int(own[14])
        for child in subprocess.run(['pgrep', '-P', str(pid)], stdout=subprocess.PIPE, text=True).stdout.split():
            try:
                ticks += sum(map(int, _fields(child)[11:13]))
            except OSError:
                continue  # it has ended; the next reading of its parent has it
    return ticks / os.sysconf('SC_CLK_TCK')


def rss_mb(pid):
    with open('/proc/%d/status' % pid) as file:
        return next(int(line.split()[1]) for line in file if line.startswith('VmRSS')) / 1000


def _fields(pid):
    with open('/proc/%s/stat' % pid) as file:
        return file.read().rsplit(')', 1)[1].split()
