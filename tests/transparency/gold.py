"""What citizens would type, and where the founding programme speaks of it: written by hand, before the search was tuned.

Each phrase comes with the identifiers of the lines, objectives and points of the diagnosis that answer it; one is enough.
"""

GOLD: dict[str, set[str]] = {
    "cuánto gastan": {"linea-4.5"},
    "votar por internet": {"linea-4.3"},
    "personas con discapacidad": {"linea-4.4"},
    "quién vigila": {"linea-1.3", "linea-5.6"},
    "en qué va mi proyecto": {"linea-1.3", "debilidad-5"},
    "acoso en el trabajo": {"linea-3.3"},
    "mujeres agredidas en política": {"linea-2.4"},
    "bajar los datos en excel": {"linea-5.2", "oportunidad-7"},
    "que hablen claro": {"linea-5.2", "debilidad-6"},
    "mis datos privados": {"linea-5.6"},
    "clases de civismo": {"linea-3.1", "fortaleza-1", "fortaleza-4"},
    "cursos por computadora": {"linea-3.2", "fortaleza-4"},
    "libros y folletos": {"linea-3.4"},
    "ahorrar dinero": {"linea-4.5"},
    "trámites más rápidos": {"linea-4.1", "linea-4.2", "oportunidad-4"},
    "capacitar a los empleados": {"linea-4.6", "fortaleza-6"},
    "anuncios en la tele": {"linea-5.3", "linea-5.5", "fortaleza-8"},
    "convenios con asociaciones civiles": {"linea-5.1"},
    "oficina cerca de mi casa": {"linea-5.4", "fortaleza-5"},
    "elecciones limpias": {"objetivo-2", "linea-2.2", "mision"},
    "obras de mi colonia": {"oportunidad-6", "debilidad-5", "amenaza-4"},
    "recorte de dinero": {"amenaza-2"},
    "pleitos entre partidos": {"amenaza-8"},
    "otra vez covid": {"amenaza-7", "oportunidad-2"},
    "la gente ya no cree": {"amenaza-3"},
    "que desaparezcan al instituto": {"amenaza-1"},
    "rendir cuentas": {"linea-5.6", "objetivo-5", "objetivo-2"},
    "consultas ciudadanas": {"linea-1.1", "linea-1.2", "linea-1.3", "objetivo-1", "debilidad-5"},
    "qué puedo hacer por mi ciudad": {"linea-1.1", "linea-1.2", "objetivo-1"},
    "página web fácil de usar": {"linea-5.2", "linea-4.4"},
}

# Written after the thesaurus, which was not changed for it: how far it carries beyond the words that it was made for.
HELD_OUT: dict[str, set[str]] = {
    "proteger mi información": {"linea-5.6"},
    "conteo de votos": {"objetivo-2", "linea-2.1", "linea-2.2"},
    "niños y escuelas": {"linea-3.1", "linea-3.2", "fortaleza-4"},
    "quejas por acoso sexual": {"linea-3.3"},
    "ayuda para personas mayores": {"linea-4.4"},
    "gastar menos": {"linea-4.5", "amenaza-2"},
    "redes sociales": {"oportunidad-2"},
    "violencia en la campaña": {"amenaza-8", "linea-2.4"},
    "acuerdos con universidades": {"linea-5.1", "linea-2.3", "oportunidad-3"},
    "mejores sueldos para el personal": {"linea-4.6"},
    "proyecto ganador de mi colonia": {"debilidad-5", "oportunidad-6", "amenaza-4"},
    "no me interesa la política": {"linea-5.3", "debilidad-6"},
    "crisis económica": {"amenaza-6"},
}
