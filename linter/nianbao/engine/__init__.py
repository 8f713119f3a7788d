"""Runs rules over a report: the rules that apply, their outcomes, and the findings."""

from __future__ import annotations

from nianbao.engine.engine import Engine, Judgement, applies

__all__ = ["Engine", "Judgement", "applies"]
