"""Law: what rules come to is what Python judges over the log folded, on any day and by any belief."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphql_api.access import Role, Viewer
from graphql_api.execution import core_of
from graphql_api.planner.compiler import Compiler, Scope, Statement
from graphql_api.planner.judging.results import Question, results
from graphql_api.planner.selection import Selector
from registry.appointment import commands as a
from registry.appointment.kinds import Basis, Mode
from registry.commands import Command
from registry.criterion import commands as c
from registry.criterion.kinds import Subject
from registry.ids import REGISTER, stable_id
from registry.organization.commands import DissolveOrganization, EstablishOrganization, Place
from registry.organization.events import Profile
from registry.organization.kinds import Hierarchy, Kind
from registry.person import commands as p
from registry.person.kinds import Sector, TitleLevel
from registry.post.commands import EstablishPost
from registry.post.kinds import Title
from registry.rule import commands as r
from registry.rule.definition import Definition, Population, Ratio
from registry.rule.kinds import Comparison, JudgedAt, PopulationKind, Reach, RuleForm
from registry.term.commands import OpenTerm
from registry.time import Precision
from tests.support.composition import Composition, Judged
from tests.support.desk import SCHEMA, Desk, emptied_desk
from tests.support.histories import EXAMPLES
from tests.support.replay import Replay

DAYS = [date(2020, 1, 1), date(2020, 6, 1), date(2021, 1, 1), date(2021, 6, 1)]
SOCIETY, COUNCIL, TERM = stable_id("a society judged"), stable_id("its council"), stable_id("its term")
POSTS = {stable_id(f"post {title}"): title for title in (Title.DIRECTOR, Title.PRESIDENT)}
PEOPLE = [stable_id(f"judged {n}") for n in range(4)]

ATOMS = (
    "sector = RURAL",
    "sector in (RURAL, GOVERNMENT)",
    "leading",
    "sector is known",
    "age <= 45",
    "age > 44",
    "age_at_election = 45",
    "birth_date < 1975-06-01",
    "gender is unknown",
    "mode = PART_TIME",
    "title = DIRECTOR",
    "elected",
    'body = "理事会"',
    "body_kind = BODY",
    "term_number = 3",
    'awards has "青年科技奖"',
    'titles has "教授"',
    "is FRONT",
)
PREDICATES = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        inner.map(lambda text: f"not ({text})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
        ),
    ),
    max_leaves=4,
)
_CORE = core_of(SCHEMA)
_VIEWER = Viewer.of(Role.ADMINISTRATOR, "tester")


class _Drawn:
    """Draws the commands of an example, each under an id of its own."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._count = 0

    def one(self, choices: Any) -> Any:  # noqa: ANN401 - any of any choices
        """Return one of ``choices``."""
        return self._draw(st.sampled_from(list(choices)))

    def by(self, day: date | None = None) -> dict[str, Any]:
        """Return what every command carries."""
        self._count += 1
        command_id = uuid5(REGISTER, f"judged {self._count}")
        return {"command_id": command_id, "actor": "tester", "effective_on": day or self.one(DAYS)}

    def population(self) -> Population:
        """Return a population of holders."""
        where = self._draw(st.none() | PREDICATES)
        return Population(kind=PopulationKind.HOLDERS, reach=self.one(Reach), where=where)

    def definition(self) -> Definition:
        """Return the definition of a rule."""
        form = self.one([RuleForm.SHARE, RuleForm.COUNT, RuleForm.COMPARISON, RuleForm.QUALITATIVE])
        judged = form is not RuleForm.QUALITATIVE
        ratio = Ratio(numerator=self.one([0, 1, 2]), denominator=1 if form is RuleForm.COUNT else 2)
        return Definition(
            form=form,
            subject="kind = SOCIETY",
            population=self.population(),
            numerator=self._draw(st.none() | PREDICATES),
            against=self.population() if form is RuleForm.COMPARISON else None,
            comparison=self.one(Comparison) if judged else None,
            threshold=ratio if judged else None,
        )


def beginning(drawn: _Drawn) -> Iterator[Command]:
    """Yield a society with a council, two posts, four people, a definition and two rules."""
    first = DAYS[0]
    yield EstablishOrganization(organization=SOCIETY, name="学会", kind=Kind.SOCIETY, **drawn.by(first))
    yield EstablishOrganization(
        organization=COUNCIL,
        name="理事会",
        kind=Kind.BODY,
        profile=Profile(subtype="理事会"),
        places=(Place(Hierarchy.PART_OF, SOCIETY),),
        **drawn.by(first),
    )
    yield OpenTerm(term=TERM, body=COUNCIL, number=3, **drawn.by())
    for post, title in POSTS.items():
        organization = drawn.one([SOCIETY, COUNCIL])
        yield EstablishPost(
            post=post,
            organization=organization,
            title=title,
            elected=drawn.one([True, False]),
            **drawn.by(first),
        )
    for person in PEOPLE:
        birth = drawn.one([None, date(1975, 1, 1), date(1976, 1, 1), date(1980, 2, 1)])
        precision = Precision.DAY if birth is None else drawn.one(q for q in Precision if q.fits(birth))
        yield p.RegisterPerson(
            person=person, name="某人", birth_date=birth, birth_precision=precision, **drawn.by(first)
        )
        yield _appoint(drawn, person, drawn.one(POSTS))
        if drawn.one([True, True, False]):
            yield _employ(drawn, person)
    yield c.DefineCriterion(
        criterion=stable_id("front"),
        code="FRONT",
        name="一线",
        about=Subject.PERSON,
        predicate=drawn.one(["sector = RURAL and not leading", "leading", "age <= 45"]),
        **drawn.by(first),
    )
    for number in range(3):
        yield r.SetRule(
            rule=stable_id(f"rule judged {number}"),
            code=f"R-{number}",
            name="规则",
            definition=drawn.definition(),
            **drawn.by(),
        )


def happening(drawn: _Drawn) -> Command:
    """Return something that changes what rules come to."""
    person, post = drawn.one(PEOPLE), drawn.one(POSTS)
    makers: tuple[Callable[[], Command], ...] = (
        *[lambda: _appoint(drawn, person, post)] * 2,
        lambda: a.EndAppointment(appointment=stable_id(f"judged {person} {post}"), **drawn.by()),
        *[lambda: _employ(drawn, person)] * 3,
        lambda: p.GrantAward(person=person, name="青年科技奖", **drawn.by()),
        lambda: p.AwardTitle(person=person, name="教授", level=TitleLevel.SENIOR, **drawn.by()),
        lambda: p.MergePersons(person=person, into=drawn.one(PEOPLE), **drawn.by()),
        lambda: r.ReviseRule(rule=stable_id("rule judged 0"), definition=drawn.definition(), **drawn.by()),
        lambda: r.RepealRule(rule=stable_id("rule judged 1"), **drawn.by()),
        lambda: c.RedefineCriterion(criterion=stable_id("front"), predicate="leading", **drawn.by()),
        lambda: DissolveOrganization(organization=SOCIETY, **drawn.by()),
    )
    made: Command = drawn.one(makers)()
    return made


def _appoint(drawn: _Drawn, person: UUID, post: UUID) -> Command:
    return a.Appoint(
        appointment=stable_id(f"judged {person} {post}"),
        person=person,
        post=post,
        mode=drawn.one(Mode),
        basis=Basis.ELECTED,
        term=drawn.one([None, TERM]),
        **drawn.by(),
    )


def _employ(drawn: _Drawn, person: UUID) -> Command:
    return p.EmployPerson(
        person=person,
        employment=stable_id(f"work {person} {drawn.one('ab')}"),
        employer_name="单位",
        sector=drawn.one([Sector.RURAL, Sector.GOVERNMENT, Sector.HOSPITAL]),
        leading=drawn.one([True, False, None]),
        primary=drawn.one([True, True, False]),
        **drawn.by(),
    )


@st.composite
def commands(draw: st.DrawFn) -> list[Command]:
    """Draw what is recorded; some of it is refused."""
    drawn = _Drawn(draw)
    return [*beginning(drawn), *(happening(drawn) for _ in range(draw(st.integers(0, 25))))]


async def _asked(desk: Desk, day: date, known_at: Any, at: JudgedAt) -> dict[tuple[str, UUID], Judged]:  # noqa: ANN401 - an instant or None
    compiler = Compiler(Selector(_CORE, {}, {}), _VIEWER, day)
    known = None if known_at is None else compiler.parameter(known_at, "timestamptz")

    async def fetch(statement: Statement) -> str | None:
        text: str | None = await desk.connection.fetchval(statement.sql, *statement.parameters)
        return text

    scope = Scope(compiler.parameter(day, "date"), known)
    _, _, found, _ = await results(compiler, scope, Question([], None, None, at, day), fetch)
    return {
        (result.judged.row.code, UUID(result.subject)): (result.tally, result.against, result.judgement)
        for result in found
        if result.subject is not None
    }


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=commands(), data=st.data())
async def test_what_rules_come_to_is_what_python_judges_over_the_log(
    database_url: str, sent: list[Command], data: st.DataObject
) -> None:
    async with emptied_desk(database_url) as desk:
        await desk.record_together(sent[:5])
        for command in sent[5:]:
            await desk.record(command)
        log = await desk.log()
        instants = [None, *sorted({record.recorded_at for record in log})]
        for _ in range(4):
            day, known_at = data.draw(st.sampled_from(DAYS)), data.draw(st.sampled_from(instants))
            at = data.draw(st.sampled_from(JudgedAt))
            known = [record for record in log if known_at is None or record.recorded_at <= known_at]
            expected = Composition(Replay(known).timelines, day, at).results()
            assert await _asked(desk, day, known_at, at) == expected
