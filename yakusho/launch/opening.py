"""`up`: set up what is missing, refuse what must not be public, serve, and tell who can sign in."""

import argparse
import os

from yakusho.launch import cluster as pg
from yakusho.launch import preparation, production, serve, setup
from yakusho.launch.place import Place
from yakusho.launch.say import Stop, line, step


def up(place: Place, options: argparse.Namespace) -> int:
    """Set up what is missing, then serve."""
    if options.production:
        refuse_production(place)
    serving = wished(options)
    running = _already(place, serving)
    with setup.alone(place):
        setup.tools(place)
        cluster, started = setup.open_database(place, may_make_secrets=not options.production)
        changed = setup.fill(place, cluster, preparation.Wish(options.population, options.seed))
    if running and changed:
        line(
            "プログラムが新しくなりました。down のあと up してください。 / The program has changed: `down`, then `up`."
        )
    if running:
        line("すでに動いています。 / It is already running.")
        return welcome(place, cluster, serving)
    return _open(place, cluster, serving, started=started, background=options.background)


def behind(place: Place, options: argparse.Namespace) -> int:
    """The process behind `up --background`."""
    return serve.supervise(place, pg.locate(place), wished(options), ready=lambda: None)


def wished(options: argparse.Namespace) -> serve.Serving:
    if options.production:
        os.environ["YAKUSHO_PRODUCTION"] = "1"
    cert, key = os.environ.get("YAKUSHO_TLS_CERT", ""), os.environ.get("YAKUSHO_TLS_KEY", "")
    tls = {"cert": cert, "key": key} if cert and key else {}
    return serve.Serving(port=options.port, production=options.production, **tls)


def refuse_production(place: Place) -> None:
    sample = bool(preparation.city_settings(place).get("sample"))
    database = setup.peek(place, preparation.is_sample)
    causes = production.refusals(os.environ, secrets=place.secrets, sample_city=sample, sample_database=database)
    if causes:
        raise Stop("\n".join(["本番では開けません。 / Production is refused:", *(f"- {cause}" for cause in causes)]), 2)


def _already(place: Place, serving: serve.Serving) -> bool:
    """Is it ours that runs on this port? Remains of a launcher that was killed are cleared away."""
    supervisor = serve.running(place)
    if supervisor and supervisor.get("port") != serving.port:
        raise Stop(f"別のポートで動いています。 / It already runs on {supervisor['url']}; `bin/yakusho down` stops it.")
    if not supervisor:
        serve.stop(place)
        if not serve.free(serving.port):
            raise Stop(
                f"ポート {serving.port} は使用中です。--port で別の番号を。 / "
                f"Port {serving.port} is in use by another program; choose one with --port."
            )
    return bool(supervisor)


def _open(place: Place, cluster: pg.Cluster, serving: serve.Serving, *, started: bool, background: bool) -> int:
    if background:
        with step("開庁 opening"):
            serve.detach(place, serving)
        return welcome(place, cluster, serving)
    line("・開庁 opening …")
    try:
        return serve.supervise(place, cluster, serving, ready=lambda: _greet(place, cluster, serving))
    finally:
        if started:
            pg.stop(cluster)


def _greet(place: Place, cluster: pg.Cluster, serving: serve.Serving) -> None:
    welcome(place, cluster, serving)
    line("Ctrl-C で終了 / Ctrl-C stops it")


def welcome(place: Place, cluster: pg.Cluster, serving: serve.Serving) -> int:
    """Say where it is and, in a sample city, who can sign in."""
    print(f"役所が開きました。 / The city hall is open: {serving.url}", flush=True)
    if preparation.command_file("signins") is None:
        print("見本の利用者はまだありません。 / There are no sample sign-ins yet.", flush=True)
    elif preparation.city_settings(place).get("sample"):
        _sign_ins(place, cluster)
    return 0


def _sign_ins(place: Place, cluster: pg.Cluster) -> None:
    """A list that cannot be had does not close the house."""
    try:
        print(preparation.manage(place, cluster, ["signins", "--skip-checks"]), end="", flush=True)
    except Stop as stop:
        line(stop.message)
