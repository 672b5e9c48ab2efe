"""Writes tests/fixtures/pca-wide.json: what scikit-learn's PCA makes of 300 rows of 200 columns.

The rows are whole numbers that both sides compute, so the file holds only the answer. Run it with python3 where
scikit-learn is installed; the layout of the file is that of make_fixtures.py.
"""

import json
import pathlib
import sys

import numpy as np
import sklearn
from sklearn.decomposition import PCA

ROWS, COLUMNS = 300, 200
COMPONENTS = [0, 1, 2, 99, 199]

i = np.arange(ROWS)[:, None]
j = np.arange(COLUMNS)[None, :]
x = ((i * i * 31 + j * j * 7919 + i * j * 104729) % 1009 - 504) * (20 + j)
model = PCA(svd_solver="full").fit(x)
components = model.components_[COMPONENTS]
largest = np.take_along_axis(components, np.abs(components).argmax(axis=1)[:, None], axis=1)
fixture = {
    "meta": {
        "about": "PCA with full SVD of (31i² + 7919j² + 104729ij mod 1009 − 504)·(20 + j); largest loading positive.",
        "madeBy": "tests/reference/make_wide_pca_fixture.py",
        "scikit-learn": sklearn.__version__,
        "numpy": np.__version__,
        "python": ".".join(map(str, sys.version_info[:3])),
    },
    "input": {"nRows": ROWS, "nColumns": COLUMNS},
    "params": {"components": COMPONENTS},
    "expected": {
        "explainedVariance": model.explained_variance_.tolist(),
        "components": (components * np.sign(largest)).tolist(),
    },
    "tolerance": {"variance": 1e-6, "component": 1e-6, "note": "variances relative, loadings absolute"},
}
path = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "pca-wide.json"
path.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
print(path.name, path.stat().st_size, model.explained_variance_[[0, 1, 2, 3, 98, 99, 100, 198, 199]])
