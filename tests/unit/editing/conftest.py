"""Checked reports to make copies of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nianbao.engine.checking import RelatedReports
from nianbao.linter import Linter
from nianbao.messages import Text
from nianbao.model.outcome import FAIL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nianbao.model.finding import Finding
    from nianbao.model.location import Location
    from nianbao.model.result import Checked

NAME = "linjiang-2024-draft.txt"


@pytest.fixture(scope="session")
def check_text(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Checked]:
    """Return a function that checks an example with words replaced, after last year's with words replaced."""

    def check(
        *replaced: tuple[str, str], name: str = NAME, prior: tuple[tuple[str, str], ...] | None = None
    ) -> Checked:
        folder = tmp_path_factory.mktemp("reports")
        file = _changed(repo / "examples" / name, folder, replaced)
        priors = [] if prior is None else [_changed(repo / "examples" / "linjiang-2023.txt", folder, prior)]
        (checked,) = Linter().check([file], related=RelatedReports(priors)).reports()
        return checked

    return check


def _changed(file: Path, folder: Path, replaced: tuple[tuple[str, str], ...]) -> str:
    text = file.read_text(encoding="utf-8")
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / file.name).write_text(text, encoding="utf-8")
    return str(folder / file.name)


@pytest.fixture(scope="session")
def draft(check_text: Callable[..., Checked]) -> Checked:
    """The draft with one slip, checked."""
    return check_text()


@pytest.fixture(scope="session")
def said(draft: Checked) -> Callable[[Location, str], Finding]:
    """Return a function that makes a finding about a paragraph of the draft, with a message."""
    model = next(one for one in draft.findings if one.outcome == FAIL)

    def finding(location: Location, message: str) -> Finding:
        plain = model._replace(cells=(), left=None, right=None, basis=(), severity="warning")
        return plain._replace(fingerprint="said", texts=Text(message, message), location=location)

    return finding
