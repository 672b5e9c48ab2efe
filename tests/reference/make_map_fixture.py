"""Writes tests/fixtures/map.json: discriminant axes and the trustworthiness of pictures, from scikit-learn.

Run it with python3 where scikit-learn is installed; the layout of the file is that of make_fixtures.py.
"""

import json
import pathlib
import sys

import numpy as np
import sklearn
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.manifold import trustworthiness

FILE = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "map.json"


def exact(values, bits=10):
    """Rounded to multiples of 2**-bits: exact in float32 and short in JSON."""
    return np.round(np.asarray(values, dtype=float) * 2**bits) / 2**bits


def groups(rng, sizes, n_columns):
    """Groups of different spread in each column, which is also mixed into the next one."""
    labels = np.repeat(np.arange(len(sizes)), sizes)
    centers = rng.normal(scale=2, size=(len(sizes), n_columns))
    x = centers[labels] + rng.normal(size=(len(labels), n_columns)) * np.linspace(0.5, 3, n_columns)
    x[:, 1:] += 0.6 * x[:, :-1]
    x = exact(x - x.mean(axis=0))
    return x, labels


def discriminant_case(name, seed, sizes, n_columns):
    x, labels = groups(np.random.default_rng(seed), sizes, n_columns)
    # The algorithm takes its input as centred, so the reference must see a mean of zero as well, to the last digit.
    lda = LinearDiscriminantAnalysis(solver="eigen").fit(x, labels)
    n_axes = min(2, len(sizes) - 1)
    return {
        "name": name,
        "X": x.tolist(),
        "labels": labels.tolist(),
        "scores": lda.transform(x)[:, :n_axes].tolist(),
        "explainedVarianceRatio": lda.explained_variance_ratio_[:n_axes].tolist(),
    }


def neighbour_case(name, seed, sizes, n_columns, n_neighbours):
    x, _ = groups(np.random.default_rng(seed), sizes, n_columns)
    picture = exact(PCA(n_components=2).fit_transform(x))
    return {
        "name": name,
        "X": x.tolist(),
        "picture": picture.tolist(),
        "nNeighbours": n_neighbours,
        "trustworthiness": trustworthiness(x, picture, n_neighbors=n_neighbours),
        "continuity": trustworthiness(picture, x, n_neighbors=n_neighbours),
    }


fixture = {
    "meta": {
        "about": "LinearDiscriminantAnalysis(solver='eigen').transform and manifold.trustworthiness, both ways round.",
        "madeBy": "tests/reference/make_map_fixture.py",
        "scikit-learn": sklearn.__version__,
        "numpy": np.__version__,
        "python": ".".join(map(str, sys.version_info[:3])),
    },
    "discriminant": [
        discriminant_case("four groups of unequal size", 1, [30, 20, 9, 6], 5),
        discriminant_case("three groups", 2, [25, 10, 10], 4),
        discriminant_case("two groups have one axis", 3, [20, 30], 4),
    ],
    "neighbours": [
        neighbour_case("fifteen neighbours", 4, [30, 30, 20], 6, 15),
        neighbour_case("five neighbours", 5, [40, 21], 4, 5),
    ],
    "tolerance": {"score": 1e-4, "ratio": 1e-6, "trustworthiness": 1e-12},
}
FILE.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
print(FILE.name, FILE.stat().st_size)
