"""The scikeras repair, and nothing else.

scikeras 0.13 (2023, unmaintained) describes its estimators with ``_more_tags``, which scikit-learn
replaced by ``__sklearn_tags__`` in 1.6. The consequence is silent from 1.7 on: ``is_classifier``
is False, so ``GridSearchCV`` splits with ``KFold`` instead of ``StratifiedKFold``. On 1.6 the same
estimators raise ``AttributeError``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sklearn.utils import Tags

__all__ = ["repair_scikeras"]


def repair_scikeras() -> None:
    """Give ``KerasClassifier`` and ``KerasRegressor`` the tags that scikit-learn asks for today.

    The classes of ``scikeras.wrappers`` are changed in place, so a notebook goes on importing
    them from scikeras. Calling it twice changes nothing more.

    Raises
    ------
    ImportError
        If scikeras is not installed.

    Notes
    -----
    A subclass alone is not enough: on scikit-learn 1.6 ``BaseWrapper._more_tags`` makes the tag
    look-up take the old road, so it is removed.

    References
    ----------
    scikit-learn developer guide, "Estimator tags" (since 1.6); deck 000, ``KerasClassifier``.
    """
    from scikeras.wrappers import BaseWrapper, KerasClassifier, KerasRegressor

    if "_more_tags" in vars(BaseWrapper):
        del BaseWrapper._more_tags
    KerasClassifier.__sklearn_tags__ = _classifier_tags
    KerasRegressor.__sklearn_tags__ = _regressor_tags


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
