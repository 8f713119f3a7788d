"""Kind ``check``: a Python function of a plugin; the names of its parameters select its arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.fixtures import FIXTURES, outcomes_of, parameters_of, places_of, refuse_gaps, with_source
from nianbao.kinds.kind import Compiled, Kind, options_of
from nianbao.language.mistakes import Mistake, nearest
from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.kinds.fixtures import CheckFunction
    from nianbao.kinds.kind import RuleContext
    from nianbao.model.form import Form
    from nianbao.model.outcome import Outcome
    from nianbao.model.rule import Rule

_NO_CHECKS = Text("；检查函数由插件提供，这里的插件都没有提供", "; a plugin has to bring it, and none here brings any")


def check_kind(functions: Mapping[str, CheckFunction]) -> Kind:
    """Return the kind of rules that are judged by one of these functions; a rule names its function."""

    def compile_check(rule: Rule, form: Form) -> Compiled:
        del form
        name = str(rule.options["check"])
        if name not in functions:
            hint = nearest(name, sorted(functions)) if functions else _NO_CHECKS
            raise Mistake(Text(f"没有检查函数“{name}”", f"no check {name!r}") + hint, path=("check",))
        function = functions[name]
        wanted = parameters_of(name, function)
        places = {variant: places_of(message) for variant, message in rule.message.items()}

        def check(subject: RuleContext) -> Iterator[Outcome]:
            fixtures = {name: FIXTURES[name](subject, rule) for name in wanted}
            for outcome in outcomes_of(function(**fixtures)):
                refuse_gaps(outcome, places)
                yield outcome._replace(cells=tuple(with_source(cell, subject) for cell in outcome.cells))

        return Compiled(check, places)

    return Kind("check", options_of("check"), compile_check)
