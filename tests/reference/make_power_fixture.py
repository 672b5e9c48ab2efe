"""Writes tests/fixtures/power.json: what SciPy's Yeo-Johnson makes of small columns.

Run it with python3 where SciPy and scikit-learn are installed; the layout of the file is that of make_fixtures.py.
"""

import json
import pathlib
import sys

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn.preprocessing import PowerTransformer

FILE = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "power.json"
MAX_BYTES = 50_000


def exact(values, bits=10):
    """Rounded to multiples of 2**-bits: short in JSON and the same on both sides."""
    return np.round(np.asarray(values, dtype=float) * 2**bits) / 2**bits


def case(name, values):
    transformed, best = stats.yeojohnson(values)
    learned = PowerTransformer(standardize=False).fit(values[:, None]).lambdas_[0]
    assert abs(best - learned) < 1e-6 * max(1, abs(best)), (name, best, learned)
    return {
        "name": name,
        "values": values.tolist(),
        "lambda": best,
        "logLikelihood": float(np.squeeze(stats.yeojohnson_llf(best, values))),
        "transformed": transformed.tolist(),
        "skewness": stats.skew(transformed),
    }


def main():
    random = np.random.RandomState(21)
    cases = [
        case("skewed to the right", exact(np.exp(random.normal(size=60) + 3))),
        case("skewed to the left", exact(10 - np.exp(random.normal(size=60)))),
        case("negative values alone", exact(-np.exp(random.normal(size=60)))),
        case("both signs", exact(np.exp(random.normal(size=60) * 0.7) - 1.5)),
        case("nothing to even out", exact(random.normal(size=60))),
        case("many zeros", exact(np.maximum(0, random.normal(size=60) * 100 - 50))),
        case("shares near 1", exact(random.beta(8, 1, size=60))),
        case("a few whole numbers", random.choice([6, 11, 12], size=60, p=[0.1, 0.1, 0.8]).astype(float)),
    ]
    fixture = {
        "meta": {
            "about": "scipy.stats.yeojohnson; PowerTransformer(standardize=False) has the same λ.",
            "madeBy": "tests/reference/make_power_fixture.py",
            "scikit-learn": sklearn.__version__,
            "scipy": scipy.__version__,
            "numpy": np.__version__,
            "python": ".".join(map(str, sys.version_info[:3])),
        },
        "input": {},
        "params": {},
        "expected": {"cases": cases},
        "tolerance": {"lambda": 1e-4, "value": 1e-8, "note": "lambda times max(1, |lambda|); values relative"},
    }
    text = json.dumps(fixture, ensure_ascii=False) + "\n"
    assert len(text.encode()) <= MAX_BYTES, len(text.encode())
    FILE.write_text(text)


main()
