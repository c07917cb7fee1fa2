"""Lesson 12, production: what the judges say of each mistake."""

_CASE = "Si {links}, y cambia {changed}, devuelves: {got}. "
_DUEL = "Con {gained} filas ganadas y {lost} perdidas, de {n}, das {got}. "
_LOT = "Con {n} columnas y nivel {level}, das alarma en: {got}. "

MESSAGES = {
    "to_rerun": {
        "solo_los_cambiados": (
            _CASE + "Falta lo que viene detrás: quien usa la salida de un paso que se repite, se "
            "repite también."
        ),
        "olvida_los_cambiados": (
            _CASE + "Faltan los propios pasos cambiados: su código es otro, y hay que ejecutarlos."
        ),
        "un_solo_salto": (
            _CASE + "Llegas a quien usa el paso cambiado y te paras ahí. El cambio sigue: un paso "
            "que se repite arrastra a los que usan *su* salida, y así hasta el final."
        ),
        "rio_arriba": (
            _CASE + "Vas hacia atrás, a las entradas. Lo de antes no cambió y ya está hecho; se "
            "repite lo que viene **después**."
        ),
        "todos": (
            _CASE + "Son todos los pasos. Lo que no depende del cambio ya está hecho, y esa es la "
            "gracia del almacén."
        ),
        "sin_ordenar": (
            _CASE + "Los pasos son esos, y el enunciado los pide en orden alfabético, cada uno una "
            "vez."
        ),
        "otros_pasos": (
            _CASE + "Son {expected:paso|pasos} los que hay que repetir. Empieza por los cambiados "
            "y añade, mientras haya alguno nuevo, a quien use alguno de los que ya tienes."
        ),
    },
    "gate_p_value": {
        "al_reves": (
            _DUEL + "Es la probabilidad de que gane el **viejo**. Cuenta las filas que acierta el "
            "nuevo y falla el viejo."
        ),
        "dos_colas": (
            _DUEL + "Es la prueba de dos colas. La puerta solo pregunta si el nuevo es *mejor*: "
            "una cola."
        ),
        "mas_no_igual": (
            _DUEL + "Es la probabilidad de ganar **más** de {gained}; se pide {gained} *o más*. "
            "Recuerda que `binom.sf(k, n, p)` no incluye a k."
        ),
        "solo_el_empate": (
            _DUEL + "Es la probabilidad de ganar *exactamente* {gained}. Suma también las de ganar "
            "más."
        ),
        "todas_las_filas": (
            _DUEL + "Has echado una moneda por cada fila. Las filas que los dos aciertan, o los "
            "dos fallan, no dicen quién es mejor: cuenta solo las discordantes."
        ),
        "sin_prueba": (
            _DUEL + "Es la diferencia de exactitud. Lo que se pide es la probabilidad de una "
            "diferencia así, o mayor, si los dos fueran iguales."
        ),
        "sin_discordantes": (
            _DUEL + "Si no hay discordantes, no hay nada que el azar no explique: la probabilidad "
            "de ganar 0 o más de 0 es 1."
        ),
        "otro_numero": (
            _DUEL + "No es eso. Si los dos fueran iguales, cada fila discordante sería una moneda: "
            "¿qué probabilidad hay de {gained} caras o más en {gained} + {lost} tiradas?"
        ),
    },
    "drift_alarms": {
        "sin_corregir": (
            _LOT + "Has comparado cada valor p con {level}. Con {n} pruebas, alguna baja de ahí "
            "por azar: el nivel se reparte entre todas (Bonferroni)."
        ),
        "corrige_por_filas": (
            _LOT + "Has repartido el nivel entre las filas. Las pruebas son tantas como "
            "**columnas**."
        ),
        "compara_medias": (
            _LOT + "Eso ve cambios de la media. Una columna puede cambiar de dispersión con la "
            "misma media: usa `ks_2samp`, que mira la distribución entera."
        ),
        "las_tranquilas": (
            _LOT + "Son las columnas **sin** alarma. Hay alarma cuando el valor p es *menor* que "
            "el límite."
        ),
        "no_son_posiciones": (
            "Devuelves {n} valores, uno por columna. Se piden solo las **posiciones** de las "
            "columnas con alarma."
        ),
        "otras_columnas": (
            _LOT + "Tendrían que ser {expected}. Una prueba por columna, la de esa columna en los "
            "dos lotes, y el nivel repartido entre las {n}."
        ),
    },
    "gate_p": {
        "dos_colas": (
            "Das {got}, que cuenta también que el *viejo* gane seis a cero. La puerta solo "
            "pregunta por el nuevo: una cola."
        ),
        "al_reves": (
            "Das {got}: es lo contrario. Seis caras seguidas con una moneda buena son raras, y por "
            "eso serían una prueba."
        ),
        "una_moneda": "Das {got}: es la probabilidad de ganar **una** discordante. Son seis.",
        "porcentaje": "Das {got}, que es un porcentaje. Una probabilidad va de 0 a 1.",
        "otro_numero": (
            "Das {got}, y no es eso. Si fueran iguales, cada una de las seis filas sería una "
            "moneda: ¿qué probabilidad hay de seis caras?"
        ),
    },
    "any_alarm": {
        "suma": (
            "Das {got}: has sumado 20 veces 0.05. Así se cuentan las alarmas **esperadas**; la "
            "probabilidad de que haya alguna es menor, porque a veces suenan dos a la vez."
        ),
        "una_sola": "Das {got}: es la probabilidad de que suene **una** determinada. Son veinte.",
        "ninguna": (
            "Das {got}: es la probabilidad de que no suene **ninguna**. Se pide que suene alguna."
        ),
        "todas": "Das {got}: es la probabilidad de que suenen **todas** a la vez.",
        "otro_numero": (
            "Das {got}, y no es eso. Piensa primero en que no suene ninguna de las veinte, cada "
            "una callada con probabilidad 0.95."
        ),
    },
}
