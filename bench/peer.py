"""The same stages with pandas and scikit-learn. Prints one JSON object: seconds by stage, and what was found.

Usage: peer.py FILE RUNS
"""

import json
import sys
import time
import warnings

import numpy as np
import pandas as pd
import sklearn
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import accuracy_score, silhouette_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

warnings.filterwarnings("ignore")


def run(path):
    seconds = {}

    def timed(stage, work):
        start = time.perf_counter()
        result = work()
        seconds[stage] = seconds.get(stage, 0) + time.perf_counter() - start
        return result

    frame = timed("read", lambda: pd.read_csv(path))
    numbers = timed(
        "clean",
        lambda: frame.drop_duplicates().select_dtypes("number").pipe(lambda t: t.fillna(t.median())),
    )
    X = timed("scale", lambda: StandardScaler().fit_transform(numbers))
    pca = timed("pca", lambda: PCA(random_state=0).fit(X))
    fits = {}
    for k in range(1, 11):
        fits[k] = timed("sweep", lambda: KMeans(k, n_init=10, random_state=42).fit(X))
        if k > 1:
            timed("silhouettes", lambda: silhouette_score(X, fits[k].labels_))
    labels = fits[4].labels_
    train, test, y_train, y_test = train_test_split(
        numbers, labels, test_size=0.3, stratify=labels, random_state=42
    )
    tree = timed(
        "tree",
        lambda: DecisionTreeClassifier(max_depth=12, min_samples_leaf=5, random_state=42).fit(
            train, y_train
        ),
    )
    return {
        "seconds": seconds,
        "inertias": [fits[k].inertia_ for k in range(1, 11)],
        "pcaRatio": pca.explained_variance_ratio_[:2].tolist(),
        "treeAccuracy": accuracy_score(y_test, tree.predict(test)),
        "version": f"scikit-learn {sklearn.__version__}, pandas {pd.__version__}, numpy {np.__version__}",
    }


print(json.dumps([run(sys.argv[1]) for _ in range(int(sys.argv[2]))]))
