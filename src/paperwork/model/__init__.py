"""The vocabulary: frozen dataclasses at the seams, known to every room and knowing none."""

from paperwork.model.asking import *  # noqa: F403
from paperwork.model.bureau import *  # noqa: F403
from paperwork.model.clauses import *  # noqa: F403
from paperwork.model.counting import *  # noqa: F403
from paperwork.model.credit import *  # noqa: F403
from paperwork.model.decided import *  # noqa: F403
from paperwork.model.examples import *  # noqa: F403
from paperwork.model.intake import *  # noqa: F403
from paperwork.model.law import *  # noqa: F403
from paperwork.model.layout import *  # noqa: F403
from paperwork.model.ledgered import *  # noqa: F403
from paperwork.model.proofs import *  # noqa: F403
