"""A function of the rule language over plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.messages import Text

ValueType = Literal["number", "text", "truth", "date"]
ArgumentType = ValueType | Literal["..."]  # the dots after a type mean any number of further arguments of that type

VALUE_TYPES: tuple[ValueType, ...] = get_args(ValueType)
MORE: Final = "..."


class Function(NamedTuple):
    """A function that expressions may call.

    Attributes:
        name: Its name in Chinese and in English; either may be used.
        takes: Types of its arguments, each of ``VALUE_TYPES``; ``...`` at the end: any number of the last type.
        gives: Type of its result.
        call: Computes the result from plain values only; a ValueError means that there is no result.
    """

    name: Text
    takes: tuple[ArgumentType, ...]
    gives: ValueType
    call: Callable[..., object]

    @property
    def names(self) -> tuple[str, ...]:
        """Its names in all languages, each once."""
        return tuple(dict.fromkeys(name for name in self.name.by_language.values() if name))

    def types(self, count: int) -> list[ValueType]:
        """Return the types of ``count`` arguments."""
        fixed = [taken_type for taken_type in self.takes if taken_type != MORE]
        return [fixed[min(number, len(fixed) - 1)] for number in range(count)]
