"""推奨データセット The open data files: 地域・年齢別人口 with the columns of the government's recommended data set, and months.

One heading row, one cell one datum, no merged cells, ISO dates (総務省 統計表における機械判読可能なデータの表記方法).
"""

from collections.abc import Iterable, Iterator

from yakusho.kit.cells import written
from yakusho.systems.city.population.values import Area, MonthView, Statistics

HIDDEN = "X"
FIRST = (
    "都道府県コード又は市区町村コード",
    "地域コード",
    "都道府県名",
    "市区町村名",
    "調査年月日",
    "地域名",
    "総人口",
    "男性",
    "女性",
)
MONTHS = ("都道府県コード又は市区町村コード", "市区町村名", "年月", "1日現在の人口", "出生", "死亡", "転入", "転出")


def shown(number: int | None) -> str:
    """数の表記 The number, or X when it is not published."""
    return HIDDEN if number is None else str(number)


def by_town(told: Statistics, *, code: str, prefecture: str, city: str) -> str:
    """地域・年齢別人口 The city first, then each town, as CSV (UTF-8 with BOM)."""
    bands = [f"{band.first}-{band.last}歳" if band.last else f"{band.first}歳以上" for band in told.city.bands]
    heading = [*FIRST, *(f"{band}の{sex}" for band in bands for sex in ("男性", "女性")), "世帯数", "備考"]
    head = (code, prefecture, city, told.on.isoformat())
    return written([heading, *(_line(area, *head) for area in (told.city, *told.towns))])


def by_month(told: Iterable[MonthView], *, code: str, city: str) -> str:
    """月別の人口と異動 Each month as CSV (UTF-8 with BOM); the running month has people only."""
    rows = list(told)
    lines = [
        [
            code,
            city,
            one.month.strftime("%Y-%m"),
            shown(one.population),
            *(_happened(one) if one is not rows[-1] else [""] * 4),
        ]
        for one in rows
    ]
    return written([MONTHS, *lines])


def _happened(one: MonthView) -> list[str]:
    return [shown(number) for number in (one.births, one.deaths, one.arrivals, one.departures)]


def _line(area: Area, code: str, prefecture: str, city: str, on: str) -> Iterator[str]:
    yield from (code, area.code, prefecture, city, on, area.name or city)
    yield from (shown(number) for number in (area.total, area.men, area.women))
    for band in area.bands:
        yield from (shown(band.men), shown(band.women))
    yield shown(area.households)
    yield "" if area.unknown == 0 else f"性別の登録がない人 {shown(area.unknown)}"
