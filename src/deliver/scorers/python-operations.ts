/** What formulas are made of, in Python: nan is missing, and so is what is no finite number. Needs `math`. */
export const pythonOperations = `def _operate(name, a, b=0.0, c=0.0):
    if name == "if":
        return math.nan if a != a else b if a != 0 else c
    if name == "ifmissing":
        return b if a != a else a
    if name == "isMissing":
        return 1.0 if a != a else 0.0
    if a != a or b != b:
        return math.nan
    try:
        result = float(_COMPUTE[name](a, b))
    except (ArithmeticError, ValueError):
        return math.nan
    return result if math.isfinite(result) else math.nan


def _round(a, _):
    whole = float(math.trunc(a))
    return whole + math.copysign(1.0, a) if abs(a - whole) >= 0.5 else whole


_COMPUTE = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": math.pow,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "max": max,
    "min": min,
    "abs": lambda a, _: abs(a),
    "log": lambda a, _: math.log(a),
    "log1p": lambda a, _: math.log1p(a),
    "sqrt": lambda a, _: math.sqrt(a),
    "negate": lambda a, _: -a,
    "finite": lambda a, _: a,
    "round": _round,
}`;
