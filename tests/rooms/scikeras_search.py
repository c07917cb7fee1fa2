"""scikeras with and without its repair, each in a process of its own; says what happened."""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf
from scikeras.utils.random_state import tf_enable_op_determinism
from scikeras.wrappers import KerasClassifier, KerasRegressor
from sklearn.base import clone, is_classifier, is_regressor
from sklearn.datasets import load_iris
from sklearn.model_selection import GridSearchCV, check_cv
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from course_utils.wrappers import repair_scikeras


def build(units: int) -> keras.Model:
    layers = [
        keras.Input((4,)),
        keras.layers.Dense(units, "relu"),
        keras.layers.Dense(3, "softmax"),
    ]
    return keras.Sequential(layers)


def without_a_seed() -> dict[str, str | None]:
    """Train networks that have random numbers to draw and no seed; the error of each, or None."""
    X, y = load_iris(return_X_y=True)
    loss = "sparse_categorical_crossentropy"

    def build() -> keras.Model:
        layers = [keras.Input((4,)), keras.layers.Dropout(0.5), keras.layers.Dense(3, "softmax")]
        model = keras.Sequential(layers)
        model.compile("sgd", loss)
        return model

    attempts = {
        "scikeras": lambda: KerasClassifier(build, loss=loss, verbose=0).fit(X, y),
        "keras": lambda: build().fit(X, y, verbose=0),
    }
    errors: dict[str, str | None] = {}
    for name, attempt in attempts.items():
        try:
            attempt()
            errors[name] = None
        except RuntimeError as error:
            errors[name] = str(error)
    return errors


def after_a_seeded_model() -> dict[str, str | None]:
    X, y = load_iris(return_X_y=True)
    loss = "sparse_categorical_crossentropy"
    KerasClassifier(build, units=4, loss=loss, random_state=0, verbose=0).fit(X, y)
    return without_a_seed()


def determinism_that_was_asked_for() -> bool:
    """Switch it on as TensorFlow documents, repair, and tell whether it is still on."""
    keras.utils.set_random_seed(0)
    tf.config.experimental.enable_op_determinism()
    repair_scikeras()
    return tf_enable_op_determinism()  # tells how it was


def search_sorted_iris() -> dict[str, Any]:
    keras.utils.set_random_seed(0)
    X, y = load_iris(return_X_y=True)  # sorted by class: each plain third holds one class
    model = KerasClassifier(
        build,
        loss="sparse_categorical_crossentropy",
        optimizer="adam",
        optimizer__learning_rate=0.05,
        units=4,
        epochs=15,
        verbose=0,
    )
    search = GridSearchCV(
        make_pipeline(StandardScaler(), model), {"kerasclassifier__units": [4, 16]}, cv=3
    )
    search.fit(X, y)
    fitted = search.best_estimator_[-1]
    return {
        "is_classifier": is_classifier(model),
        "is_regressor": is_regressor(KerasRegressor(build)),
        "splitter": type(check_cv(3, y, classifier=is_classifier(search.estimator))).__name__,
        "score": float(search.best_score_),
        "units": [params["kerasclassifier__units"] for params in search.cv_results_["params"]],
        "best_units": fitted.model_.layers[0].units,
        "clone_is_classifier": is_classifier(clone(model)),
        "pipeline_is_classifier": is_classifier(search.estimator),
    }


def repaired() -> dict[str, Any]:
    """Repair twice and look."""
    repair_scikeras()
    before = KerasClassifier.__sklearn_tags__
    repair_scikeras()
    found: dict[str, Any] = {"twice": before is KerasClassifier.__sklearn_tags__}
    found |= {"unseeded": after_a_seeded_model()} | search_sorted_iris()
    return found | {"asked_for": determinism_that_was_asked_for()}


def unrepaired() -> dict[str, Any]:
    """Look at scikeras as it is, and repair it at the end."""
    # First of all: TensorFlow reads its variable for determinism once, when first asked.
    found: dict[str, Any] = {"unseeded": after_a_seeded_model()}
    try:
        found |= search_sorted_iris()
    except AttributeError as error:  # scikit-learn 1.6
        found |= {"error": str(error)}
    tf.random.set_seed(None)
    repair_scikeras()
    return found | {"unseeded_after_a_late_repair": without_a_seed()}
