"""Sources of data as they are told: to the team, to guests, and what a file is taken for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desirepath.web.api.data_forms import (
    ColumnSaid,
    NamedCount,
    OddSaid,
    ProofSaid,
    QuestionSaid,
    RoleSaid,
    ScoreSaid,
    SourceSaid,
    TimesSaid,
)
from desirepath.web.data.at_work import wrong_with
from desirepath.web.data.confined import ask_child, limits_for
from desirepath.web.data.own import DATABASE, Own
from desirepath.web.data.sources import Source
from desirepath.web.data.works import Work

FEW = 10  # people, below which guests are told no number


def for_guest(said: SourceSaid) -> SourceSaid:
    """Without names of the team, and without counts of few people."""
    counts = {
        name: value if value is None or value >= FEW else None
        for name, value in (("cases", said.cases), ("customers", said.customers), ("answers", said.answers))
    }  # fmt: skip
    return said.model_copy(update={**counts, "by": "", "privacy": {}})


def own_proof(uploads: Path, own: Own, project: Path) -> ProofSaid:
    """What data of the project is taken for; it is read as carefully as that of others."""
    uploads.mkdir(mode=0o700, exist_ok=True)
    told: dict[str, Any] = {"do": "prove_own", "files": [str(one.resolve()) for one in own.paths]}  # fmt: skip
    if own.id.startswith(DATABASE):
        told = {"do": "prove_database", "project": str(project.resolve()), "name": own.name}  # fmt: skip
    known = [own.connection] if own.connection else []
    proof = ask_child(uploads, told, limits_for(own.bytes), own.name, known)
    counted = {name: proof["counts"].get(name) for name in ("events", "cases", "customers", "from_us", "to_us")}  # fmt: skip
    said = own_said(own).model_copy(update={"rows": proof["counts"]["rows"], **counted})  # fmt: skip
    return _proof_of(said, proof)


def own_said(own: Own) -> SourceSaid:
    """Data of the project, before anybody has looked at it."""
    return SourceSaid(
        id=own.id,
        name=own.name,
        kind="events",
        state="confirmed",
        origin="project",
        is_for_all=True,
        rows=0,
        bytes=own.bytes,
        **_counts({}),
        privacy={},
        by="",
        at_us=0,
        doing="",
        is_failed=False,
        problems=[],
    )


def _counts(counts: Mapping[str, Any]) -> dict[str, int | None]:
    names = ("events", "cases", "customers", "answers", "from_us", "to_us")
    return {name: counts.get(name) for name in names}


def source_said(
    source: Source, work: Work | None = None, *, may_lead: bool = False
) -> SourceSaid:
    """A source; why it could not be read is told to who leads, since it may quote a row."""
    is_failed = work is not None and work.state == "failed"
    problems = [wrong_with(source)] if is_failed and may_lead else []
    return SourceSaid.model_validate(
        {
            "id": source.id,
            "name": source.name,
            "kind": source.kind,
            "state": source.state,
            "origin": "upload",
            "is_for_all": not source.map,
            "rows": source.row_count,
            "bytes": source.bytes,
            **_counts(source.counts),
            "privacy": dict(source.privacy),
            "by": source.author,
            "at_us": source.at_us,
            "doing": _doing(work),
            "is_failed": is_failed,
            "problems": [asdict(one) for one in problems],
        }
    )


def _doing(work: Work | None) -> str:
    if work is None or work.state == "failed":
        return ""
    if work.state == "waiting":
        return "waiting"
    return "keeping" if work.act == "keep" else "reading"


def proof_said(
    source: Source, proof: Mapping[str, Any], work: Work | None
) -> ProofSaid:
    """What a source is taken for, with what was decided about its columns."""
    found = _proof_of(source_said(source, work, may_lead=True), proof)
    if source.state == "confirmed":
        return found
    decided = [
        one.model_copy(update={"how": source.privacy[one.name]})
        if source.privacy.get(one.name) in one.choices
        else one
        for one in found.columns
    ]
    return found.model_copy(update={"columns": decided})


def _proof_of(said: SourceSaid, proof: Mapping[str, Any]) -> ProofSaid:
    counts = proof["counts"]
    return ProofSaid(
        source=said,
        looks_like=proof["looks_like"],
        columns=[ColumnSaid.model_validate(one) for one in proof["columns"]],
        roles=[RoleSaid.model_validate(one) for one in proof["roles"]],
        times=[TimesSaid.model_validate(one) for one in proof["times"]],
        questions=[QuestionSaid.model_validate(one) for one in proof["questions"]],
        odd=[OddSaid.model_validate(one) for one in proof["odd"]],
        scores=[ScoreSaid.model_validate(one) for one in proof["scores"]],
        activities=counts.get("activities"),
        channels=counts.get("channels", []),
        segments=counts.get("segments", []),
        top=[NamedCount.model_validate(one) for one in counts.get("top", [])],
        left_out=counts.get("left_out", {}),
    )
