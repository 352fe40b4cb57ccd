"""見本の届出 One sample of each action, for the tests that break things; every one prepares a family of its own."""

from datetime import date
from typing import Any

from tests.faults.samples import Knock, Stage
from yakusho.blocks.identity.actors import SignedIn

DAY = "2026-11-20"
ADDRESS = {"town": "0405000", "town_name": "若園町", "block": "2番18号"}
ELSEWHERE = {"town": "0101000", "town_name": "上田一丁目", "block": "4番22号"}
ORIGIN = {"domicile": "東京都杉並区見本一丁目2番地", "head": "見本　太郎"}
CHINESE = {"nationality": "中国", "category": "中長期在留者", "status": "留学", "expires_on": "2028-04-01"}
WORKING = CHINESE | {"status": "技術・人文知識・国際業務"}

TRUTHS = {
    "a movement without its event in the outbox": (
        "select m.id from resident_records_movement m left join exchange_event e"
        " on e.name = 'resident_records.moved' and e.subject = m.id::text where e.id is null"
    ),
    "an event in the outbox without its movement": (
        "select e.id from exchange_event e left join resident_records_movement m on m.id::text = e.subject"
        " where e.name = 'resident_records.moved' and m.id is null"
    ),
    "a fact that names a movement which is not there": (
        "select r.id from people_residence r left join resident_records_movement m on m.id = r.cause"
        " where r.cause is not null and m.id is null"
    ),
    "a household without exactly one head": (
        "select household_id from people_residence where upper(known) is null and upper(valid) is null"
        " group by 1 having count(*) filter (where relation = '世帯主') <> 1"
    ),
}


def person(given: str, relation: str, *, sex: str = "男", born: str = "1990-04-02", **more: Any) -> dict[str, Any]:
    names = {"family": "見本", "given": given, "family_kana": "ミホン", "given_kana": "ミホ", "sex": sex, "born": born}
    return {"names": names, "relation": relation, "origin": ORIGIN} | more


FATHER = person("太郎", "世帯主")
MOTHER = person("花子", "妻", sex="女", born="1991-08-15")
CHILD = person("葵", "子", sex="女", born="2012-01-10")
FOREIGNER = person("王", "世帯主", origin=None, foreign=CHINESE)


def arrival(*people: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"event_on": DAY, "came_from": "宮城県仙台市", "address": ADDRESS, "people": list(people)} | more


def family(stage: Stage, *people: dict[str, Any]) -> Any:
    """Who moved in: the receipt."""
    return stage.do("resident_records.move_in", notice=arrival(*(people or (FATHER, MOTHER, CHILD))))


def notice(stage: Stage, act: str, **given: Any) -> Knock:
    return Knock(f"resident_records.{act}", {"notice": {"event_on": DAY} | given}, stage.clerk)


def move_in(stage: Stage) -> Knock:
    return notice(stage, "move_in", **arrival(FATHER, MOTHER, CHILD))


def enter_foreign_resident(stage: Stage) -> Knock:
    return notice(stage, "enter_foreign_resident", **arrival(FOREIGNER))


def record(stage: Stage) -> Knock:
    return notice(stage, "record", reason="転入未届", address=ADDRESS, people=[FATHER])


def move(stage: Stage) -> Knock:
    came = family(stage)
    everybody = zip(came.people, ("世帯主", "妻", "子"), strict=True)
    people = [{"person": one, "relation": word} for one, word in everybody]
    return notice(stage, "move", people=people, address=ELSEWHERE)


def _leaving(stage: Stage) -> tuple[int, dict[str, Any]]:
    child = family(stage).people[2]
    return child, {"event_on": DAY, "people": [child], "destination": "仙台市"}


def move_out(stage: Stage) -> Knock:
    return notice(stage, "move_out", **_leaving(stage)[1])


def complete_move_out(stage: Stage) -> Knock:
    child, leaving = _leaving(stage)
    stage.do("resident_records.move_out", notice=leaving)
    return notice(stage, "complete_move_out", person=child, event_on="2026-11-22")


def cancel_move_out(stage: Stage) -> Knock:
    child, leaving = _leaving(stage)
    stage.do("resident_records.move_out", notice=leaving)
    return Knock("resident_records.cancel_move_out", {"person": child, "reason": "取りやめ"}, stage.clerk)


def register_birth(stage: Stage) -> Knock:
    (home,) = family(stage).households
    return notice(stage, "register_birth", household=home, children=[person("結", "子", sex="女", born=DAY)])


def register_death(stage: Stage) -> Knock:
    return notice(stage, "register_death", person=family(stage).people[2])


def erase(stage: Stage) -> Knock:
    return notice(stage, "erase", people=[family(stage).people[2]])


def split(stage: Stage) -> Knock:
    return notice(stage, "split", people=[{"person": family(stage).people[2], "relation": "世帯主"}])


def merge(stage: Stage) -> Knock:
    came, alone = family(stage), family(stage, person("キヨ", "世帯主", sex="女", born="1945-01-30"))
    members = [{"person": alone.people[0], "relation": "母"}]
    return notice(stage, "merge", household=alone.households[0], into=came.households[0], members=members)


def change_head(stage: Stage) -> Knock:
    came = family(stage)
    members = [{"person": came.people[2], "relation": "子"}]
    return notice(stage, "change_head", household=came.households[0], head=came.people[1], members=members)


def _related(stage: Stage, act: str) -> Knock:
    came = family(stage)
    members = [{"person": came.people[2], "relation": "妻の子"}]
    return notice(stage, act, household=came.households[0], members=members)


def recompose(stage: Stage) -> Knock:
    return _related(stage, "recompose")


def change_foreign_relation(stage: Stage) -> Knock:
    return _related(stage, "change_foreign_relation")


def amend(stage: Stage) -> Knock:
    (home,) = family(stage).households
    written = ADDRESS | {"block": "2番18－2号"}
    return notice(stage, "amend", household=home, reason="住居表示の実施", address=written)


def rename(stage: Stage) -> Knock:
    names = CHILD["names"] | {"family": "例文", "family_kana": "レイブン"}
    return notice(stage, "rename", person=family(stage).people[2], names=names)


def change_origin(stage: Stage) -> Knock:
    return notice(stage, "change_origin", person=family(stage).people[0], origin=ORIGIN | {"head": "見本　次郎"})


def _foreigner(stage: Stage) -> int:
    return stage.do("resident_records.enter_foreign_resident", notice=arrival(FOREIGNER)).people[0]


def naturalise(stage: Stage) -> Knock:
    return notice(stage, "naturalise", person=_foreigner(stage), names=FATHER["names"], origin=ORIGIN)


def gain_nationality(stage: Stage) -> Knock:
    return notice(stage, "gain_nationality", person=_foreigner(stage), names=FATHER["names"], origin=ORIGIN)


def lose_nationality(stage: Stage) -> Knock:
    passing = {"nationality": "米国", "category": "国籍喪失による経過滞在者"}
    child = family(stage).people[2]
    return notice(stage, "lose_nationality", person=child, names=CHILD["names"], foreign=passing)


def change_status(stage: Stage) -> Knock:
    return notice(stage, "change_status", person=_foreigner(stage), foreign=WORKING)


def become_mid_term(stage: Stage) -> Knock:
    return notice(stage, "become_mid_term", person=_foreigner(stage), foreign=WORKING)


def cancel(stage: Stage) -> Knock:
    child = family(stage).people[2]
    done = stage.do(
        "resident_records.split", notice={"event_on": DAY, "people": [{"person": child, "relation": "世帯主"}]}
    )
    return Knock("resident_records.cancel", {"movement": done.movement, "reason": "取下げ"}, stage.manager)


def restore(stage: Stage) -> Knock:
    done = stage.do("resident_records.erase", notice={"event_on": DAY, "people": [family(stage).people[2]]})
    return Knock("resident_records.restore", {"movement": done.movement, "reason": "居住を確認"}, stage.clerk)


def _asked(stage: Stage) -> tuple[int, int]:
    """A protected person and the number of the protection."""
    (alone,) = family(stage, person("守子", "世帯主", sex="女", born="1988-03-03")).people
    request = {"person": alone, "kind": "配偶者からの暴力", "opponents": [{"name": "見本　相手"}]}
    return alone, stage.do("resident_records.request_protection", request=request).id


def request_protection(stage: Stage) -> Knock:
    (alone,) = family(stage, person("守子", "世帯主", sex="女", born="1988-03-03")).people
    request = {"person": alone, "kind": "配偶者からの暴力", "opponents": [{"name": "見本　相手"}]}
    return Knock("resident_records.request_protection", {"request": request}, stage.clerk)


def confirm_protection(stage: Stage) -> Knock:
    return Knock("resident_records.confirm_protection", {"protection": _asked(stage)[1]}, stage.manager)


def extend_protection(stage: Stage) -> Knock:
    """A month before it ends."""
    number = _asked(stage)[1]
    stage.do("resident_records.confirm_protection", by=stage.manager, protection=number)
    return Knock("resident_records.extend_protection", {"protection": number}, stage.manager, on=date(2027, 11, 10))


def end_protection(stage: Stage) -> Knock:
    given = {"protection": _asked(stage)[1], "because": "本人の申出"}
    return Knock("resident_records.end_protection", given, stage.manager)


def ask_release(stage: Stage) -> Knock:
    given = {"person": _asked(stage)[0], "paper": "certificates.copy", "reason": "本人の来庁を確かめた"}
    return Knock("resident_records.ask_release", given, stage.clerk)


def agree_release(stage: Stage) -> Knock:
    asked = stage.do("resident_records.ask_release", **ask_release(stage).given)
    second = SignedIn(**vars(stage.manager) | {"proof": "passkey", "proved_at": stage.at})
    return Knock("resident_records.agree_release", {"release": asked.id}, second)
