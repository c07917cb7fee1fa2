"""Lesson 01, metrics and validation: what the judges say of each mistake."""

MESSAGES = {
    "useless": {
        "una_sola_respuesta": (
            "Devuelves un solo número, {got}. Un clasificador da una predicción por fila: para una "
            "tabla de {rows:fila|filas}, {rows:número|números}."
        ),
        "otra_longitud": (
            "Para una tabla de {rows} filas devuelves {got:predicción|predicciones}. Hace falta "
            "una por fila: `len(X)` o `X.shape[0]`, no las columnas."
        ),
        "no_son_clases": (
            "Entre tus predicciones está {got}. Aquí `predict` responde 0 o 1, no una probabilidad."
        ),
        "detecta_alguno": (
            "La sensibilidad te sale {recall}, y tenía que ser 0: tu clasificador detecta algún "
            "positivo. ¿Qué responde quien no quiere detectar ninguno?"
        ),
        "exactitud_baja": (
            "La exactitud es {accuracy}, y tenía que pasar de 0.99. Con menos de un 1 % de "
            "positivos, ¿qué respuesta acierta casi siempre?"
        ),
    },
    "best_threshold": {
        "devuelve_el_coste": (
            "Devuelves {got}, que es el coste mínimo. Se pide el **umbral** que lo consigue."
        ),
        "siempre_un_medio": (
            "Devuelves 0.5 sea cual sea el coste. Si perder un positivo cuesta mucho más que una "
            "falsa alarma, ¿conviene alarmarse antes o después?"
        ),
        "costes_cambiados": (
            "Con FN a {miss} € y FP a {alarm} €, tu umbral {got} es el mejor… si los precios "
            "estuvieran al revés. Un FN es un positivo **sin** alarma."
        ),
        "maximiza_los_aciertos": (
            "Con FN a {miss} € y FP a {alarm} €, tu umbral {got} es el de más aciertos: trata los "
            "dos errores como si costaran lo mismo."
        ),
        "mayor_estricto": (
            "Con tu umbral {got} el coste sería el mínimo si la alarma fuera `score > umbral`. "
            "Aquí suena con `score >= umbral`: el caso que está justo en el umbral cuenta."
        ),
        "formula_teorica": (
            "Devuelves {got}, el umbral que valdría con probabilidades perfectamente calibradas. "
            "Estas no lo están: busca el mejor en los datos."
        ),
        "no_es_el_minimo": (
            "Con FN a {miss} € y FP a {alarm} €, tu umbral {got} cuesta {cost} € y hay otro que "
            "cuesta {best} €. ¿Pruebas bastantes umbrales? Basta con las puntuaciones que hay y "
            "uno por encima de todas (ninguna alarma)."
        ),
    },
    "three_parts": {
        "no_son_tres": (
            "Hacen falta tres listas de números de fila: entrenamiento, validación y prueba. "
            "Devuelves {got}."
        ),
        "no_son_filas": (
            "En tus listas hay {got}, que no es un número de fila (de 0 a {last}). Devuelve "
            "posiciones, no etiquetas."
        ),
        "se_solapan": (
            "En dos partes a la vez hay {got:fila|filas}. Quien entrena con una fila y se "
            "examina con la misma no se examina."
        ),
        "faltan_filas": (
            "Sin repartir quedan {got:fila|filas}: cada una tiene que estar en una de las tres "
            "partes."
        ),
        "veinte_del_resto": (
            "Tus partes tienen {got} filas. El segundo reparto toma el 20 % de lo que **quedaba**, "
            "que es el 16 % del total: para el 20 % del total hace falta el 25 % del resto."
        ),
        "otro_tamano": "Tus partes tienen {got} filas, y con 60/20/20 serían {expected}.",
        "sin_estratificar": (
            "De {total} positivos, tus partes tienen {got}, y estratificando serían {expected}. "
            "Estratifica en los **dos** repartos."
        ),
        "sin_barajar": (
            "Las filas de cada parte van seguidas, como venían. Si los datos llegan en algún "
            "orden, las partes no se parecen: hay que barajar."
        ),
        "no_repetible": (
            "Con los mismos datos y la misma semilla, dos llamadas reparten distinto. Usa `seed` "
            "en los dos repartos."
        ),
        "ignora_la_semilla": "Cambias de semilla y el reparto es el mismo. ¿Usas `seed`?",
    },
    "baseline_accuracy": {
        "a_ciegas": (
            "{got} es lo que acierta quien responde a ciegas, una clase cualquiera cada vez. La "
            "línea base responde siempre **lo mismo**: la clase más frecuente."
        ),
        "en_proporcion": (
            "{got} es lo que acierta quien reparte sus respuestas en la misma proporción que las "
            "clases. Responder siempre la más frecuente acierta más."
        ),
        "otra_clase": (
            "{got} es lo que acierta quien responde siempre una clase que no es la más frecuente."
        ),
        "en_porcentaje": (
            "Escribe la exactitud como proporción, entre 0 y 1: los aciertos divididos entre los "
            "1000 casos."
        ),
        "otro_numero": (
            "Sale {got}. Si respondes a los 1000 casos la clase más frecuente, ¿cuántos aciertas?"
        ),
    },
    "alarm_precision": {
        "es_la_sensibilidad": (
            "0.8 es la sensibilidad: de los fraudes, cuántos se detectan. La precisión mira las "
            "**alarmas**: cuántas son fraudes."
        ),
        "es_la_especificidad": (
            "0.95 es la especificidad: de los pagos honrados, cuántos quedan sin alarma. La "
            "precisión mira las **alarmas**: cuántas son fraudes."
        ),
        "olvida_la_prevalencia": (
            "{got} saldría con tantos fraudes como pagos honrados. Aquí hay 100 y 9900: pasa las "
            "dos tasas a cuentas antes de dividir."
        ),
        "alarmas_de_todos": (
            "Muy cerca: cuentas las falsas alarmas sobre los 10 000 pagos, y la FPR es solo sobre "
            "los honrados, que son 9900."
        ),
        "falsas_por_buena": (
            "{got} son las falsas alarmas por cada fraude detectado. La precisión es la parte "
            "buena de **todas** las alarmas."
        ),
        "otro_numero": (
            "Sale {got}. Cuenta las alarmas buenas (sensibilidad × fraudes) y las falsas (FPR × "
            "pagos honrados); la precisión es buenas / (buenas + falsas)."
        ),
    },
}
