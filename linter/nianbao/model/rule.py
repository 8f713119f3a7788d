"""A rule as data, and the legal basis it rests on."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.messages import Text
    from nianbao.model.form import Form

SEVERITIES = ("info", "warning", "error")
CONFIDENCES = ("low", "medium", "high")


class Basis(NamedTuple):
    """A text that a rule rests on: document, part of it, and a short quotation where its words are known.

    ``forms`` are the forms whose reports it is cited for; all when empty.
    """

    document: str
    part: str = ""
    quote: str = ""
    forms: tuple[str, ...] = ()


class Origin(NamedTuple):
    """Where a rule is written: file, and line of its first key."""

    file: str
    line: int


class Applies(NamedTuple):
    """Which reports a rule is for; an empty tuple or ``None`` sets no limit."""

    forms: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    prior_forms: tuple[str, ...] = ()


class Example(NamedTuple):
    """An example of a rule: what to change in a consistent report, and whether the rule must pass or fail on it.

    ``also`` are the codes of other rules that are known to fail on it.
    """

    expect: str
    given: Mapping[str, Any]
    line: int
    also: tuple[str, ...] = ()


class Rule(NamedTuple):
    """One rule of a pack.

    ``options`` holds what the rule's kind asks for, under the kind's own key and beside it; the kind's schema has
    checked it. ``severity`` is by form id, with "" for all others.
    """

    code: str
    name: str
    kind: str
    title: Text
    message: Mapping[str, Text]
    help: Text
    severity: Mapping[str, str]
    confidence: str
    persona: str
    waivable: bool
    applies: Applies
    basis: tuple[Basis, ...]
    covers: tuple[str, ...]
    options: Mapping[str, Any]
    examples: tuple[Example, ...]
    origin: Origin
    replaces: tuple[str, ...] = ()

    def basis_for(self, form_id: str) -> tuple[Basis, ...]:
        """Return the texts to cite for reports of that form."""
        return tuple(basis for basis in self.basis if not basis.forms or form_id in basis.forms)

    def severity_for(self, form_id: str) -> str:
        """Return the severity on reports of that form."""
        return self.severity.get(form_id, self.severity[""])


class Adjustment(NamedTuple):
    """What a pack changes of a rule of another pack: its severity, or, where that is "", that it runs at all."""

    code: str
    severity: str
    origin: Origin


class Pack(NamedTuple):
    """A set of rules that ships together, the forms it brings with it, and what it changes of other packs' rules.

    ``base`` is what it changes in the report that examples start from, written like an example.
    """

    id: str
    version: str
    title: Text
    forms: tuple[str, ...]
    rules: tuple[Rule, ...]
    own_forms: tuple[Form, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    base: Mapping[str, Any] = MappingProxyType({})
