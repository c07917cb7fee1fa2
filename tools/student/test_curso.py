"""Las pruebas del curso: que tu equipo tenga lo necesario y que los ejercicios funcionen.

``make test``, o ``python -m unittest -v tests/test_curso.py`` en la carpeta del curso. Los
ejercicios que se prueban son los de ``tests/en_blanco``: los tuyos no se tocan ni se miran.
"""

import contextlib
import io
import os
import unittest
from pathlib import Path

BLANK = Path(__file__).with_name("en_blanco")


class Curso(unittest.TestCase):
    """Lo que el curso necesita."""

    maxDiff = None

    @classmethod
    def setUpClass(cls) -> None:
        """Choose the small budget and the data that come with the course; leave no notes."""
        os.environ |= {"COURSE_BUDGET": "rapido", "COURSE_DATA": "embedded", "COURSE_NOTES": ""}
        os.environ["MPLBACKEND"] = "agg"

    def test_1_entorno(self) -> None:
        """Tu equipo tiene lo que el curso necesita."""
        from course_utils import check_environment

        table = check_environment()
        missing = table[table["estado"] == "falta"]
        self.assertTrue(missing.empty, "\n" + missing.to_string(index=False))

    def test_2_banco(self) -> None:
        """El banco de intentos, con el que trabajan las lecciones, se puede leer."""
        from course_utils import trial_bank

        self.assertGreater(len(trial_bank("svm_digits").table()), 0)

    def test_3_ejercicios(self) -> None:
        """Los ejercicios en blanco se ejecutan, y cada comprobación dice «Sin intentar»."""
        for path in sorted(BLANK.glob("*.ipynb")):
            with self.subTest(path.name):
                states = run(path)
                self.assertTrue(states)
                self.assertEqual(set(states), {"Sin intentar"})


def run(path: Path) -> list[str]:
    """Run the cells of an exercise here; return what its checks say first."""
    import nbformat
    from IPython.core.inputtransformer2 import TransformerManager

    states = []
    namespace: dict[str, object] = {"__name__": "ejercicio"}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
                source = TransformerManager().transform_cell(cell.source)
                exec(compile(source, f"<{cell.id}>", "exec"), namespace)
            if cell.source.startswith("check("):
                states.append(printed.getvalue().partition(" · ")[0])
    return states


if __name__ == "__main__":
    unittest.main()
