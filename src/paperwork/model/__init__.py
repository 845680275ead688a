"""The vocabulary: frozen dataclasses at the seams, known to every room and knowing none."""

from paperwork.model.case import *  # noqa: F403
from paperwork.model.office import *  # noqa: F403
