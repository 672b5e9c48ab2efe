"""Writes tests/fixtures/importance.json: a small tree and what permutation_importance makes of it.

Run it with python3 where scikit-learn is installed; the layout of the file is that of make_fixtures.py.
"""

import json
import pathlib
import sys

import numpy as np
import sklearn
from sklearn.datasets import make_classification
from sklearn.inspection import permutation_importance
from sklearn.tree import DecisionTreeClassifier

FILE = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "importance.json"
REPEATS = 4000


def main():
    x, y = make_classification(
        220, 4, n_informative=2, n_redundant=1, n_classes=3, n_clusters_per_class=1, random_state=5
    )
    # Exact in float32, in which scikit-learn compares.
    x = np.round(x * 2**8) / 2**8
    train, test = np.arange(160), np.arange(160, 220)
    model = DecisionTreeClassifier(max_depth=4, random_state=0).fit(x[train], y[train])
    found = permutation_importance(model, x[test], y[test], n_repeats=REPEATS, random_state=0)
    tree = model.tree_
    data = {
        "meta": {
            "python": sys.version.split()[0],
            "numpy": np.__version__,
            "scikit-learn": sklearn.__version__,
            "nRepeats": REPEATS,
        },
        "X": x[test].tolist(),
        "y": y[test].tolist(),
        "tree": {
            "feature": np.where(tree.children_left < 0, -1, tree.feature).tolist(),
            "threshold": np.where(tree.children_left < 0, 0, tree.threshold).tolist(),
            "left": tree.children_left.tolist(),
            "right": tree.children_right.tolist(),
            "value": np.round(tree.value[:, 0, :], 12).tolist(),
        },
        "accuracy": model.score(x[test], y[test]),
        "mean": found.importances_mean.tolist(),
        "sd": found.importances_std.tolist(),
    }
    FILE.write_text(json.dumps(data, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
