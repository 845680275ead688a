"""The office's own files, read once: `templates/` → typed values, checked against each other, every mistake named."""

from paperwork.catalogue.examples import Examples, read_examples
from paperwork.catalogue.loading import (
    check_laws,
    edition,
    fingerprint,
    load,
    opened_edition,
    remembered,
)
from paperwork.catalogue.printable import printable
from paperwork.catalogue.quoting import quoted_kinds
from paperwork.catalogue.stamping import Stamp, stamp, stands
from paperwork.catalogue.starter import copy_templates, shipped_templates

__all__ = [
    "Examples",
    "Stamp",
    "check_laws",
    "copy_templates",
    "edition",
    "fingerprint",
    "load",
    "opened_edition",
    "printable",
    "quoted_kinds",
    "read_examples",
    "remembered",
    "shipped_templates",
    "stamp",
    "stands",
]
