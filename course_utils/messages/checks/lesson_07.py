"""Lesson 07, Keras Tuner: what the judges say of each mistake."""

MESSAGES = {
    "paid_epochs": {
        "cobra_desde_cero": (
            "Con las rondas {rounds} das {got}. Un intento que pasa de ronda **sigue** donde "
            "estaba: solo se paga desde la época anterior hasta la nueva."
        ),
        "solo_la_ultima": (
            "Con las rondas {rounds} das {got}: has contado los que llegan al final, y los que se "
            "quedaron por el camino también entrenaron."
        ),
        "suma_epocas": (
            "Con las rondas {rounds} das {got}: has contado épocas de *un* intento. En cada ronda "
            "entrenan varios a la vez."
        ),
        "todos_hasta_el_final": (
            "Con las rondas {rounds} das {got}: eso costaría entrenar a todos hasta la última "
            "época, que es justo lo que Hyperband evita."
        ),
        "otro_numero": (
            "Con las rondas {rounds} das {got}. Dibuja un rectángulo por ronda: de ancho, las "
            "épocas que añade; de alto, los intentos. La respuesta es el área."
        ),
    },
    "build_model": {
        "falta_softmax": (
            "Tu red no da probabilidades (sus salidas suman {total}) y la pérdida las trata como "
            "si lo fueran: dice {got} y debería decir {expected}. Es el fallo del museo de 7.2."
        ),
        "no_se_recarga": (
            "La red no se puede abrir fuera de tu cuaderno ({error}): lleva código tuyo (una capa, "
            "una pérdida o una activación propias). Constrúyela solo con piezas de Keras, que van "
            "por su nombre."
        ),
        "otra_perdida": (
            "La pérdida que calcula tu modelo es {got}, y la entropía cruzada de sus salidas es "
            "{expected}. Revisa `loss=`: las etiquetas son enteros de 0 a 9."
        ),
        "no_diez_salidas": (
            "Tu red da salidas de forma {shape} para 12 imágenes; se espera una fila por imagen y "
            "una columna por cifra."
        ),
        "unidades_fijas": (
            "Con {first} y con {second} unidades tu red tiene los mismos {weights} pesos: el valor "
            "que elige el buscador no llega a la capa."
        ),
        "otro_espacio": (
            "El espacio que declaras es {space}. Se pide un solo hiperparámetro, `units`, entero "
            "de 16 a 512."
        ),
        "sin_exactitud": (
            "Tu modelo no mide la exactitud, y el buscador se queda sin `val_accuracy` que mirar. "
            'Falta `metrics=["accuracy"]` en `compile`.'
        ),
    },
    "pareto_front": {
        "solo_el_mejor": (
            "Con {table} eliges {got}. El más exacto está en la frontera, pero no está solo: "
            "también están los que nadie supera en las dos cosas a la vez."
        ),
        "al_reves": (
            "Con {table} eliges {got}: justo los dominados. En la frontera se quedan los que "
            "**nadie** supera."
        ),
        "maximiza_los_segundos": (
            "Con {table} eliges {got}. La exactitud conviene grande y los segundos por época, "
            "pequeños: has premiado a los lentos."
        ),
        "empates_mal_resueltos": (
            "Con {table} eliges {got}. Un modelo domina a otro si es al menos igual en las dos "
            "cosas **y** mejor en alguna: con la misma exactitud y más segundos se queda fuera, y "
            "dos modelos idénticos no se dominan."
        ),
        "devuelve_modelos": (
            "Con {table} devuelves {got}. Se piden las **posiciones** en la tabla, empezando en 0, "
            "no los modelos."
        ),
        "otra_frontera": (
            "Con {table} eliges {got}. Para cada modelo, busca si hay otro al menos igual de "
            "exacto y al menos igual de rápido, y mejor en algo. Si lo hay, fuera."
        ),
    },
    "mnist_steps": {
        "no_redondea": (
            "Das {got}. Los pasos son enteros, y el último lote puede ir a medias: ¿hacia dónde se "
            "redondea?"
        ),
        "redondea_hacia_abajo": (
            "Das {got}: te falta el último lote. Va incompleto, pero también se entrena con él."
        ),
        "olvida_la_validacion": (
            "Das {got}: has contado las 60 000 imágenes. Las que se apartan para validar no entran "
            "en los lotes."
        ),
        "cuenta_las_de_validacion": (
            "Das {got}: esos lotes son los de la parte apartada. Se entrena con la otra."
        ),
        "otro_lote": (
            "Das {got}. Ese número sale con lotes de 32; aquí son de 64, y se aparta un 10 %."
        ),
        "cuenta_imagenes": ("Das {got}: son imágenes. Cada paso usa un lote entero de ellas."),
        "otro_numero": (
            "Das {got}, y no es eso. ¿Con cuántas imágenes se entrena? ¿Cuántos lotes de 64 hacen "
            "falta para pasar por todas?"
        ),
    },
    "stuck_loss": {
        "olvida_dividir": (
            "Das {got}: tras recortar, cada salida vale 1, y ln 1 = 0. Pero Keras hace algo más "
            "antes del logaritmo: ¿cuánto suman las diez?"
        ),
        "como_con_dos": (
            "Das {got}: es el resultado con dos salidas. Aquí son diez las que se reparten el 1."
        ),
        "otro_logaritmo": (
            "Das {got}. La idea es buena, pero el logaritmo es el natural: `np.log`."
        ),
        "sin_logaritmo": (
            "Das {got}: la probabilidad, o su inverso. La pérdida es el logaritmo, cambiado de "
            "signo, de la probabilidad de la cifra verdadera."
        ),
        "con_otro_signo": (
            "Das {got}. Una pérdida de este tipo nunca es negativa: falta el menos de `-np.log`."
        ),
        "recorta_a_cero": (
            "Das {got}: eso sería con la salida verdadera recortada a casi 0. Aquí todas pasan de "
            "1, así que todas se quedan en casi 1."
        ),
        "otro_numero": (
            "Das {got}, y no es eso. Haz lo mismo que con dos salidas: recorta, divide por la suma "
            "y toma el logaritmo."
        ),
    },
}
