"""The one command: `bin/yakusho VERB …`, and the console script of the wheel."""

import argparse
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from yakusho.launch import backup, opening, preparation, proof, restore, secrets, serve, setup, status, suite
from yakusho.launch import cluster as pg
from yakusho.launch.place import APP, OWNER, Place, environment, find
from yakusho.launch.say import Stop, line
from yakusho.launch.words import HELP, parser

AS_OWNER = {"city"}  # fills tables that the serving role may only read or append to


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; 0 done, 1 failed, 2 cannot be asked like this or not on this machine, 130 interrupted."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(find(os.environ), words)
    except Stop as stop:
        line(stop.message)
        return stop.code
    except KeyboardInterrupt:
        line("中断しました。もう一度実行すると続きから始めます。 / Interrupted; run it again to go on.")
        return 130


def _run(place: Place, words: list[str]) -> int:
    verb = words[0] if words else "help"
    if verb in {"help", "-h", "--help"}:
        print(_page(place), end="")
        return 0
    if verb in VERBS:
        return VERBS[verb](place, parser().parse_args(words))
    return dispatch(place, verb, words[1:])


def _page(place: Place) -> str:
    """The help page, with the verbs that this house has."""

    def here(text: str) -> bool:
        verb = text.removeprefix("  bin/yakusho ").split()[0] if text.startswith("  bin/yakusho ") else "help"
        return verb in VERBS or verb == "help" or preparation.command_file(verb.replace("-", "_")) is not None

    page = "".join(f"{text}\n" for text in HELP.splitlines() if here(text))
    return page if place.checkout else page.replace("bin/yakusho", "yakusho")


def dispatch(place: Place, verb: str, rest: Sequence[str]) -> int:
    """A verb of the house itself: a Django command with its own words, output and exit code."""
    name = verb.replace("-", "_")
    if not name.isidentifier() or preparation.command_file(name) is None:
        raise Stop(f"「{verb}」という命令はありません。 / There is no command {verb!r}; see `bin/yakusho help`.", 2)
    with setup.alone(place):
        setup.tools(place)
        cluster, _ = setup.open_database(place)
        setup.fill(place, cluster, None if name in AS_OWNER else preparation.Wish())
        if name == "city" and preparation.city_settings(place).get("sample"):
            preparation.mark_sample(place, cluster)
    os.environ.update(environment(place, socket=cluster.socket, user=OWNER if name in AS_OWNER else APP))
    os.execv(place.python, [str(place.python), "-m", "django", name, *rest])


def down(place: Place, _options: argparse.Namespace) -> int:
    """Stop what this city hall started, then its database."""
    ended = serve.stop(place)
    cluster = pg.locate(place) if place.state.is_dir() else None
    if cluster and pg.stop(cluster):
        ended.append("database")
    line(f"閉じました。 / Closed: {' '.join(ended)}" if ended else "動いていません。 / Nothing was running.")
    return 0


def show_status(place: Place, options: argparse.Namespace) -> int:
    """What runs, for a person or as JSON."""
    known = status.facts(place)
    print(json.dumps(known, ensure_ascii=False, indent=2) if options.json else "\n".join(status.lines(known)))
    return 0


def test(place: Place, options: argparse.Namespace) -> int:
    """Everything that proves the house, with the development parts installed first."""
    choice = suite.Choice(fast=options.fast, words=options.words, paths=options.paths)
    with laboratory(place) as settings:
        return suite.run(place, choice, settings)


def prove(place: Place, options: argparse.Namespace) -> int:
    """The proofs, at length if asked, and their scoreboard."""
    with laboratory(place) as settings:
        return proof.run(place, settings, proof.Order(options.parts, options.long, options.seed))


@contextmanager
def laboratory(place: Place) -> Iterator[dict[str, str]]:
    """The development parts and a database, for as long as tests run; yields their settings."""
    if not place.checkout:
        raise Stop("検査はチェックアウトで実行します。 / The tests are in the checkout, not in the wheel.", 2)
    with setup.alone(place):
        setup.tools(place, dev=True)
        cluster, started = setup.open_database(place)
        preparation.translations(place)
    try:
        yield environment(place, socket=cluster.socket)
    finally:
        if started:
            pg.stop(cluster)


def bench(place: Place, options: argparse.Namespace) -> int:
    """Run the benchmark of that name, or each; every file prints its own figures."""
    found = {path.stem: path for path in sorted((place.data / "benchmarks").glob("[a-z]*.py"))}
    if options.name and options.name not in found:
        raise Stop(f"その計測はありません。 / No such benchmark; there are: {', '.join(found) or '-'}", 2)
    with setup.alone(place):
        setup.tools(place)
        cluster, _ = setup.open_database(place)
        setup.fill(place, cluster, preparation.Wish())
    settings = {**os.environ, **environment(place, socket=cluster.socket)}
    chosen = [found[options.name]] if options.name else list(found.values())
    codes = [subprocess.call([place.python, path, *options.sizes], env=settings, cwd=place.home) for path in chosen]
    return int(any(codes))


def env(place: Place, _options: argparse.Namespace) -> int:
    """Start the database; print the settings in the form that a shell evaluates."""
    with setup.alone(place):
        cluster, _ = setup.open_database(place)
    for name, value in environment(place, socket=cluster.socket).items():
        print(f"export {name}={shlex.quote(value)}")
    return 0


def make_secrets(place: Place, _options: argparse.Namespace) -> int:
    """Make the secrets that are missing, knowingly; `up --production` never does."""
    with setup.alone(place):
        made = secrets.make_all(place.secrets)
    line(f"作りました。 / Made: {' '.join(made)}" if made else "すべてあります。 / None is missing.")
    return 0


VERBS: dict[str, Callable[[Place, argparse.Namespace], int]] = {
    "up": opening.up,
    "serve": opening.behind,
    "down": down,
    "status": show_status,
    "test": test,
    "prove": prove,
    "bench": bench,
    "backup": backup.backup,
    "restore": restore.restore,
    "env": env,
    "db": env,
    "secrets": make_secrets,
}

if __name__ == "__main__":
    sys.exit(main())
