#!/usr/bin/env python3
"""Writes a dump of a marketplace for benchmarks/spark/compare: a third of the documents are users, the rest gigs.

    benchmarks/spark/dump.py DIRECTORY DOCUMENTS
"""
import os
import struct
import sys

STATES = ["unstarted", "in_progress", "done", "cancelled"]
WORDS = "design the page so that it loads fast and reads well on a small screen for people who came late".split()


def cstring(text):
    return text.encode() + b"\0"


def text(name, value):
    data = value.encode()
    return b"\x02" + cstring(name) + struct.pack("<i", len(data) + 1) + data + b"\0"


def number(name, value):
    return b"\x10" + cstring(name) + struct.pack("<i", value)


def moment(name, value):
    return b"\x09" + cstring(name) + struct.pack("<q", value)


def identity(name, kind, value):
    return b"\x07" + cstring(name) + struct.pack(">III", 0x5F000000 + kind, 0, value)


def document(body):
    return struct.pack("<i", len(body) + 5) + body + b"\0"


def skills(i):
    items = b"".join(text(str(n), f"skill {(i * (n + 3)) % 97}") for n in range(i % 4))
    return b"\x04" + cstring("skills") + document(items)


def user(i):
    return document(
        identity("_id", 1, i) + moment("created", 1600000000000 + i) + moment("updated", 1700000000000 + i)
        + text("name", f"Person {i}") + text("email", f"person{i}@example.com") + skills(i))


def gig(i, users):
    description = " ".join(WORDS[(i + n) % len(WORDS)] for n in range(20))
    return document(
        identity("_id", 2, i) + moment("created", 1600000000000 + i) + moment("updated", 1700000000000 + i)
        + text("title", f"Gig {i}") + text("description", description) + text("state", STATES[i % 4])
        + identity("poster", 1, i * 7919 % users) + number("budget", i % 10000))


def main():
    directory, documents = sys.argv[1], int(sys.argv[2])
    users = documents // 3
    os.makedirs(directory, exist_ok=True)
    with open(os.path.join(directory, "users.bson"), "wb", 1 << 20) as file:
        for i in range(users):
            file.write(user(i))
    with open(os.path.join(directory, "gigs.bson"), "wb", 1 << 20) as file:
        for i in range(documents - users):
            file.write(gig(i, users))


main()
