"""Lesson 05, evolution: what the judges say of each mistake."""

MESSAGES = {
    "n_fits": {
        "olvida_la_poblacion_inicial": (
            "Con población {population}, {offspring} crías, {generations} generaciones y cv={cv} "
            "das {got}: falta evaluar a la población inicial, antes de la primera generación."
        ),
        "reevalua_a_los_padres": (
            "Con población {population}, {offspring} crías, {generations} generaciones y cv={cv} "
            "das {got}: pagas otra vez por los padres. Ya tienen nota; en cada generación solo se "
            "evalúan las crías."
        ),
        "olvida_cv": (
            "Con población {population}, {offspring} crías, {generations} generaciones y cv={cv} "
            "das {got}: son las configuraciones. Cada una se entrena cv veces."
        ),
        "poblacion_en_cada_generacion": (
            "Con población {population}, {offspring} crías, {generations} generaciones y cv={cv} "
            "das {got}: cuentas la población entera en cada generación. Nacen {offspring} crías, "
            "no {population}."
        ),
        "cuenta_el_final": (
            "Con población {population}, {offspring} crías, {generations} generaciones y cv={cv} "
            "das {got}, uno de más: no cuentes el entrenamiento final."
        ),
        "otro_numero": (
            "Con población {population}, {offspring} crías, {generations} generaciones y cv={cv} "
            "das {got}, y son {expected}. Cuenta por separado la población inicial y lo que nace "
            "después."
        ),
    },
    "breed": {
        "otra_cantidad": "Se piden {n} crías de {genes} genes y devuelves {got}.",
        "genes_decimales": (
            "Una cría tiene el gen {got}, que no es entero. Promediar a los padres da decimales: "
            "cada gen se **hereda** de uno de los dos."
        ),
        "fuera_de_limites": (
            "Una cría tiene el gen {got}. Los genes van de 0 a 23: después de mutar, recorta "
            "(`clip`)."
        ),
        "muta_siempre": (
            "Con `mutation=0` hay genes que no tiene ningún padre, como {got}. Solo muta la parte "
            "de los genes que dice `mutation`."
        ),
        "sin_cruce": (
            "Con `mutation=0`, todas las crías son copias de un padre. Falta el cruce: cada gen "
            "viene de uno de los **dos** padres, a cara o cruz."
        ),
        "mezcla_columnas": (
            "Una cría tiene en el gen {place} el valor {got}, que en los padres solo está en otra "
            "posición. El gen 0 de la cría viene del gen 0 de un padre; los genes no cambian de "
            "sitio."
        ),
        "una_sola_moneda": (
            "Con `mutation=0`, los genes {a} y {b} de una cría vienen del mismo padre el {got} de "
            "las veces, y con una moneda por gen sería alrededor del {expected}. Echa una moneda "
            "**para cada gen** de cada cría, no una por cría ni una para todas."
        ),
        "padres_favoritos": (
            "Con `mutation=0`, un padre da el gen {place} al {got} de las crías, y entre {parents} "
            "padres le toca el {expected}. Los dos padres de cada cría se sortean entre **todos**, "
            "y la moneda no está trucada."
        ),
        "pocos_padres": (
            "De {parents} padres, solo {got:tiene|tienen} descendencia entre {n} crías. Sortea la "
            "pareja para cada cría, entre todos."
        ),
        "no_muta": (
            "Con `mutation={mutation}`, todos los genes son de algún padre. La mutación da a "
            "algunos un pequeño salto."
        ),
        "salto_en_una_direccion": (
            "Tus mutaciones siempre van hacia el mismo lado. El salto puede ser positivo o "
            "negativo; si no, la población se va a una esquina."
        ),
        "muta_de_mas": (
            "Con `mutation={mutation}` cambia el {got} de los genes. La mutación se sortea gen a "
            "gen, con probabilidad `mutation`."
        ),
        "muta_de_menos": (
            "Con `mutation={mutation}` solo cambia el {got} de los genes. La mutación se sortea "
            "gen a gen, con probabilidad `mutation`; después, el salto casi nunca es de cero."
        ),
        "muta_la_cria_entera": (
            "Con `mutation={mutation}` mutan los genes que hay que mutar, pero en bloque: las "
            "crías cambian enteras o nada. La mutación se sortea para **cada gen**, no para cada "
            "cría."
        ),
        "salto_enorme": (
            "Tus mutaciones saltan {got} unidades de media. Un salto es de unas pocas, para que "
            "la cría se parezca a sus padres."
        ),
        "no_repetible": (
            "Con dos generadores iguales nacen crías distintas: usa el `rng` que recibe la función."
        ),
        "ignora_rng": "Con generadores distintos nacen las mismas crías. ¿Usas `rng`?",
    },
    "evolve": {
        "devuelve_otra_cosa": (
            "Hay que devolver una lista con la mejor aptitud de la población inicial y de cada "
            "generación: {expected} números. Devuelves {got}."
        ),
        "falta_la_generacion_0": (
            "Devuelves {got:número|números}, uno por generación. Falta el primero: el mejor de la "
            "población inicial."
        ),
        "reevalua_a_los_padres": (
            "Haces {got} evaluaciones y bastaban {expected} = {size} + {generations} · {children}. "
            "Los padres ya tienen nota: guárdala junto a ellos."
        ),
        "otro_presupuesto": (
            "Haces {got} evaluaciones, y el presupuesto es {expected} = {size} + {generations} · "
            "{children}."
        ),
        "sin_elitismo": (
            "En la generación {generation} el mejor baja de {before} a {after}. Con elitismo los "
            "padres siguen vivos junto a sus crías, y lo mejor no se pierde."
        ),
        "minimiza": (
            "Tu lista es la del **peor** de cada generación, o seleccionas a los peores: la "
            "aptitud se maximiza."
        ),
        "no_es_el_mejor": (
            "En la generación {generation} dices que el mejor es {got}, y entre lo evaluado hasta "
            "ahí hay uno con {best}."
        ),
        "padres_perdidos": (
            "En una aptitud con muchas crías malas, solo el {got} de sus genes son de la mitad "
            "mejor (con mutación 0.5 sería al menos la mitad). ¿Siguen vivos los padres? La mitad "
            "mejor se elige entre los padres **y** las crías, y las crías nacen de ella."
        ),
        "solo_el_mejor": (
            "Un gen que solo tiene el mejor de los padres aparece en el {got} de las crías: casi "
            "todas nacen de él. Los padres son **toda** la mitad mejor, y cada cría sortea los "
            "suyos."
        ),
        "pocos_padres": (
            "De cada cien crías que heredan de los mejores padres, solo {got} lo hacen del último "
            "tercio de la **mitad** mejor. La mitad entera son los padres, y cada cría sortea los "
            "suyos entre todos: mira cuántos eliges."
        ),
        "no_aprende": (
            "Las últimas crías ({last} de media) no son mejores que la población inicial "
            "({first}): es una búsqueda al azar. Las crías nacen de los **mejores**."
        ),
    },
    "fair_n_iter": {
        "cuenta_entrenamientos": (
            "Das {got}, que son los entrenamientos. `n_iter` cuenta configuraciones: la búsqueda "
            "aleatoria también entrena cada una `cv` veces."
        ),
        "olvida_la_poblacion_inicial": (
            "Das {got}: has contado solo las crías. La población inicial también se evalúa, y se "
            "paga."
        ),
        "reevalua_a_los_padres": (
            "Das {got}: en cada generación solo se evalúan las 10 crías. Los padres ya tienen nota."
        ),
        "otro_numero": (
            "Das {got}, y no es eso. Cuenta las configuraciones: las de la población inicial, y "
            "las crías de todas las generaciones."
        ),
    },
    "n_pipelines": {
        "cuenta_la_inicial_aparte": (
            "Das {got}: has sumado la población inicial a diez generaciones de crías. TPOT 1.1 la "
            "cuenta como la primera de las diez."
        ),
        "cria_la_mitad": (
            "Das {got}: has supuesto que nacen 20 por generación, como en la clase. TPOT 1.1 cría "
            "tantos como `population_size`."
        ),
        "olvida_la_poblacion_inicial": (
            "Das {got}: la población inicial también se evalúa, y es la primera de las diez "
            "generaciones."
        ),
        "otro_numero": (
            "Das {got}, y no es eso. Mira cómo salen 120 con 24 y 5, y haz la misma cuenta."
        ),
    },
}

NOT_AN_INDIVIDUAL = "{got} no es un individuo: dos enteros de 0 a {last}"
