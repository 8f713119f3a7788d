"""What plugins give as one value: what ships is always there, and broken ones are told to callers, too."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from nianbao import api, linter
from nianbao.errors import InputError, SourceError, SourceErrors, UsageError
from nianbao.kinds import KINDS
from nianbao.messages import Text
from nianbao.model.document import Document
from nianbao.plugin import Function, Reader
from nianbao.plugins.contributions import Contributions
from nianbao.plugins.host import load
from nianbao.plugins.merging import merge
from nianbao.plugins.registry import Broken
from nianbao.readers import document_from_bytes
from nianbao.testing import make_report, make_reports

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.plugin import Source
    from nianbao.plugins.registry import Plugins

SHIPPED = load(external=False)


def put_together(*gifts: Contributions) -> Plugins:
    """Merge gifts behind an empty one, which stands for what ships."""
    return merge([Contributions("shipped", ""), *gifts], asked=[one.plugin for one in gifts])


def test_what_ships_comes_by_the_same_door() -> None:
    """Readers, kinds and outputs that ship are those of plugins that ship; they are made once."""
    assert [plugin.name for plugin in SHIPPED.loaded] == ["nianbao.kinds", "nianbao.readers", "nianbao.outputs"]
    assert list(SHIPPED.kinds) == list(KINDS)
    assert [reader.format for reader in SHIPPED.readers][-2:] == ["html", "text"]
    assert {"word", "sheet", "pdf", "office", "report"} <= {reader.format for reader in SHIPPED.readers}
    assert list(SHIPPED.outputs) == ["text", "json", "html"]
    assert {one for reader in SHIPPED.readers for one in reader.suffixes} >= {".html", ".txt", ".md"}
    assert load(external=False) is SHIPPED


def test_functions_are_found_by_each_of_their_names() -> None:
    """In Chinese and in English; a name that is taken makes its plugin give nothing."""
    one = Function(Text("整除", "divides"), ("number", "number"), "truth", divmod)
    other = one._replace(name=Text("约数", "divides"))

    plugins = put_together(
        Contributions("first", "1", functions=(one,)), Contributions("second", "1", functions=(other,))
    )

    assert plugins.functions == {"整除": one, "divides": one}
    (broken,) = plugins.broken
    assert broken.name == "second"
    assert broken.error.en == "function 'divides' is there already, from first; give it another name"
    assert broken.error.zh == "function“divides”已经有了，来自 first；请换一个名字"


def test_readers_are_asked_in_the_order_of_the_hooks() -> None:
    """What is asked later is not asked at all where one before recognises the source."""

    def reader(name: str) -> Reader:
        return Reader(name, lambda source: True, lambda source: Document(source.name, name, source.sha256, ()))

    gifts = [Contributions(name, "1", readers=(reader(name),)) for name in ("first", "second")]
    plugins = merge([Contributions("shipped", ""), *gifts], asked=["second", "first"])

    assert [one.format for one in plugins.readers] == ["second", "first"]
    assert document_from_bytes(b"text", "x", readers=plugins.readers).format == "second"


def test_a_reader_of_bytes_is_asked_before_those_of_text() -> None:
    """In whatever order they come; both get the source with its hash, and with its text once they ask for it."""

    def reader(*, binary: bool) -> Reader:
        def read(source: Source) -> Document:
            return Document(source.text, str(binary), source.sha256, ())

        return Reader("own", lambda source: "甲" in source.text, read, (), binary)

    data = "甲".encode("gb18030")
    document = document_from_bytes(data, "x", readers=(reader(binary=False), reader(binary=True)))

    assert document[:3] == ("甲", "True", hashlib.sha256(data).hexdigest())


def test_what_no_reader_knows_is_refused() -> None:
    """With a way out, as all inputs that cannot be read."""
    with pytest.raises(InputError) as error:
        document_from_bytes(b"text", "x", readers=())

    assert error.value.code == "unknown-format"


@pytest.mark.parametrize("call", [api.check, lambda: api.load_pack(__file__), lambda: api.read(__file__)])
def test_callers_are_warned_of_a_broken_plugin(call: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Who calls nianbao from Python hears of it, whatever the call; what ships still works."""
    broken = SHIPPED._replace(broken=(Broken("own", Text.of("ImportError: x")),))
    monkeypatch.setattr(linter, "load_plugins", lambda: broken)

    told = pytest.warns(RuntimeWarning, match="plugin 'own' is broken and gives nothing: ImportError: x")
    with told, contextlib.suppress(InputError, SourceError, SourceErrors):
        call()


def test_a_report_is_made_from_names() -> None:
    """Cells, years and last year's report, in the words of examples; a wrong name is told with the nearest one."""
    made = make_reports({"新收": 3, "去年": {"新收": 2}, "年度": 2023}, within="表三")

    assert made.report.cells["applications.new.total"].value == 3
    assert made.prior is not None
    assert (made.report.year, made.prior.year) == (2023, 2022)
    assert make_report().form.id == "zfxxgk-2021"
    with pytest.raises(UsageError, match="新收"):
        make_report({"新手": 3})
