"""Programs that run behind the walls; the grader reads them as text and never imports them.

Each stands alone: of the course, ``reply`` may import the observers and the others nothing.
"""
