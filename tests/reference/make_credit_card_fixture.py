"""Writes tests/fixtures/credit-card.json: the inertia that scikit-learn's K-Means finds in the published credit-card file.

Run it with `npm run fixtures`; the layout of the file is that of make_fixtures.py. The credit-card file lies beside the
checkout (../shared/data) and never in it: only what comes out is written. Where it is absent the fixture stays as it is.
"""

import json
import pathlib
import sys

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.preprocessing import StandardScaler

TESTS = pathlib.Path(__file__).resolve().parent.parent
FILE = TESTS / "fixtures" / "credit-card.json"
DATA = TESTS.parent.parent / "shared" / "data" / "CC GENERAL.csv"
KS = list(range(2, 13))
STATES = [42, 0, 1]
FILLS = {"mean": np.nanmean, "median": np.nanmedian}


def inertias(x, state):
    """Sums differ in their last bits from one number of threads to another, hence the two decimals."""
    models = [KMeans(k, init="k-means++", n_init=10, random_state=state).fit(x) for k in KS]
    return [round(float(model.inertia_), 2) for model in models]


def main():
    if not DATA.exists():
        print(f"credit-card.json: left as it is, since there is no {DATA}")
        return
    table = np.genfromtxt(DATA, delimiter=",", skip_header=1)[:, 1:]
    scaled = {
        name: StandardScaler().fit_transform(np.where(np.isnan(table), fill(table, axis=0), table))
        for name, fill in FILLS.items()
    }
    fixture = {
        "meta": {
            "about": "CC GENERAL.csv without CUST_ID, missing values filled, z-scores: inertia of "
            "KMeans(k, init='k-means++', n_init=10, random_state=s), by fill and random state, for every k.",
            "madeBy": "tests/reference/make_credit_card_fixture.py",
            "scikit-learn": sklearn.__version__,
            "numpy": np.__version__,
            "python": ".".join(map(str, sys.version_info[:3])),
        },
        "input": {},
        "params": {"nClusters": KS, "nInit": 10, "randomStates": STATES},
        "expected": {
            "inertia": {name: [inertias(x, state) for state in STATES] for name, x in scaled.items()},
        },
        "tolerance": {"inertia": 1e-3, "note": "relative; a lower inertia is a better answer"},
    }
    text = json.dumps(fixture, ensure_ascii=False, separators=(",", ":")) + "\n"
    FILE.write_text(text)
    print(f"credit-card.json: {len(text):,} bytes")


main()
