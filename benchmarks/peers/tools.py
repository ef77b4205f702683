"""The tools: how each is installed, started, and where it leaves what."""

import json
import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
SELECT = {"users": "name, email, created, updated, skills", "gigs": "title, description, state, budget, created, updated, poster"}


class Tool:
    name = ""
    # Whether a second run reads all documents again; what does not, does not see changes.
    reads_again = True

    def __init__(self, work):
        self.work = work

    def venv(self, name):
        """A virtual environment with what requirements/NAME.txt lists; made once."""
        home = self.work / "venv" / name
        requirements = HERE / "requirements" / f"{name}.txt"
        mark = home / "requirements.txt"
        if not mark.exists() or mark.read_text() != requirements.read_text():
            subprocess.run(["python3", "-m", "venv", "--clear", home], check=True)
            subprocess.run([home / "bin/pip", "install", "-q", "-r", requirements], check=True)
            shutil.copy(requirements, mark)
        return home / "bin"

    def install(self):
        """Returns why it cannot take part, or None."""
        return None

    def commands(self, source, database, postgres, run):
        """The commands of one load, each with environment variables and a directory; run is a name of its own for a target."""
        raise NotImplementedError

    def rows(self, collection):
        return f"SELECT _id, {SELECT[collection]} FROM {collection}"

    def ids(self):
        return "SELECT _id FROM users"


class Docrows(Tool):
    name = "docrows"

    def install(self):
        self.etl = os.environ.get("ETL") or HERE.parent.parent / "etl"
        subprocess.run([self.etl, "--version"], check=True, stdout=subprocess.DEVNULL)
        return None

    def commands(self, source, database, postgres, run, *options):
        yield [self.etl, "run", "--source", f"{source}/{database}", "--target", postgres, "--no-progress", *options], {}, None

    def ids(self):
        return "SELECT mongo_id FROM users"


class Ingestr(Tool):
    def __init__(self, work, strategy):
        super().__init__(work)
        self.name = f"ingestr, {strategy}"
        self.strategy = strategy

    def install(self):
        self.program = self.venv("ingestr") / "ingestr"
        started = subprocess.run([self.program, "--version"], capture_output=True, text=True)
        if started.returncode:
            return (started.stderr.strip().splitlines() or ["it does not start"])[-1][:160]
        return None

    def commands(self, source, database, postgres, run):
        for collection in SELECT:
            command = [self.program, "ingest", "--yes", "--source-uri", source]
            command += ["--source-table", f"{database}.{collection}", "--dest-uri", f"{postgres}?sslmode=disable"]
            command += ["--dest-table", f"public.{collection}", "--incremental-strategy", self.strategy]
            if self.strategy == "merge":
                command += ["--primary-key", "_id"]
            yield command, {"INGESTR_DISABLE_TELEMETRY": "true", "DISABLE_TELEMETRY": "1"}, None


class Sling(Tool):
    def __init__(self, work, mode):
        super().__init__(work)
        self.name = f"sling, {mode}"
        self.mode = mode

    def install(self):
        self.program = os.environ.get("SLING_BINARY")
        if not self.program:
            found = list((self.venv("sling").parent).glob("lib/*/site-packages/sling_linux_amd64/bin/sling-linux-amd64"))
            if not found:
                return "its package holds no program for this machine"
            self.program = found[0]
        return None

    def commands(self, source, database, postgres, run):
        replication = self.work / f"sling-{run}.json"
        defaults = {"mode": self.mode, "object": "public.{stream_table}", "source_options": {"flatten": True}}
        if self.mode == "incremental":
            defaults["primary_key"] = ["_id"]
        streams = {f"{database}.{collection}": None for collection in SELECT}
        replication.write_text(
            json.dumps({"source": "MONGO", "target": "PG", "defaults": defaults, "streams": streams})
        )
        environment = {"MONGO": source, "PG": f"{postgres}?sslmode=disable", "SLING_THREADS": "2"}
        environment |= {"SLING_DISABLE_TELEMETRY": "true", "SLING_HOME_DIR": str(self.work / "sling-home")}
        yield [self.program, "run", "-r", replication], environment, None


class Dlt(Tool):
    def __init__(self, work, disposition):
        super().__init__(work)
        self.name = f"dlt, {disposition}"
        self.disposition = disposition

    def install(self):
        self.programs = self.venv("dlt")
        self.project = self.work / "dlt-project"
        if not (self.project / "mongodb").exists():
            self.project.mkdir(exist_ok=True)
            # From dlt's own repository of verified sources, unless a copy of it is at hand.
            place = ["--location", os.environ["DLT_SOURCES"]] if os.environ.get("DLT_SOURCES") else []
            made = subprocess.run(
                [self.programs / "dlt", "--non-interactive", "init", "mongodb", "postgres", *place],
                cwd=self.project,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
            )
            if made.returncode:
                return "dlt init failed: " + (made.stdout + made.stderr).strip().splitlines()[-1][:120]
        return None

    def commands(self, source, database, postgres, run):
        state = self.work / "dlt-pipelines" / run
        environment = {"RUNTIME__DLTHUB_TELEMETRY": "false", "NORMALIZE__WORKERS": "2", "PYTHONPATH": str(self.project)}
        command = [self.programs / "python", HERE / "dlt_load.py", source, database, postgres, self.disposition, state]
        yield [*command, *SELECT], environment, self.project

    def rows(self, collection):
        if collection == "gigs":
            return super().rows(collection)
        return (
            # Once for all users: there is no index by which those of one would be found.
            "SELECT _id, name, email, created, updated, skills FROM users u LEFT JOIN"
            " (SELECT _dlt_parent_id, jsonb_agg(value ORDER BY _dlt_list_idx) AS skills FROM users__skills GROUP BY 1) s"
            " ON s._dlt_parent_id = u._dlt_id"
        )


class Meltano(Tool):
    """Meltano's tap and target, joined by a pipe, as `meltano run` joins them."""

    def __init__(self, work, state):
        super().__init__(work)
        self.name = "meltano, state" if state else "meltano"
        self.state = state
        self.reads_again = not state

    def install(self):
        self.tap = self.venv("tap") / "tap-mongodb"
        self.target = self.venv("target") / "target-postgres"
        return None

    def commands(self, source, database, postgres, run):
        home = self.work / "meltano" / run
        home.mkdir(parents=True, exist_ok=True)
        user, host = postgres.partition("://")[2].split("@")
        address, _, name = host.partition("/")
        tap = {"database": database, "mongodb_connection_string": source, "filter_collections": list(SELECT)}
        # Its flat layout, with a column for each field, ends at the first budget of another type than declared. Its faster
        # format (Arrow) asks for types in a way that the embedded server does not know: PEERS_TAP_ARROW=true for MongoDB.
        if os.environ.get("PEERS_TAP_ARROW"):
            tap |= {"batch_config": {"encoding": {"format": "arrow"}, "storage": {"root": home.as_uri()}}}
        target = {"host": address.partition(":")[0], "port": int(address.partition(":")[2]), "user": user.partition(":")[0]}
        target |= {"password": user.partition(":")[2], "database": name, "default_target_schema": "public"}
        target |= {"use_copy": True, "add_record_metadata": False, "activate_version": False}
        (home / "tap.json").write_text(json.dumps(tap))
        (home / "target.json").write_text(json.dumps(target))
        found = subprocess.run(
            [self.tap, "--config", home / "tap.json", "--discover"], check=True, capture_output=True, text=True
        )
        catalog = json.loads(found.stdout)
        for stream in catalog["streams"]:
            for entry in stream["metadata"]:
                if not entry["breadcrumb"]:
                    entry["metadata"]["selected"] = True
        (home / "catalog.json").write_text(json.dumps(catalog))
        start = "--state state.json" if self.state and (home / "state.json").exists() else ""
        script = (
            f"set -o pipefail; '{self.tap}' --config tap.json --catalog catalog.json {start} 2>>tap.log"
            f" | '{self.target}' --config target.json 2>>target.log >states || {{ tail -n 3 tap.log target.log; exit 1; }}"
            "; tail -n 1 states >last; [ ! -s last ] || mv last state.json"
        )
        yield ["bash", "-c", script], {}, home

    def rows(self, collection):
        names = SELECT[collection].split(", ")
        fields = ", ".join(f"document->>'{name}' AS {name}" for name in names)
        return f"SELECT object_id AS _id, {fields} FROM {collection}"

    def ids(self):
        return "SELECT object_id FROM users"


def all_tools(work):
    return [
        Docrows(work),
        Ingestr(work, "replace"),
        Ingestr(work, "merge"),
        Sling(work, "full-refresh"),
        Sling(work, "incremental"),
        Dlt(work, "replace"),
        Dlt(work, "merge"),
        Meltano(work, False),
        Meltano(work, True),
    ]
