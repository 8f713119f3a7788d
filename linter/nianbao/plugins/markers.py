"""The decorator that makes a function a hook of nianbao."""

from __future__ import annotations

import pluggy

PROJECT = "nianbao"
hookimpl = pluggy.HookimplMarker(PROJECT)
hookspec = pluggy.HookspecMarker(PROJECT)
