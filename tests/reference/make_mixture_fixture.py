"""Writes tests/fixtures/mixture.json: what scikit-learn's GaussianMixture makes of small tables, from given labels.

Run it with python3 where scikit-learn is installed; the layout of the file is that of make_fixtures.py.
"""

import json
import pathlib
import sys

import numpy as np
import sklearn
from sklearn.mixture import GaussianMixture

FILE = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "mixture.json"


def exact(values, bits=10):
    """Rounded to multiples of 2**-bits: exact in float32 and short in JSON."""
    return np.round(np.asarray(values, dtype=float) * 2**bits) / 2**bits


class FromLabels(GaussianMixture):
    """Begins with given labels where scikit-learn would run K-Means."""

    def __init__(self, labels, **more):
        super().__init__(**more)
        self.labels = labels

    def _initialize_parameters(self, X, random_state, xp=None):
        resp = np.zeros((len(X), self.n_components))
        resp[np.arange(len(X)), self.labels] = 1
        self._initialize(X, resp)


def groups(seed, sizes, n_columns, apart):
    rng = np.random.default_rng(seed)
    truth = np.repeat(np.arange(len(sizes)), sizes)
    x = rng.normal(scale=apart, size=(len(sizes), n_columns))[truth]
    for c in range(len(sizes)):
        mixing = rng.normal(size=(n_columns, n_columns)) * 0.6 + np.eye(n_columns)
        x[truth == c] += rng.normal(size=(sizes[c], n_columns)) @ mixing
    x = exact(x - x.mean(axis=0))
    # By the nearest of as many rows: labels that are near the truth, and need to be improved on.
    seeds = x[np.cumsum(sizes) - 1]
    labels = ((x[:, None, :] - seeds[None]) ** 2).sum(axis=2).argmin(axis=1)
    return x, labels


def case(name, x, labels, kind):
    k = labels.max() + 1
    # The labels are all that the start depends on: there is nothing at random.
    model = FromLabels(labels, n_components=k, covariance_type=kind).fit(x)
    return {
        "name": name,
        "covarianceType": kind,
        "X": x.tolist(),
        "labels": labels.tolist(),
        "nIter": int(model.n_iter_),
        "hasConverged": bool(model.converged_),
        "logLikelihood": float(model.score(x)),
        "bic": float(model.bic(x)),
        "aic": float(model.aic(x)),
        "weights": model.weights_.tolist(),
        "means": model.means_.ravel().tolist(),
        "covariances": model.covariances_.ravel().tolist(),
        "memberships": model.predict_proba(x)[:: max(1, len(x) // 12)].tolist(),
        "every": max(1, len(x) // 12),
    }


overlapping = groups(1, [70, 50, 30], 3, 2.5)
apart = groups(2, [40, 60], 4, 6)
flat = groups(3, [50, 50], 3, 3)
# A column of one value in one of the groups: its variance is what is added to every one.
flat[0][flat[1] == 0, 1] = 1.5
fixture = {
    "meta": {
        "about": "GaussianMixture with its defaults (tol 1e-3, reg_covar 1e-6, max_iter 100) from one-hot labels.",
        "madeBy": "tests/reference/make_mixture_fixture.py",
        "scikit-learn": sklearn.__version__,
        "numpy": np.__version__,
        "python": ".".join(map(str, sys.version_info[:3])),
    },
    "cases": [
        case("three that overlap", *overlapping, "full"),
        case("three that overlap, along the columns", *overlapping, "diag"),
        case("two apart", *apart, "full"),
        case("one that is flat", *flat, "full"),
        case("one that is flat, along the columns", *flat, "diag"),
    ],
    "tolerance": {"relative": 1e-6},
}
FILE.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
for c in fixture["cases"]:
    print(c["name"], c["nIter"], c["hasConverged"], c["logLikelihood"])
print(FILE.name, FILE.stat().st_size)
