"""Helpers of the course on hyperparameter optimization.

Only what would distract from the library being taught lives here. ``import course_utils`` loads
nothing heavy: the public names, listed in ``__init__.pyi``, are served on first use (SPEC 1).
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
