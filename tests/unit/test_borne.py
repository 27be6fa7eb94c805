"""What was borne by those who were let go is found again, whatever else was noted."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from registry.borne import Borne
from registry.reads import Bearer
from registry.time import FOREVER

_PAIRS = st.tuples(st.sampled_from(["CODE", "NUMBER"]), st.integers(0, 20).map(str))
_BEARERS = st.builds(
    Bearer,
    st.integers(1, 50).map(lambda number: UUID(int=number)),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.dates(date(1900, 1, 1)) | st.just(FOREVER),
)


@given(st.lists(st.tuples(_PAIRS, _BEARERS), max_size=60))
def test_whoever_bore_an_identifier_is_found_in_the_order_of_noting(
    noted: list[tuple[tuple[str, str], Bearer]],
) -> None:
    borne = Borne()
    for pair, bearer in noted:
        borne.put(pair, bearer)
    assert len(borne) == len(noted)
    for pair in [*(pair for pair, _ in noted), ("CODE", "nobody")]:
        assert borne.of(pair) == [bearer for each, bearer in noted if each == pair]


def test_thousands_are_found_after_the_table_has_grown_several_times() -> None:
    borne = Borne()
    count = 20_000
    bearers = [Bearer(UUID(int=n + 1), date(2000, 1, 1), FOREVER) for n in range(count)]
    for number, bearer in enumerate(bearers):
        borne.put(("NUMBER", str(number)), bearer)
        if number % 100 == 0:
            borne.put(("EVERYBODY", "the same"), bearer)
    assert all(borne.of(("NUMBER", str(number))) == [bearer] for number, bearer in enumerate(bearers))
    assert borne.of(("EVERYBODY", "the same")) == bearers[::100]
    assert borne.of(("NUMBER", str(count))) == []
