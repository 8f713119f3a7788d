"""Runs rules over a report: which apply, what each says, and findings of it all."""

from __future__ import annotations

from nianbao.engine.engine import Engine, Judgement, applies

__all__ = ["Engine", "Judgement", "applies"]
