"""Law: two beliefs differ as two replays of the log do; those of an entity lead to the present one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.events import Recorded
from registry.organization.kinds import Hierarchy
from tests.support.comparison import changes
from tests.support.desk import Desk, emptied_desk
from tests.support.histories import EXAMPLES, SIZES, History, histories
from tests.support.replay import Replay
from tests.support.small_world import DAYS

_TODAY = date(2023, 1, 1)
_BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)
_AROUND = sorted({day + timedelta(days=shift) for day in DAYS for shift in (-1, 0, 1)})
_PAIRS = 6

_CHANGES = """
query ($asOf: Date!, $from: DateTime!, $to: DateTime!) {
  beliefChanges(asOf: $asOf, from: $from, to: $to) {
    changes {
      established { id name }
      dissolved { id name }
      renamed { organization { id } before after }
      moved { organization { id } from { id name } to { id name } }
      functionsTransferred { function { id } from { id name } to { id name } }
      functionsOrphaned { id }
      functionsDefined { id }
      functionsEmphasized { id }
    }
    events { position recordedAt stream }
  }
}
"""
_KNOWLEDGE = """
query ($id: ID!, $asOf: Date!) {
  knowledge(id: $id, first: 100, asOf: $asOf) {
    recordedAt position
    events { position }
    adopted { model key values validFrom validTo }
    withdrawn { model key values validFrom validTo }
    changed { model key field before after }
  }
  knownSince(id: $id, asOf: $asOf) { model key field value knownSince }
}
"""


def _chart(replay: Replay, day: date) -> dict[object, object]:
    """Return what a chart shows on a day: names, places, and who holds which function."""
    shown: dict[object, object] = {}
    for identity, timeline in replay.timelines.items():
        state: Any = timeline.at(day)
        if state is None:
            continue
        match timeline.noun.name:
            case "organization":
                if state.status.alive:
                    shown[identity] = state.name
                for relation in state.relations:
                    if relation.hierarchy is Hierarchy.PART_OF:
                        shown[identity, "place"] = relation.superior
            case "function":
                holder = None if state.holding is None else state.holding.holder
                shown[identity] = (state.retired, state.emphasized, holder)
            case _:
                pass
    return shown


@st.composite
def _pairs(draw: st.DrawFn, log: list[Recorded]) -> tuple[date, datetime, datetime]:
    """Draw a day, and two instants at or beside those of the log, in any order, the same one included."""
    instants = st.sampled_from([_BEFORE_ALL, *sorted({record.recorded_at for record in log})])
    shifts = st.integers(-1, 1).map(lambda shift: timedelta(microseconds=shift))
    one, other = (draw(instants) + draw(shifts) for _ in range(2))
    return draw(st.sampled_from(_AROUND)), one, other


def _until(log: list[Recorded], instant: datetime) -> Replay:
    return Replay(record for record in log if record.recorded_at <= instant)


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), sizes=SIZES, data=st.data())
async def test_two_beliefs_differ_as_two_replays_do(
    database_url: str, history: History, sizes: list[int], data: st.DataObject
) -> None:
    async with emptied_desk(database_url) as desk:
        for batch in history.cut(sizes):
            await desk.record_together(batch)
        log = await desk.log()
        for day, since, until in data.draw(st.lists(_pairs(log), min_size=_PAIRS, max_size=_PAIRS)):
            given_ = {"asOf": day.isoformat(), "from": since.isoformat(), "to": until.isoformat()}
            answer = (await desk.ask(_CHANGES, _TODAY, **given_))["beliefChanges"]
            before, after = _until(log, since), _until(log, until)
            assert answer["changes"] == changes(after, day, day, before)
            same = _chart(before, day) == _chart(after, day)
            assert same == (answer["events"] == [])
            assert not (same and any(answer["changes"].values()))
            between = {r.position for r in log if min(since, until) < r.recorded_at <= max(since, until)}
            assert {event["position"] for event in answer["events"]} <= between


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), sizes=SIZES, data=st.data())
async def test_beliefs_of_an_entity_lead_from_nothing_to_the_present(
    database_url: str, history: History, sizes: list[int], data: st.DataObject
) -> None:
    async with emptied_desk(database_url) as desk:
        for batch in history.cut(sizes):
            await desk.record_together(batch)
        log = await desk.log()
        streams = sorted({record.originator_id for record in log})
        for stream in data.draw(st.lists(st.sampled_from(streams), min_size=1, max_size=3, unique=True)):
            day = data.draw(st.sampled_from(_AROUND))
            answer = await desk.ask(_KNOWLEDGE, _TODAY, id=str(stream), asOf=day.isoformat())
            _assert_told([r for r in log if r.originator_id == stream], answer["knowledge"])
            await _assert_present(desk, str(stream), answer)


def _assert_told(history: list[Recorded], beliefs: list[dict[str, Any]]) -> None:
    """Expect every event of the entity once, in order, each belief at the instant of its events."""
    told = [event["position"] for belief in beliefs for event in belief["events"]]
    assert told == [record.position for record in history]
    instants = [datetime.fromisoformat(belief["recordedAt"]) for belief in beliefs]
    assert instants == sorted({record.recorded_at for record in history})


async def _assert_present(desk: Desk, stream: str, answer: dict[str, Any]) -> None:
    """Expect that beliefs taken one after another come to what the tables hold now."""
    rows: list[str] = []
    fields: dict[str, object] = {}
    for belief in answer["knowledge"]:
        for row in belief["withdrawn"]:
            rows.remove(str(row))
        rows.extend(map(str, belief["adopted"]))
        for change in belief["changed"]:
            name = str((change["model"], change["key"], change["field"]))
            assert fields.get(name) == change["before"]
            fields[name] = change["after"]
    (known,) = await desk.connection.fetch(
        "SELECT count(*) FROM organization WHERE id = $1::text::uuid", stream
    )
    assert sum("'model': 'organization'" in row for row in rows) == known["count"]
    since = {str((f["model"], f["key"], f["field"])): f["value"] for f in answer["knownSince"]}
    assert since == {name: value for name, value in fields.items() if value is not None}
