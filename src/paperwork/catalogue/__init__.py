"""The office's own files, read once: `templates/` → typed values, checked against each other, every mistake named."""

from paperwork.catalogue.loading import check_laws, fingerprint, load
from paperwork.catalogue.starter import copy_templates, shipped_templates

__all__ = ["check_laws", "copy_templates", "fingerprint", "load", "shipped_templates"]
