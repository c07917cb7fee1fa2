"""Lesson 02, grid search: what the judges say of each mistake."""

MESSAGES = {
    "n_combos": {
        "suma_en_vez_de_multiplicar": (
            "Con {space} y cv={cv} das {got}: estás **sumando** los valores. Cada valor de un "
            "hiperparámetro se combina con todos los de los demás, así que las cantidades se "
            "multiplican."
        ),
        "olvida_cv": (
            "Con {space} y cv={cv} das {got}: son las combinaciones. Pero la validación cruzada "
            "entrena cada combinación cv veces."
        ),
        "cuenta_hiperparametros": (
            "Con {space} y cv={cv} das {got}. Has contado cuántos hiperparámetros hay "
            "(`len(space)`), no cuántos valores tiene cada uno (`len(space[nombre])`)."
        ),
        "todos_con_los_mismos_valores": (
            "Con {space} y cv={cv} das {got}. Elevar a una potencia solo vale si todos los "
            "hiperparámetros tienen la misma cantidad de valores."
        ),
        "cuenta_el_reentrenamiento": (
            "Con {space} y cv={cv} das {got}, uno de más. El enunciado pide solo los de la "
            "validación cruzada, sin el reentrenamiento final."
        ),
        "cv_por_hiperparametro": (
            "Con {space} y cv={cv} das {got}: has multiplicado por cv una vez por cada "
            "hiperparámetro. La validación cruzada se hace una vez por combinación."
        ),
        "otro_numero": (
            "Con {space} y cv={cv} das {got}, y lanzando la búsqueda se cuentan {expected} "
            "entrenamientos. Prueba a escribir las combinaciones a mano con un espacio de 2 × 3."
        ),
    },
    "is_inert": {
        "compara_aciertos": (
            "Dices que `{name}` es inerte con los valores {values}. Los aciertos coinciden, pero "
            "las probabilidades no: dos modelos distintos pueden acertar lo mismo. Compara "
            "`predict_proba`."
        ),
        "mira_solo_los_extremos": (
            "Dices que `{name}` es inerte con los valores {values}. El primero y el último dan lo "
            "mismo, pero el de en medio no: hay que compararlos todos."
        ),
        "siempre_la_misma_respuesta": (
            "Respondes {got} en todos los casos. Entrena un modelo por valor y compara lo que "
            "predicen."
        ),
        "al_reves": (
            "Tu respuesta es justo la contraria en todos los casos. Inerte es el que **no** cambia "
            "nada: `True` cuando todas las probabilidades coinciden."
        ),
        "un_solo_valor": (
            "Con un único valor no hay nada que cambiar: el hiperparámetro es inerte, y tu función "
            "dice que no."
        ),
        "no_lo_ve": (
            "Dices que `{name}` **no** es inerte con los valores {values}, y al entrenar las "
            "probabilidades salen idénticas. ¿Usas el mismo `random_state` en todos, y una copia "
            "del modelo (`clone`) por valor?"
        ),
        "mira_la_forma": (
            "Con `{name}` y los valores {values} te equivocas: comparas la forma de los árboles "
            "(hojas, divisiones). Dos árboles distintos pueden responder lo mismo, y dos con la "
            "misma forma, otra cosa. Compara `predict_proba(X)`."
        ),
        "cree_que_es_inerte": (
            "Dices que `{name}` es inerte con los valores {values}, y al entrenar las "
            "probabilidades cambian. ¿Llega cada valor al modelo (`set_params(**{{name: value}})`)?"
        ),
    },
    "n_distinct": {
        "cuenta_nombres": (
            "Con {columns} columnas y {grid} das {got}, que es el producto: has contado los "
            "nombres de las combinaciones, no lo que significan."
        ),
        "olvida_max_features": (
            "Con {columns} columnas y {grid} das {got}. Has agrupado hojas y divisiones, pero "
            "`sqrt` y `log2` pueden ser el mismo número de columnas."
        ),
        "olvida_la_division_inerte": (
            "Con {columns} columnas y {grid} das {got}. Has agrupado `max_features`, pero falta "
            "esto: si cada hoja necesita h filas, dividir exige al menos 2·h, y un "
            "`min_samples_split` menor no cambia nada."
        ),
        "redondea": (
            "Con {columns} columnas y {grid} das {got}. Cuidado con el redondeo: scikit-learn se "
            "queda con la parte **entera** de la raíz y del logaritmo."
        ),
        "limite_por_la_hoja": (
            "Con {columns} columnas y {grid} das {got}. Has comparado `min_samples_split` con "
            "`min_samples_leaf`; para dividir hacen falta dos hojas: compáralo con el doble."
        ),
        "otro_numero": (
            "Con {columns} columnas y {grid} das {got}, y hay {expected}. Escribe una función "
            "`meaning` que traduzca cada combinación, y cuenta los resultados distintos."
        ),
    },
    "total_fits": {
        "olvida_el_reentrenamiento": (
            "Das {got}: esos son los de la validación cruzada. Con `refit=True` hay uno más, el "
            "del ganador con todos los datos."
        ),
        "olvida_cv": (
            "Das {got}: has contado las combinaciones. Cada una se entrena una vez por partición."
        ),
        "suma_en_vez_de_multiplicar": (
            "Das {got}: has sumado los valores. Cada valor de `C` se combina con todos los de "
            "`gamma`, así que las cantidades se multiplican."
        ),
        "otro_numero": (
            "Das {got}, y no es eso. Ve por partes: cuántas combinaciones, cuántas veces se "
            "entrena cada una, y qué entrenamiento queda después."
        ),
    },
    "wider_C": {
        "pierde_al_mejor": (
            "En {got} ya no está 10, el mejor hasta ahora: si no lo vuelves a medir con los demás, "
            "no sabrás si los nuevos lo superan."
        ),
        "sigue_en_el_borde": (
            "En {got}, 10 sigue siendo el valor más alto: si vuelve a ganar, no habrás averiguado "
            "nada. Ganó por arriba, así que la lista crece por arriba."
        ),
        "abre_otro_borde": (
            "En {got}, 10 es ahora el valor más bajo: has cambiado un borde por otro. Deja al "
            "menos un valor menor, para ver los dos lados."
        ),
        "pasos_desiguales": (
            "En {got} los pasos no son parejos en escala logarítmica. `C` se mueve por factores: "
            "cada valor es el anterior por el mismo número."
        ),
    },
}
