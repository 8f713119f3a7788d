"""Packs of rules: the built-in one, and those of users."""

from __future__ import annotations

from nianbao.catalogue.combining import combine, flattened
from nianbao.catalogue.loading import builtin_pack, load_pack, load_packs

__all__ = ["builtin_pack", "combine", "flattened", "load_pack", "load_packs"]
