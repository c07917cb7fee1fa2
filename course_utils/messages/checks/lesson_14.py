"""Lesson 14, many machines: what the judges say of each mistake."""

MESSAGES = {
    "makespan": {
        "una_sola_maquina": (
            "Con {workers:máquina|máquinas} y tareas de {minutes} minutos das {got}: es la suma "
            "de todas, lo que tardaría una máquina sola."
        ),
        "reparto_perfecto": (
            "Con {workers:máquina|máquinas} y tareas de {minutes} minutos das {got}. Dividir la "
            "suma supone que una tarea se puede partir entre varias máquinas; aquí no."
        ),
        "con_barrera": (
            "Con {workers:máquina|máquinas} y tareas de {minutes} minutos das {got}. Has contado "
            "por rondas, esperando a la última de cada una. Aquí quien acaba toma la siguiente."
        ),
        "por_turnos": (
            "Con {workers:máquina|máquinas} y tareas de {minutes} minutos das {got}. Has repartido "
            "las tareas por turnos antes de empezar; una máquina atascada no recibe más, porque "
            "la siguiente tarea es de la primera que queda libre."
        ),
        "por_bloques": (
            "Con {workers:máquina|máquinas} y tareas de {minutes} minutos das {got}. Has dado a "
            "cada máquina un bloque de tareas seguidas; se reparten de una en una, a la primera "
            "que queda libre."
        ),
        "ordena_la_cola": (
            "Con {workers:máquina|máquinas} y tareas de {minutes} minutos das {got}. Has puesto "
            "primero las largas: es buena idea, pero la cola no sabe cuánto durará cada una. "
            "Respeta el orden."
        ),
        "solo_la_mas_larga": (
            "Con {workers:máquina|máquinas} y tareas de {minutes} minutos das {got}, lo que dura "
            "la más larga. Vale si hay una máquina para cada tarea; si no, se hace cola."
        ),
        "la_primera_que_acaba": (
            "Con {workers:máquina|máquinas} y tareas de {minutes} minutos das {got}. Es cuando "
            "queda libre la primera máquina; la búsqueda acaba con la última."
        ),
        "otro_numero": (
            "Con {workers:máquina|máquinas} y tareas de {minutes} minutos das {got}, y no es eso. "
            "Guarda a qué hora queda libre cada máquina, y da cada tarea a la que lo esté antes."
        ),
    },
    "promotable": {
        "repite_promovidos": (
            "De {n} terminados, con factor {factor}, das {got}. Ahí hay alguien que ya pasó: no "
            "se entrena dos veces lo mismo."
        ),
        "redondea_hacia_arriba": (
            "De {n} terminados, con factor {factor}, das {got}. Pasa la parte entera de {n} entre "
            "{factor}: redondear hacia arriba deja pasar a uno de más."
        ),
        "los_peores": (
            "De {n} terminados, con factor {factor}, das {got}: son los de menor nota. La nota es "
            "exactitud, así que más es mejor."
        ),
        "quita_antes_de_contar": (
            "De {n} terminados, con factor {factor}, das {got}. Has quitado a los que ya pasaron "
            "antes de hacer la clasificación; cuentan en ella, aunque no vuelvan a pasar."
        ),
        "los_mejores_factor": (
            "De {n} terminados, con factor {factor}, das {got}. El factor no es cuántos pasan: "
            "pasa uno de cada {factor}."
        ),
        "siempre_uno": (
            "De {n} terminados, con factor {factor}, das {got}. Con tan pocos todavía no pasa "
            "nadie: la parte entera puede ser cero."
        ),
        "resta_los_promovidos": (
            "De {n} terminados, con factor {factor}, das {got}. Has restado los que ya pasaron "
            "del número de puestos. El puesto es de quien está **ahora** entre los mejores: quien "
            "pasó antes y ya no lo está, no ocupa ninguno."
        ),
        "espera_a_todos": (
            "De {n} terminados, con factor {factor}, das {got}. No esperes a completar un grupo: "
            "eso es la barrera que ASHA quita."
        ),
        "otros": (
            "De {n} terminados, con factor {factor} y {promoted} que ya pasaron, das {got}, y no "
            "son esos. Ordena a todos por nota, toma el mejor uno de cada {factor} y quita a los "
            "que ya pasaron."
        ),
    },
    "lost_trials": {
        "olvida_el_estado": (
            "Con {grace} segundos de gracia das {got}. Ahí hay intentos terminados: ya no firman "
            "porque acabaron. Solo interesan los `RUNNING`."
        ),
        "incluye_los_fallidos": (
            "Con {grace} segundos de gracia das {got}. Los `FAIL` ya están apuntados como "
            "fallidos: nadie espera por ellos."
        ),
        "todos_los_que_corren": (
            "Con {grace} segundos de gracia das {got}: son todos los `RUNNING`, y alguno ha "
            "firmado hace poco. Si lo das por muerto, se hará dos veces."
        ),
        "los_vivos": (
            "Con {grace} segundos de gracia das {got}: son los que siguen vivos. Se piden los que "
            "llevan **más** de la gracia sin firmar."
        ),
        "justo_en_el_limite": (
            "Con {grace} segundos de gracia das {got}. Quien lleva exactamente la gracia todavía "
            "está a tiempo: tiene que ser más."
        ),
        "sin_firma_es_vivo": (
            "Con {grace} segundos de gracia das {got}. Falta alguien que empezó hace mucho y no "
            "firmó nunca: murió antes de la primera firma, y así quedaría `RUNNING` para siempre."
        ),
        "sin_firma_es_muerto": (
            "Con {grace} segundos de gracia das {got}. Ahí hay uno que acaba de empezar y aún no "
            "ha tenido tiempo de firmar: su silencio cuenta desde que empezó."
        ),
        "desde_el_principio": (
            "Con {grace} segundos de gracia das {got}. Has medido desde que empezó el intento; "
            "uno largo no está muerto si sigue firmando."
        ),
        "otros": (
            "A las {now}, con {grace} segundos de gracia, das {got}, y no son esos. Son los "
            "`RUNNING` cuya última señal (la firma o, si no firmaron nunca, el comienzo) es de "
            "hace más de la gracia."
        ),
    },
    "bill": {
        "olvida_lo_repetido": (
            "Das {got}: falta el trabajo que hay que repetir, un 10 % más de tiempo pagado."
        ),
        "olvida_las_maquinas": "Das {got}: eso es lo que cuesta una máquina, y hay 40.",
        "olvida_las_horas": "Das {got}: eso es una hora de las 40, y trabajan 2.5.",
        "quita_lo_repetido": (
            "Das {got}: has quitado el 10 %. El trabajo repetido **añade** tiempo: multiplica por "
            "1.1."
        ),
        "otro_numero": (
            "Das {got}, y no es eso. Máquinas por horas da horas de máquina; súmales el 10 % y "
            "multiplica por el precio de una."
        ),
    },
    "worked_share": {
        "en_porcentaje": "Das {got}, que es el porcentaje. Se pide entre 0 y 1: divide por 100.",
        "la_parte_parada": (
            "Das {got}: esa es la parte que pasaron esperando. Se pide la que trabajaron."
        ),
        "olvida_la_espera": (
            "Das {got}. Las cuatro se pagan hasta que acaba la última, y tres esperan por ella."
        ),
        "suma_las_duraciones": (
            "Das {got}. Lo pagado no son 40 ni 72 minutos: son cuatro máquinas durante lo que "
            "tarda la última."
        ),
        "otro_numero": (
            "Das {got}, y no es eso. Arriba, lo que trabajaron entre las cuatro; abajo, cuatro "
            "veces lo que dura la ronda."
        ),
    },
}
