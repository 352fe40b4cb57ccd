"""印刷機 From a request to a released paper: one go, in a thread with connections of its own, under a time limit.

The steps commit one by one, so that the renderer's session sees the token, and an alarm outlives the refusal it causes.
"""

import base64
import io
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from functools import cache, partial
from os import getpid
from typing import Any, TypeVar
from uuid import UUID

import pikepdf
from django.db import OperationalError, close_old_connections

from yakusho.blocks.documents._internal import city
from yakusho.blocks.documents._internal.city_seal import SealMissing
from yakusho.blocks.documents._internal.envelope import content, envelope
from yakusho.blocks.documents._internal.gatehouse import GateAway, gatehouse
from yakusho.blocks.documents._internal.render import NotRendered, render
from yakusho.blocks.documents._internal.seal import NotSealable
from yakusho.blocks.documents.actions import jobs
from yakusho.blocks.documents.isolation import one_subject
from yakusho.blocks.documents.kinds import Snapshot, kinds
from yakusho.blocks.documents.refusals import PaperTookTooLong, PaperWithheld, SealUnusable
from yakusho.blocks.documents.values import Finished, Job, PaperView, Stopped, TwinSection
from yakusho.blocks.doors import Actor
from yakusho.blocks.doors.frames import opened

R = TypeVar("R")
PRESSES = 4  # at once in one process; each holds two connections


@cache
def _pool(_process: int, use: str) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(PRESSES, thread_name_prefix=use)


def stop() -> None:
    """Wait for the presses of this process and let them go, with their connections."""
    for use in ("press", "abandon"):
        _pool(getpid(), use).shutdown(wait=True)
    _pool.cache_clear()


def run(request: str, *, by: Actor, at: datetime) -> PaperView:
    """発行 The released paper. Refusals: those of the steps, PaperWithheld, PaperTookTooLong, CharacterNotPrintable."""
    pool = _pool(getpid(), "press")
    job: Job = pool.submit(_in_thread, jobs.take, by=by, request=request, at=at).result()
    finished: Future[PaperView] = pool.submit(_in_thread, issue, by=by, job=job, at=at)
    try:
        return finished.result(timeout=jobs.TIME_LIMIT.total_seconds())
    except TimeoutError as error:
        give_up = partial(_in_thread, jobs.abandon, by=by, request=job.request, token=job.token)
        with suppress(OperationalError):  # the job stands in its last step and holds the request: it ends by its lease
            _pool(getpid(), "abandon").submit(give_up).result()
        raise PaperTookTooLong from error


def ring(request: str, why: str, *, by: Actor, at: datetime) -> None:
    """警報 Nothing comes out at all: an alarm that outlives the refusal which it comes with."""
    _pool(getpid(), "abandon").submit(_in_thread, jobs.ring, by=by, request=request, why=why, at=at).result()


def _in_thread(step: Callable[..., R], *, by: Actor, **given: Any) -> R:
    """One step inside the door that was opened, with live connections, none kept beyond its age."""
    close_old_connections()
    try:
        with opened("documents.press", "action", by):
            return step(by=by, **given)
    finally:
        close_old_connections()


def issue(job: Job, *, by: Actor, at: datetime) -> PaperView:
    """作業 Read, print, seal, check, release; anything that goes wrong ends the whole job."""
    try:
        snapshot = fresh(job, by=by)
        try:
            pdf = printed(job, snapshot)
            doubts = gatehouse().ask(UUID(job.request), job.token, pdf)
        except (NotRendered, NotSealable) as error:
            pdf, doubts = b"", [f"press {error}"]
        except SealMissing as error:
            raise SealUnusable from error
        except GateAway as error:
            raise PaperTookTooLong from error
        if doubts:
            bytes_ = base64.b64encode(pdf).decode()
            stopped = Stopped(request=job.request, token=job.token, doubts=doubts, pdf=bytes_)
            raise PaperWithheld(alarm=jobs.withhold(stopped=stopped, by=by, at=at).alarm)
        return jobs.release(finished=_finished(job, snapshot, pdf), by=by, at=at)
    except PaperWithheld:
        raise
    except BaseException as error:
        held = jobs.abandon(request=job.request, token=job.token, by=by)
        if held or not isinstance(error, Exception):
            raise
        raise PaperTookTooLong from error  # another job has the request, or its paper is there


def fresh(job: Job, *, by: Actor) -> Snapshot:
    """記載内容 The snapshot, read again once if the register moved meanwhile. The gate has the last word on its age."""
    order, kind = jobs.order_of(job), kinds[job.kind]
    snapshot = read(job, by=by)
    return snapshot if snapshot.version == kind.version(order) else read(job, by=by)


def read(job: Job, *, by: Actor) -> Snapshot:
    """記載内容 What the room wants printed, read by a session that sees only the people of this request."""
    with one_subject(UUID(job.request), job.token), opened("documents.press", "query", by):
        return kinds[job.kind].snapshot(jobs.order_of(job))


def printed(job: Job, snapshot: Snapshot) -> bytes:
    """仕上がり The sealed PDF: the same job and snapshot give the same bytes."""
    kind = kinds[job.kind]
    keys = {"verify": city.key("seal_key", "verify"), "subject": city.key("subject_key", "paper")}
    data = envelope(
        snapshot,
        rid=UUID(job.request),
        number=job.number,
        title=kind.title,
        subject=job.subject,
        at=job.begun_at,
        issuer=city.issuer(),
        keys=keys,
    )
    pdf = render(kind.template.read_text("utf-8"), data, job.begun_at, state=city.state())
    return city.seal(job.begun_at).seal(pdf, at=job.begun_at)


def _finished(job: Job, snapshot: Snapshot, pdf: bytes) -> Finished:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = len(document.pages)
    return Finished(
        request=job.request,
        token=job.token,
        version=snapshot.version,
        pages=pages,
        pdf=base64.b64encode(pdf).decode(),
        statement=snapshot.statement,
        sections=[TwinSection.model_validate(section) for section in content(snapshot.sections)],
    )
