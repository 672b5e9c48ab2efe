"""Writes tests/fixtures/*.json: small inputs and what scikit-learn makes of them.

Run it with `npm run fixtures`. Each file is { meta, input, params, expected, tolerance }. Inputs are rounded to binary
fractions that float32 holds exactly, so that both sides compute on the very same numbers. Nothing depends on the time
or on the machine: the same versions write the same bytes.
"""

import json
import pathlib
import sys

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.datasets import load_iris, make_blobs, make_classification
from sklearn.decomposition import PCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import (
    accuracy_score,
    confusion_matrix,
    f1_score,
    precision_recall_fscore_support,
    silhouette_samples,
    silhouette_score,
)
from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler
from sklearn.tree import DecisionTreeClassifier

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "fixtures"
MAX_BYTES = 50_000


def exact(values, bits=10):
    """Rounded to multiples of 2**-bits: exact in float32 and short in JSON."""
    return np.round(np.asarray(values, dtype=float) * 2**bits) / 2**bits


def write(name, about, data, params, expected, tolerance):
    meta = {
        "about": about,
        "madeBy": "tests/reference/make_fixtures.py",
        "scikit-learn": sklearn.__version__,
        "numpy": np.__version__,
        "python": ".".join(map(str, sys.version_info[:3])),
    }
    parts = {
        "meta": meta,
        "input": data,
        "params": params,
        "expected": expected,
        "tolerance": tolerance,
    }
    text = json.dumps(parts, separators=(",", ":"), sort_keys=False) + "\n"
    if len(text) > MAX_BYTES:
        raise SystemExit(f"{name}.json has {len(text)} bytes, more than {MAX_BYTES}.")
    (FOLDER / f"{name}.json").write_text(text)
    print(f"{name}.json: {len(text):,} bytes")


def kmeans_case(name, x, k):
    """Best of many starts of both kinds; the partition only where the runner-up is clearly worse."""
    runs = []
    for init in ("k-means++", "random"):
        for seed in range(100):
            model = KMeans(k, init=init, n_init=1, tol=0, max_iter=1000, random_state=seed).fit(x)
            runs.append((model.inertia_, model.labels_))
    runs.sort(key=lambda run: run[0])
    best, labels = runs[0]
    others = [inertia for inertia, _ in runs if inertia > best * (1 + 1e-9)]
    return {
        "name": name,
        "X": x.tolist(),
        "nClusters": k,
        "inertia": best,
        "labels": labels.tolist(),
        "runnerUp": min(others) if others else None,
        "startsAtBest": sum(inertia <= best * (1 + 1e-9) for inertia, _ in runs),
    }


def kmeans():
    apart, _ = make_blobs(120, n_features=3, centers=5, cluster_std=0.6, random_state=3)
    touching, _ = make_blobs(160, n_features=4, centers=4, cluster_std=2.5, random_state=11)
    noise = np.random.RandomState(5).normal(size=(100, 2))
    iris = StandardScaler().fit_transform(load_iris().data)
    cases = [
        kmeans_case("clouds that are apart", exact(apart), 5),
        kmeans_case("clouds that touch", exact(touching), 4),
        kmeans_case("noise", exact(noise), 6),
        kmeans_case("iris, scaled", exact(iris), 3),
        kmeans_case("far from the origin", exact(apart + 4096.0, 8), 5),
    ]
    write(
        "kmeans",
        "K-Means, best of 200 starts run to the end (tol=0). startsAtBest: how many of them end at the best inertia.",
        {"cases": [{key: case[key] for key in ("name", "X")} for case in cases]},
        {"nClusters": [case["nClusters"] for case in cases]},
        {
            "inertia": [case["inertia"] for case in cases],
            "labels": [case["labels"] for case in cases],
            "runnerUp": [case["runnerUp"] for case in cases],
            "startsAtBest": [case["startsAtBest"] for case in cases],
        },
        {"inertia": 1e-6, "note": "relative; a lower inertia is a better answer. Labels up to their numbers."},
    )


def largest_positive(components):
    signs = np.sign(components[np.arange(len(components)), np.abs(components).argmax(axis=1)])
    return components * signs[:, None]


def pca():
    random = np.random.RandomState(7)
    mixed = random.normal(size=(80, 6)) @ random.normal(size=(6, 6))
    few = random.normal(size=(4, 6))
    iris = load_iris().data
    cases = []
    for name, x in (("mixed", exact(mixed)), ("fewer rows than columns", exact(few)), ("iris", exact(iris))):
        model = PCA().fit(x)
        cases.append(
            (
                {"name": name, "X": x.tolist()},
                {
                    "explainedVariance": model.explained_variance_.tolist(),
                    "explainedVarianceRatio": model.explained_variance_ratio_.tolist(),
                    "components": largest_positive(model.components_).tolist(),
                },
            )
        )
    write(
        "pca",
        "PCA with full SVD; signs turned so that the largest absolute loading of each component is positive.",
        {"cases": [data for data, _ in cases]},
        {},
        {"cases": [expected for _, expected in cases]},
        {"ratio": 1e-9, "component": 1e-6, "note": "absolute. Components of variance 0 are not compared."},
    )


def silhouettes():
    x, truth = make_blobs(150, n_features=3, centers=4, cluster_std=2.0, random_state=2)
    x = exact(x)
    random = np.random.RandomState(1)
    labellings = [
        truth,
        random.randint(0, 3, size=150),
        KMeans(6, n_init=5, random_state=0).fit_predict(x),
        np.where(np.arange(150) == 0, 1, 0),
    ]
    expected = []
    for labels in labellings:
        samples = silhouette_samples(x, labels)
        classes = range(labels.max() + 1)
        expected.append(
            {
                "mean": float(silhouette_score(x, labels)),
                "clusterMeans": [float(samples[labels == c].mean()) for c in classes],
                "clusterNegativeShares": [float((samples[labels == c] < 0).mean()) for c in classes],
            }
        )
    write(
        "silhouette",
        "Euclidean silhouettes of four labellings of the same rows; the last has a cluster of one row.",
        {"X": x.tolist(), "labellings": [labels.tolist() for labels in labellings]},
        {},
        expected,
        {"mean": 1e-6, "note": "absolute"},
    )


def scaling():
    random = np.random.RandomState(4)
    columns = {
        "normal": random.normal(50, 12, 90),
        "skewed": random.lognormal(3, 1, 90),
        "far away": random.normal(0, 0.5, 90) + 65536,
        "mostly zero": np.where(random.uniform(size=90) < 0.4, random.uniform(1, 9, 90), 0),
        "whole numbers": random.randint(0, 5, 90),
    }
    x = exact(np.column_stack(list(columns.values())))
    standard, minmax, robust = (S().fit(x) for S in (StandardScaler, MinMaxScaler, RobustScaler))
    write(
        "scaling",
        "Centre and scale of StandardScaler, the range of MinMaxScaler, the interquartile range of RobustScaler.",
        {"names": list(columns), "X": x.tolist()},
        {},
        {
            "mean": standard.mean_.tolist(),
            "standard": standard.scale_.tolist(),
            "minmax": minmax.data_range_.tolist(),
            "robust": robust.scale_.tolist(),
        },
        {"relative": 1e-12},
    )


def tree():
    """Data whose trees do not depend on the seed that breaks ties: then the predictions must agree row by row."""
    for random_state in range(100):
        x, y = make_classification(
            240, n_features=5, n_informative=4, n_redundant=0, n_classes=3, random_state=random_state
        )
        x = exact(x)
        test = np.arange(240) % 3 == 0
        depths = [1, 2, 3, 4]

        def fit(depth, seed):
            model = DecisionTreeClassifier(max_depth=depth, min_samples_leaf=3, random_state=seed)
            return model.fit(x[~test], y[~test])

        by_seed = [[fit(depth, seed) for depth in depths] for seed in range(20)]
        answers = [
            [np.concatenate([model.predict(x), model.feature_importances_]) for model in models]
            for models in by_seed
        ]
        if all(np.allclose(answers[0], other, rtol=0, atol=1e-12) for other in answers[1:]):
            break
    else:
        raise SystemExit("No data were found whose trees do not depend on the seed.")
    models = by_seed[0]
    write(
        "tree",
        "Decision trees (Gini). Every third row is tested on. Twenty seeds give the same predictions and importances.",
        {"X": x.tolist(), "y": y.tolist(), "testRows": np.flatnonzero(test).tolist()},
        {"maxDepth": depths, "minSamplesLeaf": 3},
        {
            "accuracy": [float(accuracy_score(y[test], m.predict(x[test]))) for m in models],
            "predicted": [m.predict(x).tolist() for m in models],
            "nLeaves": [int(m.get_n_leaves()) for m in models],
            "featureImportances": [m.feature_importances_.tolist() for m in models],
        },
        {"importance": 1e-9, "note": "absolute; predictions and leaves exactly"},
    )


def pruning():
    """Trees whose ties do not matter, cut back along the whole path, with and without class weights."""
    weights = {"none": None, "balanced": "balanced", "listed": {0: 1.0, 1: 2.5, 2: 0.5}}

    def fit(x, y, weight, seed, alpha=0.0):
        model = DecisionTreeClassifier(
            max_depth=5, min_samples_leaf=4, class_weight=weight, ccp_alpha=alpha, random_state=seed
        )
        return model.fit(x, y)

    def answers(x, y, weight, seed):
        path = fit(x, y, weight, seed).cost_complexity_pruning_path(x, y)
        # By rounding, a weighted node of one class may look impure there, and be split for nothing: no step of ours.
        is_step = (np.arange(len(path.ccp_alphas)) == 0) | (path.ccp_alphas > 1e-9)
        alphas = path.ccp_alphas[is_step]
        # Between two steps, and where most is cut: rounding cannot decide what is left.
        middles = [float((a + b) / 2) for a, b in zip(alphas[:-1], alphas[1:]) if b - a > 1e-4]
        models = [fit(x, y, weight, seed, alpha) for alpha in middles]
        return {
            "ccpAlphas": alphas.tolist(),
            "impurities": path.impurities[is_step].tolist(),
            "alphas": middles,
            "nLeaves": [int(m.get_n_leaves()) for m in models],
            "predicted": [m.predict(x).tolist() for m in models],
            "featureImportances": [m.feature_importances_.tolist() for m in models],
        }

    def flat(answer):
        return np.concatenate([np.ravel(values) for values in answer.values()])

    for random_state in range(2000):
        x, y = make_classification(
            150,
            n_features=4,
            n_informative=4,
            n_redundant=0,
            n_classes=3,
            n_clusters_per_class=1,
            weights=[0.6, 0.3, 0.1],
            class_sep=0.8,
            random_state=random_state,
        )
        x = exact(x)
        expected = {name: answers(x, y, weight, 0) for name, weight in weights.items()}
        # Other weights with the same ratios: ties that only rounding breaks show.
        sizes = np.bincount(y)
        scaled = {
            "none": {c: 0.7 for c in range(3)},
            "balanced": {c: 0.7 / sizes[c] for c in range(3)},
            "listed": {c: 0.7 * weight for c, weight in weights["listed"].items()},
        }
        others = (
            (expected[name], answers(x, y, weight, seed))
            for name in weights
            for seed in range(1, 12)
            for weight in (weights[name], scaled[name])
        )
        if all(
            flat(one).shape == flat(other).shape and np.allclose(flat(one), flat(other), rtol=0, atol=1e-12)
            for one, other in others
        ):
            break
    else:
        raise SystemExit("No data were found whose pruned trees do not depend on the seed.")
    write(
        "pruning",
        "Minimal cost-complexity pruning: the path, and the trees between any two of its steps.",
        {"X": x.tolist(), "y": y.tolist()},
        {
            "maxDepth": 5,
            "minSamplesLeaf": 4,
            "classWeight": {"none": None, "balanced": "balanced", "listed": [1.0, 2.5, 0.5]},
        },
        expected,
        {"absolute": 1e-9, "note": "predictions and leaves exactly"},
    )


def forest():
    """Accuracy and importances of forests over many seeds: another random stream must come near their mean."""
    x, y = make_classification(
        1500, n_features=6, n_informative=4, n_redundant=1, n_classes=3, class_sep=0.9, random_state=8
    )
    # Whole numbers, many of them different: more than one bin can hold each.
    x = np.round(x * 400)
    test = np.arange(1500) % 4 == 0
    settings = {
        "default": {},
        "coarse": {"max_depth": 6, "min_samples_leaf": 5, "class_weight": "balanced"},
    }
    expected = {}
    for name, setting in settings.items():
        models = [
            RandomForestClassifier(60, oob_score=True, n_jobs=2, random_state=seed, **setting).fit(x[~test], y[~test])
            for seed in range(40)
        ]
        accuracy = [accuracy_score(y[test], m.predict(x[test])) for m in models]
        expected[name] = {
            "accuracy": float(np.mean(accuracy)),
            "oobScore": float(np.mean([m.oob_score_ for m in models])),
            "featureImportances": np.mean([m.feature_importances_ for m in models], axis=0).tolist(),
            "standardDeviation": float(np.std(accuracy)),
        }
    write(
        "forest",
        "Random forests of 60 trees, means over 40 seeds. Every fourth row is tested on.",
        {"X": x.astype(int).tolist(), "y": y.tolist(), "testRows": np.flatnonzero(test).tolist()},
        {
            "nEstimators": 60,
            "default": {"maxDepth": None, "minSamplesLeaf": 1, "classWeight": None},
            "coarse": {"maxDepth": 6, "minSamplesLeaf": 5, "classWeight": "balanced"},
        },
        expected,
        {"accuracy": 0.005, "importance": 0.01, "note": "absolute, of means over seeds"},
    )


def classification():
    random = np.random.RandomState(9)
    cases = []
    for n_classes, n in ((2, 40), (4, 200), (5, 60)):
        truth = random.randint(0, n_classes, n)
        predicted = np.where(random.uniform(size=n) < 0.7, truth, random.randint(0, n_classes, n))
        if n_classes == 5:
            # One class that is never predicted.
            predicted = np.where(predicted == 4, 0, predicted)
        labels = list(range(n_classes))
        precision, recall, f1, support = precision_recall_fscore_support(
            truth, predicted, labels=labels, zero_division=0
        )
        cases.append(
            (
                {"truth": truth.tolist(), "predicted": predicted.tolist(), "nClasses": n_classes},
                {
                    "confusion": confusion_matrix(truth, predicted, labels=labels).tolist(),
                    "precision": precision.tolist(),
                    "recall": recall.tolist(),
                    "f1": f1.tolist(),
                    "support": support.tolist(),
                    "accuracy": float(accuracy_score(truth, predicted)),
                    "macroF1": float(f1_score(truth, predicted, average="macro", zero_division=0)),
                    "weightedF1": float(f1_score(truth, predicted, average="weighted", zero_division=0)),
                },
            )
        )
    write(
        "classification",
        "Confusion matrix and report of made-up predictions; in the last case one class is never predicted.",
        {"cases": [data for data, _ in cases]},
        {},
        {"cases": [expected for _, expected in cases]},
        {"absolute": 1e-12},
    )


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    kmeans()
    pca()
    silhouettes()
    scaling()
    tree()
    pruning()
    forest()
    classification()
