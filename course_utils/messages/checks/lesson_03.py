"""Lesson 03, random search: what the judges say of each mistake."""

MESSAGES = {
    "trials_needed": {
        "siempre_60": (
            "Devuelves {got} en todos los casos. Un número fijo, como los famosos 60 del mejor 5 % "
            "con una confianza del 95 %, vale para un solo caso; con otros `p` y `q` salen otros."
        ),
        "no_es_finito": (
            "Con p={p} y q={q} das {got}, y se pide un número de intentos. ¿Divides entre cero, o "
            "empiezas en infinito y nunca lo cambias?"
        ),
        "no_redondea": (
            "Con p={p} y q={q} das {got}. Los intentos son enteros: ¿hacia dónde hay que redondear "
            "para que la promesa se cumpla?"
        ),
        "redondea_hacia_abajo": (
            "Con p={p} y q={q} das {got}: te falta uno. Con {got} intentos la probabilidad aún no "
            "llega a p; hay que redondear hacia **arriba**."
        ),
        "redondea_al_mas_cercano": (
            "Con p={p} y q={q} das {got}. Redondear al entero más cercano a veces se queda corto; "
            "la promesa pide que la probabilidad llegue a p siempre."
        ),
        "uno_de_mas": (
            "Con p={p} y q={q} das {got}, y bastaba uno menos. `int(x) + 1` se pasa cuando la "
            "cuenta sale exacta: el techo de x es `math.ceil(x)`."
        ),
        "p_y_q_cambiados": (
            "Con p={p} y q={q} das {got}. Has intercambiado los papeles: q es la parte buena del "
            "espacio, y p, la confianza que quieres."
        ),
        "olvida_el_complementario": (
            "Con p={p} y q={q} das {got}. Fallar una vez tiene probabilidad 1 − q, y fallar todas, "
            "(1 − q)ⁿ, que tiene que bajar de 1 − p. Revisa los logaritmos."
        ),
        "otro_numero": (
            "Con p={p} y q={q} das {got}. Con tus intentos la probabilidad de acertar es "
            "{reached}, y se pedía el **menor** número con el que llega a {p}."
        ),
    },
    "log_uniform": {
        "otra_cantidad": "Se piden {n} valores (el tercer argumento) y devuelves {got}.",
        "fuera_del_intervalo": (
            "Entre {low} y {high} devuelves {got}, que se sale del intervalo. Los exponentes van "
            "de log(low) a log(high), y la exponencial tiene que ser de la misma base."
        ),
        "uniforme": (
            "Es un sorteo uniforme: el {last} de tus valores cae en la última década. Hay que "
            "sortear de manera uniforme el **logaritmo**."
        ),
        "solo_potencias": (
            "De {n} valores {got:es distinto|son distintos}: o repites un mismo valor, o estás "
            "sorteando exponentes enteros. El exponente puede tener decimales."
        ),
        "no_es_al_azar": (
            "Tus valores están igualmente espaciados (o en orden). Eso es una cuadrícula "
            "logarítmica, no un sorteo."
        ),
        "ignora_rng": (
            "Con generadores distintos salen los mismos valores: no sorteas con el `rng` que "
            "recibe la función, sino con uno tuyo que empieza siempre igual."
        ),
        "no_repetible": (
            "Con dos generadores iguales salen valores distintos: no sorteas con el `rng` que "
            "recibe la función, sino con otra fuente de azar (`np.random`, `random` o una tuya)."
        ),
        "otra_forma": (
            "Las décadas no reciben lo mismo: entre {low} y {high}, las proporciones son {shares}. "
            "Dibuja el histograma del logaritmo de tus valores: tiene que ser plano."
        ),
    },
    "random_search": {
        "otro_numero_de_evaluaciones": (
            "Se piden {n} evaluaciones y tu búsqueda hace {got}. Cada llamada al objetivo es un "
            "entrenamiento: el presupuesto se respeta, y el mejor no se vuelve a evaluar."
        ),
        "no_devuelve_la_pareja": (
            "Hay que devolver dos cosas, la mejor configuración y su puntuación: "
            "`return best_config, best_score`."
        ),
        "se_queda_con_el_ultimo": (
            "Devuelves el último intento, no el mejor: {got}, y el mejor que evaluaste tuvo {best}."
        ),
        "minimiza": (
            "Devuelves el **peor** intento ({got}). La puntuación se maximiza; el mejor que "
            "evaluaste tuvo {best}."
        ),
        "no_es_el_mejor": (
            "Dices que la mejor puntuación es {got}, y entre tus intentos hay uno con {best}. "
            "Cuidado con el valor inicial: las puntuaciones pueden ser negativas."
        ),
        "configuracion_de_otro": (
            "La puntuación {got} es la del mejor, pero la configuración que devuelves vale {real}. "
            "Guarda las dos a la vez (y una copia, si reutilizas el diccionario)."
        ),
        "es_una_cuadricula": (
            "Evalúas las combinaciones en orden: es el comienzo de una cuadrícula. Los últimos "
            "valores de la primera lista ni se ven."
        ),
        "indice_compartido": (
            "Tus {n} intentos solo prueban {got:configuración distinta|configuraciones distintas}: "
            "eliges la misma posición en todas las listas. Sortea cada hiperparámetro por separado."
        ),
        "no_repetible": (
            "Con la misma semilla, dos búsquedas evalúan configuraciones distintas. Usa `seed`, y "
            "solo `seed`."
        ),
        "ignora_la_semilla": "Con semillas distintas evalúas lo mismo. ¿Usas `seed`?",
        "no_todo_sale": (
            "En {n} intentos, `{name}` nunca vale {missing}. Todos los valores de la lista tienen "
            "que poder salir, también los extremos."
        ),
    },
    "distinct_models": {
        "cuenta_los_intentos": (
            "Das {got}: esos son los entrenamientos que pagas. Cambiar un hiperparámetro inerte no "
            "cambia el modelo: ¿cuántos quedan si los miras como si no estuvieran?"
        ),
        "cuenta_los_inertes": (
            "Das {got}: has combinado los tres ejes inertes. Son los otros dos los que distinguen "
            "un modelo de otro."
        ),
        "suma_en_vez_de_multiplicar": (
            "Das {got}: has sumado los valores. En una cuadrícula, cada valor de un eje se combina "
            "con todos los del otro."
        ),
        "otro_numero": (
            "Das {got}, y no es eso. Quita los ejes inertes: ¿cuántas combinaciones quedan con los "
            "demás?"
        ),
    },
    "n_trials": {
        "no_redondea": (
            "Das {got}. Los intentos son enteros: ¿hacia dónde hay que redondear para que la "
            "promesa se cumpla?"
        ),
        "redondea_hacia_abajo": (
            "Das {got}: te falta uno. Con esos intentos la probabilidad aún no llega a 0.90."
        ),
        "los_de_siempre": (
            "Das {got}: esos son los del mejor 5 % con una confianza del 95 %. Aquí cambian las "
            "dos cosas."
        ),
        "otra_parte": (
            "Das {got}: la confianza es la que se pide, pero la parte buena no. El 2 % es 0.02."
        ),
        "p_y_q_cambiados": (
            "Das {got}. Has intercambiado los papeles: la confianza `p` es 0.90 y la parte buena "
            "`q`, 0.02."
        ),
        "otro_numero": (
            "Das {got}, y no es eso. `trials_needed` recibe primero la confianza y después la "
            "parte buena, las dos entre 0 y 1."
        ),
    },
}

NO_CONFIGURATION = "{got} no es una configuración: se espera un diccionario"
NO_VALUE = "la configuración no trae '{name}'"
NOT_LISTED = "{got} no está en la lista de '{name}'"
