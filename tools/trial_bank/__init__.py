"""Record the trial bank's tables: real trainings, made once and replayed by `course_utils.bank`.

`make` trains what is missing, `check` trains a sample again and compares. A family of tables has a
module: `svm`, `forest`, `mlp` (scikit-learn); `mnist`, `reuters`, `imdb`, `deck_grid` (Keras).
"""
