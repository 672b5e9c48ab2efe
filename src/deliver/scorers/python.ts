import { pythonConstants } from './python-constants';
import { pythonOperations } from './python-operations';
import type { ScorePlan } from './score-plan';

/** A module for Python 3.8 and later with its standard library alone; run as a program, it labels a CSV. */
export function writePython(plan: ScorePlan): string {
  return `"""Says which segment a customer belongs to. Written by Tessera; needs Python 3.8 and nothing else.

    from segments import SEGMENTS, segment_of
    number = segment_of({"balance": 1200, "region": "North"})  # from 1
    name = SEGMENTS[number - 1]

A row is a dict by column name. None, nan, blank text, and what is no number where there should be one are missing; so
is a column that is absent. Other columns and their order do not matter.

A whole file:  python3 segments.py < customers.csv > labelled.csv
(the same rows with two columns more; decimals with a point; --delimiter ";" for another delimiter)
"""
import csv
import math
import re
import struct
import sys

${pythonConstants(plan)}

def segment_of(row):
    """The number of the segment, from 1."""
    values = [
        _number(row.get(name)) if kind == "number" else _level(row.get(name))
        for name, kind in _INPUTS
    ]
    for name, *args in _OPERATIONS:
        if name == "constant":
            values.append(float(args[0]))
        else:
            values.append(_operate(name, *(values[at] for at in args)))
    x = _in_space([_coordinate(feature, values[feature["value"]]) for feature in _FEATURES])
    best, least = 0, math.inf
    for segment, center in _CENTERS:
        distance = 0.0
        for a, b in zip(x, center):
            distance += (a - b) * (a - b)
        if distance < least:
            best, least = segment, distance
    return best + 1


def _in_space(x):
    """Where distances are measured."""
    for activation, biases, weights in _LAYERS:
        outputs = []
        for total, row in zip(biases, weights):
            for a, weight in zip(x, row):
                total += a * weight
            outputs.append(_activate(activation, total))
        x = outputs
    if not _GRID:
        return x
    return [_to_float32(_to_grid(a - center, step)) for a, (center, step) in zip(x, _GRID)]


def _activate(activation, x):
    if activation == "relu":
        return x if x > 0 else 0.0
    if activation == "tanh":
        e = _exp(2 * min(max(x, -20.0), 20.0))
        return (e - 1) / (e + 1)
    if activation != "gelu":
        return x
    density = _exp(max(-0.5 * x * x, -87.0)) * 0.3989422804014327
    t = 1 / (0.2316419 * abs(x) + 1)
    poly = (((1.330274429 * t - 1.821255978) * t + 1.781477937) * t - 0.356563782) * t + 0.31938153
    tail = density * (poly * t)
    return x * (tail if x < 0 else 1 - tail)


_SERIES = [1 / math.factorial(n) for n in range(13, 1, -1)]
_LN2 = 0.6931471805599453


def _exp(x):
    """With the same last digits everywhere."""
    n = x * 1.4426950408889634 + 1.5 * 2.0**52 - 1.5 * 2.0**52
    r = x - n * 0.693359375 - n * (_LN2 - 0.693359375)
    total = 0.0
    for factor in _SERIES:
        total = total * r + factor
    return math.ldexp((total * r + 1) * r + 1, int(n))


def _number(cell):
    """nan is missing."""
    if cell is None or isinstance(cell, bool):
        return math.nan
    if isinstance(cell, str) and not _NUMBER.fullmatch(cell):
        return math.nan
    try:
        return float(cell)
    except (TypeError, ValueError, OverflowError):
        return math.nan


def _level(cell):
    """None is missing."""
    if cell is None or cell != cell:
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell)
    return text if text.strip() else None


${pythonOperations}


def _coordinate(feature, value):
    kind = feature["kind"]
    if kind != "number":
        if kind == "missing":
            holds = value is None
        elif kind == "level":
            holds = value == feature["levels"][0]
        else:
            holds = value is not None and value not in feature["levels"]
        return feature["whenTrue"] if holds else feature["whenFalse"]
    if value != value:
        return feature["filled"]
    if feature["clip"]:
        lower, upper = feature["clip"]
        value = min(max(value, lower), upper)
    evened = _even_out(value, feature["power"], feature["lambda"])
    return _to_float32(_to_grid((evened - feature["center"]) / feature["scale"], feature["step"]))


def _to_float32(x):
    return struct.unpack("<f", struct.pack("<f", min(max(x, -_LARGEST), _LARGEST)))[0]


def _even_out(x, power, lam):
    if power == "log1p":
        return math.log1p(max(x, 0.0))
    if power == "sqrt":
        return math.sqrt(max(x, 0.0))
    if power != "yeo-johnson":
        return x
    return -_yeo_johnson(-x, 2 - lam) if x < 0 else _yeo_johnson(x, lam)


def _yeo_johnson(x, lam):
    log = math.log1p(x)
    if abs(lam) < sys.float_info.epsilon:
        return log
    try:
        return math.expm1(lam * log) / lam
    except OverflowError:
        return math.inf / lam


def _to_grid(x, step):
    """To the nearest multiple of step, half to even."""
    half = step * 2.0**51
    if -half < x < half:
        return x + 3 * half - 3 * half
    if x >= 2 * half or x <= -2 * half:
        return x
    away = -2 * half if x < 0 else 2 * half
    return x + away - away


def main(arguments):
    delimiter = arguments[1] if len(arguments) == 2 and arguments[0] == "--delimiter" else ","
    sys.stdin.reconfigure(encoding="utf-8-sig", newline="")
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    reader = csv.reader(sys.stdin, delimiter=delimiter)
    writer = csv.writer(sys.stdout, delimiter=delimiter)
    header = next(reader, [])
    absent = [name for name, _ in _INPUTS if name not in header]
    if absent:
        print("Not in the file, so missing in every row:", ", ".join(map(repr, absent)), file=sys.stderr)
    writer.writerow(header + ["segment", "segment_name"])
    for cells in reader:
        if not cells:
            continue
        cells += [""] * (len(header) - len(cells))
        number = segment_of(dict(zip(header, cells)))
        name = SEGMENTS[number - 1]
        # A spreadsheet would take it for a formula.
        writer.writerow(cells + [number, "'" + name if name[:1] in "=+-@\\t\\r" and name else name])


if __name__ == "__main__":
    main(sys.argv[1:])
`;
}
