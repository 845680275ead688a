"""What the living files of a matter's folder say: 卷内目录 and manifest."""

from __future__ import annotations

from collections.abc import Mapping

from paperwork import planning, policy
from paperwork.model import Document, Json, Matter, printed_date
from paperwork.office import Office
from paperwork.planning import Sight
from paperwork.views.entries import document_entry
from paperwork.views.remarks import numbered, recordings


def index(office: Office, matter: Matter) -> Json:
    """What 卷内目录 says of the matter as it stands."""
    sight = office.sight(matter)
    told = index_of(sight, matter)
    before = lead_of(office, matter)
    if before is None:
        return told
    # The papers made before the case was filed lie in the lead's folder; they come first in the file.
    earlier = [{**row, "remark": f"存于{before.id}"} for row in index_of(office.sight(before), before)["rows"]]
    return {**told, "rows": [{**row, "no": str(n)} for n, row in enumerate((*earlier, *told["rows"]), 1)]}


def lead_of(office: Office, matter: Matter) -> Matter | None:
    """The lead from which the case opened, None of any other matter."""
    told = (s.facts.get("case.lead") for s in matter.submissions)
    lead = next((one for one in told if isinstance(one, str) and one), "")
    return office.ledger.matter(lead) if lead else None


def index_of(sight: Sight, matter: Matter) -> Json:
    """The rows of 卷内目录 in filing order (domain/03 §3.5): issued papers only, 页号 left for the hand."""
    order = _order(sight, matter)
    issued = [d for d in matter.documents if d.state in ("issued", "replaced") and d.code and d.seq]
    issued.sort(key=lambda d: (order.get(d.code, len(order)), d.seq))
    facts = sight.folded
    rows = [
        {
            "no": str(number),
            "number": document.number,
            "organ": sight.catalogue.settings.organ.name,
            "title": document.title,
            "date": printed_date(document.dated) if document.dated else "",
            "page": "",
            "remark": _remark(sight, document),
        }
        for number, document in enumerate(issued, 1)
    ]
    # A matter that is no case has neither name nor 案号: it is called by its party and kind, and by its id.
    title = str(facts.get("case.title", "")) or f"{matter.party}{sight.catalogue.matters[matter.type].label}"
    told = {"title": title, "party": matter.party, "case_no": matter.case or matter.id, "rows": rows}
    return {**told, "notes": numbered(facts, sight.catalogue.facts), "videos": list(recordings(facts))}


def _remark(sight: Sight, document: Document) -> str:
    kind = sight.catalogue.kinds.get(document.kind)
    sealed = "密封件" if kind and kind.sealed else ""
    return "已被替换" if document.state == "replaced" else sealed


def filing_order(office: Office, matter: Matter) -> Mapping[str, int]:
    """Document code → place in the file, by the sets of the measures that fired."""
    return _order(office.sight(matter), matter)


def _order(sight: Sight, matter: Matter) -> Mapping[str, int]:
    facts = sight.facts(sight.documents)
    fired = [m for m in planning.judge(sight, facts) if m.fired]
    wanted = policy.papers(sight.catalogue, policy.Question(matter.type, facts), fired)
    return {paper.code: place for place, paper in enumerate(wanted)}


def manifest(matter: Matter) -> Json:
    """What lies in the folder and by which hashes: written last, it says that the step is complete."""
    return {
        "id": matter.id,
        "type": matter.type,
        "case": matter.case or None,
        "party": matter.party,
        "state": matter.state,
        "version": matter.version,
        "documents": [document_entry(d) for d in matter.documents if d.code and d.path],
        "drafts": [
            {"code": d.code, "path": d.draft_path, "sha256": d.draft_sha256} for d in matter.documents if d.draft_path
        ],
        "forms": [{"drop": r.drop, "row": r.row, "form": r.form, "sha256": r.sha256} for r in matter.received],
    }
