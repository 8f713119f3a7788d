"""Packs of rules: the one that ships, and those that users bring."""

from __future__ import annotations

from nianbao.catalogue.combining import combine, flattened
from nianbao.catalogue.loading import builtin_pack, load_pack, load_packs

__all__ = ["builtin_pack", "combine", "flattened", "load_pack", "load_packs"]
