"""pandas, scikit-learn and SciPy at the stages of the benchmark.

Reads one request a line, {"stage", "input", "check"}, and answers each with one line, {"seconds", "result"} or {"error"}.
`check` asks for the result as well as for the time. Typed arrays come as {"type", "base64"}.
"""

import base64
import json
import statistics
import sys
import time
import traceback
import warnings
import zlib

import numpy as np
import pandas as pd
import scipy
import sklearn
from scipy.cluster.hierarchy import linkage
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import (
    calinski_harabasz_score,
    davies_bouldin_score,
    pairwise_distances_argmin,
    silhouette_score,
)
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

warnings.filterwarnings("ignore")

# A stage that takes less is done again, and the median counts: the same rule as on the page's side.
LEAST_SECONDS = 0.05
MOST_REPEATS = 20


def timed(work):
    """The last value and the median of the seconds."""
    seconds = []
    begin = time.perf_counter()
    while len(seconds) < MOST_REPEATS:
        start = time.perf_counter()
        value = work()
        end = time.perf_counter()
        seconds.append(end - start)
        if end - begin >= LEAST_SECONDS:
            break
    return value, statistics.median(seconds)


class Stages:
    """Each method is a stage: seconds, and a function that says what was found."""

    def open(self, given):
        self.path = given["path"]
        self.settings = given["settings"]
        version = f"scikit-learn {sklearn.__version__}, pandas {pd.__version__}, SciPy {scipy.__version__}, NumPy {np.__version__}"
        return 0, lambda: {"version": version}

    def read(self, _):
        self.frame, seconds = timed(lambda: pd.read_csv(self.path))
        return seconds, self._cells

    def _cells(self):
        # The default parser of pandas may miss the nearest float64 by one unit; this one does not.
        exact = pd.read_csv(self.path, float_precision="round_trip")
        columns = [column_sum(name, exact[name]) for name in exact.columns]
        return {"nRows": len(exact), "columns": columns}

    def clean(self, given):
        columns = given["columns"]
        self.numbers, seconds = timed(
            lambda: self.frame.drop_duplicates()[columns].pipe(lambda t: t.fillna(t.median()))
        )
        return seconds, lambda: {
            "nKept": len(self.numbers),
            "means": self.numbers.mean().tolist(),
        }

    def scale(self, _):
        self.X, seconds = timed(lambda: StandardScaler().fit_transform(self.numbers))
        return seconds, lambda: {"head": self.X[:1000].ravel().tolist()}

    def pca(self, _):
        pca, seconds = timed(lambda: PCA().fit(self.X))
        return seconds, lambda: {"ratios": pca.explained_variance_ratio_.tolist()}

    def _kmeans(self, k, n_init):
        return KMeans(k, n_init=n_init, random_state=self.settings["seed"]).fit(self.X)

    def sweep(self, _):
        ks = range(2, self.settings["kMax"] + 1)
        fits, seconds = timed(lambda: [self._kmeans(k, self.settings["nInit"]) for k in ks])
        return seconds, lambda: {"inertias": [fit.inertia_ for fit in fits]}

    def silhouettes(self, given):
        rows = given["rows"]
        labels = given["labels"]
        X = self.X if len(rows) == len(self.X) else self.X[rows]
        means, seconds = timed(lambda: [silhouette_score(X, each[rows]) for each in labels])
        return seconds, lambda: {"means": means}

    def indices(self, given):
        scores = (calinski_harabasz_score, davies_bouldin_score)
        found, seconds = timed(
            lambda: [[score(self.X, each) for each in given["labels"]] for score in scores]
        )
        return seconds, lambda: {"calinskiHarabasz": found[0], "daviesBouldin": found[1]}

    def kmeans(self, given):
        return self._fit(given, self.settings["nInit"])

    def fit(self, given):
        return self._fit(given, 1)

    def _fit(self, given, n_init):
        k = self.settings["nClusters"]
        fit, seconds = timed(lambda: self._kmeans(k, n_init))
        return seconds, lambda: {"inertia": fit.inertia_, **self._confirm(given)}

    def _confirm(self, given):
        """What the other side's centres and labels are worth, by our own arithmetic."""
        centers = given["centers"].reshape(self.settings["nClusters"], -1)
        nearest = pairwise_distances_argmin(self.X, centers)
        labels = given["labels"]
        inertia = sum(((self.X[labels == c] - center) ** 2).sum() for c, center in enumerate(centers))
        return {"confirmed": float((nearest == labels).mean()), "inertiaOfYours": float(inertia)}

    def iteration(self, given):
        """The time of many iterations less that of one, for both widths of float. The quicker one counts."""
        n = self.settings["nIterations"]
        best = None
        for dtype in (np.float32, np.float64):
            X = self.X.astype(dtype)
            start = given["start"].reshape(-1, X.shape[1]).astype(dtype)

            def descend(max_iter):
                model = KMeans(len(start), init=start, n_init=1, max_iter=max_iter, tol=0)
                begin = time.perf_counter()
                model.fit(X)
                return time.perf_counter() - begin, model

            seconds = []
            for _ in range(7):
                short, one = descend(1)
                long, many = descend(n)
                seconds.append((long - short) / max(1, many.n_iter_ - one.n_iter_))
            median = statistics.median(seconds)
            if best is None or median < best[0]:
                best = (median, float(many.inertia_), np.dtype(dtype).name)
        return best[0], lambda: {"inertia": best[1], "variant": best[2]}

    def ward(self, _):
        # What AgglomerativeClustering(linkage="ward") calls, too.
        tree, seconds = timed(lambda: linkage(self.X, "ward"))
        return seconds, lambda: {"heights": tree[:, 2].tolist()}

    def tree(self, given):
        model = DecisionTreeClassifier(max_depth=12, min_samples_leaf=5, random_state=42)
        return self._classify(model, given)

    def forest(self, given):
        # On all cores, as the page is.
        n = self.settings["nTrees"]
        return self._classify(RandomForestClassifier(n, n_jobs=-1, random_state=42), given)

    def _classify(self, model, given):
        labels, train, test = given["labels"], given["train"], given["test"]
        values = self.numbers.to_numpy()
        X, y = values[train], labels[train]
        _, seconds = timed(lambda: model.fit(X, y))
        return seconds, lambda: {"accuracy": float(model.score(values[test], labels[test]))}

    def profile(self, given):
        def describe():
            return self.numbers.groupby(given["labels"]).agg(["mean", "median"]), self.numbers.describe()

        (by_segment, _), seconds = timed(describe)
        means = by_segment.xs("mean", axis=1, level=1)
        return seconds, lambda: {"means": means.to_numpy().tolist()}


def column_sum(name, column):
    """The CRC-32 that bench/page/checksum.ts describes."""
    if pd.api.types.is_numeric_dtype(column):
        values = column.to_numpy(dtype="<f8", copy=True)
        values[np.isnan(values)] = np.nan
        return {"name": name, "kind": "number", "checksum": zlib.crc32(values.tobytes())}
    text = "".join(f"{cell}\n" for cell in column.fillna(""))
    return {"name": name, "kind": "text", "checksum": zlib.crc32(text.encode())}


def decode(value):
    if "base64" not in value:
        return value
    return np.frombuffer(base64.b64decode(value["base64"]), dtype=value["type"])


def answer(stages, line):
    try:
        request = json.loads(line, object_hook=decode)
        seconds, result = getattr(stages, request["stage"])(request.get("input", {}))
        return {"seconds": seconds, "result": result() if request.get("check") else None}
    except Exception:
        return {"error": traceback.format_exc(limit=-2)}


all_stages = Stages()
for line in sys.stdin:
    print(json.dumps(answer(all_stages, line)), flush=True)
