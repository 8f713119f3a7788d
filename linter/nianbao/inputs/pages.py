"""Pages that link to their report: pages that are not reports themselves, or have no tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.extraction.facts import find_published
from nianbao.extraction.leads import links_to_report
from nianbao.inputs.leading import beside, in_archive, is_document, on_site
from nianbao.model.address import is_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.inputs.leading import Lead
    from nianbao.inputs.origin import SourceOrigin
    from nianbao.model.document import Document
    from nianbao.model.form import Form
    from nianbao.model.report import Fact


def targets(document: Document, origin: SourceOrigin, *, forms: Sequence[Form]) -> list[str]:
    """Return the linked documents that may be the report of a page, each once: addresses, paths or names."""
    lead = _lead(origin)
    links = [link for link in document.links if is_document(link) and lead(link.address) is not None]
    chosen = links_to_report(document, links, forms=forms)
    return list(dict.fromkeys(target for link in chosen if (target := lead(link.address)) is not None))


def published(document: Document, *, forms: Sequence[Form]) -> Fact | None:
    """Return the date of publication of a page, by the first form that finds one."""
    dates = (find_published(document, form) for form in forms)
    return next((date for date in dates if date is not None), None)


def _lead(origin: SourceOrigin) -> Lead:
    if is_address(origin.base):
        return on_site(origin.base)
    return in_archive(origin.base, archive=origin.holder) if origin.holder else beside(origin.base)
