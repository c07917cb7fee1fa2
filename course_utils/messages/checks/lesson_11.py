"""Lesson 11, architectures: what the judges say of each mistake."""

MESSAGES = {
    "false_kills": {
        "las_que_siguen": (
            "De {n} redes, con las {top} mejores, das {got}: son las buenas que **siguen**. Se "
            "piden las que se tiran."
        ),
        "todas_las_muertas": (
            "De {n} redes das {got}: son todas las que se tiran. Solo cuentan las que habrían "
            "acabado entre las {top} mejores."
        ),
        "las_peores_del_final": (
            "De {n} redes das {got}: has mirado las {top} peores del final. Tirar a esas es un "
            "acierto; la eliminación falsa es la de una buena."
        ),
        "mata_a_la_mitad_buena": (
            "De {n} redes das {got}: has tirado a las que iban **mejor**. Se tira a las que van "
            "peor."
        ),
        "la_tabla_equivocada": (
            "De {n} redes das {got}: has tirado por la nota final y premiado por la temprana. Es "
            "al revés: se tira pronto, y se juzga al final."
        ),
        "mejores_al_principio": (
            "De {n} redes das {got}: has buscado a las mejores en las notas tempranas, y a esas "
            "nunca se las tira. Las mejores lo son al final."
        ),
        "mata_de_mas": (
            "De {n} redes das {got}: con un número impar has tirado a una de más. Es la parte "
            "entera de la mitad."
        ),
        "mata_a_top": (
            "De {n} redes das {got}: has tirado a {top}. Se tira a la mitad; {top} son las "
            "mejores que no se querían perder."
        ),
        "otro_numero": (
            "De {n} redes, con las {top} mejores, das {got}, y no son esas. Haz dos conjuntos de "
            "posiciones, las tiradas y las mejores del final, y cuenta su intersección."
        ),
    },
    "next_people": {
        "nadie_sale": (
            "Con «{removed}» das {got}: entró {child} y no salió nadie. La población no crece."
        ),
        "sin_el_hijo": ("Con «{removed}» das {got}: salió alguien, pero falta que entre {child}."),
        "sin_nadie_nuevo": "Con «{removed}» das {got}: es la misma población. {child} no entró.",
        "sale_el_mejor": (
            "Con «{removed}» das {got}: echaste a la de **más** exactitud. La peor es la de menos."
        ),
        "el_hijo_no_compite": (
            "Con «{removed}» das {got}. {child} acaba de llegar y es la peor de todas: le toca "
            "salir a ella. Primero entra, después se mira quién sale."
        ),
        "sale_el_mas_joven": (
            "Con «{removed}» das {got}: echaste a la última en llegar. La más vieja es la "
            "primera de la lista."
        ),
        "siempre_el_peor": "Con «{removed}» das {got}: sale la peor, y se pedía la más vieja.",
        "siempre_el_mas_viejo": "Con «{removed}» das {got}: sale la más vieja, y se pedía la peor.",
        "hijo_delante": (
            "Con «{removed}» das {got}. El orden es de más vieja a más joven, así que {child} va "
            "al final; si no, la próxima vez saldrá quien no es."
        ),
        "ordena_por_nota": (
            "Con «{removed}» das {got}: has ordenado por exactitud, y así se pierde la edad. "
            "Respeta el orden de llegada."
        ),
        "otros": (
            "Con «{removed}» y la recién llegada {child} das {got}, y no es eso. Añádela al final "
            "y quita a una: la primera si es «oldest», la de menos exactitud si es «worst»."
        ),
    },
    "shared_weights": {
        "sin_repartir": (
            "Con pesos {weights} y copias de {copies} das {got}: cada copia repite el peso entero, "
            "y la suma crece. Hay que repartirlo."
        ),
        "entre_dos": (
            "Con pesos {weights} y copias de {copies} das {got}: divides siempre entre 2. Si una "
            "unidad se copia tres veces, hay cuatro iguales."
        ),
        "solo_las_copias": (
            "Con pesos {weights} y copias de {copies} das {got}: el original conserva su peso "
            "entero. También cede su parte."
        ),
        "copias_a_cero": (
            "Con pesos {weights} y copias de {copies} das {got}: con ceros la salida no cambia, "
            "pero las copias no aportan nada. Se reparte a partes iguales."
        ),
        "olvida_el_original": (
            "Con pesos {weights} y copias de {copies} das {got}: cuentas las copias y olvidas a la "
            "unidad de la que salen."
        ),
        "entre_todas": (
            "Con pesos {weights} y copias de {copies} das {got}: has contado todas las copias "
            "juntas. Cada unidad reparte solo entre las **suyas**."
        ),
        "copias_delante": (
            "Con pesos {weights} y copias de {copies} das {got}: las copias van detrás de las "
            "originales, en el orden de la lista."
        ),
        "sin_copias": (
            "Con pesos {weights} y copias de {copies} das {got}: faltan los pesos de las copias. "
            "La lista crece con ellas."
        ),
        "otros": (
            "Con pesos {weights} y copias de {copies} das {got}, y no es eso. Cuenta cuántas veces "
            "está cada unidad, con la original, y divide su peso entre ese número."
        ),
    },
    "n_cells": {
        "suma": (
            "Das {got}. Las decisiones son independientes: sus opciones se multiplican, una vez "
            "por flecha."
        ),
        "al_reves": "Das {got}: son 4 opciones para cada una de 3 flechas, no al revés.",
        "olvida_la_reduccion": "Das {got}: faltan las dos flechas de la celda de reducción.",
        "una_flecha_de_reduccion": "Das {got}: la celda de reducción tiene **dos** flechas.",
        "otro_numero": (
            "Das {got}, y no es eso. Un factor por flecha: tres de 4 opciones y dos de 2."
        ),
    },
    "chance_diversity": {
        "la_de_ser_iguales": "Das {got}: es la probabilidad de que coincidan. Réstala de 1.",
        "en_porcentaje": "Das {got}, que es el porcentaje. Se pide entre 0 y 1.",
        "la_de_tres_por_igual": (
            "Das {got}: eso sería con las tres formas igual de frecuentes, y una sale el doble."
        ),
        "sin_cuadrados": (
            "Das {got}. Que dos coincidan en una forma tiene la probabilidad de esa forma **al "
            "cuadrado**."
        ),
        "sin_reposicion": (
            "Das {got}: así sería sin reposición. Aquí puede salir dos veces la misma red, y "
            "entonces coinciden."
        ),
        "otro_numero": (
            "Das {got}, y no es eso. Suma los cuadrados de las tres frecuencias y resta de 1."
        ),
    },
}
