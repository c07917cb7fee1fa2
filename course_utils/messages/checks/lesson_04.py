"""Lesson 04, Hyperopt: what the judges say of each mistake."""

MESSAGES = {
    "forest_space": {
        "faltan_hiperparametros": (
            "Lo que traen tus muestras: {got}. El espacio reparado conserva los seis nombres: "
            "{expected}."
        ),
        "decimal_donde_va_un_entero": (
            "Una muestra trae `{name}={got}`, un decimal, y el bosque pide un entero. "
            "`hp.quniform` redondea, pero sigue dando decimales: conviértelos *dentro del espacio*."
        ),
        "auto_ya_no_existe": (
            "Una muestra trae `max_features='auto'`, que scikit-learn retiró. Para clasificar "
            "significaba `'sqrt'`."
        ),
        "cero_no_vale": (
            "Una muestra trae `{name}={got}`. El cero no es un valor legítimo: el límite inferior "
            "tiene que ser mayor que cero (y con `quniform`, también después de redondear)."
        ),
        "valor_no_valido": (
            "Una muestra trae `{name}={got}`, y `RandomForestClassifier` no lo acepta."
        ),
        "espacio_encogido": (
            "En {n} muestras, `{name}` solo toma {got:valor|valores}. Reparar no es quitar: cambia "
            "lo que falla y deja el resto del espacio como estaba."
        ),
    },
    "decode": {
        "indices_sin_traducir": (
            "`{name}` sale {got}: es la **posición** en la lista del espacio, no el valor. Hay que "
            "traducirla."
        ),
        "tabla_fija": (
            "`{name}` sale {got} y el espacio dice {expected}. Traduces con una tabla propia, y "
            "las listas de este espacio están en otro orden: lee el propio espacio."
        ),
        "profundidad_decimal": (
            "`max_depth` sale {got}, con decimales: `best` guarda el número antes de `scope.int`. "
            "Al leer el espacio entero sale el entero."
        ),
        "faltan_hiperparametros": (
            "Devuelves {got}, y el espacio tiene {expected}. Hacen falta todos, para poder "
            "entrenar."
        ),
        "otro_valor": (
            "`{name}` sale {got} y el espacio dice {expected}. Hyperopt trae una función que "
            "evalúa el espacio en un resultado."
        ),
    },
    "best_case_p": {
        "una_cola": (
            "Con {a} y {b} aciertos das {got}, la mitad. Antes de mirar no sabías cuál ganaría: "
            "cuentan las dos colas."
        ),
        "mayor_que_uno": (
            "Con {a} y {b} aciertos das {got}. Una probabilidad no pasa de 1: sin filas "
            "discordantes no hay ninguna evidencia, p = 1."
        ),
        "olvida_el_signo": (
            "Con {a} y {b} aciertos das {got}, y con {b} y {a} otra cosa. El orden de los modelos "
            "no cambia la p: importa la diferencia en valor absoluto."
        ),
        "usa_todos_los_aciertos": (
            "Con {a} y {b} aciertos das {got}. Las filas que aciertan los dos no dicen nada; en el "
            "mejor caso solo discrepan en la diferencia, y siempre a favor del mismo."
        ),
        "aproximacion": (
            "Con {a} y {b} aciertos das {got}, la aproximación por ji cuadrado. Con tan pocas "
            "filas discordantes no vale: usa la binomial exacta."
        ),
        "otro_numero": (
            "Con {a} y {b} aciertos das {got}, y son {expected}. ¿Qué probabilidad hay de que una "
            "moneda caiga {k} veces del mismo lado?"
        ),
    },
    "learned_trials": {
        "cuenta_el_arranque": (
            "Das {got}, todos. Pero antes de aprender hace falta algo de lo que aprender: mira "
            "cuánto vale `n_startup_jobs`."
        ),
        "da_el_arranque": (
            "Das {got}: esos son los del arranque, los que salen al azar. ¿Cuántos quedan?"
        ),
        "otro_numero": (
            "Das {got}, y no es eso. Son 50 intentos, menos los que Hyperopt saca al azar antes "
            "de empezar a aprender (`n_startup_jobs`)."
        ),
    },
    "total_evals": {
        "solo_los_nuevos": (
            "Das {got}, los nuevos. `max_evals` es el total que debe haber en `trials` al acabar, "
            "así que `fmin` contaría también los que ya están."
        ),
        "resta_los_hechos": (
            "Das {got}: has restado los que ya están. Al acabar tiene que haber más intentos que "
            "ahora y que los que pides, no menos."
        ),
        "otro_numero": (
            "Das {got}, y no es eso. ¿Cuántos intentos habrá en `trials` cuando termine?"
        ),
    },
}
