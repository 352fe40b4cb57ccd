"""公印の更新 New files of the seal, laid over the old ones while the house is open."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from yakusho.blocks.documents import actions, queries
from yakusho.blocks.documents._internal import city_seal, gatehouse
from yakusho.blocks.documents._internal.signature import BadSeal, confirm
from yakusho.blocks.documents.models import Alarm, Paper, PaperRequest
from yakusho.blocks.documents.refusals import PaperTookTooLong, PaperWithheld, SealUnusable
from yakusho.blocks.documents.tests.support import AT
from yakusho.blocks.doors import NOBODY

FILES = (city_seal.ISSUER, city_seal.CERTIFICATE, city_seal.KEY)
Lay = Callable[..., None]


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder with the files of the next seal."""
    city_seal.make(tmp_path, city="盛岡市", label="盛岡市長之印", at=AT)
    return tmp_path


@pytest.fixture
def lay(papers_city, made) -> Iterator[Lay]:
    """Lays these files of the next seal over those of the city, whole or in part; the first ones come back at the end."""
    folder = Path(settings.SECRETS)
    before = {name: (folder / name).read_bytes() for name in FILES}

    def over(*names: str, share: float = 1) -> None:
        for name in names:
            new = (made / name).read_bytes()
            (folder / name).write_bytes(new[: int(len(new) * share)])

    yield over
    for name, content in before.items():
        (folder / name).write_bytes(content)


def pdf(number: str) -> bytes:
    return bytes(Paper.objects.get(number=number).pdf)


def state(request: str) -> tuple[str, int]:
    row = PaperRequest.objects.get(pk=UUID(request))
    return row.state, Paper.objects.filter(request=row).count()


def test_the_next_paper_has_the_new_seal(person, asked, clerk, lay, made):
    old = actions.issue(request=asked(person()).request, by=clerk, at=AT)
    lay(*FILES)
    new = actions.issue(request=asked(person()).request, by=clerk, at=AT)
    in_force = city_seal.load(made).certificate
    confirm(pdf(new.number), in_force)
    with pytest.raises(BadSeal):
        confirm(pdf(old.number), in_force)
    assert queries.verify(code=old.code, by=NOBODY, on=AT.date()).state == "valid"


def test_a_paper_that_was_sealed_before_does_not_pass_the_gate_after(person, asked, clerk, lay, monkeypatch):
    ask = gatehouse.Gatehouse.ask

    def replaced(self, request, token, paper):
        lay(*FILES)
        return ask(self, request, token, paper)

    monkeypatch.setattr(gatehouse.Gatehouse, "ask", replaced)
    request = asked(person()).request
    with pytest.raises(PaperWithheld) as refused:
        actions.issue(request=request, by=clerk, at=AT)
    assert Alarm.objects.get(pk=refused.value.facts["alarm"]).doubts == ["seal the certificate is not the city's"]
    assert state(request) == ("withheld", 0)


@pytest.mark.parametrize("names", [FILES[:1], FILES[1:2], FILES[2:], FILES[:2]])
@pytest.mark.parametrize("share", [1, 0.5, 0])
def test_files_that_are_half_laid_are_no_seal(lay, names, share):
    lay(*names, share=share)
    with pytest.raises(city_seal.SealMissing):
        city_seal.load(Path(settings.SECRETS))


def test_while_the_files_do_not_belong_together_nothing_comes_out(person, asked, clerk, auditor, lay):
    request = asked(person()).request
    valid = actions.issue(request=asked(person()).request, by=clerk, at=AT)
    lay(city_seal.KEY, share=0.5)
    for _ in range(2):
        with pytest.raises(SealUnusable):
            actions.issue(request=request, by=clerk, at=AT)
        assert state(request) == ("asked", 0)
    seen = queries.verify(code=valid.code, by=NOBODY, on=AT.date())
    assert (seen.state, seen.signer) == ("valid", "")
    lay(*FILES)
    assert actions.issue(request=request, by=clerk, at=AT).pages == 1
    alarm = Alarm.objects.get(doubts=["no seal"], closed_at=None)
    assert actions.compare_alarm(alarm=alarm.pk, by=auditor, at=AT).differences == ["nothing was printed"]
    actions.close_alarm(alarm=alarm.pk, finding="公印を更新した", by=auditor, at=AT)


def test_a_gate_without_a_seal_has_no_doubt_and_no_answer(person, asked, clerk, lay, monkeypatch):
    ask = gatehouse.Gatehouse.ask

    def halved(self, request, token, paper):
        lay(city_seal.CERTIFICATE, share=0.5)
        return ask(self, request, token, paper)

    monkeypatch.setattr(gatehouse.Gatehouse, "ask", halved)
    request = asked(person()).request
    with pytest.raises(PaperTookTooLong):
        actions.issue(request=request, by=clerk, at=AT)
    assert state(request) == ("asked", 0)
    monkeypatch.undo()
    lay(*FILES)
    assert actions.issue(request=request, by=clerk, at=AT).pages == 1
