"""Roles, extensions and the city's database inside the private cluster; every statement may be run again."""

import base64
import hashlib
import hmac
import os
from pathlib import Path

from yakusho.launch.cluster import SUPERUSER, Cluster
from yakusho.launch.place import APP, DATABASE, OWNER, RENDER, Place
from yakusho.launch.process import run
from yakusho.launch.say import Stop
from yakusho.launch.secrets import read

EXTENSIONS = ("btree_gist", "pg_trgm", "pgcrypto", "unaccent", "postgis")
RIGHTS = {
    OWNER: "LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS",
    APP: "LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS NOINHERIT",
    RENDER: "LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS NOINHERIT",
}
# empty when the cluster has a locale that the trigram index cannot read: searches would find nothing, without an error
PROBE = "SELECT cardinality(show_trgm('住民税')) > 0 AND count(*) = 5 FROM pg_extension WHERE extname = ANY({names})"


def query(place: Place, cluster: Cluster, sql: str, *, user: str, database: str = DATABASE, check: bool = True) -> str:
    """What psql prints for these statements, bare; a failure stops, or gives an empty string without `check`."""
    quiet = {"PGCLIENTENCODING": "UTF8", "PGOPTIONS": "-c client_min_messages=warning"}
    login = ["-h", str(cluster.socket), "-U", user, "-d", database, "-w"]
    command = [cluster.programs / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", *login, "-f", "-"]
    done = run(command, env={**quiet, "PGPASSWORD": password(place, user)}, text=sql, cwd=Path("/"), check=check)
    return "" if done.returncode else done.stdout.strip()


def password(place: Place, user: str) -> str:
    return read(place.secrets, "db_superuser" if user == SUPERUSER else "db_" + user.removeprefix("yakusho_"))


def ready(place: Place, cluster: Cluster) -> bool:
    """Do the roles, the database and its extensions stand, and can it search Japanese text?"""
    probe = PROBE.format(names=_array(EXTENSIONS))
    answers = [query(place, cluster, probe, user=role, check=False) for role in RIGHTS]
    return answers == ["t"] * len(RIGHTS)


def make(place: Place, cluster: Cluster) -> None:
    """Roles, extensions (in the template too, so that test databases have them) and the database `city`."""
    _administer(place, cluster, _roles(place), "postgres")
    _administer(place, cluster, _extensions(), "template1")
    known = _administer(place, cluster, f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'", "postgres")
    if not known:
        _administer(place, cluster, f"CREATE DATABASE {DATABASE} OWNER {OWNER}", "postgres")
    _administer(place, cluster, _extensions() + _doors(), DATABASE)
    if not ready(place, cluster):
        raise Stop("データベースの準備ができません。 / The database cannot search Japanese text or lacks an extension.")


def _administer(place: Place, cluster: Cluster, sql: str, database: str) -> str:
    return query(place, cluster, sql, user=SUPERUSER, database=database)


def _roles(place: Place) -> str:
    parts = []
    for role, rights in RIGHTS.items():
        word = verifier(password(place, role))
        parts.append(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') "
            f"THEN CREATE ROLE {role}; END IF; END $$;\nALTER ROLE {role} {rights} PASSWORD '{word}';\n"
        )
    # the owner may step down into either role, never the other way round
    return "".join(parts) + f"GRANT {APP}, {RENDER} TO {OWNER};\n"


def _extensions() -> str:
    return "".join(f"CREATE EXTENSION IF NOT EXISTS {name};\n" for name in EXTENSIONS)


def _doors() -> str:
    return (
        f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC;\n"
        f"GRANT CONNECT ON DATABASE {DATABASE} TO {APP}, {RENDER};\n"
        f"ALTER DATABASE {DATABASE} OWNER TO {OWNER};\n"
    )


def _array(names: tuple[str, ...]) -> str:
    return "ARRAY[" + ",".join(f"'{name}'" for name in names) + "]"


def verifier(password: str, *, salt: bytes | None = None, rounds: int = 4096) -> str:
    """The SCRAM-SHA-256 form of a password (RFC 5803), so that the password itself never reaches a log."""
    salt = salt or os.urandom(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds)
    client = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    code = [base64.b64encode(part).decode() for part in (salt, client, server)]
    return f"SCRAM-SHA-256${rounds}:{code[0]}${code[1]}:{code[2]}"
