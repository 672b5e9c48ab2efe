"""Writes tests/fixtures/ward.json: small inputs and what SciPy and scikit-learn make of them.

Run it with python3 where both are installed; the layout of the file is that of make_fixtures.py.
"""

import json
import pathlib
import sys

import numpy as np
import scipy
import sklearn
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.datasets import make_blobs
from sklearn.metrics import adjusted_rand_score

FILE = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "ward.json"
MAX_BYTES = 50_000
CUTS = [2, 3, 5, 8]


def exact(values, bits=10):
    """Rounded to multiples of 2**-bits: exact in float32 and short in JSON."""
    return np.round(np.asarray(values, dtype=float) * 2**bits) / 2**bits


def case(name, x):
    tree = linkage(x, method="ward")
    return (
        {"name": name, "X": x.tolist()},
        {
            "children": tree[:, :2].astype(int).tolist(),
            "heights": tree[:, 2].tolist(),
            "sizes": tree[:, 3].astype(int).tolist(),
            "cuts": {str(k): fcluster(tree, k, criterion="maxclust").tolist() for k in CUTS},
        },
    )


def main():
    random = np.random.RandomState(12)
    touching, truth = make_blobs(90, n_features=4, centers=4, cluster_std=2.5, random_state=11)
    touching = exact(touching)
    twice = exact(np.repeat(random.normal(size=(30, 3)), 2, axis=0))
    cases = [
        case("noise", exact(random.normal(size=(80, 2)))),
        case("clouds that touch", touching),
        case("columns of different spread", exact(random.normal(size=(60, 5)) * [1, 3, 10, 0.3, 1], 12)),
        case("one column", exact(random.lognormal(1, 1, size=(40, 1)), 14)),
        case("every row twice", twice),
    ]
    labellings = [
        truth.tolist(),
        random.randint(0, 3, 90).tolist(),
        (np.asarray(cases[1][1]["cuts"]["5"]) - 1).tolist(),
        [0] * 90,
    ]
    parts = {
        "meta": {
            "about": "SciPy linkage(method='ward') and fcluster(maxclust); adjusted_rand_score of every two labellings.",
            "madeBy": "tests/reference/make_ward_fixture.py",
            "scipy": scipy.__version__,
            "scikit-learn": sklearn.__version__,
            "numpy": np.__version__,
            "python": ".".join(map(str, sys.version_info[:3])),
        },
        "input": {"cases": [data for data, _ in cases], "labellings": labellings},
        "params": {"cuts": CUTS},
        "expected": {
            "cases": [expected for _, expected in cases],
            "adjustedRandIndex": [
                [float(adjusted_rand_score(a, b)) for b in labellings] for a in labellings
            ],
        },
        "tolerance": {
            "height": 1e-5,
            "index": 1e-12,
            "note": "relative; children, sizes and cuts exactly, those of rows that occur twice up to their numbers",
        },
    }
    text = json.dumps(parts, separators=(",", ":")) + "\n"
    if len(text) > MAX_BYTES:
        raise SystemExit(f"ward.json has {len(text)} bytes, more than {MAX_BYTES}.")
    FILE.write_text(text)
    print(f"ward.json: {len(text):,} bytes")


if __name__ == "__main__":
    main()
