"""Tests of a pack of rules: its examples, consistent reports, slips, equations and metadata."""

from __future__ import annotations

from nianbao.packtests.prove import Options, prove

__all__ = ["Options", "prove"]
