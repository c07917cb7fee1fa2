"""A grid over a Keras model on sorted iris; prints what happened as one JSON line.

``python scikeras_search.py [repair]``: started by test_wrappers.py, one process for each case.
"""

from __future__ import annotations

import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
from scikeras.wrappers import KerasClassifier, KerasRegressor
from sklearn.base import clone, is_classifier, is_regressor
from sklearn.datasets import load_iris
from sklearn.model_selection import GridSearchCV, check_cv
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def build(units: int) -> keras.Model:
    layers = [
        keras.Input((4,)),
        keras.layers.Dense(units, "relu"),
        keras.layers.Dense(3, "softmax"),
    ]
    return keras.Sequential(layers)


def search_sorted_iris() -> dict:
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


def main() -> None:
    if "repair" in sys.argv:
        from course_utils.wrappers import repair_scikeras

        repair_scikeras()
        before = KerasClassifier.__sklearn_tags__
        repair_scikeras()
        print(
            json.dumps(search_sorted_iris() | {"twice": before is KerasClassifier.__sklearn_tags__})
        )
        return
    try:
        found = search_sorted_iris()
    except AttributeError as error:  # scikit-learn 1.6
        found = {"error": str(error)}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
