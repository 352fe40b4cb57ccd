"""年齢 Ages under 年齢計算ニ関スル法律 (明治35年法律50号) and 民法143条.

Life is counted from the day of birth itself, so an age is attained at the *end* of the day before
the birthday: who was born on 1 April attains 6 on 31 March and starts school a year earlier than
who was born on 2 April. Displayed age changes at the start of the birthday.
"""

from datetime import date, timedelta

from yakusho.kit.refusal import Refusal


class NotYetBorn(Refusal):
    """{born}生まれの方は、{on}にはまだ生まれていません。 / A person born on {born} was not yet born on {on}."""

    status = 422


def attains(years: int, born: date) -> date:
    """年齢到達日 The day at whose end a person attains an age: the day before the birthday.

    Born on 29 February: 28 February in every year (民法143条2項ただし書 in years without the 29th).
    """
    if (born.month, born.day) == (2, 29):
        return date(born.year + years, 2, 28)
    return born.replace(year=born.year + years) - timedelta(days=1)


def age(born: date, *, on: date) -> int:
    """年齢 The age commonly displayed on a day: it changes as the birthday begins; refuses NotYetBorn."""
    if on < born:
        raise NotYetBorn(born=born, on=on)
    return attained_age(born, on=on - timedelta(days=1)) if on > born else 0


def attained_age(born: date, *, on: date) -> int:
    """到達年齢 The age attained by the end of a day (the law's sense); refuses NotYetBorn."""
    if on < born:
        raise NotYetBorn(born=born, on=on)
    years = on.year - born.year
    return next((n for n in (years + 1, years) if attains(n, born) <= on), years - 1)
