"""How much of a source is read: inputs come from anywhere, and none may use up the machine."""

from __future__ import annotations

from typing import NamedTuple

from nianbao.errors import InputError
from nianbao.messages import Text


class Limits(NamedTuple):
    """Bounds of one source.

    Attributes:
        size: Bytes.
        cells: Table cells, all tables together.
        blocks: Paragraphs and tables.
        lines: Lines of a text.
        tags: Tags of a page, opening and closing.
        attributes: Attributes of one tag.
    """

    size: int = 32 * 1024 * 1024
    cells: int = 200_000
    blocks: int = 200_000
    lines: int = 1_000_000
    tags: int = 2_000_000
    attributes: int = 256


DEFAULT_LIMITS = Limits()


def too_large(limit: int) -> InputError:
    """Return the error for a source of more than ``limit`` bytes."""
    size = f"{limit // 1024 // 1024} MiB" if limit >= 1024 * 1024 else f"{limit} B"
    return InputError(
        "too-large",
        Text(
            f"文件超过 {size}，年度报告不会有这么大。请确认没有选错文件。",
            f"The file is larger than {size}; no annual report is. Check that it is the right file.",
        ),
    )


def too_many(what: str, limit: int) -> InputError:
    """Return the error for a source with more than ``limit`` of one of ``cells``, ``blocks``, ``lines``, …"""
    zh = {
        "cells": "个单元格",
        "blocks": "个段落",
        "lines": "行",
        "tags": "个标签",
        "attributes": "个属性（同一标签内）",
    }[what]
    en = {"attributes": "attributes in one tag"}.get(what, what)
    return InputError(
        f"too-many-{what}",
        Text(
            f"内容超过 {limit} {zh}，不像一份年度报告。请只检查报告本身。",
            f"The source has more than {limit} {en}, which no annual report has. Check the report alone.",
        ),
    )
