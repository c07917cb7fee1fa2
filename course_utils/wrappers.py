"""The scikeras repair, and nothing else.

scikeras 0.13 (2023, unmaintained) describes its estimators with ``_more_tags``, which scikit-learn
replaced by ``__sklearn_tags__`` in 1.6. The consequence is silent from 1.7 on: ``is_classifier``
is False, so ``GridSearchCV`` splits with ``KFold`` instead of ``StratifiedKFold``. On 1.6 the same
estimators raise ``AttributeError``.

It also leaves TensorFlow in a state in which no other model can draw a random number: once one
with ``random_state`` has been fitted, every one without (of scikeras or of Keras) that shuffles or
has ``Dropout`` raises ``RuntimeError: Random ops require a seed to be set …``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sklearn.utils import Tags

__all__ = ["repair_scikeras"]


def repair_scikeras() -> None:
    """Give scikeras' estimators the tags of today, and keep ``random_state`` to its own model.

    The classes of ``scikeras.wrappers`` are changed in place, so a notebook goes on importing
    them from scikeras. Calling it twice changes nothing more. It holds for the process that calls
    it; the workers of ``n_jobs=2`` are others.

    Raises
    ------
    ImportError
        If scikeras is not installed.

    Notes
    -----
    A subclass alone is not enough: on scikit-learn 1.6 ``BaseWrapper._more_tags`` makes the tag
    look-up take the old road, so it is removed.

    For the time of a fit with ``random_state``, scikeras sets ``TF_DETERMINISTIC_OPS=1``, asks
    TensorFlow whether determinism was on before, and switches it off again only if it was not. But
    TensorFlow reads that variable when it is first asked, and remembers: it answers yes, and
    determinism stays on after the seed is gone. Asked here, before scikeras sets the variable, it
    gives the true answer from then on. ``setup()`` cannot do this: it does not load TensorFlow.
    ``keras.utils.set_random_seed`` avoids the error too, where a notebook calls it before each fit.

    References
    ----------
    scikit-learn developer guide, "Estimator tags" (since 1.6); deck 000, ``KerasClassifier``.
    """
    from scikeras.wrappers import BaseWrapper, KerasClassifier, KerasRegressor

    if "_more_tags" in vars(BaseWrapper):
        del BaseWrapper._more_tags
    KerasClassifier.__sklearn_tags__ = _classifier_tags
    KerasRegressor.__sklearn_tags__ = _regressor_tags
    _settle_determinism()


def _settle_determinism() -> None:
    """Ask TensorFlow for its state once, and leave that state as it is.

    Only determinism without a seed is switched off: nothing random runs in it, so nobody asked for
    it, and a fit with ``random_state`` has left it behind.
    """
    from scikeras.utils import random_state

    was_on = random_state.tf_enable_op_determinism()  # the only function of scikeras that asks
    if not was_on or random_state.tf_get_seed() is None:
        random_state.tf_disable_op_determinism()


def _classifier_tags(estimator: object) -> Tags:
    from sklearn.base import BaseEstimator
    from sklearn.utils import ClassifierTags

    tags = BaseEstimator.__sklearn_tags__(estimator)
    tags.estimator_type = "classifier"
    tags.classifier_tags = ClassifierTags(multi_label=True)
    tags.target_tags.required = True
    tags.target_tags.multi_output = True
    return tags


def _regressor_tags(estimator: object) -> Tags:
    from sklearn.base import BaseEstimator
    from sklearn.utils import RegressorTags

    tags = BaseEstimator.__sklearn_tags__(estimator)
    tags.estimator_type = "regressor"
    tags.regressor_tags = RegressorTags()
    tags.target_tags.required = True
    tags.target_tags.multi_output = True
    return tags
