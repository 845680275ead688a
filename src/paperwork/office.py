"""An office at work: its folder, its catalogue, its ledger and its objects, opened together and handed around."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import tomllib
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from types import TracebackType

from paperwork import access, catalogue, counting, law, planning
from paperwork.answers import ZONE
from paperwork.catalogue import Stamp
from paperwork.errors import MachineError, UsageError
from paperwork.ledger import Ledger
from paperwork.logbook import Logbook
from paperwork.model import Catalogue, History, Matter, Tallied
from paperwork.objects import Objects, open_at
from paperwork.planning import Sight, Weighed
from paperwork.templates import Templates

MARK = Path("templates") / "bureau.toml"


@dataclass(frozen=True)
class Office:
    """One office. `day` is set for stories and back entry; otherwise the clock decides."""

    root: Path
    catalogue: Catalogue
    ledger: Ledger
    objects: Objects
    templates: Templates
    fingerprint: str
    stamp: Stamp
    day: dt.date | None = None
    edition: bytes = b""  # the TOML files as they were read, kept by hash with the first form that they decide
    _weighed: dict[object, Weighed] = field(default_factory=dict, compare=False, repr=False)
    _sights: dict[int, Sight] = field(default_factory=dict, compare=False, repr=False)
    _histories: dict[tuple[str, str, int], History] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def open(cls, root: Path, day: dt.date | None = None, makes: bool = False) -> Office:
        """Open the office at `root`. Raises OfficeError (its files are wrong), MachineError, UsageError (the day).

        `makes`: on a server the tables are made where there are none, which otherwise is a MachineError.
        """
        written = catalogue.stamp(root)
        known = catalogue.remembered(root)
        private = private_of(root)
        kept = root / ".paperwork" / "objects"  # beside inbox and outbox: who shares these shares it too
        for folder in (private / "stage", kept):
            folder.mkdir(parents=True, exist_ok=True)
        access.close(private)
        access.close(kept.parent)
        ledger = Ledger.open(ledger_url(known, root), known.settings.bureau, makes=makes)
        if not ledger.begun():  # else it was there, and is only away
            (root / "outbox").mkdir(exist_ok=True)
        access.share(root, known.settings.sharing)
        templates = Templates(known)
        objects = open_at(kept, known.settings.cluster.store)
        fingerprint = catalogue.fingerprint(root)
        edition = catalogue.edition(root)
        office = cls(root, known, ledger, objects, templates, fingerprint, written, day, edition)
        office._refuse_an_early_day()
        return office

    def require_whole(self) -> None:
        """Before anything is registered: ledger and outbox are there, and belong together. MachineError."""
        if error := apart(self.root, self.ledger):
            raise error

    def renewed(self) -> Office:
        """The office with its files as they stand now; itself when nobody edited them. Raises OfficeError."""
        if catalogue.stands(self.stamp):
            return self
        stamp = catalogue.stamp(self.root)
        known = catalogue.remembered(self.root)
        fresh = replace(self, catalogue=known, templates=Templates(known), stamp=stamp, _weighed={}, _sights={})
        return replace(fresh, fingerprint=catalogue.fingerprint(self.root), edition=catalogue.edition(self.root))

    def __enter__(self) -> Office:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _tb: TracebackType | None
    ) -> None:
        self.ledger.close()

    @property
    def now(self) -> dt.datetime:
        """The moment, in the zone that decides the year of a number; on the chosen day where one is chosen."""
        now = dt.datetime.now(ZONE)
        return now if self.day is None else dt.datetime.combine(self.day, now.timetz())

    @property
    def today(self) -> dt.date:
        return self.now.date()

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def private(self) -> Path:
        """What is this machine's own: stage, logs, heartbeat; on one machine alone also ledger and objects."""
        return private_of(self.root)

    @property
    def log(self) -> Logbook:
        """What happened, step by step, by the ids of drops: no word of any form."""
        return Logbook(self.private / "logs")

    def recount(self, matter_id: str) -> None:
        """Make the rows that a matter adds to the figures of summaries anew, from what is registered of it."""
        matter = self.ledger.matter(matter_id)
        if matter:
            self.ledger.recount([(matter.id, matter.version, self.counted(matter, self._history(matter)))])

    def counted(self, matter: Matter, past: History) -> tuple[Tallied, ...]:
        """The rows that a matter adds to the figures, from what is registered of it; `past` is its party's."""
        facts = self._sight(matter, past).facts(matter.documents)
        papers = tuple(document for document in matter.documents if document.code)
        return counting.rows(self.catalogue, counting.Counted(matter.type, facts, papers))

    def sight(self, matter: Matter | None, history: History | None = None) -> Sight:
        """The matter as it stands now, for looking; planning lays a submission over it."""
        if matter is None or history is not None:
            return self._sight(matter, history or self._history(matter))
        seen = self._sights.get(id(matter))
        if seen is None or seen.today != self.today:
            self._sights.clear()
            seen = self._sights[id(matter)] = self._sight(matter, self._history(matter))
        return seen

    def _sight(self, matter: Matter | None, past: History) -> Sight:
        sight = Sight(self.catalogue, self.templates, self.fingerprint, self.today, matter, past)
        return replace(sight, edition=self.edition_id)

    def weighed(self, matter: Matter) -> Weighed:
        """What the policy says of the matter as it stands: asked once for each of its states, and looked at often."""
        states = tuple((d.key, d.state) for d in matter.documents)
        key = (matter.id, matter.version, matter.party_version, self.today, states)
        if key not in self._weighed:
            self._weighed.clear()
            self._weighed[key] = planning.weigh(self.sight(matter))
        return self._weighed[key]

    def _history(self, matter: Matter | None) -> History:
        """The party's, read once for each of its versions: every registration of the party gives it the next."""
        if matter is None:
            return self.ledger.history("", "")
        key = (matter.party_key, matter.id, matter.party_version)
        if key not in self._histories:
            if len(self._histories) >= 64:
                self._histories.clear()
            self._histories[key] = self.ledger.history(matter.party_key, matter.id)
        return self._histories[key]

    @property
    def edition_id(self) -> str:
        """The hash by which the edition lies in the objects."""
        return _sha256(self.edition)

    def relative(self, path: Path) -> str:
        """A path as ledger and JSON keep it: relative to the office, with `/`."""
        return path.relative_to(self.root).as_posix()

    def _unlawful(self, day: dt.date) -> str:
        """The first law that a procedure of the policy needs and that has no text on file for the day."""
        laws = self.catalogue.laws
        needed = dict.fromkeys(c.law for rule in self.catalogue.rules for c in rule.procedure)
        return next((name for name in needed if law.text_on(laws, name, day) is None), "")

    def _refuse_an_early_day(self) -> None:
        if self.day and (unlawful := self._unlawful(self.day)):
            raise UsageError(f"{self.day} 没有可以引用的《{unlawful}》文本，不能把这一天当作今天")
        latest = self.ledger.latest_issued() if self.day else None
        if self.day and latest and latest > self.day:
            raise UsageError(
                f"本局已有{latest}的文书，不能把今天当作{self.day}",
                advice="--today 只用于演练和补录，不能倒回已签发文书之前",
            )


def private_of(root: Path) -> Path:
    """The private folder: PAPERWORK_PRIVATE where the office lies on a share that several machines see, else within."""
    own = os.environ.get("PAPERWORK_PRIVATE")
    return Path(own) if own else root / ".paperwork"


def bureau_of(root: Path) -> str:
    """The bureau's code, also of an office whose other files are wrong; "" where not even that can be read."""
    try:
        return str(tomllib.loads((root / MARK).read_text("utf-8")).get("bureau", ""))
    except (OSError, ValueError):
        return ""


def apart(root: Path, ledger: Ledger) -> MachineError | None:
    """Why nothing may be registered here: the ledger has cases and there is no outbox, or the other way round.

    An empty ledger beside dossiers is not theirs: it would give each of their numbers a second time.
    """
    outbox = root / "outbox"
    if ledger.begun():
        advice = "请恢复网络共享的连接，或者把它移回原处；不要另建一个空的。恢复以后自动继续"
        return None if outbox.is_dir() else MachineError(f"案卷的文件夹不在：{outbox}", advice=advice)
    dossier = next(outbox.glob("20[0-9][0-9]/*/manifest.json"), None)
    if dossier is None or ledger.begun():  # another process may just have registered and filed the first
        return None
    advice = "请改正账册的地址（PAPERWORK_LEDGER，bureau.toml 的 ledger）；账册丢失的，用 paperwork restore 从备份恢复"
    what = f"账册（{ledger.place}）是空的，而发件夹里已有案卷（{dossier.parent.name}）：再登记会重号"
    return MachineError(what, advice=advice)


def ledger_url(known: Catalogue, root: Path) -> str:
    """Where the ledger is: PAPERWORK_LEDGER, else `bureau.toml`, else on this machine's own disk."""
    own = f"sqlite:///{(private_of(root) / 'ledger.db').as_posix()}"
    return os.environ.get("PAPERWORK_LEDGER") or known.settings.ledger or own


@lru_cache(maxsize=4)
def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Upgraded:
    """What `upgrade_ledger` found and did."""

    before: str | None  # version of the tables; None where there were none
    now: str | None
    place: str  # for people
    roles: tuple[str, ...]  # database roles whose rights were renewed


def upgrade_ledger(root: Path, role: str = "", revoke: bool = False) -> Upgraded:
    """Carry the office's ledger over to the tables of this program, also one on a server (see `ledger.schema`).

    `role`: a database role that may work for this bureau, and for no other, from then on; with `revoke`, no more.
    """
    known = catalogue.load(root)
    private_of(root).mkdir(parents=True, exist_ok=True)
    url = ledger_url(known, root)
    before = Ledger.found(url)
    with Ledger.open(url, known.settings.bureau, upgrade=True) as ledger:
        if role:
            (ledger.dismiss if revoke else ledger.admit)(role)
        return Upgraded(before, Ledger.found(url), ledger.place, ledger.renew_rights())


def find_root(start: Path) -> Path:
    """The nearest folder upwards that is an office. Raises UsageError."""
    for folder in (start, *start.parents):
        if (folder / MARK).is_file():
            return folder
    raise UsageError(f"{start} 及其上级文件夹都不是办公文件夹", advice="用 --office 指明，或者用 paperwork init 新建")
