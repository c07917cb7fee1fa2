"""Lesson 13, good practice: what the judges say of each mistake."""

NOT_A_CONFIGURATION = (
    "{got} no es una configuración: se espera un diccionario con `C` (de 0.01 a 100) y `gamma` "
    "(de 0.001 a 100)."
)

MESSAGES = {
    "friedman_blocks": {
        "cuenta_tablas": (
            "Has contado tablas. Dos tablas de los mismos datos repiten el voto de esos datos: la "
            "unidad es el conjunto de datos."
        ),
        "cuenta_semillas": (
            "Has contado semillas. Más semillas afinan la media de cada conjunto de datos, pero no "
            "traen conjuntos nuevos."
        ),
        "cuenta_metodos": "Los buscadores son las columnas; se preguntan las filas.",
        "otro_numero": (
            "No es ese número. Cada bloque es algo que vota una vez: ¿qué vota en esta prueba?"
        ),
    },
    "interactions": {
        "olvida_restar": (
            "Eso es lo que explican por separado. Las combinaciones son lo que falta hasta toda la "
            "varianza."
        ),
        "multiplica": (
            "Has multiplicado. Las partes de la varianza de una tabla completa se suman."
        ),
        "otro_numero": "No es esa parte. Toda la varianza es 1: ¿qué queda sin explicar?",
    },
    "hypervolume": {
        "suma_los_rectangulos": (
            "Con {case} devuelves {got}. Has sumado un rectángulo por modelo, y los rectángulos se "
            "pisan: lo que cubren dos se cuenta una sola vez."
        ),
        "solo_el_mejor": (
            "Con {case} devuelves {got}: es el rectángulo de un solo modelo. Los demás del frente "
            "añaden el trozo que él no cubre."
        ),
        "la_caja_ideal": (
            "Con {case} devuelves {got}: es la caja de la mejor exactitud con el menor tiempo, y "
            "ningún modelo tiene las dos cosas a la vez."
        ),
        "cuenta_los_de_fuera": (
            "Con {case} devuelves {got}. Los modelos que no mejoran los **dos** límites no cubren "
            "nada: primero se quitan."
        ),
        "recorta_los_de_fuera": (
            "Con {case} devuelves {got}. Un modelo más allá de un límite no se recorta hasta él: "
            "no cubre nada."
        ),
        "debajo_de_cada_escalon": (
            "Con {case} devuelves {got}. Cada escalón empieza donde acaba el anterior. ¿Qué ancho "
            "le toca a cada altura, el de su propio modelo o el del siguiente?"
        ),
        "otra_area": (
            "Con {case} devuelves {got}. Ordena los que están dentro de los límites de más rápido "
            "a más lento; cada uno que supera la exactitud alcanzada añade un rectángulo: lo que "
            "sube por los segundos que le quedan hasta el límite."
        ),
    },
    "mean_ranks": {
        "al_reves": (
            "Con las puntuaciones {scores} devuelves {got}. Le das el rango 1 al peor; el 1 es "
            "para el mejor, y aquí más puntuación es mejor."
        ),
        "empieza_en_cero": (
            "Con las puntuaciones {scores} devuelves {got}: son rangos desde 0. El mejor tiene el "
            "rango 1."
        ),
        "empates_sin_repartir": (
            "Con las puntuaciones {scores} devuelves {got}. Los que empatan se reparten los "
            "puestos que ocupan: dos primeros empatados tienen 1.5 cada uno."
        ),
        "rango_de_la_media": (
            "Con las puntuaciones {scores} devuelves {got}. Has ordenado las medias. Primero se "
            "ordena **dentro** de cada conjunto de datos, y después se promedian los rangos."
        ),
        "por_columnas": (
            "Con las puntuaciones {scores} devuelves {got}. Has ordenado los conjuntos de datos. "
            "Las filas son conjuntos y las columnas, métodos: se ordena dentro de cada fila."
        ),
        "la_media": (
            "Con las puntuaciones {scores} devuelves {got}: son medias de puntuaciones, no de "
            "rangos."
        ),
        "otros_rangos": (
            "Con las puntuaciones {scores} devuelves {got}. Se pide un rango medio por método "
            "(columna): el de cada fila, con 1 para la puntuación más alta, promediado."
        ),
    },
    "project": {
        "devuelve_otra_cosa": (
            "`project` devuelve {got}. Se piden dos cosas: la configuración elegida y su "
            "puntuación en la prueba reservada, `return config, score`."
        ),
        "no_busca": (
            "Evaluaste {got:configuración distinta|configuraciones distintas}; para hablar de "
            "búsqueda se piden al menos {least}."
        ),
        "pasa_el_presupuesto": (
            "Llamaste {got} veces a `cv_score` y el presupuesto son {limit}. Repetir una "
            "configuración también se paga."
        ),
        "sin_linea_base": (
            "Entre lo que evaluaste no está la línea base, C = 1 y gamma = 0.5. Sin ella no sabes "
            "si tu búsqueda ganó algo."
        ),
        "no_abre_la_prueba": (
            "No llamaste a `held_out`. La cifra que se entrega es la de la prueba reservada."
        ),
        "mira_varias_veces": (
            "Abriste la prueba reservada {got} veces. Si miras varias y te quedas con una, la "
            "prueba ya ha servido para elegir, y su cifra deja de ser honrada."
        ),
        "abre_otra": (
            "Devuelves una configuración y abriste la prueba con otra. La cifra y el modelo que se "
            "entregan son del mismo."
        ),
        "no_elige_la_mejor": (
            "La configuración que eliges sacó {got} en validación, y evaluaste otra con {best}. "
            "¿Guardaste la mejor, o la última?"
        ),
        "entrega_la_validacion": (
            "Declaras {got}, que es la puntuación de validación de la elegida: está inflada, "
            "porque elegiste con ella. Se entrega la de la prueba reservada, {held_out}."
        ),
        "otra_cifra": (
            "Declaras {got}, y en la prueba reservada tu configuración sacó {held_out}. Devuelve "
            "lo que dio `held_out`."
        ),
        "no_supera_la_base": (
            "En {projects} conjuntos de datos nuevos, tus modelos aciertan de media {got} en la "
            "prueba reservada, y la línea base {base}: la diferencia tenía que pasar de {bar}. "
            "Mira de dónde salen tus valores: C y gamma se buscan por órdenes de magnitud, en todo "
            "su rango."
        ),
    },
}
