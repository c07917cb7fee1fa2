"""Lesson 06, networks in a search: what the judges say of each mistake."""

MESSAGES = {
    "search_cost": {
        "no_son_tres": (
            "Devuelves {got}. Se piden tres números, en este orden: redes, épocas y pasos."
        ),
        "olvida_las_particiones": (
            "Con {n_points} puntos y cv={cv} cuentas {got:red|redes}. Cada punto no se entrena una "
            "vez, sino una por partición."
        ),
        "olvida_el_reajuste": (
            "Con {n_points} puntos, cv={cv} y refit={refit} cuentas {got:red|redes}. Falta una: al "
            "acabar, la búsqueda vuelve a entrenar al ganador."
        ),
        "reajusta_siempre": (
            "Con refit={refit} cuentas {got:red|redes}, una de más. Mira qué significa ese "
            "argumento."
        ),
        "reajusta_cada_punto": (
            "Con {n_points} puntos, cv={cv} y refit={refit} cuentas {got:red|redes}: reajustas "
            "todos los puntos. Solo se reajusta el ganador, y al final."
        ),
        "otras_redes": (
            "Con {n_points} puntos, cv={cv} y refit={refit} cuentas {got:red|redes}. Escribe en un "
            "papel la lista completa con 2 puntos y 3 particiones."
        ),
        "epocas_de_una_red": (
            "Dices {got:época|épocas} en total: son las de *una* red, y cada una de las que has "
            "contado entrena las suyas."
        ),
        "otras_epocas": (
            "Cuentas bien las redes, {networks}, pero no las épocas: {got}. Cada red entrena "
            "{epochs}."
        ),
        "olvida_la_validacion": (
            "Con {n_rows} filas, cv={cv} y lotes de {batch_size} das {got:paso|pasos}: has "
            "entrenado cada red con todas las filas. En la búsqueda, una partición se aparta para "
            "validar."
        ),
        "reajuste_con_menos_filas": (
            "Con {n_rows} filas, cv={cv} y lotes de {batch_size} das {got:paso|pasos}. Casi: el "
            "reajuste final ya no valida nada, así que entrena con más filas que las demás redes."
        ),
        "entrena_con_la_validacion": (
            "Con {n_rows} filas, cv={cv} y lotes de {batch_size} das {got:paso|pasos}: has contado "
            "los lotes de la partición que valida. Se entrena con las otras."
        ),
        "olvida_el_lote_incompleto": (
            "Con {n_rows} filas, cv={cv} y lotes de {batch_size} das {got:paso|pasos}. El último "
            "lote de cada época no está lleno, pero también actualiza los pesos."
        ),
        "pasos_de_una_epoca": (
            "Das {got:paso|pasos}: son los de una sola época de cada red, y cada red entrena "
            "{epochs}."
        ),
        "otros_pasos": (
            "Redes y épocas están bien; los pasos, {got}, no (con {n_rows} filas, cv={cv} y lotes "
            "de {batch_size}). Cuenta primero los de *una* época de *una* red."
        ),
    },
    "tunable_net": {
        "nombre_rechazado": (
            "scikeras no acepta el nombre {name}: no es un argumento suyo, y tienes que decirle a "
            "quién se lo pasa. Mira la tabla de prefijos de 6.3."
        ),
        "otro_espacio": (
            "Tu espacio tiene {got:punto|puntos} y debería tener {expected}: todas las "
            "combinaciones de las cuatro listas que recibe la función."
        ),
        "no_dos_capas": (
            "Tus capas densas tienen {got} neuronas. Se piden dos capas ocultas y, después, la "
            "salida."
        ),
        "capas_distintas": (
            "En una red tus dos capas ocultas llevan {got}, y tenían que ser iguales: lo que se "
            "busca vale para las dos."
        ),
        "salida_sin_probabilidad": (
            "La última capa de tu red tiene {units} y la activación {got}: eso no es una "
            "probabilidad. La activación que se busca es la de las capas ocultas, no esta."
        ),
        "no_se_recarga": (
            "La red no se puede abrir fuera de tu cuaderno ({error}): lleva código tuyo (una capa, "
            "una pérdida o una activación propias). Constrúyela solo con piezas de Keras, que van "
            "por su nombre."
        ),
        "otra_perdida": (
            "La pérdida que calcula tu modelo es {got}, y la entropía cruzada de sus salidas es "
            "{expected}. Revisa `loss=`: hay dos clases, 0 y 1."
        ),
        "optimizador_que_no_llega": (
            "El espacio pide {asked} y las redes se compilaron con {got}. Es el fallo de 6.3, y no "
            "avisa. ¿Quién compila tu modelo, y a quién le llega el nombre que buscas?"
        ),
        "tasa_que_no_llega": (
            "El espacio pide las tasas {asked} y los optimizadores de las redes llevan {got}. ¿De "
            "quién es argumento la tasa de aprendizaje, y quién crea ese optimizador?"
        ),
        "capa_que_no_llega": (
            "El espacio pide {asked} para {what} y las redes construidas llevan {got}. ¿Usa tu "
            "función el argumento que recibe?"
        ),
        "combinaciones_que_faltan": (
            "Aparecen todos los valores, pero no todas las combinaciones: tres hiperparámetros de "
            "dos valores dan {expected}, y aquí {got:sale|salen}. Dos de ellos se mueven a la vez."
        ),
    },
    "safe_splits": {
        "otro_numero_de_particiones": (
            "Con k={k} devuelves {got:partición|particiones}. Se piden k parejas (entrenamiento, "
            "validación)."
        ),
        "no_son_posiciones": (
            "En la partición {fold} hay {got}. Cada lista contiene posiciones de filas, números "
            "enteros desde 0 hasta {last}; ni máscaras ni etiquetas."
        ),
        "fila_en_los_dos_lados": (
            "En la partición {fold} entrenan y validan a la vez {got:fila|filas}: la red se "
            "examina de lo que ya ha visto."
        ),
        "faltan_filas": (
            "En la partición {fold} hay {got:fila|filas} de {expected}. Toda fila que no "
            "valida entrena, y ninguna se repite."
        ),
        "no_validan_una_vez": (
            "La fila {row} valida {got:vez|veces} entre las {k} particiones. En una validación "
            "cruzada cada fila valida una vez, exactamente."
        ),
        "clase_que_no_se_entrena": (
            "En la partición {fold} se valida la clase {label} y el entrenamiento no tiene ni una "
            "fila suya. Es el cero de 6.2: etiquetas ordenadas y cortes seguidos."
        ),
        "azar_sin_estratificar": (
            "En la partición {fold} hay {got:fila|filas} de la clase {label} que validan, y "
            "repartidas por igual serían unas {expected}. Barajar no es estratificar: con clases "
            "raras se nota."
        ),
        "one_hot_sin_estratificar": (
            "Con etiquetas enteras tus particiones están bien; con las mismas en *one-hot* (una "
            "columna por clase) dejan de estarlo, sin ningún aviso. ¿Cómo recuperas la clase?"
        ),
        "entrenamiento_en_orden": (
            "Las particiones están bien repartidas, pero en la {fold} el último 20 % del "
            "entrenamiento solo tiene filas de la clase {got}. Eso es lo que aparta "
            "`validation_split=0.2`, que no baraja (6.7). ¿Quién puede barajar antes?"
        ),
    },
    "rate_name": {
        "olvida_el_paso": (
            "`{got}` llega hasta la tasa si buscas sobre la red sola. Dentro de un `Pipeline`, la "
            "dirección empieza por el nombre del paso."
        ),
        "a_la_funcion": (
            "`{got}` lleva la tasa a la función que construye la red, y `dl_model` no tiene ese "
            "argumento: ni siquiera compila. ¿De quién es la tasa?"
        ),
        "olvida_el_optimizador": (
            "`{got}` busca la tasa en la red, y no es suya: es un argumento de su optimizador. "
            "Falta un tramo de la dirección."
        ),
        "guion_simple": (
            "En `{got}` falta un guion: los tramos de la dirección se separan con dos guiones "
            "bajos, `__`, y las palabras de un nombre, con uno."
        ),
        "otro_nombre": (
            "`{got}` no llega a la tasa. Escribe, de fuera adentro y separados por `__`: el paso "
            "del `Pipeline`, de quién es la tasa, y cómo se llama en Keras."
        ),
    },
    "elastic_penalty": {
        "sin_valor_absoluto": (
            "Das {got}: has sumado los pesos con su signo, y el −2 se lleva parte de los otros. L1 "
            "suma valores absolutos."
        ),
        "alfa_al_reves": (
            "Das {got}: has dado a L1 la parte α, como hace scikit-learn con `l1_ratio`. En la "
            "fórmula de la clase, α es la parte de L2."
        ),
        "olvida_lambda": "Das {got}: es la mezcla. Falta multiplicarla por λ.",
        "raiz_en_l2": (
            "Das {got}: has usado la longitud del vector, con su raíz. L2 suma los cuadrados, tal "
            "cual."
        ),
        "una_sola_forma": (
            "Das {got}: eso es una penalización sola, L1 o L2. La red elástica mezcla las dos."
        ),
        "otro_numero": (
            "Das {got}, y no es eso. Calcula por separado Σ|wᵢ| y Σwᵢ², mézclalas con 1 − α y α, y "
            "multiplica por λ."
        ),
    },
}
