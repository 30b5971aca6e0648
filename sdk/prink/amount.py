"""How much of a look is on: which products it applies, and the same look lighter or stronger."""

from dataclasses import replace

from prink.params import Look, Parameter, Rgba, parameters

__all__ = ["applied", "scaled"]

# Floats that show without a colour of their own.
STRENGTHS = {"smoothing", "dewiness", "whitening"}


def applied(look: Look) -> list[Parameter]:
    """Returns the colours with coverage and the strengths above zero, in schema order."""
    return [parameter for parameter in parameters() if strength(parameter, look) > 0]


def strength(parameter: Parameter, look: Look) -> float:
    value = parameter.get(look)
    if isinstance(value, Rgba):
        return value.a
    return value if parameter.name in STRENGTHS else 0.0


def scaled(look: Look, amount: float) -> Look:
    """Returns the look with every coverage and strength times `amount`, kept in their ranges."""
    for parameter in applied(look):
        value = parameter.get(look)
        changed = (
            value._replace(a=min(1.0, max(0.0, value.a * amount)))
            if isinstance(value, Rgba)
            else min(parameter.spec.hi, max(parameter.spec.lo, value * amount))
        )
        group = getattr(look, parameter.group)
        look = replace(look, **{parameter.group: replace(group, **{parameter.name: changed})})
    return look
