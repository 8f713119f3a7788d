"""The data folders of the package: rules, schemas and forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = Path(__file__).resolve().parents[3]  # the repository, in an editable install


def data_dir(name: str) -> Traversable:
    """Return the data folder ``name`` (``rules`` or ``schemas``): the package's own, else that of the checkout.

    Raises:
        FileNotFoundError: the folder is in neither place; the installation is broken.
    """
    if (_PACKAGE / name).is_dir():
        return _PACKAGE / name
    if (_CHECKOUT / "pyproject.toml").is_file() and (_CHECKOUT / name).is_dir():
        return _CHECKOUT / name
    from importlib.resources import files  # noqa: PLC0415 - slow to import, and only needed for a zipped package

    packaged = files("nianbao").joinpath(name)
    if packaged.is_dir():
        return packaged
    raise FileNotFoundError(f"data folder {name!r} is neither in the package nor in {_CHECKOUT}; reinstall nianbao")
