import { pythonConstants } from './python-constants';
import type { ScorePlan } from './score-plan';

/** A module for scikit-learn 1.3 and later: a Pipeline that is fitted already, with our numbers. */
export function writeSklearn(plan: ScorePlan): string {
  return `"""Says which segment customers belong to, as a scikit-learn pipeline. Written by Tessera; needs scikit-learn 1.3.

    from segments import SEGMENTS, pipeline
    numbers = pipeline.predict(frame)  # from 1
    names = [SEGMENTS[number - 1] for number in numbers]
    distances = -pipeline.decision_function(frame)  # to the centre of each segment, in scaled units

A frame is a pandas DataFrame, a dict of columns, or a list of dicts. None, nan, blank text, and what is no number where
there should be one are missing; so is a column that is absent. Other columns and their order do not matter. Nothing is
fitted: the numbers are those of the model, and fit() leaves them as they are.
"""
import math
import re

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
from sklearn.pipeline import Pipeline

${pythonConstants(plan)}

class SegmentFeatures(TransformerMixin, BaseEstimator):
    """Customers as points: formulas, gaps, categories, powers and scaling as in training."""

    def __init__(self, inputs, operations, features):
        self.inputs = inputs
        self.operations = operations
        self.features = features

    def fit(self, X, y=None):
        return self

    def __sklearn_is_fitted__(self):
        return True

    def transform(self, X):
        columns, n = _columns(X)
        values = [
            _numbers(columns, name, n) if kind == "number" else _levels(columns, name, n)
            for name, kind in self.inputs
        ]
        with np.errstate(all="ignore"):
            for name, *args in self.operations:
                if name == "constant":
                    values.append(np.full(n, float(args[0])))
                else:
                    values.append(_operate(name, *(values[at] for at in args)))
            points = np.empty((n, len(self.features)))
            for j, feature in enumerate(self.features):
                points[:, j] = _coordinate(feature, values[feature["value"]])
        return points


class SegmentSpace(TransformerMixin, BaseEstimator):
    """Points where distances are measured: through the layers, if there are any."""

    def __init__(self, layers, grid):
        self.layers = layers
        self.grid = grid

    def fit(self, X, y=None):
        return self

    def __sklearn_is_fitted__(self):
        return True

    def transform(self, X):
        for activation, biases, weights in self.layers:
            weights = np.asarray(weights, dtype=float)
            sums = np.tile(np.asarray(biases, dtype=float), (len(X), 1))
            # One by one: a product of matrices sums in no order that is promised.
            for j in range(X.shape[1]):
                sums += X[:, j, None] * weights[None, :, j]
            X = _activate(activation, sums)
        if not self.grid:
            return X
        points = np.empty((len(X), len(self.grid)))
        for m, (center, step) in enumerate(self.grid):
            points[:, m] = _to_float32(_to_grid(X[:, m] - center, step))
        return points


class NearestSegment(ClassifierMixin, BaseEstimator):
    """The segment whose centre is nearest, the first on a tie."""

    def __init__(self, centers):
        self.centers = centers

    def fit(self, X, y=None):
        return self

    def __sklearn_is_fitted__(self):
        return True

    @property
    def classes_(self):
        return np.unique([segment + 1 for segment, _ in self.centers])

    def _squared(self, X):
        centers = np.asarray([center for _, center in self.centers], dtype=float)
        distances = np.zeros((len(X), len(centers)))
        with np.errstate(all="ignore"):
            # One by one: a sum of a whole row is in no order that is promised.
            for j in range(centers.shape[1]):
                difference = X[:, j, None] - centers[None, :, j]
                distances += difference * difference
        return distances

    def _segments(self):
        return np.asarray([segment for segment, _ in self.centers])

    def decision_function(self, X):
        squared, segments = self._squared(X), self._segments()
        nearest = [squared[:, segments == number - 1].min(axis=1) for number in self.classes_]
        return -np.sqrt(np.column_stack(nearest))

    def predict(self, X):
        return self._segments()[np.argmin(self._squared(X), axis=1)] + 1


def _columns(X):
    if hasattr(X, "columns"):
        return {name: X.iloc[:, at] for at, name in reversed(list(enumerate(X.columns)))}, len(X)
    if hasattr(X, "keys"):
        return X, max((len(column) for column in X.values()), default=0)
    names = {name for row in X for name in row}
    return {name: [row.get(name) for row in X] for name in names}, len(X)


def _numbers(columns, name, n):
    """nan is missing."""
    if name not in columns:
        return np.full(n, np.nan)
    column = columns[name]
    dtype = getattr(column, "dtype", None)
    if isinstance(dtype, np.dtype) and dtype.kind in "fiu":
        return np.asarray(column, dtype=float)
    return np.fromiter((_number(cell) for cell in column), dtype=float, count=n)


def _number(cell):
    if cell is None or isinstance(cell, (bool, np.bool_)):
        return math.nan
    if isinstance(cell, str) and not _NUMBER.fullmatch(cell):
        return math.nan
    try:
        return float(cell)
    except (TypeError, ValueError, OverflowError):
        return math.nan


def _levels(columns, name, n):
    """None is missing."""
    cells = columns[name] if name in columns else [None] * n
    levels = np.empty(n, dtype=object)
    for i, cell in enumerate(cells):
        levels[i] = _level(cell)
    return levels


def _level(cell):
    try:
        if cell is None or cell != cell:
            return None
    except TypeError:  # pandas.NA
        return None
    if isinstance(cell, (float, np.floating)) and float(cell).is_integer():
        cell = int(cell)
    text = str(cell)
    return text if text.strip() else None


def _operate(name, a, b=None, c=None):
    if name == "if":
        return np.where(np.isnan(a), np.nan, np.where(a != 0, b, c))
    if name == "ifmissing":
        return np.where(np.isnan(a), b, a)
    if name == "isMissing":
        return np.isnan(a).astype(float)
    result = np.asarray(_COMPUTE[name](a, b), dtype=float)
    is_missing = np.isnan(a) | ~np.isfinite(result)
    if b is not None:
        is_missing |= np.isnan(b)
    return np.where(is_missing, np.nan, result)


def _round(a, _):
    whole = np.trunc(a)
    return np.where(np.abs(a - whole) >= 0.5, whole + np.sign(a), whole)


_COMPUTE = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
    "=": np.equal,
    "<>": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "max": np.maximum,
    "min": np.minimum,
    "abs": lambda a, _: np.abs(a),
    "log": lambda a, _: np.log(a),
    "log1p": lambda a, _: np.log1p(a),
    "sqrt": lambda a, _: np.sqrt(a),
    "negate": lambda a, _: -a,
    "finite": lambda a, _: a,
    "round": _round,
}


def _coordinate(feature, value):
    kind = feature["kind"]
    if kind != "number":
        levels = feature["levels"]
        if kind == "missing":
            holds = [level is None for level in value]
        elif kind == "level":
            holds = [level == levels[0] for level in value]
        else:
            holds = [level is not None and level not in levels for level in value]
        return np.where(np.array(holds, dtype=bool), feature["whenTrue"], feature["whenFalse"])
    x = value
    if feature["clip"]:
        lower, upper = feature["clip"]
        x = np.clip(x, lower, upper)
    x = _even_out(x, feature["power"], feature["lambda"])
    x = _to_grid((x - feature["center"]) / feature["scale"], feature["step"])
    return np.where(np.isnan(value), feature["filled"], _to_float32(x))


def _to_float32(x):
    return np.clip(x, -_LARGEST, _LARGEST).astype(np.float32).astype(float)


def _activate(activation, x):
    if activation == "relu":
        return np.where(x > 0, x, 0.0)
    if activation == "tanh":
        e = _exp(2 * np.minimum(np.maximum(x, -20.0), 20.0))
        return (e - 1) / (e + 1)
    if activation != "gelu":
        return x
    density = _exp(np.maximum(-0.5 * x * x, -87.0)) * 0.3989422804014327
    t = 1 / (0.2316419 * np.abs(x) + 1)
    total = (((1.330274429 * t - 1.821255978) * t + 1.781477937) * t - 0.356563782) * t + 0.31938153
    tail = density * (total * t)
    return x * np.where(x < 0, tail, 1 - tail)


def _exp(x):
    """With the same last digits everywhere, which np.exp does not have."""
    n = x * 1.4426950408889634 + 1.5 * 2.0**52 - 1.5 * 2.0**52
    r = x - n * 0.693359375 - n * (0.6931471805599453 - 0.693359375)
    total = np.zeros_like(r)
    for last in range(13, 1, -1):
        total = total * r + 1 / math.factorial(last)
    return np.ldexp((total * r + 1) * r + 1, n.astype(int))


def _even_out(x, power, lam):
    if power == "log1p":
        return np.log1p(np.maximum(x, 0.0))
    if power == "sqrt":
        return np.sqrt(np.maximum(x, 0.0))
    if power != "yeo-johnson":
        return x
    return np.where(x < 0, -_yeo_johnson(-x, 2 - lam), _yeo_johnson(x, lam))


def _yeo_johnson(x, lam):
    log = np.log1p(x)
    return log if abs(lam) < np.finfo(float).eps else np.expm1(lam * log) / lam


def _to_grid(x, step):
    """To the nearest multiple of step, half to even."""
    half = step * 2.0**51
    away = np.where(x < 0, -2 * half, 2 * half)
    near = x + 3 * half - 3 * half
    far = x + away - away
    return np.where(np.abs(x) < half, near, np.where(np.abs(x) >= 2 * half, x, far))


pipeline = Pipeline(
    [
        ("features", SegmentFeatures(_INPUTS, _OPERATIONS, _FEATURES)),
        ("space", SegmentSpace(_LAYERS, _GRID)),
        ("nearest", NearestSegment(_CENTERS)),
    ]
)
`;
}
