"""Types of the arrays that go in and come out. Holds no function but the ones that shape input."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.signedinteger[Any]]
BoolArray: TypeAlias = NDArray[np.bool_]


def floats(values: ArrayLike) -> FloatArray:
    """float64 array of what is given, a scalar as an array without dimensions.

    Examples:
        >>> floats([1, 2])
        array([1., 2.])
    """
    return np.asarray(values, dtype=np.float64)
