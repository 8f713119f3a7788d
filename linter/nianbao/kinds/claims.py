"""Claims in the prose: sentences that match a pattern, and the figure that each of them states."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.kinds.figures import NUMBER, clause_before, figure_at, is_of_another_year, unit_factor
from nianbao.kinds.prose import MAX_OUTCOMES, compiled_pattern, compiled_patterns, wanted_sections
from nianbao.kinds.sentences import MAX_SENTENCE_CHARS, sentences
from nianbao.language.evaluate import judge, prepare, right_of
from nianbao.language.linear import Linear, equations, tidy
from nianbao.language.mistakes import Mistake
from nianbao.language.syntax import Binary, parse
from nianbao.messages import Text
from nianbao.model.outcome import FAIL, PASS, UNDECIDED, CellRef, Outcome

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping

    from nianbao.kinds.figures import Figure
    from nianbao.kinds.kind import RuleContext
    from nianbao.kinds.rule_patterns import RulePattern
    from nianbao.kinds.sentences import Sentence
    from nianbao.language.evaluate import Sums
    from nianbao.language.linear import Equation
    from nianbao.model.form import Form
    from nianbao.model.report import Report
    from nianbao.model.rule import Rule

TARGETS = _EQUALS, _AT_MOST, _MULTIPLE = ("equals", "at_most", "multiple_of")
_BEST = (PASS, UNDECIDED, FAIL)
PLACES = ("value", "expected", "difference", "heading", "quote")
_ANY_NUMBER = "(?P<value>)"
_UNCLEAR = Text("正文里是约数，或者没有读懂：“{quote}”", "an approximate figure, or one not understood: “{quote}”")
_CLASH = Text("{keys}只能写一个", "only one of {keys} can be asked for")
_NO_VALUE = Text("数字所在的地方要写成组 (?P<value>)", "has no group (?P<value>) where the figure stands")


class Claim(NamedTuple):
    """A figure of the prose, converted to the unit of the cells.

    Attributes:
        value: Its value, ``None`` where it could not be parsed.
        step: Weight of its last digit.
        exact: Whether no word marks it as approximate.
        sentence: The sentence that states it.
        quote: The words around it.
        is_figure: Whether it stands there as a figure, in which a digit may be wrong, and not as words for none.
    """

    value: int | Decimal | None
    step: int | Decimal
    exact: bool
    sentence: Sentence
    quote: str
    is_figure: bool = True


class Claims(NamedTuple):
    """A search for claims: patterns, patterns that exclude a figure, the unit, the sections, patterns that say 0."""

    patterns: tuple[RulePattern, ...]
    unless: tuple[RulePattern, ...]
    unit: tuple[str, int]
    sections: frozenset[str]
    none: tuple[RulePattern, ...] = ()

    @classmethod
    def of(cls, kind: str, option: Mapping[str, Any], *, form: Form) -> Claims:
        """Read the search from the option of a kind.

        Raises:
            Mistake: a pattern is not valid or has no group ``value``, or the form has no such section.
        """
        patterns = []
        for number, source in enumerate(option.get("patterns", ())):
            path = (kind, "patterns", number)
            pattern = compiled_pattern(source.replace(_ANY_NUMBER, f"(?P<value>{NUMBER})"), path)
            if "value" not in pattern.groups:
                raise Mistake(_NO_VALUE, path=path)
            patterns.append(pattern)
        return cls(
            tuple(patterns),
            compiled_patterns(kind, option, key="unless"),
            unit_factor(option.get("unit", "")),
            wanted_sections(kind, option, form=form),
            compiled_patterns(kind, option, key="none"),
        )

    def find(self, prose: Iterable[Sentence], year: int | None) -> Iterator[Claim]:
        """Yield the figures in sentences of a report on that year, each once."""
        return islice((claim for sentence in prose for claim in self._of(sentence, year)), MAX_OUTCOMES)

    def _of(self, sentence: Sentence, year: int | None) -> Iterator[Claim]:
        seen: set[int] = set()
        factor = self.unit[1]
        for match in (candidate for pattern in self.patterns for candidate in pattern.finditer(sentence.plain)):
            figure = figure_at(sentence.plain, match.start("value")) if match["value"] else None
            if figure is None or figure.end in seen or self._is_other(sentence, match, figure):
                continue
            seen.add(figure.end)
            if not is_of_another_year(sentence.plain, match, year=year):
                value = None if figure.value is None else tidy(Decimal(figure.value) / factor)
                quote = sentence.quote(match.start(), figure.end)
                yield Claim(value, Decimal(figure.step) / factor, figure.exact, sentence, quote)
        for match in (candidate for pattern in self.none for candidate in pattern.finditer(sentence.plain)):
            is_excluded = self._is_excluded(clause_before(sentence.plain, match.start()))
            if not is_excluded and not is_of_another_year(sentence.plain, match, year=year):
                quote = sentence.quote(*match.span())
                yield Claim(0, 1, exact=True, sentence=sentence, quote=quote, is_figure=False)
                break

    def _is_other(self, sentence: Sentence, match: re.Match[str], figure: Figure) -> bool:
        """Whether a figure has another unit, is excluded, or may be cut off because its sentence was too long."""
        before = clause_before(sentence.plain, match.start("value"))
        return (
            not sentence.plain.startswith(self.unit[0], figure.end)
            or self._is_excluded(before)
            or (len(sentence.text) == MAX_SENTENCE_CHARS and figure.end == len(sentence.plain))
        )

    def _is_excluded(self, before: str) -> bool:
        return any(pattern.search(before) for pattern in self.unless)


class ClaimTarget(NamedTuple):
    """What a figure must be: one of some sums of cells, at most one of them, or a multiple of a number."""

    key: str
    sums: tuple[Sums, ...]
    multiple: int

    @classmethod
    def of(cls, rule: Rule, form: Form) -> ClaimTarget:
        """Read it from the option of a rule.

        Raises:
            Mistake: there are two of them, or one is not a sum of cells.
        """
        option = rule.options[rule.kind]
        key, *others = (target for target in TARGETS if target in option)
        if others:
            raise Mistake(_CLASH.format(keys=" / ".join(TARGETS)), path=(rule.kind, others[0]))
        sums = () if key == _MULTIPLE else sums_of(rule, form, key=key)
        return cls(key, sums, option.get(_MULTIPLE, 1))

    @property
    def can_judge(self) -> bool:
        """Whether the form has what figures are compared with."""
        return bool(self.sums) or self.key == _MULTIPLE

    @property
    def one_is_enough(self) -> bool:
        """Whether figures beside one that agrees may be parts of it."""
        return self.key == _EQUALS

    def judge(self, claim: Claim, subject: RuleContext) -> Outcome:
        """Judge a figure; of several sums, the one that agrees best counts."""
        if self.key == _MULTIPLE:
            return compare_multiple(claim, self.multiple)
        return min(
            (compare(claim, total, subject=subject, at_most=self.key == _AT_MOST) for total in self.sums),
            key=lambda candidate: _BEST.index(candidate.outcome),
        )


def stated_in(report: Report) -> tuple[Claim, ...]:
    """Return the figures that the prose of a report states, without those of other years."""
    every = Claims((compiled_pattern(f"(?P<value>{NUMBER})", ()),), (), unit_factor(""), frozenset())
    return tuple(every.find(sentences(report.sections), report.year))


def compare(claim: Claim, total: Sums, *, subject: RuleContext, at_most: bool = False) -> Outcome:
    """Compare a figure with a sum of cells that it must equal, or ``at_most`` be.

    If they agree exactly, the outcome is built without a full evaluation.
    """
    right = right_of(total, subject.values) if claim.exact and claim.value is not None else None
    if right is not None and claim.value is not None and -claim.step < claim.value - right < claim.step:
        report = subject.report
        cells = tuple(CellRef(report.cells[key], "right", 1, report.year) for key in total.right or ())
        return Outcome(
            PASS,
            cells=cells,
            left=claim.value,
            right=right,
            location=claim.sentence.location,
            subject=total.equation.subject,
            relation="=" if claim.is_figure else "",
        )
    equation = total.equation._replace(left=Linear((), claim.value or 0))
    outcome = judge(prepare(equation), subject.report, prior=subject.prior)
    outcome = outcome._replace(location=claim.sentence.location, subject=equation.subject)
    if outcome.outcome == UNDECIDED or not claim.exact or claim.value is None:
        return outcome._replace(outcome=UNDECIDED, reason=outcome.reason or _UNCLEAR.format(quote=claim.quote))
    gap = (outcome.left or 0) - (outcome.right or 0)
    agrees = gap < claim.step and (at_most or -claim.step < gap)
    places = _places(claim, outcome.left, outcome.right, abs(gap))
    relation = "" if not claim.is_figure else "<=" if at_most else outcome.relation
    return outcome._replace(outcome=PASS if agrees else FAIL, arguments=places, relation=relation)


def compare_multiple(claim: Claim, of: int) -> Outcome:
    """Judge whether a figure is a multiple of a number."""
    location = claim.sentence.location
    if not claim.exact or claim.value is None:
        return Outcome(UNDECIDED, reason=_UNCLEAR.format(quote=claim.quote), location=location)
    rest = claim.value % of
    return Outcome(FAIL if rest else PASS, "", _places(claim, claim.value, of, rest), location=location)


def _places(claim: Claim, *values: object) -> dict[str, object]:
    return dict(zip(PLACES, (*values, claim.sentence.section.heading, claim.quote), strict=True))


def sums_of(rule: Rule, form: Form, *, key: str) -> tuple[Sums, ...]:
    """Return the sums under a key of a rule's option, each as an equation whose left side is empty.

    Raises:
        Mistake: one is not a sum of cells, or is ambiguous.
    """
    wanted = rule.options[rule.kind][key]
    sums: list[Equation] = []
    for number, source in enumerate([wanted] if isinstance(wanted, str) else wanted):
        path = (rule.kind, key, *(() if isinstance(wanted, str) else (number,)))
        try:
            made = _equations(source, rule, form)
        except Mistake as mistake:
            raise (mistake if mistake.path else mistake.under(*path)) from mistake
        if len(made) > 1:
            reason = Text(
                f"“{source}”没有写明是哪个单元格；写成 行.列",
                f"{source!r} leaves open which cell is meant; write row.column",
            )
            raise Mistake(reason, path=path)
        sums += [equation._replace(left=equation.right, right=equation.left) for equation in made]
    return tuple(map(prepare, sums))


def _equations(source: str, rule: Rule, form: Form) -> tuple[Equation, ...]:
    tree = parse(source)
    if isinstance(tree, Binary) and tree.relation is not None:
        reason = Text(
            f"这里只写单元格之和，不要写 {tree.operator}", f"expected a sum of cells, without {tree.operator}"
        )
        raise Mistake(reason, tree.at)
    return equations(f"{source} = 0", form, within=rule.options.get("within"))
