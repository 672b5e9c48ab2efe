"""Writes tests/fixtures/dense.json: what scikit-learn's MLPRegressor learns from given weights and rows in given order.

Rows and weights are made of whole numbers that both sides compute, so the file holds only the answer. With two outputs
its gradient, that of half the squared error summed over outputs, is that of the mean squared error. Run it with python3
where scikit-learn is installed; the layout of the file is that of make_fixtures.py.
"""

import json
import pathlib
import sys

import numpy as np
import sklearn
from sklearn.neural_network import MLPRegressor

ROWS, SIZES, BATCH, RATE, EPOCHS = 24, [3, 5, 4, 2], 10, 0.01, 30


def grid(rows, columns, seed):
    """Multiples of 1/64 in [-1, 1]."""
    i = np.arange(rows)[:, None]
    j = np.arange(columns)[None, :]
    return ((i * i * 31 + j * j * 47 + i * j * 59 + i * 13 + seed) % 129 - 64) / 64


class Given(MLPRegressor):
    """Begins with weights that are given."""

    def _init_coef(self, fan_in, fan_out, dtype):
        seed = 10 * fan_in + fan_out
        return grid(fan_in, fan_out, seed), grid(1, fan_out, seed + 5)[0] / 4


def learn(activation):
    x, y = grid(ROWS, SIZES[0], 8), grid(ROWS, SIZES[-1], 77)
    model = Given(
        hidden_layer_sizes=SIZES[1:-1],
        activation=activation,
        solver="adam",
        alpha=0,
        batch_size=BATCH,
        learning_rate_init=RATE,
        shuffle=False,
    )
    for _ in range(EPOCHS):
        model.partial_fit(x, y)
    return {
        "activation": activation,
        "weights": [c.ravel().tolist() for c in model.coefs_],
        "biases": [b.tolist() for b in model.intercepts_],
        "outputs": model.predict(x).tolist(),
    }


fixture = {
    "meta": {
        "about": "MLPRegressor(solver=adam, alpha=0, shuffle=False), 30 epochs by partial_fit.",
        "madeBy": "tests/reference/make_dense_fixture.py",
        "scikit-learn": sklearn.__version__,
        "numpy": np.__version__,
        "python": ".".join(map(str, sys.version_info[:3])),
    },
    "input": {"nRows": ROWS, "sizes": SIZES},
    "params": {"batchSize": BATCH, "learningRate": RATE, "epochs": EPOCHS},
    "expected": [learn("relu"), learn("tanh")],
    "tolerance": {"weight": 2e-4, "note": "absolute: float32 against float64, and Adam puts epsilon elsewhere"},
}
path = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "dense.json"
path.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
print(path.name, path.stat().st_size)
