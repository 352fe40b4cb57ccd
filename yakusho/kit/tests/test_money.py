import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from yakusho.kit import money
from yakusho.kit.money import NegativeAmount, NoShares, NotYen

AMOUNT = st.integers(0, 10**12)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234", 1234), ("1,234", 1234), ("1,234円", 1234), ("￥1,234", 1234), ("¥1234-", 1234), ("\\1,234", 1234), ("１，２３４円", 1234), ("金", None),
        (" 1 234 ", 1234), ("1、234円", 1234), ("0", 0), ("000", 0), ("-500", -500), ("△500", -500), ("▲1,000円", -1000), ("¥-500", -500), ("−500円", -500),
        ("3万円", 30000), ("12万3456円", 123456), ("1億2,000万円", 120_000_000), ("1234円也", 1234), ("1,234 yen", 1234), ("JPY 1,234", 1234), ("1億", 100_000_000),
        ("1.5", None), ("1,23", None), ("12,34,567", None), ("", None), ("円", None), ("abc", None), ("1e3", None), ("3万12345", None), ("1億10000万", None),
        ("-△5", None), ("△-5", None), ("9" * 31, None), ("½", None), ("一万", None), ("NaN", None),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(text, amount):
    if amount is None:
        with pytest.raises(NotYen):
            money.yen(text)
    else:
        assert money.yen(text) == amount


@given(st.integers(-(10**15), 10**15))
def test_what_the_house_writes_it_reads_back(amount):
    assert money.yen(money.text(amount)) == amount
    assert money.yen(money.text_en(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "ja", "en"), [(1234, "1,234円", "¥1,234"), (-1234567, "-1,234,567円", "-¥1,234,567"), (0, "0円", "¥0")]
)
def test_how_amounts_are_written(amount, ja, en):
    assert money.text(amount) == ja
    assert money.text_en(amount) == en


@pytest.mark.parametrize("call", [lambda: money.floor_to(1.0, 100), lambda: money.text(1.5), lambda: money.split(10.0, [1]), lambda: money.split(10, [1.0]),
                                  lambda: money.portion(True, 1, 2), lambda: money.whole_yen(1.0), lambda: money.whole_yen(None), lambda: money.running([0.5]), lambda: money.instalments(1.0, 2)])  # fmt: skip
def test_floats_are_never_money(call):
    with pytest.raises(TypeError, match="whole numbers"):
        call()


def test_typed_values_take_text_and_integers_but_no_fractions():
    field = TypeAdapter(money.Yen)
    assert field.validate_python("1,234円") == field.validate_python(1234) == 1234
    with pytest.raises(ValidationError):
        field.validate_python(1.5)
    with pytest.raises(ValidationError) as caught:
        field.validate_python("1.5")
    assert isinstance(caught.value.errors()[0]["ctx"]["error"], NotYen)
    assert money.whole_yen("3万円") == money.whole_yen(30000)


@given(AMOUNT, st.integers(1, 10**6))
def test_floor_and_ceiling_enclose_the_amount_by_less_than_a_unit(amount, unit):
    low, high = money.floor_to(amount, unit), money.ceil_to(amount, unit)
    assert low % unit == high % unit == 0
    assert low <= amount <= high
    assert high - low in (0, unit)


def test_negative_amounts_have_no_agreed_rounding():
    for call in (
        lambda: money.floor_to(-1, 100),
        lambda: money.ceil_to(-1, 100),
        lambda: money.portion(-1, 1, 2),
        lambda: money.split(1, [-1, 2]),
        lambda: money.instalments(-1, 2),
    ):
        with pytest.raises(NegativeAmount):
            call()
    with pytest.raises(ValueError, match="unit"):
        money.floor_to(1, 0)


@pytest.mark.parametrize(
    ("amount", "n", "d", "part"), [(999, 6, 100, 59), (1000, 6, 100, 60), (1, 1, 3, 0), (100, 0, 7, 0)]
)
def test_portions_cut_off_fractions(amount, n, d, part):
    assert money.portion(amount, n, d) == part


@given(AMOUNT, AMOUNT, st.integers(0, 100))
def test_portions_are_monotone(one, other, numerator):
    low, high = sorted((one, other))
    assert money.portion(low, numerator, 100) <= money.portion(high, numerator, 100)


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (10, [0, 1], [0, 10]),
        (1, [1, 2], [0, 1]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (0, [3], [0]),
    ],
)
def test_known_splits(total, weights, shares):
    assert money.split(total, weights) == shares


@given(st.integers(-(10**12), 10**12), WEIGHTS)
def test_shares_sum_to_the_total_and_are_within_a_yen(total, weights):
    shares = money.split(total, weights)
    assert sum(shares) == total
    assert all(
        abs(share * sum(weights) - total * weight) < sum(weights) for share, weight in zip(shares, weights, strict=True)
    )


@given(AMOUNT, WEIGHTS)
def test_a_larger_weight_never_gets_less(total, weights):
    shares = money.split(total, weights)
    ranked = [share for _, share in sorted(zip(weights, shares, strict=True))]
    assert ranked == sorted(ranked)


@pytest.mark.parametrize("weights", [[], [0], [0, 0]])
def test_nothing_can_be_divided_by_nothing(weights):
    with pytest.raises(NoShares):
        money.split(5, weights)
    with pytest.raises(NoShares):
        money.instalments(5, 0)


@pytest.mark.parametrize(
    ("total", "count", "unit", "parts"),
    [
        (10_500, 4, 1000, [4500, 2000, 2000, 2000]),
        (12_000, 4, 1000, [3000] * 4),
        (3_900, 4, 1000, [3900, 0, 0, 0]),
        (1050, 2, 100, [550, 500]),
    ],
)
def test_odd_yen_go_to_the_first_instalment(total, count, unit, parts):
    assert money.instalments(total, count, unit) == parts


@given(AMOUNT, st.integers(1, 12), st.sampled_from([100, 1000]))
def test_instalments_sum_to_the_total(total, count, unit):
    first, *others = money.instalments(total, count, unit)
    assert first + sum(others) == total
    assert all(other % unit == 0 and other <= first for other in others)


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1))
def test_the_last_balance_is_the_sum(amounts):
    assert money.running(amounts)[-1] == sum(amounts)
