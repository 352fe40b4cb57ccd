"""Names, register entries and status of invented people, as rows of the register."""

from __future__ import annotations

import numpy as np
import polars as pl

from yakusho.web.sample import names
from yakusho.web.sample.tables import OPEN, City, days, fact, first_cause, spans_of


def namings(city: City) -> pl.DataFrame:
    """氏名等 One belief a person; foreign residents by their Latin letters."""
    lives = city.lives
    who = np.arange(lives.count)
    first = first_cause(city)
    open_ = np.full(lives.count, OPEN)
    spans = spans_of(
        who, lives.born, open_, first, np.zeros(lives.count, dtype=np.int64), city.events.instant[first], open_
    )
    alien = names.foreigners(np.random.default_rng([city.seed, 3]), lives.people.sex)
    own = ~lives.foreign
    return (
        fact(spans)
        .with_columns(
            (pl.col("index") + 1).alias("person_id"),
            pl.Series("family", np.where(own, lives.family.written, "")),
            pl.Series("given", np.where(own, lives.given.written, "")),
            pl.Series("family_kana", np.where(own, lives.family.kana, "")),
            pl.Series("given_kana", np.where(own, lives.given.kana, "")),
            pl.Series("kana_fixed", own),
            pl.Series("sex", lives.people.sex),
            days("born", lives.born),
            pl.lit("年月日").alias("born_precision"),
            pl.Series("alphabet", np.where(own, "", alien.alphabet)),
            *(pl.lit("").alias(name) for name in ("former_family", "former_family_kana", "alias", "alias_kana")),
            *(pl.lit("[]").alias(name) for name in ("alias_records", "glyphs")),
        )
        .drop("index")
    )


def closings(city: City) -> pl.DataFrame:
    """消除 From which day and why a record is closed."""
    lives = city.lives
    gone = np.flatnonzero(lives.left > 0)
    cause, open_ = city.events.departure[gone], np.full(len(gone), OPEN)
    spans = spans_of(
        gone, lives.left[gone], open_, cause, np.zeros(len(gone), dtype=np.int64), city.events.instant[cause], open_
    )
    died = lives.died[gone]
    return (
        fact(spans)
        .with_columns(
            (pl.col("index") + 1).alias("person_id"),
            pl.Series("reason", np.where(died, "死亡", "転出")),
            pl.Series("destination", np.where(died, "", "宮城県仙台市宮城野区見本三丁目1番2号")),
            pl.lit(False).alias("planned"),
            days("notified_on", lives.left[gone]),
        )
        .drop("index")
    )


def origins(city: City) -> pl.DataFrame:
    """戸籍の表示 Registered domicile and first person, one a household."""
    lives = city.lives
    home = lives.people.household
    own = np.flatnonzero(~lives.foreign)
    heads = np.zeros(len(lives.homes.town), dtype=np.int64)
    is_head = lives.people.bond == "世帯主"
    heads[home[is_head]] = np.flatnonzero(is_head)
    full = np.char.add(lives.family.written, lives.given.written)
    own_register = np.isin(lives.people.bond[own], ["同居人"])
    first, open_ = first_cause(city)[own], np.full(len(own), OPEN)
    spans = spans_of(
        own, lives.since[own], open_, first, np.zeros(len(own), dtype=np.int64), city.events.instant[first], open_
    )
    towns = city.towns["name"].to_numpy()[lives.homes.domicile_town[home[own]]]
    return (
        fact(spans)
        .with_columns(
            (pl.col("index") + 1).alias("person_id"),
            pl.lit("あり").alias("state"),
            pl.Series(
                "domicile",
                [f"岩手県盛岡市{town}{number % 90 + 1}番地" for town, number in zip(towns, home[own], strict=True)],
            ),
            pl.Series("head", np.where(own_register, full[own], full[heads[home[own]]])),
        )
        .drop("index")
    )


def statuses(city: City) -> pl.DataFrame:
    """外国人住民の項目 Nationality, status and card of each foreign resident."""
    lives = city.lives
    who = np.flatnonzero(lives.foreign)
    alien = names.foreigners(np.random.default_rng([city.seed, 3]), lives.people.sex)
    first, open_ = first_cause(city)[who], np.full(len(who), OPEN)
    spans = spans_of(
        who, lives.since[who], open_, first, np.zeros(len(who), dtype=np.int64), city.events.instant[first], open_
    )
    special = alien.status[who] == "特別永住者"
    limited = ~np.isin(alien.status[who], ["特別永住者", "永住者"])
    return (
        fact(spans)
        .with_columns(
            (pl.col("index") + 1).alias("person_id"),
            pl.Series("nationality", alien.nationality[who]),
            pl.Series("category", np.where(special, "特別永住者", "中長期在留者")),
            pl.Series("status", np.where(special, "", alien.status[who])),
            pl.Series("period", np.where(limited, "3年", "")),
            days("expires_on", np.where(limited, city.events.begun + 5 * 365 + 30 + who % 1000, OPEN)),
            pl.Series("card_number", [f"AB{number:08d}CD" for number in 10_000_000 + who * 37 % 89_999_999]),
            days("foreign_since", lives.since[who]),
        )
        .drop("index")
    )
