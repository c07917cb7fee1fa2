"""Lesson 10, the IMDB project: what the judges say of each mistake."""

MESSAGES = {
    "decode_review": {
        "sin_desplazamiento": (
            "De {review} lees «{got}». Has buscado cada número tal cual en el diccionario, y en "
            "las críticas los números van corridos: los primeros están reservados para las "
            "marcas. Mira en el enunciado qué número lleva la palabra de rango 1."
        ),
        "otro_desplazamiento": (
            "De {review} lees «{got}». Restas {offset}, y salen palabras, pero no las que son. "
            "La palabra de rango 1 lleva el número 4: ¿cuánto hay que restar?"
        ),
        "imprime_el_inicio": (
            "De {review} lees «{got}»: el 1 del principio aparece en el texto. No es una palabra "
            "de la crítica, solo dice que ahí empieza."
        ),
        "imprime_el_relleno": (
            "De {review} lees «{got}»: los ceros aparecen en el texto. Son relleno, para que todas "
            "las críticas midan lo mismo, y al leer sobran."
        ),
        "pierde_las_desconocidas": (
            "De {review} lees «{got}»: los 2 han desaparecido. Ahí había una palabra que no "
            "sabemos cuál es; escribe `?` en su sitio, o quien lea creerá que la frase era así."
        ),
        "otro_texto": (
            "De {review} lees «{got}». Cada número, en su orden, da una palabra, un `?` o nada. "
            "Prueba con la crítica corta del objetivo, número a número."
        ),
    },
    "surest_errors": {
        "posiciones_del_filtro": (
            "Con {n} críticas y k={k} devuelves {got}. Son posiciones dentro de la lista de "
            "errores, no dentro de las críticas: con ellas leerías otros textos. Después de "
            "ordenar, hay que volver a las posiciones de partida."
        ),
        "aciertos_tambien": (
            "Con {n} críticas y k={k} devuelves {got}: son las predicciones más seguras, y entre "
            "ellas hay aciertos. Primero quédate con los errores."
        ),
        "los_mas_dudosos": (
            "Con {n} críticas y k={k} devuelves {got}: son errores, pero los más dudosos. Una "
            "probabilidad cerca de 0.5 es duda; lejos, por cualquiera de los dos lados, seguridad."
        ),
        "una_sola_clase": (
            "Con {n} críticas y k={k} devuelves {got}: solo hay errores de un tipo. Una crítica "
            "positiva con probabilidad 0.02 es un error tan seguro como una negativa con 0.98."
        ),
        "otro_orden": (
            "Con {n} críticas y k={k} devuelves {got}: son las que se piden, pero no van de más a "
            "menos segura."
        ),
        "otra_cantidad": (
            "Con {n} críticas, {errors:error|errores} y k={k} devuelves {got}. Se piden k "
            "posiciones; si hay menos errores que k, todos los que haya y ninguno más."
        ),
        "devuelve_probabilidades": (
            "Con {n} críticas y k={k} devuelves {got}. Se piden **posiciones** (enteros desde 0), "
            "para poder ir a leer esas críticas."
        ),
        "otra_lista": (
            "Con {n} críticas y k={k} devuelves {got}. Hay un error si `p > 0.5` no coincide con "
            "la etiqueta; y es más seguro cuanto más lejos está p de 0.5."
        ),
    },
    "imdb_model": {
        "no_es_keras": (
            "`model_file` es `{file}`. Se pide un archivo `.keras`, el que escribe `model.save`: "
            "lleva juntos la arquitectura y los pesos."
        ),
        "archivo_no_esta": (
            "No encuentro el archivo `{file}`. Un modelo que no se guardó, o que se guardó en otra "
            "carpeta, no existe: mira si llamaste a `save` con esa misma ruta."
        ),
        "no_se_recarga": (
            "`{file}` está, pero no se deja recargar: {error}. Pruébalo tú con "
            "`keras.models.load_model`. Suele pasar con capas o funciones propias (`Lambda`), o "
            "con un archivo a medio escribir."
        ),
        "otra_entrada": (
            "El modelo guardado no acepta lo que da tu `encode`: espera {wanted} y recibe {given} "
            "({error}). El preprocesamiento forma parte del modelo: ¿es el mismo con el que "
            "entrenaste?"
        ),
        "otras_filas": (
            "`encode` recibe {expected} críticas y salen {got:predicción|predicciones}. ¿Codifica "
            "los textos que se le dan, o siempre los mismos?"
        ),
        "otra_salida": (
            "Para {expected} críticas, tu modelo da una salida de forma {shape}. Se espera una "
            "probabilidad por crítica."
        ),
        "no_son_probabilidades": (
            "Las salidas de tu modelo van de {low} a {high}, y una probabilidad va de 0 a 1. ¿Qué "
            "activación tiene la última capa?"
        ),
        "clase_al_reves": (
            "Tu modelo acierta {got} de las críticas nuevas; si se lee al revés, {flipped}. Ha "
            "aprendido, pero su salida es la probabilidad de **negativa**, o las etiquetas "
            "se dieron la vuelta por el camino. En estos datos, 1 es positiva."
        ),
        "no_supera_la_base": (
            "Tu modelo acierta {got} de {n} críticas nuevas. Decir siempre lo mismo acierta "
            "{majority}, y una red sin entrenar, con suerte, hasta {bar}. Mira si entrenó (¿baja "
            "la pérdida?) y si cada fila va con su etiqueta."
        ),
        "filas_ya_vistas": (
            "Tu modelo acierta {held_out} en la prueba reservada y {got} en críticas nuevas del "
            "mismo tipo: {gap} de diferencia, cuando el azar da para {margin}. Así se ve un modelo "
            "que ya conocía la prueba. ¿Entrenaste, o elegiste, con esas filas?"
        ),
        "en_porcentaje": (
            "`test_accuracy` vale {claimed}. Una exactitud va de 0 a 1; así, quien lea tu número "
            "no tendrá que adivinar la unidad."
        ),
        "puntuacion_de_entrenamiento": (
            "Declaras {claimed}. El modelo guardado saca {held_out} en la prueba reservada y "
            "{seen} en críticas del entrenamiento: tu cifra se parece a la segunda. Lo que sabe de "
            "memoria no cuenta."
        ),
        "puntuacion_no_reproducida": (
            "Declaras {claimed}, y el modelo guardado saca {held_out} en las mismas 2 000 críticas "
            "de la prueba reservada. ¿Es la cifra de otro modelo, o la de validación?"
        ),
        "no_es_una_busqueda": (
            "Tu modelo cumple, pero en `trials` hay {got:configuración distinta|configuraciones "
            "distintas}. Para hablar de búsqueda se piden al menos {needed}, cada una con sus "
            "hiperparámetros en `params`."
        ),
        "presupuesto_de_intentos": (
            "Tu modelo cumple, pero `trials` tiene {got:intento|intentos} y el presupuesto son "
            "{limit}. Quien prueba más, encuentra más: sin el mismo gasto no hay comparación."
        ),
    },
    "stop_epoch": {
        "da_la_mejor": (
            "Das {got}: esa es la mejor época, y mientras se entrena nadie sabe que lo es. Hacen "
            "falta épocas peores para decidir parar."
        ),
        "paciencia_uno": (
            "Das {got}: así pararía con `patience=1`. Con 2, una época sin mejorar no basta."
        ),
        "una_de_mas": (
            "Das {got}: has esperado una época de más. En cuanto van dos sin mejorar, se detiene."
        ),
        "frente_a_la_anterior": (
            "Das {got}: has comparado cada época con la anterior. La paciencia cuenta las que no "
            "mejoran **la mejor**, y 0.30 no mejora 0.29."
        ),
        "otro_numero": (
            "Das {got}, y no es eso. Busca la época con la pérdida más baja y cuenta, desde ella, "
            "dos que no la mejoren."
        ),
    },
    "paired_half": {
        "sin_emparejar": (
            "Das {got}: has sumado las varianzas como si cada modelo hubiera leído otras críticas. "
            "Leyeron las mismas: la diferencia de cada fila es 1, −1 o, casi siempre, 0."
        ),
        "un_solo_modelo": (
            "Das {got}: es el ± de la exactitud de un modelo, no el de la ventaja de uno sobre "
            "otro."
        ),
        "olvida_el_1_96": "Das {got}: es un error estándar. El ± son 1.96.",
        "da_fraccion": "Das {got}: es la respuesta como fracción. Se pide en puntos, de 0 a 100.",
        "da_la_ventaja": "Das {got}: es la ventaja. Se pide cuánto puede variar por azar.",
        "otro_numero": (
            "Das {got}, y no es eso. Cada crítica da una diferencia: 1, −1 (640 entre las dos) o "
            "0. Su varianza es casi 640/10 000; divídela entre las filas, saca la raíz, multiplica "
            "por 1.96 y pásalo a puntos."
        ),
    },
}
