"""A small convolutional network against a dense one on 4500 images of MNIST, ten seeds each.

Writes course_utils/_records/small_images.json, which lesson 10 reads: 20 trainings in the lesson's
own code, two minutes of one core. The test images stay closed.
"""

from __future__ import annotations

import json
import os
import platform
from importlib.metadata import version
from typing import Any

import keras
import numpy as np
from keras import layers
from sklearn.model_selection import train_test_split

from course_utils import load_mnist, setup
from course_utils._atomic import write_text
from course_utils.data._records import RECORDS

RESULT = RECORDS / "small_images.json"
N_IMAGES, EPOCHS, BATCH, RATE = 7500, 4, 64, 0.003
N_SEEDS, FIRST_SEED = 10, 101
KINDS = ("CNN", "densa")


def main() -> None:
    os.environ.setdefault("COURSE_DATA", "real")
    setup()
    mnist = load_mnist()
    images = mnist.X_train[:N_IMAGES, :, :, None] / np.float32(255)
    digits = mnist.y_train[:N_IMAGES]
    parts = train_test_split(images, digits, test_size=0.4, stratify=digits, random_state=101)
    rows = []
    for seed in range(FIRST_SEED, FIRST_SEED + N_SEEDS):
        keras.backend.clear_session()
        rows.append({"seed": seed, **{kind: curves(kind, seed, parts) for kind in KINDS}})
        print(rows[-1], flush=True)
    about = {"python": platform.python_version(), "keras": version("keras")}
    about["tensorflow"] = version("tensorflow-cpu")
    write_text(RESULT, json.dumps({"about": about, "rows": rows}) + "\n")


def image_net(kind: str, seed: int) -> keras.Sequential:
    """Build one of the lesson's two networks, not compiled."""
    keras.utils.set_random_seed(seed)
    stack = [keras.Input((28, 28, 1))]
    for filters in (8, 16) if kind == "CNN" else ():
        conv = layers.Conv2D(filters, 3, padding="same", activation="relu")
        stack += [conv, layers.MaxPooling2D(2)]
    stack.append(layers.Flatten())
    if kind == "densa":
        stack.append(layers.Dense(512, "relu"))
    return keras.Sequential([*stack, layers.Dense(10, "softmax")])


def curves(kind: str, seed: int, parts: list[Any]) -> dict[str, list[float]]:
    """Accuracy after each epoch, on the rows of fit (``accuracy``) and of validation."""
    net = image_net(kind, seed)
    adam = keras.optimizers.Adam(RATE)
    net.compile(adam, "sparse_categorical_crossentropy", metrics=["accuracy"])
    run = net.fit(
        parts[0],
        parts[2],
        validation_data=(parts[1], parts[3]),
        epochs=EPOCHS,
        batch_size=BATCH,
        verbose=0,
    )
    return {key: np.round(run.history[key], 4).tolist() for key in ("accuracy", "val_accuracy")}


if __name__ == "__main__":
    main()
