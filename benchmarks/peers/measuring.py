"""What processes take, from /proc: Linux only."""

import os
import subprocess
import threading
import time

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def _stat(pid):
    """Fields of /proc/PID/stat after the command's name, or None for a process that ended; see proc(5)."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def _family(root):
    """A process and everything below it."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit() and (stat := _stat(name)):
            parents.setdefault(int(stat[1]), []).append(int(name))
    found = [root]
    for pid in found:
        found.extend(parents.get(pid, []))
    return found


def server_cpu(pid):
    """Seconds of processor time of a server so far: its processes, and those of them that ended."""
    ticks = 0
    for member in _family(pid):
        if stat := _stat(member):
            ticks += sum(int(value) for value in (stat[11:15] if member == pid else stat[11:13]))
    return ticks / TICKS


class _Memory(threading.Thread):
    """Looks every 50 ms at how much memory a family of processes has resident, and keeps the largest sum."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid = pid
        self.peak = 0
        self.done = threading.Event()

    def run(self):
        while not self.done.is_set():
            pages = sum(int(stat[21]) for member in _family(self.pid) if (stat := _stat(member)))
            self.peak = max(self.peak, pages * PAGE)
            self.done.wait(0.05)


def run(command, log, environment=None, directory=None):
    """Runs a command to its end. Returns what it took, and its exit code; its output is appended to a file."""
    with open(log, "ab") as output:
        output.write(("$ " + " ".join(str(part) for part in command) + "\n").encode())
        output.flush()
        start = time.monotonic()
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={**os.environ, **(environment or {})},
            cwd=directory,
        )
        memory = _Memory(process.pid)
        memory.start()
        # The children that it waited for are in its own figures.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        memory.done.set()
        memory.join()
    return {
        "seconds": seconds,
        "cpu": usage.ru_utime + usage.ru_stime,
        # Not ru_maxrss: a child begins with what its parent had resident, and this one holds all documents.
        "memory": memory.peak,
        "exit": process.returncode,
    }
