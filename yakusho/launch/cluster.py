"""A private PostgreSQL on a socket: made, started and stopped here; the distribution's own cluster is left alone."""

import hashlib
import os
import pwd
import shutil
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from yakusho.launch.place import Place
from yakusho.launch.process import OURSELVES, Account, run
from yakusho.launch.say import Stop, line
from yakusho.launch.secrets import read

SOCKET_LIMIT = 100  # a socket's address holds 107 bytes with the file name
SUPERUSER = "postgres"
ELSEWHERE = Path("/var/lib")  # /var/tmp is swept by some distributions: no place for a city's data
# a copy of each finished log segment into ../spool, where backups are kept at all; whole or not at all
ARCHIVE = "test ! -d ../spool || { cp %p ../spool/.%f && sync ../spool/.%f && mv ../spool/.%f ../spool/%f; }"
BESIDE = ("audit", "sample_cards")  # folders that tell of one database: its published record, its people's cards
START_SECONDS, RECOVERY_SECONDS = 30, 600


@dataclass(frozen=True)
class Cluster:
    """Folders of the cluster and the user it runs as."""

    root: Path
    socket: Path
    account: Account
    programs: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def log(self) -> Path:
        return self.root / "log"

    def made(self) -> bool:
        return self.data.exists()

    def answers(self) -> int:
        """0 ready, 1 still starting or stopping, 2 not there."""
        return run([self.programs / "pg_isready", "-q", "-h", self.socket], cwd=Path("/"), check=False).returncode


def programs(data: Path, *, folder: Path = Path("/usr/lib/postgresql")) -> Path:
    """Of the version that made the data; for new data the newest that is installed, from 15 on."""
    found = {int(path.parents[1].name): path.parent for path in folder.glob("[1-9][0-9]/bin/initdb")}
    version = _version(data) or max(found, default=0)
    if version < 15 or version not in found:
        raise Stop(f"PostgreSQL {max(version, 15)} がありません。 / PostgreSQL {max(version, 15)} is not installed.", 2)
    return found[version]


def _version(data: Path) -> int:
    try:
        return int((data / "PG_VERSION").read_text("ascii"))
    except OSError:
        return 0


def locate(place: Place, *, elsewhere: Path = ELSEWHERE, euid: int | None = None) -> Cluster:
    """Inside the state folder where that works; as root, where the database's user cannot enter, outside of it."""
    account = _account(os.geteuid() if euid is None else euid)
    root = place.state / "pg"
    if account.uid is not None and not open_to_all(root):
        root = elsewhere / f"yakusho-{_mark(place)}"
    return Cluster(root=root, socket=socket_folder(root, account), account=account, programs=programs(root / "data"))


def open_to_all(path: Path) -> bool:
    """Can a user without rights of its own walk down to the folder that holds this path?"""
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in path.parents if parent.exists())


def socket_folder(root: Path, account: Account) -> Path:
    """Beside the data; where that name is too long for a socket, in a short one of the same user."""
    folder = root / "run"
    if len(os.fsencode(folder)) <= SOCKET_LIMIT:
        return folder
    return Path("/tmp") / f"yakusho-{account.number}-{_hash(root)}"


def _account(euid: int) -> Account:
    if euid != 0:
        return OURSELVES
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        raise Stop("postgres ユーザーがありません。 / The user postgres of the package is missing.", 2) from None
    return Account(entry.pw_uid, entry.pw_gid)


def _mark(place: Place) -> str:
    """A name for this checkout that a later checkout at the same path does not inherit: kept in its state."""
    path = place.state / "cluster-name"
    if not path.exists():
        path.write_text(f"{new_mark(place.state)}\n", "ascii")
    return path.read_text("ascii").strip()


def new_mark(state: Path) -> str:
    """A new name for the cluster of this state folder."""
    return f"{_hash(state)}-{os.urandom(3).hex()}"


def _hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def leftovers(place: Place, *, elsewhere: Path = ELSEWHERE) -> list[Path]:
    """Databases outside the checkout that an earlier checkout at this path left; theirs to delete, not ours."""
    name = place.state / "cluster-name"
    kept = name.read_text("ascii").strip() if name.exists() else ""
    return sorted(path for path in elsewhere.glob(f"yakusho-{_hash(place.state)}-*") if path.name != f"yakusho-{kept}")


def make(place: Place, cluster: Cluster) -> None:
    """initdb into a draft folder, renamed when whole: an interruption leaves nothing half made."""
    own_folder(cluster.root, cluster.account)
    if cluster.made():
        return
    (cluster.root / "belongs-to").write_text(f"{place.state}\n", "utf-8")
    draft = cluster.root / "data.draft"
    shutil.rmtree(draft, ignore_errors=True)
    words = cluster.root / "words"
    words.unlink(missing_ok=True)
    handle = os.open(words, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(read(place.secrets, "db_superuser"))
    os.chown(words, cluster.account.number, -1)
    locale = ["--locale=C.UTF-8", "--encoding=UTF8"]  # with plain C, pg_trgm is silently blind to Japanese
    entry = ["--auth=scram-sha-256", f"--username={SUPERUSER}", f"--pwfile={words}"]
    try:
        command = [cluster.programs / "initdb", "-D", draft, *locale, *entry, "--data-checksums"]
        run(command, cwd=Path("/"), account=cluster.account)
    finally:
        words.unlink(missing_ok=True)
    set_aside(place)
    draft.rename(cluster.data)


def set_aside(place: Place) -> None:
    """What tells of an earlier database is kept under another name: its record would contradict the new one."""
    for folder in (place.state / name for name in BESIDE):
        if folder.is_dir() and any(folder.iterdir()):
            kept = next(path for number in count(1) if not (path := Path(f"{folder}.before-{number}")).exists())
            folder.rename(kept)
            line(f"  前のデータベースの記録を残しました。 / Kept from the database before: {kept}")


def own_folder(path: Path, account: Account) -> None:
    """A folder of the database's user that others may walk through; somebody else's folder is refused."""
    path.mkdir(parents=True, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), account.number}:
        raise Stop(f"{path} は別の利用者のものです。 / {path} belongs to another user; start as that user.", 2)
    if account.uid is not None:
        os.chown(path, account.uid, account.gid or -1)
    path.chmod(0o711)


def start(cluster: Cluster, *, say: Callable[[str], None] = lambda _: None) -> bool:
    """Start it unless it answers; True when this call started it. A crash's lock file is PostgreSQL's to judge."""
    if cluster.answers() == 0:
        return False
    own_folder(cluster.socket, cluster.account)
    configure(cluster)
    end = time.monotonic() + START_SECONDS
    command = [cluster.programs / "pg_ctl", "start", "-w", "-t", "20", "-D", cluster.data, "-l", cluster.log]
    while cluster.answers() == 2:
        if run(command, cwd=Path("/"), account=cluster.account, check=False).returncode == 0:
            break
        if time.monotonic() > end:
            raise Stop(f"データベースが起動しません。 / The database does not start.\n{_last(cluster.log)}")
        time.sleep(1)
    _await_recovery(cluster, say)
    return True


def _await_recovery(cluster: Cluster, say: Callable[[str], None]) -> None:
    end = time.monotonic() + RECOVERY_SECONDS
    while cluster.answers():
        if time.monotonic() > end:
            raise Stop(f"データベースが応答しません。 / The database does not answer.\n{_last(cluster.log)}")
        say("  データベースを復旧中 / the database is recovering …")
        time.sleep(1)


def stop(cluster: Cluster) -> bool:
    """Stop it, ending open sessions; True when it ran."""
    if not cluster.made() or cluster.answers() == 2:
        return False
    command = [cluster.programs / "pg_ctl", "stop", "-m", "fast", "-w", "-t", "60", "-D", cluster.data]
    done = run(command, cwd=Path("/"), account=cluster.account, check=False)
    if cluster.answers() != 2:  # another launcher may have stopped it at the same moment
        raise Stop(f"データベースが止まりません。 / The database does not stop.\n{done.stdout}{done.stderr}")
    return True


def configure(cluster: Cluster) -> None:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    values = {
        "listen_addresses": "''",
        "unix_socket_directories": f"'{cluster.socket}'",
        "password_encryption": "'scram-sha-256'",
        "shared_buffers": f"'{max(64, min(512, memory // 4))}MB'",
        "effective_cache_size": f"'{max(128, memory // 2)}MB'",
        "work_mem": "'16MB'",
        "maintenance_work_mem": "'128MB'",
        "random_page_cost": "1.1",
        "max_wal_size": "'2GB'",
        "max_connections": "100",
        "idle_in_transaction_session_timeout": "'10min'",
        "archive_mode": "on",
        "archive_command": f"'{ARCHIVE}'",
        "archive_timeout": "'1h'",  # while the house is open, the launcher ends a segment each minute
        "jit": "off",  # compiling costs more than it saves on short statements
        "timezone": "'Asia/Tokyo'",
        "log_timezone": "'Asia/Tokyo'",
        "log_line_prefix": "'%m [%p] %u '",
        # a row that is refused and the statement that brought it hold names and addresses: neither is logged
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
    }
    text = "".join(f"{name} = {value}\n" for name, value in values.items())
    _put(cluster, "postgresql.conf", "# written at each start; put settings of your own into local.conf\n" + text)
    doors = f"local all all scram-sha-256\nlocal replication {SUPERUSER} scram-sha-256\n"
    _put(cluster, "pg_hba.conf", "# socket only, everybody with a password\n" + doors)


def _put(cluster: Cluster, name: str, text: str) -> None:
    path = cluster.data / name
    draft = cluster.data / f"{name}.draft"
    draft.write_text(text + ("include_if_exists 'local.conf'\n" if name == "postgresql.conf" else ""), "utf-8")
    draft.chmod(0o600)
    os.chown(draft, cluster.account.number, -1)
    draft.replace(path)


def _last(log: Path, lines: int = 12) -> str:
    return f"{log}:\n" + "\n".join(log.read_text("utf-8", "replace").splitlines()[-lines:]) if log.exists() else ""
