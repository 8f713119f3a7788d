"""Damaged files of every kind are read, or refused with one clear line; nothing else ever happens, and nothing hangs.

``NIANBAO_FUZZ`` is how many damaged copies are made of each file (a few when it is not set, a handful with ``--all``),
and ``NIANBAO_FUZZ_SEED`` what they are drawn from.
"""

from __future__ import annotations

import io
import os
import random
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import ROOT
from tests.fuzz.damage import damaged
from tests.support.drawing import draw_report
from tests.support.oldoffice import xls
from tests.support.rendering import FILES, PAGES, TEXTS, rendered
from tests.support.thinning import scaled

import nianbao
from nianbao.errors import InputError
from nianbao.extraction import extract
from nianbao.forms.loading import builtin_forms
from nianbao.outputs.json import render_report
from nianbao.readers import document_from_bytes
from nianbao.voice import CHINESE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_COPIES = int(os.environ.get("NIANBAO_FUZZ") or 0)
_SEED = os.environ.get("NIANBAO_FUZZ_SEED") or "1"
_SLOWLY_READ = (".pdf", ".xlsx", ".docx")
_PATIENCE = 300  # seconds after which reading hangs, on the slowest machine
_REAL = ("hongze-2024.pdf", "qindu-2024.txt", "shanghai-office-2019.html", "shuyang-development-2023.html")
_EXAMPLES = sorted(path.name for path in (ROOT / "examples").glob("linjiang-*"))


@contextmanager
def bounded() -> Iterator[None]:
    """Let nothing hang, where there is an alarm clock."""
    alarm = getattr(signal, "SIGALRM", None)

    def ring(*_: object) -> None:
        raise TimeoutError(f"hangs: nothing came of it in {_PATIENCE} seconds")

    before = None if alarm is None else signal.signal(alarm, ring)
    try:
        if alarm is not None:
            signal.alarm(_PATIENCE)
        yield
    finally:
        if alarm is not None:
            signal.alarm(0)
            signal.signal(alarm, before)


def survived(data: bytes) -> bool:
    """Read and check bytes as a run does; whether a report came of them."""
    report, told = None, ("", "")
    with bounded():
        try:
            report = extract(document_from_bytes(data, "damaged"))
        except InputError as error:
            told = (error.message.zh, error.message.en)
        problems = [] if report is None else [one for made in nianbao.check(report).reports for one in made.problems]
    assert "rule-crashed" not in {one.code for one in problems}
    assert all("\n" not in line and bool(line) == (report is None) for line in told)
    return report is not None


def try_copies(data: bytes, name: str) -> None:
    """Damage a file again and again."""
    few = 2 if name.endswith(_SLOWLY_READ) else 6
    for number in range(_COPIES or scaled(few)):
        seed = f"{_SEED}/{name}/{number}"
        try:
            survived(damaged(data, random.Random(seed)))
        except BaseException as error:
            error.add_note(f"copy {seed}")
            raise


@pytest.mark.parametrize("name", _REAL)
def test_damaged_copies_of_real_files(corpus: Path, name: str) -> None:
    """Published files in which something went wrong."""
    try_copies((corpus / name).read_bytes(), name)


@pytest.mark.parametrize("name", _EXAMPLES)
def test_damaged_copies_of_the_examples(name: str) -> None:
    """The same for the invented ones."""
    try_copies((ROOT / "examples" / name).read_bytes(), name)


@pytest.mark.parametrize("kind", [*TEXTS, *PAGES, *FILES])
def test_damaged_copies_of_drawn_reports(kind: str) -> None:
    """The same for every kind of file that reports are written as."""
    form = builtin_forms()[0]
    for seed in range(2):
        drawn = draw_report(form, seed)
        data = rendered(drawn, kind)
        assert survived(data)
        try_copies(data, f"{kind}.docx" if kind in FILES else kind)


def test_damaged_copies_of_data() -> None:
    """The same for what extract prints."""
    data = render_report(
        CHINESE, extract(document_from_bytes((ROOT / "examples" / _EXAMPLES[0]).read_bytes(), "example"))
    ).encode()
    assert survived(data)
    try_copies(data, "data")


def test_damaged_copies_of_old_workbooks() -> None:
    """The same for sheets in the old format."""
    book = openpyxl.load_workbook(io.BytesIO(rendered(draw_report(builtin_forms()[0], 0), "sheet")))
    assert survived(xls(book))
    try_copies(xls(book), "old.xlsx")


@given(
    data=st.binary(max_size=400),
    head=st.sampled_from((b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"<table>")),
)
def test_any_bytes_at_all(data: bytes, head: bytes) -> None:
    """Whatever bytes there are, behind whatever beginning."""
    survived(head + data)
