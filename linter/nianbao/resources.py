"""The data folders that ship with the package: rules, schemas and forms."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_CHECKOUT = Path(__file__).resolve().parents[2]  # the repository, in an editable install


def data_dir(name: str) -> Traversable:
    """Return the data folder ``name`` (``rules`` or ``schemas``): the package's own, else that of the checkout.

    Raises:
        FileNotFoundError: the folder is in neither place; the installation is broken.
    """
    packaged = files("nianbao").joinpath(name)
    if packaged.is_dir():
        return packaged
    if (_CHECKOUT / "pyproject.toml").is_file() and (_CHECKOUT / name).is_dir():
        return _CHECKOUT / name
    raise FileNotFoundError(f"data folder {name!r} is neither in the package nor in {_CHECKOUT}; reinstall nianbao")
