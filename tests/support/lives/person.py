"""Every command to a person, over HTTP."""

from __future__ import annotations

from tests.support.sending import establish, new_id, record
from tests.support.serving import Client

_SHOWN = "... on PersonRecorded { person { id name deceased mergedInto { id } } }"
_ALL = """
query ($id: ID!, $day: Date) {
  person(id: $id, asOf: $day) {
    name gender birthDate birthPrecision identityNumber phone email illustrative deceased
    employments { employment employer { name } employerName sector title leading primary staffing validTo }
    titles { name level validFrom } disciplines awards { name grantor grantedOn }
    aliases { id name } mergedInto { id } validFrom
  }
}
"""


def life_of_a_person(client: Client) -> set[str]:
    """Send every command there is, and return their names."""
    office = establish(client, "人员办公室", "ASSOCIATION")
    who, alias, job = new_id(), new_id(), new_id()
    sent: set[str] = set()

    def one(name: str, /, **given: object) -> None:
        command: dict[str, object] = {"person": who, **given}
        assert record(client, name, _SHOWN, **command)["person"]["id"] == command["person"]
        sent.add(name)

    one("registerPerson", name="钱七", identityNumber="210202199003071228", phone="1", illustrative=True)
    one("registerPerson", person=alias, name="钱柒")
    one("renamePerson", name="钱琦", effectiveOn="2020-02-01")
    one("changeParticulars", change={"phone": None, "email": "qian@example.org"}, effectiveOn="2020-02-01")
    terms = {"employment": job, "employer": office, "sector": "ASSOCIATION", "primary": True}
    one("employPerson", **terms, position="干部", leading=False, staffing="ESTABLISHED", until="2030-01-01")
    one("awardTitle", name="研究员", level="SENIOR", effectiveOn="2020-02-01")
    one("setDisciplines", disciplines=["520", "110"], effectiveOn="2020-02-01")
    one("grantAward", name="青年科技奖", grantor="市科协", effectiveOn="2020-02-01")
    one("mergePersons", person=alias, into=who)
    assert client.data(_ALL, id=who, day="2020-03-01")["person"] == {
        "name": "钱琦",
        "gender": "FEMALE",
        "birthDate": "1990-03-07",
        "birthPrecision": "DAY",
        "identityNumber": "210202199003071228",
        "phone": None,
        "email": "qian@example.org",
        "illustrative": True,
        "deceased": False,
        "employments": [
            {
                "employment": job,
                "employer": {"name": "人员办公室"},
                "employerName": "人员办公室",
                "sector": "ASSOCIATION",
                "title": "干部",
                "leading": False,
                "primary": True,
                "staffing": "ESTABLISHED",
                "validTo": "2030-01-01",
            }
        ],
        "titles": [{"name": "研究员", "level": "SENIOR", "validFrom": "2020-02-01"}],
        "disciplines": ["520", "110"],
        "awards": [{"name": "青年科技奖", "grantor": "市科协", "grantedOn": "2020-02-01"}],
        "aliases": [{"id": alias, "name": "钱柒"}],
        "mergedInto": None,
        "validFrom": "2020-01-01",
    }
    one("endEmployment", employment=job, effectiveOn="2020-04-01")
    one("withdrawTitle", name="研究员", effectiveOn="2020-04-01")
    one("withdrawAward", name="青年科技奖", effectiveOn="2020-04-01")
    one("recordDeath", effectiveOn="2021-01-01")
    one("erasePerson", effectiveOn="2021-06-01", reason="本人申请")
    shown = client.data(_ALL, id=who, day="2020-03-01")["person"]
    assert (shown["name"], shown["identityNumber"], shown["employments"], shown["titles"]) == (
        None,
        None,
        [],
        [],
    )
    assert client.data(_ALL, id=alias, day="2020-03-01")["person"]["name"] is None
    after = client.data(_ALL, id=who, day="2021-01-01")["person"]
    assert (after["deceased"], after["employments"], after["titles"], after["awards"]) == (True, [], [], [])
    return sent


LIVES = (life_of_a_person,)
