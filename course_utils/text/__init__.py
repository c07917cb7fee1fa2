"""Texts as numbers: multi-hot rows, one-hot labels, and back to words.

References
----------
.. [1] F. Chollet, *Deep Learning with Python*, 2nd ed., Manning, 2021, sections 4.1 and 4.2
       (multi-hot encoding of IMDB and Reuters).
"""

from course_utils.text._labels import one_hot_labels
from course_utils.text._multi_hot import vectorize_sequences
from course_utils.text._words import decode_sequence

__all__ = ["decode_sequence", "one_hot_labels", "vectorize_sequences"]
