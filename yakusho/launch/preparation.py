"""What Django needs before it can serve: translations, tables, the city, static files; each only when needed."""

import os
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yakusho.launch import database, stamps
from yakusho.launch.cluster import Cluster
from yakusho.launch.place import APP, DATABASE, OWNER, PACKAGE, Place, environment
from yakusho.launch.process import run, show
from yakusho.launch.say import Stop, line, step

SAMPLE_MARK = "sample"
CODE = {".py", ".html", ".typ", ".yaml", ".toml", ".po"}
POPULATION = 10_000
NUMBER = f"SELECT system_identifier || '-' || oid FROM pg_control_system(), pg_database WHERE datname = '{DATABASE}'"
COMPILE = """
import os, sys
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
for name in sys.argv[1:]:
    with open(name, "rb") as source:
        catalog = read_po(source)
    with open(name[:-3] + ".draft", "wb") as target:
        write_mo(target, catalog)
    os.replace(name[:-3] + ".draft", name[:-3] + ".mo")
"""


@dataclass(frozen=True)
class Wish:
    """The city that is asked for; nothing asked means the default, or whatever is there."""

    population: int | None = None
    seed: int | None = None


def manage(place: Place, cluster: Cluster, words: Sequence[str], *, user: str = APP, live: bool = False) -> str:
    """Run a Django command; `live` lets its progress be seen."""
    env = environment(place, socket=cluster.socket, user=user)
    command = [place.python, "-m", "django", *words]
    if live:
        show(command, env=env, cwd=place.home)
        return ""
    return run(command, env=env, cwd=place.home).stdout


def command_file(name: str) -> Path | None:
    """The file of a Django command of this house."""
    return next(iter(sorted(PACKAGE.glob(f"**/management/commands/{name}.py"))), None)


def translations(place: Place) -> None:
    """Compile the catalogues that are newer than their compiled form."""
    sources = PACKAGE.glob("**/locale/*/LC_MESSAGES/*.po")
    stale = [path for path in sources if _time(path.with_suffix(".mo")) < _time(path)]
    if not stale:
        return
    with step(f"翻訳 translations ({len(stale)})"):
        run([place.python, "-c", COMPILE, *stale])


def _time(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else -1


def tables(place: Place, cluster: Cluster) -> None:
    """Migrate as the owner, unless neither the migrations nor the database changed since."""
    files = [*PACKAGE.glob("**/migrations/*.py"), PACKAGE / "web" / "settings.py"]
    sources = stamps.digest(files, root=PACKAGE)
    stamp = place.stamps / "tables"
    if stamps.read(stamp) == f"{sources} {_schema(place, cluster)}":
        return
    with step("表 tables"):
        manage(place, cluster, ["prepare", "--verbosity", "0"], user=OWNER)
        stamps.put(stamp, f"{sources} {_schema(place, cluster)}")


def program(place: Place, cluster: Cluster) -> bool:
    """Declare, as the owner, which program papers come from; nodes that still run another one stop making them. Whether it is
    another one than before.
    """
    code = (path for path in PACKAGE.rglob("*") if path.suffix in CODE and "tests" not in path.parts)
    known = os.environ.get("YAKUSHO_BUILD") or stamps.listing(code, root=PACKAGE)
    stamp, mark = place.stamps / "program", f"{known} {database_number(place, cluster)}"
    if stamps.read(stamp) == mark:
        return False
    with step("版 the program that papers come from"):
        manage(place, cluster, ["declare_build", "--verbosity", "0"], user=OWNER)
        stamps.put(stamp, mark)
    return True


def _schema(place: Place, cluster: Cluster) -> str:
    """Which database this is and which migrations it has seen; empty before the first."""
    sql = (
        "SELECT md5(string_agg(app || '.' || name, ',' ORDER BY app, name)) || '-' || "
        f"({NUMBER}) FROM django_migrations"
    )
    return database.query(place, cluster, sql, user=OWNER, check=False)


def city_settings(place: Place) -> dict[str, object]:
    """The city's own page of settings, `cities/<city>/city.toml`."""
    path = place.data / "cities" / place.city / "city.toml"
    if not path.is_file():
        raise Stop(f"{place.city} という市はありません。 / There is no city of that name: {path}", 2)
    return tomllib.loads(path.read_text("utf-8"))


def city(place: Place, cluster: Cluster, wish: Wish) -> None:
    """Towns and offices of the city; in a sample city that is empty, its invented people too."""
    sample = bool(city_settings(place).get("sample"))
    stamp, population = place.stamps / "city", wish.population or POPULATION
    built = stamps.read(stamp).split()
    if built[1:] == [database_number(place, cluster)]:
        if sample and wish.population and str(wish.population) != built[0]:
            line(f"  市は人口 {built[0]} 人で作成済みです。 / The city was built with {built[0]} people and is kept.")
        return
    with step(f"見本の市 sample city, {population} people" if sample else "町と組織 towns and offices"):
        if sample:
            mark_sample(place, cluster)
        seed = [] if wish.seed is None else ["--seed", str(wish.seed)]
        words = ["city", "build", "--population", str(population), *seed, "--if-empty"]
        manage(place, cluster, words, user=OWNER, live=True)
        stamps.put(stamp, f"{population} {database_number(place, cluster)}")


def database_number(place: Place, cluster: Cluster) -> str:
    """Of this database in this cluster: another cluster may use the same number for another city."""
    return database.query(place, cluster, NUMBER, user=OWNER)


def mark_sample(place: Place, cluster: Cluster) -> None:
    """Say inside the database that its people are invented; `--production` will not serve it."""
    database.query(place, cluster, f"COMMENT ON DATABASE {DATABASE} IS '{SAMPLE_MARK}'", user=OWNER)


def is_sample(place: Place, cluster: Cluster) -> bool:
    sql = f"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{DATABASE}'"
    return database.query(place, cluster, sql, user=OWNER, check=False) == SAMPLE_MARK


def papers(place: Place, cluster: Cluster) -> None:
    """The sample city's seal and the table of print fonts, so that the first paper need not wait for them."""
    stamp = place.stamps / "papers"
    if stamps.read(stamp) or not city_settings(place).get("sample"):
        return
    with step("公印と書体 seal and fonts"):
        manage(place, cluster, ["make_seal"])
        stamps.put(stamp, "made")


def static(place: Place, cluster: Cluster) -> None:
    """Collect styles, fonts and scripts into one folder."""
    ours = [path for path in PACKAGE.glob("**/static/**/*") if path.is_file()]
    mark = f"{stamps.listing(ours, root=PACKAGE)} {stamps.read(place.home / 'node_modules' / '.yakusho-stamp')}"
    stamp = place.state / "static" / ".stamp"
    if stamps.read(stamp) == mark:
        return
    with step("静的ファイル static files"):
        manage(place, cluster, ["collectstatic", "--noinput", "--verbosity", "0"])
        stamp.parent.mkdir(exist_ok=True)
        stamps.put(stamp, mark)
