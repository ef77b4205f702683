"""Lets each tool load the same documents, load them again, and load them after some have changed; prints what it took."""

import argparse
import datetime
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import psycopg

import checking
import documents
import measuring
import tools

BENCH = Path(__file__).resolve().parent.parent.parent / "bench"


def options():
    parser = argparse.ArgumentParser(prog="benchmarks/peers/compare", description=__doc__)
    parser.add_argument("--documents", type=int, default=30_000, help="a third are users, the others gigs (default: 30000)")
    parser.add_argument("--rounds", type=int, default=1, help="how often each loads; medians count (default: 1)")
    parser.add_argument("--tools", default="", help="only these, by the beginning of their names, separated by commas")
    parser.add_argument("--source", help="URI of another MongoDB-compatible server instead of the embedded one;"
                        " its databases market and mixed are replaced")
    parser.add_argument("--source-pid", type=int, help="its process, to count its processor time")
    parser.add_argument("--work", type=Path, required=True, help="where tools are installed and logs are kept")
    parser.add_argument("--json", type=Path, help="also write all figures to this file")
    return parser.parse_args()


class Servers:
    """The embedded servers and the dumps, for as long as this lives."""

    def __init__(self, number, place):
        shutil.rmtree(place, ignore_errors=True)
        command = [*os.environ.get("BENCH", str(BENCH)).split(), "serve", "--documents", str(number), "--directory", str(place)]
        # The source complains at length about every command that it does not know.
        with open(place.with_suffix(".log"), "w") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
            )
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"the servers did not start; {place.with_suffix('.log')} says why")
        self.description = json.loads(line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


class Comparison:
    def __init__(self, arguments, description):
        self.work = arguments.work
        self.description = description
        self.source = (arguments.source or description["mongodb"]).rstrip("/")
        self.source_pid = arguments.source_pid if arguments.source else description["mongodbPid"]
        self.admin = description["postgresql"]
        self.client = documents.connect(self.source)
        self.logs = self.work / "logs"
        shutil.rmtree(self.logs, ignore_errors=True)
        self.logs.mkdir(parents=True)

    def database(self, name):
        """An empty database of the target."""
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name}")
        return self.admin.rpartition("/")[0] + "/" + name

    def _wal(self, checkpoint=False):
        with psycopg.connect(self.admin, autocommit=True) as connection:
            if checkpoint:
                # The first change of a page after it is written whole: all begin alike.
                connection.execute("CHECKPOINT")
            return int(connection.execute("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')").fetchone()[0])

    def load(self, tool, database, uri, run, *extra):
        """One load by a tool, measured."""
        took = {"seconds": 0, "cpu": 0, "memory": 0, "exit": 0}
        commands = list(tool.commands(self.source, database, uri, run, *extra))
        wal = self._wal(checkpoint=True)
        before = measuring.server_cpu(self.description["postgresqlPid"])
        source = measuring.server_cpu(self.source_pid) if self.source_pid else 0
        for command, environment, directory in commands:
            one = measuring.run(command, self.logs / f"{run}.log", environment, directory)
            took["seconds"] += one["seconds"]
            took["cpu"] += one["cpu"]
            took["memory"] = max(took["memory"], one["memory"])
            took["exit"] = took["exit"] or one["exit"]
        took["server"] = measuring.server_cpu(self.description["postgresqlPid"]) - before
        took["source"] = measuring.server_cpu(self.source_pid) - source if self.source_pid else 0
        took["wal"] = self._wal() - wal
        return took

    def check(self, tool, uri, dump, content, deleted=False):
        if isinstance(tool, tools.Docrows):
            wrong = checking.docrows(uri, self.description, content) if not deleted else []
            return {"wrongTables": wrong} if wrong else {}
        return checking.peer(uri, tool, documents.expected(dump, deleted))

    def round(self, tool, number):
        run = "".join(c if c.isalnum() else "_" for c in tool.name) + f"_{number}"
        uri = self.database(run)
        documents.fill(self.client, self.description["dump"])
        documents.warm(self.client)
        result = {"first": self.load(tool, documents.DATABASE, uri, run)}
        result["first"]["check"] = self.check(tool, uri, self.description["dump"], "original")
        result["again"] = self.load(tool, documents.DATABASE, uri, run)
        result["again"]["check"] = self.check(tool, uri, self.description["dump"], "original")
        result["keys"] = checking.constraints(uri)
        result["types"] = checking.types(uri)
        documents.fill(self.client, self.description["changed"])
        result["changed"] = self.load(tool, documents.DATABASE, uri, run)
        result["changed"]["check"] = self.check(tool, uri, self.description["changed"], "changed")
        return result

    def mixed(self, tool):
        """How many of the users with four types of _id arrive."""
        run = "".join(c if c.isalnum() else "_" for c in tool.name) + "_mixed"
        uri = self.database(run)
        wanted = documents.fill_mixed(self.client)
        took = self.load(tool, documents.MIXED, uri, run)
        found, rows = checking.ids(uri, tool.ids())
        return {"documents": wanted, "ids": found, "rows": rows, "exit": took["exit"]}


def machine(description):
    model = next(
        (line.partition(":")[2].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown"
    )
    memory = next(int(line.split()[1]) for line in open("/proc/meminfo") if line.startswith("MemTotal"))
    return (
        f"{datetime.date.today()}, {os.cpu_count()} processors ({model}), {memory / 1e6:.0f} GB,"
        f" Linux {platform.release()}, PostgreSQL {description['postgresqlVersion']}, load {os.getloadavg()[0]:.1f}"
    )


def median(results, phase, name):
    return statistics.median(result[phase][name] for result in results)


def incomplete(load):
    return load["exit"] or load["check"].get("missing")


def why(results, phase):
    load = next(result[phase] for result in results if incomplete(result[phase]))
    missing = load["check"].get("missing")
    return f"exit {load['exit']}" + (f", missing {json.dumps(missing)}" if missing else "")


def rates(number, measured):
    lines = [
        f"{'':24}{'':14}{'documents/s':>12}{'seconds':>9}{'tool CPU s':>12}{'target CPU s':>14}{'source CPU s':>14}"
        f"{'RSS MB':>8}{'WAL MB':>8}  exit"
    ]
    for name, results in measured.items():
        for phase, title in (("first", "first load"), ("again", "unchanged"), ("changed", "1 % changed")):
            seconds = median(results, phase, "seconds")
            if any(incomplete(result[phase]) for result in results):
                # What it did not do has no rate.
                lines.append(f"{name:24}{title:14}{'incomplete':>12}{seconds:9.2f}  {why(results, phase)}")
                continue
            lines.append(
                f"{name:24}{title:14}{number / seconds:12,.0f}{seconds:9.2f}{median(results, phase, 'cpu'):12.2f}"
                f"{median(results, phase, 'server'):14.2f}{median(results, phase, 'source'):14.2f}"
                f"{median(results, phase, 'memory') / 1e6:8.0f}{median(results, phase, 'wal') / 1e6:8.1f}"
                f"  {results[0][phase]['exit']}"
            )
    return lines


def contents(measured, mixed):
    lines = []
    for name, results in measured.items():
        last = results[-1]
        keys = ", ".join(f"{number} {kind}" for kind, number in last["keys"].items())
        lines.append(f"{name}: keys {keys}")
        for phase, title in (("first", "first load"), ("again", "unchanged"), ("changed", "1 % changed")):
            check = {key: value for key, value in last[phase]["check"].items() if value}
            lines.append(f"    {title}: {json.dumps(check) if check else 'equal'}")
        lines.append(f"    types: {json.dumps(last['types'])}")
        if name in mixed:
            lines.append(f"    mixed _ids: {json.dumps(mixed[name])}")
    return lines


def ratios(measured):
    """How many times as fast docrows was as the fastest of the others that read all documents."""
    lines = []
    ours = measured.get("docrows")
    for phase, title in (("first", "first load"), ("again", "unchanged")):
        others = {
            name: median(results, phase, "seconds")
            for name, results in measured.items()
            if name != "docrows"
            and "state" not in name
            and not any(incomplete(result[phase]) for result in results)
        }
        if ours and others:
            fastest = min(others, key=others.get)
            lines.append(
                f"{title}: docrows is {others[fastest] / median(ours, phase, 'seconds'):.2f} times as fast as {fastest}"
            )
    return lines


def main():
    arguments = options()
    arguments.work.mkdir(parents=True, exist_ok=True)
    wanted = [name.strip() for name in arguments.tools.split(",") if name.strip()]
    taking_part, left_out = [], {}
    for tool in tools.all_tools(arguments.work):
        if wanted and not any(tool.name.startswith(name) for name in wanted):
            continue
        print(f"installing {tool.name}", file=sys.stderr)
        if reason := tool.install():
            left_out[tool.name] = reason
        else:
            taking_part.append(tool)
    measured, mixed = {}, {}
    with Servers(arguments.documents, arguments.work / "dumps") as servers:
        comparison = Comparison(arguments, servers.description)
        shutil.rmtree(arguments.work / "dlt-pipelines", ignore_errors=True)
        shutil.rmtree(arguments.work / "meltano", ignore_errors=True)
        for number in range(1, arguments.rounds + 1):
            for tool in taking_part:
                print(f"round {number}  {tool.name}", file=sys.stderr)
                result = comparison.round(tool, number)
                measured.setdefault(tool.name, []).append(result)
                print("\n".join(rates(arguments.documents, {tool.name: [result]})[1:]), file=sys.stderr)
        for tool in taking_part:
            mixed[tool.name] = comparison.mixed(tool)
        where = machine(servers.description)
    print(f"{arguments.documents:,} documents, {arguments.rounds} rounds; {where}")
    print("\n".join(["", *rates(arguments.documents, measured), "", *ratios(measured), "", *contents(measured, mixed)]))
    for name, reason in left_out.items():
        print(f"left out: {name}: {reason}")
    if arguments.json:
        arguments.json.write_text(
            json.dumps({"machine": where, "measured": measured, "mixed": mixed, "leftOut": left_out}, indent=1, default=str)
        )


if __name__ == "__main__":
    main()
