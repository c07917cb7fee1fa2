"""Lesson 08, learning rates: what the judges say of each mistake."""

MESSAGES = {
    "steps_per_epoch": {
        "olvida_el_lote_incompleto": (
            "Con {rows} filas y lotes de {batch} das {got}. El último lote no está lleno, pero "
            "también actualiza los pesos: cuenta como un paso."
        ),
        "redondea_al_mas_cercano": (
            "Con {rows} filas y lotes de {batch} das {got}. `round` acierta unas veces sí y otras "
            "no: un lote con una sola fila también es un paso."
        ),
        "paso_de_mas": (
            "Con {rows} filas y lotes de {batch} das {got}, uno de más: cuando las filas llenan "
            "los lotes justos, no queda ningún lote incompleto."
        ),
        "olvida_la_validacion": (
            "Con {rows} filas y `validation_split={held}` das {got}. Las filas apartadas para "
            "validar no se usan para entrenar, así que no dan pasos."
        ),
        "usa_las_de_validacion": (
            "Con {rows} filas y `validation_split={held}` das {got}: has contado los lotes de la "
            "parte de validación. Se entrena con la otra."
        ),
        "otro_numero": (
            "Con {rows} filas, lotes de {batch} y `validation_split={held}` das {got}. Pruébalo "
            "con 10 filas y lotes de 4, contando los lotes con los dedos."
        ),
    },
    "decayed_rate": {
        "olvida_decay_steps": (
            "En el paso {step} con `decay_steps={decay_steps}` das {got}: la tasa ya es casi cero. "
            "El factor se aplica una vez cada `decay_steps` pasos, no en cada paso."
        ),
        "ignora_staircase": (
            "En el paso {step} con `decay_steps={decay_steps}` y `staircase=True` das {got}. En "
            "escalera, la tasa solo cambia al completar cada tramo: cuenta tramos enteros."
        ),
        "siempre_en_escalera": (
            "En el paso {step} con `decay_steps={decay_steps}` y `staircase=False` das {got}. Sin "
            "escalera la tasa baja un poco en cada paso: el exponente lleva decimales."
        ),
        "redondea_los_tramos": (
            "En el paso {step} con `decay_steps={decay_steps}` y `staircase=True` das {got}. Un "
            "tramo cuenta cuando se completa: es la parte entera (`//`), no el redondeo."
        ),
        "resta_en_vez_de_multiplicar": (
            "En el paso {step} das {got}. Has quitado lo mismo en cada tramo; un decrecimiento "
            "exponencial **multiplica** por `decay_rate`, así que el exponente es el tramo."
        ),
        "otro_numero": (
            "En el paso {step} con tasa inicial {initial}, `decay_steps={decay_steps}`, "
            "`decay_rate={decay_rate}` y `staircase={staircase}` das {got}. Comprueba dos casos a "
            "mano: en el paso 0, y en el paso `decay_steps`."
        ),
    },
    "momentum_path": {
        "incluye_el_inicio": (
            "Devuelves {got:posición|posiciones} y se piden {expected}: las de después de cada "
            "actualización, sin la de partida."
        ),
        "cuesta_arriba": (
            "Desde {start} tu primer paso va a {got}, cuesta arriba. El gradiente apunta hacia "
            "donde la pérdida **crece**: en la fórmula lleva un signo menos."
        ),
        "sin_momento": (
            "Tu recorrido es el del descenso sin momento: {got}. Falta recordar la actualización "
            "anterior y sumarla multiplicada por μ."
        ),
        "media_ponderada": (
            "Tu segundo paso llega a {got}. Parece que repartes entre lo viejo y lo nuevo, con μ y "
            "1 − μ; en la fórmula el gradiente va multiplicado por η y por nada más."
        ),
        "nesterov": (
            "Tu recorrido mira el gradiente donde vas a llegar: es la variante de Nesterov. Aquí "
            "se pide el momento clásico, con el gradiente en el punto actual."
        ),
        "gradiente_parado": (
            "Tu recorrido usa siempre el gradiente del punto de partida. Hay que calcularlo de "
            "nuevo en cada posición."
        ),
        "otro_recorrido": (
            "Desde {start}, con η={rate} y μ={mu}, tu posición tras el paso {step} es {got}. "
            "Calcula a mano los dos primeros pasos de w² desde w = 5 y compáralos con los tuyos."
        ),
    },
    "warmup_cosine": {
        "sin_calentamiento": (
            "En el paso {step}, con {warm} de calentamiento, das {got}: el coseno ya ha empezado. "
            "Durante el calentamiento la tasa **sube** en línea recta desde 0 hasta el máximo."
        ),
        "coseno_sin_desplazar": (
            "En el paso {step} das {got}. El coseno empieza cuando acaba el calentamiento: su "
            "progreso se mide desde ahí, (paso − calentamiento) / (total − calentamiento)."
        ),
        "rebota_al_final": (
            "En el paso {step}, pasado el total de {total}, das {got}: el coseno vuelve a subir. "
            "Desde el final la tasa se queda en 0."
        ),
        "coseno_sin_centrar": (
            "En el paso {step} das {got}. El coseno va de 1 a −1, y la tasa debe ir del máximo a "
            "0: súmale 1 y divide por 2."
        ),
        "baja_en_linea_recta": (
            "En el paso {step} das {got}: bajas en línea recta. Se pide medio coseno, que baja "
            "despacio, luego deprisa y al final otra vez despacio."
        ),
        "otro_numero": (
            "En el paso {step}, con máximo {peak}, calentamiento {warm} y total {total}, das "
            "{got}. Comprueba tres puntos: el paso 0 (tasa 0), el {warm} (el máximo) y el {total} "
            "(0)."
        ),
    },
    "matched_rate": {
        "deja_la_tasa": (
            "Das {got}, la misma tasa. Con momento 0.99 cada paso acabaría moviendo diez veces más "
            "que con 0.9: calcula η / (1 − μ) en los dos casos."
        ),
        "al_reves": (
            "Das {got}: has ido hacia el otro lado. Más momento ya agranda el paso; para dejarlo "
            "igual, la tasa tiene que bajar."
        ),
        "cociente_de_momentos": (
            "Das {got}: has dividido un momento por el otro. Lo que cuenta es 1 − μ, la parte que "
            "se pierde en cada paso: 0.1 en un caso y 0.01 en el otro."
        ),
        "da_el_paso": (
            "Das {got}, que es el tamaño al que llegan los pasos. Se pide la tasa con la que "
            "llegan al mismo tamaño que antes."
        ),
        "otro_numero": (
            "Das {got}, y no es eso. Con 0.02 y momento 0.9, los pasos llegan a 0.02 / 0.1. "
            "Despeja la tasa que da lo mismo con momento 0.99."
        ),
    },
    "half_steps": {
        "cuenta_epocas": (
            "Das {got}: eso son épocas. `decay_steps` cuenta pasos, y en cada época hay uno por "
            "lote."
        ),
        "una_sola_epoca": (
            "Das {got}, los pasos de una época. La mitad tiene que llegar al cabo de tres."
        ),
        "olvida_el_lote_incompleto": (
            "Das {got}: has olvidado el último lote de cada época, que no está lleno pero también "
            "es un paso."
        ),
        "redondea_al_final": (
            "Das {got}: has juntado las filas de las tres épocas. Cada época termina con su propio "
            "lote incompleto: redondea hacia arriba una época, y después multiplica."
        ),
        "otro_lote": "Das {got}: son los pasos con lotes de 64. Aquí son de 128.",
        "cuenta_filas": (
            "Das {got}: has contado filas. Los pesos se mueven una vez por lote, no una por fila."
        ),
        "otro_numero": (
            "Das {got}, y no es eso. Primero, los pasos de una época: 7185 filas en lotes de 128, "
            "hacia arriba. Después, tres épocas."
        ),
    },
}
