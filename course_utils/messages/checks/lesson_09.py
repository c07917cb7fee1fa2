"""Lesson 09, Reuters: what the judges say of each mistake."""

MESSAGES = {
    "light_multi_hot": {
        "otra_forma": (
            "Para {n} noticias y {dimension} columnas devuelves una matriz de forma {got}. Se pide "
            "una fila por noticia y una columna por palabra posible, aunque no aparezca."
        ),
        "cuenta_repeticiones": (
            "En tu matriz hay casillas que valen {got}. *Multi-hot* dice si la palabra está o no: "
            "0 o 1, aunque se repita. (Al construir una matriz dispersa con posiciones repetidas, "
            "SciPy las **suma**; y `+= 1` también.)"
        ),
        "columna_corrida": (
            "La noticia {text} tiene en tu matriz unos en las columnas {got}: están corridos un "
            "puesto. La palabra 8 va en la columna 8, y hay una columna 0."
        ),
        "pierde_palabras": (
            "La noticia {text} tiene en tu matriz unos en las columnas {got}: faltan palabras. "
            "Mira si recorres la lista entera, hasta la última."
        ),
        "ocupa_demasiado": (
            "Los unos están en su sitio, pero con {n} noticias tu matriz (`{type}`) ocupa {got} "
            "bytes y el máximo son {limit}, la octava parte de la del libro. ¿Cuántos bytes "
            "necesita de verdad un 0 o un 1? ¿Hace falta guardar los ceros?"
        ),
        "calla_lo_que_no_cabe": (
            "Con la noticia [3, 10] y 10 columnas tu función no protesta, y la palabra 10 no cabe "
            "(las columnas van de 0 a 9). Perder palabras en silencio es peor que un error: deja "
            "que falle, como hace el bucle del libro."
        ),
        "otros_unos": (
            "La noticia {text} tiene en tu matriz unos en las columnas {got}. Hazla a mano, como "
            "`[8, 5]` en la lección, y compara."
        ),
    },
    "macro_f1": {
        "exactitud": (
            "Das {got} y sale {expected}. El tuyo es la **exactitud** (o la media micro, que aquí "
            "es lo mismo): cuenta noticias. La macro calcula un F1 por tema y después promedia."
        ),
        "ponderada": (
            "Das {got} y sale {expected}. Has dado más peso a los temas con más noticias: es la "
            "media ponderada. En la macro cada tema pesa lo mismo, tenga mil noticias o dos."
        ),
        "solo_los_predichos": (
            "Das {got} y sale {expected}. Te has dejado fuera los temas que el modelo no predice "
            "nunca, que son justo los que abandona: su F1 es 0, y ese 0 entra en la media."
        ),
        "falta_la_otra_mitad": (
            "Das {got} y sale {expected}. Es la media de la {what}. El F1 de un tema junta la "
            "precisión y la sensibilidad: es su media armónica."
        ),
        "f1_de_medias": (
            "Das {got} y sale {expected}. Has promediado precisión y sensibilidad y calculado un "
            "solo F1 al final. Es al revés: primero el F1 de cada tema, después la media."
        ),
        "temas_solo_predichos": (
            "Das {got} y sale {expected}. Has promediado también sobre temas que el modelo dice y "
            "que no hay en `y_true` (`f1_score` de scikit-learn lo hace si no le das `labels=`). "
            "La media es la de los temas que de verdad aparecen."
        ),
        "temas_ausentes": (
            "Das {got} y sale {expected}. Has promediado también sobre temas que no aparecen en "
            "`y_true`. Los temas son los que hay, no todos los números hasta el mayor."
        ),
        "da_nan": (
            "Das nan: en algún tema has dividido 0 entre 0. Un tema que el modelo no predice nunca "
            "tiene F1 igual a 0. (2·aciertos / (verdaderas + predichas) no divide nunca por 0.)"
        ),
        "otro_numero": (
            "Das {got} y sale {expected}. Prueba con el ejemplo del enunciado, tema por tema: "
            "cuántas son, cuántas dijiste y cuántas acertaste."
        ),
    },
    "saved_search": {
        "archivo_no_esta": (
            "No hay ningún archivo en `model_file`. ¿Lo guardaste con `best_model.save(model_file)`"
            ", con esa misma ruta?"
        ),
        "no_se_recarga": (
            "El archivo está, pero `keras.saving.load_model` no lo abre ({error}). Guarda la red "
            "entera con `save()` y la extensión `.keras`: ni solo los pesos (`save_weights`), ni "
            "`pickle`, ni capas `Lambda`."
        ),
        "no_46_salidas": (
            "Se pide una red de Keras que dé {expected} números por noticia, uno por tema. La del "
            "archivo da una forma {loaded} y `best_model`, {kept}. (Si usas scikeras, la red está "
            "en `.model_`.)"
        ),
        "archivo_de_otro_modelo": (
            "El archivo y `best_model` son dos redes distintas: coinciden en {same} de {n} "
            "noticias. ¿Guardaste antes de entrenar, o `best_model` cambió después de guardar?"
        ),
        "filas_ya_vistas": (
            "Tu red acierta {got} en {which}, demasiado para no haberlas visto al entrenar (el "
            "mínimo de los tres exámenes es {lowest}). Aquí se entrena con `X_train` y nada más. "
            "Reentrenar al final con todo es buena costumbre, pero entonces ya no queda con qué "
            "comprobar la puntuación que anuncias."
        ),
        "no_supera_la_base": (
            "En {n} noticias que tu búsqueda no vio, la red guardada acierta {got}. Decir siempre "
            "el tema mayor acierta {base}, y para distinguirse de eso hay que pasar de {needed} "
            "(tres errores estándar). ¿Se entrenó de verdad la red que guardaste?"
        ),
        "falta_val_accuracy": (
            "El intento {number} de `trials` no tiene un número en `val_accuracy`. Cada intento es "
            "un diccionario con `params` y `val_accuracy`."
        ),
        "puntuacion_de_entrenamiento": (
            "Tu mejor `val_accuracy` es {claim}, y la red guardada acierta {valid} en validación y "
            "{train} en **entrenamiento**. Esa puntuación es de las filas con las que aprendió: "
            "mide memoria. Evalúa cada intento con `X_valid`."
        ),
        "elige_con_la_prueba": (
            "Tu mejor `val_accuracy` es {claim}: justo lo que la red guardada acierta en la "
            "**prueba**. En validación acierta {valid}. Si eliges mirando la prueba, ya no te "
            "queda ninguna: elige con `X_valid`."
        ),
        "no_guarda_el_mejor": (
            "El mejor intento de tu tabla tiene {claim}, y la red guardada acierta {valid} en "
            "validación: es la de tu intento {number} de {total}. ¿Guardaste la última en vez de "
            "la mejor? Dentro del bucle, quédate con la red solo cuando supere a la mejor hasta "
            "entonces."
        ),
        "puntuacion_no_reproducida": (
            "Tu mejor `val_accuracy` es {claim}, pero la red guardada acierta {valid} en "
            "validación. Ha de ser la **misma** red: ni la de otra época (mira "
            "`restore_best_weights`), ni una reentrenada con otra semilla."
        ),
        "no_es_una_busqueda": (
            "En `trials` hay {got:configuración distinta|configuraciones distintas}. Para hablar "
            "de búsqueda se piden al menos {needed}, cada una con sus hiperparámetros en `params`."
        ),
        "todos_iguales": (
            "La puntuación es exactamente la misma en {got:intento|intentos}. Lo más probable es "
            "que los hiperparámetros no lleguen a la red: mira si `build` los usa y, con scikeras, "
            "si llevan el prefijo `model__`."
        ),
        "presupuesto_de_intentos": (
            "Tu búsqueda es buena, pero usa {got:intento|intentos} y el presupuesto son {limit}. "
            "Dos búsquedas solo se comparan si gastaron lo mismo: quien prueba más, encuentra más."
        ),
        "presupuesto_de_pasos": (
            "Tu búsqueda es buena, pero la red guardada dio {got:paso|pasos} y el presupuesto son "
            "{limit} por intento. Recuerda: pasos = épocas × ⌈1 500 / lote⌉."
        ),
        "solo_los_de_la_leccion": (
            "Tu búsqueda es buena, pero solo mueve {got}, que la lección ya movió. El ejercicio de "
            "las diapositivas pide explorar **otros**: añade al menos uno (la activación, una "
            "regularización, la inicialización…)."
        ),
    },
    "archive_gb": {
        "ocho_bytes": "Das {got}: son los de `float64`, 8 bytes por casilla. `uint8` gasta 1.",
        "cuatro_bytes": "Das {got}: son los de `float32`, 4 bytes por casilla. `uint8` gasta 1.",
        "otra_unidad": (
            "Das {got}: las casillas están bien contadas, pero en otra unidad. Un GB son mil "
            "millones de bytes."
        ),
        "en_bits": (
            "Das {got}: has gastado un bit por casilla. En NumPy, un `uint8` ocupa un byte entero, "
            "aunque guarde un 0 o un 1."
        ),
        "gibibytes": (
            "Das {got}: has dividido entre 2³⁰, que es un gibibyte (GiB). Aquí un GB son mil "
            "millones de bytes."
        ),
        "otro_numero": (
            "Das {got}, y no es eso. Cuenta las casillas, filas por columnas, y multiplica por los "
            "bytes de cada una."
        ),
    },
    "sample_epochs": {
        "no_llega": (
            "Das {got}. Con 33 épocas la red ha dado 132 pasos: aún no llega a 135, y las épocas "
            "van enteras."
        ),
        "por_cuatro": (
            "Das {got}: has multiplicado 9 por 4. Los datos son la cuarta parte, pero los pasos de "
            "una época se cuentan por lotes, y el último va a medio llenar: con menos épocas ya "
            "basta."
        ),
        "olvida_el_lote_incompleto": (
            "Das {got}. En 1796 noticias caben tres lotes llenos de 512 y sobra un trozo: ese "
            "trozo también es un paso."
        ),
        "las_de_todo": (
            "Das {got}: son las épocas con todos los datos. Con la muestra, cada época da menos "
            "pasos: cuenta cuántos."
        ),
        "pasos_por_epocas": (
            "Das {got}: eso son pasos. Divide los que quieres dar entre los que da una época."
        ),
        "otro_numero": (
            "Das {got}, y no es eso. Calcula primero los pasos de *una* época: cuántos lotes hacen "
            "falta para 1796 noticias."
        ),
    },
}
