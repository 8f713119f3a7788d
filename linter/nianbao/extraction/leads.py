"""The links to a report on a page that only announces it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from nianbao.extraction.facts import has_title, names_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.model.document import Document, Link
    from nianbao.model.form import Form

_MAX_LINKS = 5
_MAX_LINK_CHARS = 300


def links_to_report(document: Document, links: Sequence[Link], *, forms: Sequence[Form]) -> tuple[Link, ...]:
    """Return the links to a report, by words or address; else all, if there are few below the title of a report.

    Args:
        document: The page.
        links: Its links to files of formats in which reports are published.
        forms: The forms that the report may follow.
    """
    named = [link for link in links if any(_leads(link, form) for form in forms)]
    if named or not 0 < len(links) <= _MAX_LINKS:
        return tuple(named)
    return tuple(links) if any(has_title(document, form) for form in forms) else ()


def _leads(link: Link, form: Form) -> bool:
    address = unquote(link.address.rpartition("/")[2])
    return any(names_report(text[:_MAX_LINK_CHARS], form) for text in (link.words, address))
