"""Reuse a network that knows half of MNIST's digits for the other half, against one from scratch.

For each seed a convolutional network learns the digits 0 to 4 from all their training images. Then
5 to 9 are learned from few images in four ways: what its convolutions see, or all its layers but
the last, under a linear head that is trained to the end; all of it, trained further; and a new
network. All are judged on other images of the training set: MNIST's test images stay closed.

Writes course_utils/_records/transfer.json (lesson 12 shows it), a row for each seed and size as
soon as a seed is done: interrupted, the next call goes on from there. Eight minutes of one core.
"""

from __future__ import annotations

import json
import math
import os
import platform
import time
from importlib.metadata import version
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from course_utils import load_mnist, setup
from course_utils._atomic import write_text
from course_utils.data._records import RECORDS

RESULT = RECORDS / "transfer.json"
N_SEEDS, SIZES = 10, (10, 50, 200)
BODY_EPOCHS, BODY_BATCH = 2, 128
STEPS, LEAST_EPOCHS, BATCH = 300, 20, 32
N_JUDGED = 5_000
Array = npt.NDArray[Any]


def main() -> None:
    os.environ.setdefault("COURSE_DATA", "real")
    setup()
    data = load_mnist()
    rows = json.loads(RESULT.read_text(encoding="utf-8"))["rows"] if RESULT.exists() else []
    for seed in sorted(set(range(N_SEEDS)) - {row["seed"] for row in rows}):
        began = time.process_time()
        rows += accuracies(data.X_train[..., None], data.y_train, seed)
        store(rows)
        print(*rows[-len(SIZES) :], f"{time.process_time() - began:.0f} s of CPU", flush=True)


def store(rows: list[dict[str, Any]]) -> None:
    """Write all rows, with what they belong to."""
    about = {"python": platform.python_version(), "keras": version("keras")}
    about["tensorflow"] = version("tensorflow-cpu")
    about["what"] = f"accuracy on {N_JUDGED} images of the digits 5 to 9"
    text = json.dumps({"about": about, "rows": rows}, indent=1)
    write_text(RESULT, text + "\n")


def accuracies(X: Array, y: Array, seed: int) -> list[dict[str, Any]]:
    """Train everything of one seed.

    Parameters
    ----------
    X : ndarray of uint8, shape (n_images, 28, 28, 1)
    y : ndarray of int, shape (n_images,)
    seed : int
        Of the weights, of the order of the images and of the choice of the few.

    Returns
    -------
    list of dict
        For each size, the accuracy of each way on the same judged images.
    """
    import keras

    trained = fitted(network(seed), X[y < 5], y[y < 5], BODY_EPOCHS, BODY_BATCH)
    order = np.random.default_rng(seed).permutation(np.flatnonzero(y >= 5))
    judged, free = order[:N_JUDGED], order[N_JUDGED:]
    rows = []
    for size in SIZES:
        few = np.concatenate([free[y[free] == digit][:size] for digit in range(5, 10)])
        row: dict[str, Any] = {"seed": seed, "per_class": size}
        for name, n_layers in (("convolutions", -2), ("all_but_last", -1)):
            body = keras.Sequential(trained.layers[:n_layers])
            row[name] = head_accuracy(body, X, y, few, judged)
        epochs = max(LEAST_EPOCHS, math.ceil(STEPS / math.ceil(len(few) / BATCH)))
        for name, model in (("tuned", reused(trained, seed)), ("scratch", network(seed))):
            model = fitted(model, X[few], y[few] - 5, epochs, BATCH)
            answers = model.predict(X[judged], batch_size=1_000, verbose=0).argmax(axis=1)
            row[name] = round(float(np.mean(answers == y[judged] - 5)), 4)
        rows.append(row)
    return rows


def network(seed: int) -> Any:
    """Build a small convolutional network with five outputs."""
    import keras
    from keras import layers

    keras.utils.set_random_seed(seed)
    stack = [keras.Input((28, 28, 1)), layers.Rescaling(1 / 255)]
    for filters in (8, 16):
        stack += [layers.Conv2D(filters, 3, activation="relu"), layers.MaxPooling2D()]
    stack += [layers.Flatten(), layers.Dense(64, activation="relu")]
    return keras.Sequential([*stack, layers.Dense(5, activation="softmax")])


def reused(trained: Any, seed: int) -> Any:
    """Put a new head on a copy of all layers but the last; everything may change."""
    import keras

    copy = keras.models.clone_model(trained)
    copy.set_weights(trained.get_weights())
    keras.utils.set_random_seed(seed)
    return keras.Sequential([*copy.layers[:-1], keras.layers.Dense(5, activation="softmax")])


def head_accuracy(body: Any, X: Array, y: Array, few: Array, judged: Array) -> float:
    """Train a linear head on what a frozen body says of the few images; judge it."""
    seen, asked = (body.predict(X[rows], batch_size=1_000, verbose=0) for rows in (few, judged))
    head = LogisticRegression(max_iter=3_000).fit(seen, y[few])
    return round(float(head.score(asked, y[judged])), 4)


def fitted(model: Any, X: Array, y: Array, epochs: int, batch_size: int) -> Any:
    """Train a network with Adam at its default rate."""
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(X, y, epochs=epochs, batch_size=batch_size, verbose=0)
    return model


if __name__ == "__main__":
    main()
