"""What a handover says of itself, in plain text: what is in it, how it is checked, and what must be kept to few."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from calpulli.commons import clock, institutes
from calpulli.commons.page_parts import instant

CSV = gettext_noop(
    "CSV: UTF-8, comas, RFC 4180. Un texto que empieza con = + - @ o apóstrofo lleva un apóstrofo más al principio, para que "
    "ninguna hoja de cálculo lo ejecute: quítelo y tiene el texto. JSON lo lleva tal cual."
)
KINDS = gettext_noop("Fechas: AAAA-MM-DD. Instantes: tiempo universal (Z). Verdadero y falso: true, false.")


def read_me() -> str:
    """`LEAME.txt`."""
    institute, terms = institutes.current(), institutes.open_data()
    licence = f"{terms.licence} {terms.licence_url}".strip() or _("nadie la ha declarado")
    lines = [
        _("ENTREGA DE DATOS"),
        f"{institute.name}. {institute.notice}",
        _("Hecha el %(at)s; todo es de un mismo instante.") % {"at": instant(clock.now())},
        "",
        _("Es todo lo público y todo lo que es del instituto, en formatos abiertos, para seguir sin este programa."),
        _("Abra index.html en cualquier navegador, sin conexión, para leer las tablas públicas."),
        "",
        *(f"{name:<22}{what}" for name, what in _contents()),
        "",
        _("Para comprobarla, en esta carpeta: sha256sum -c MANIFIESTO.sha256. Todo debe decir OK."),
        _("Para dar solo lo público, borre la carpeta privado y compruebe con: sha256sum -c --ignore-missing MANIFIESTO.sha256"),
        "",
        _(CSV),
        _(KINDS),
        _("Licencia de los datos públicos: %(licence)s.") % {"licence": licence},
        _("Los textos de un programa de referencia son de la institución que dice su renglón; la licencia no habla por ella."),
        _("No van: las llaves privadas con que se firma, las contraseñas ni ningún otro secreto; las sesiones abiertas."),
    ]
    return "\n".join(lines) + "\n"


def _contents() -> list[tuple[str, str]]:
    return [
        ("index.html, tablas/", _("páginas para leer las tablas; no llevan programas ni piden nada a la red")),
        ("datos/", _("cada conjunto: datos.csv, datos.json, su diccionario y su descripción Frictionless")),
        ("ediciones/", _("cada conjunto tal como se publicó cada vez, con sus diferencias")),
        ("archivos/", _("los paquetes firmados y los demás archivos públicos, con su nombre")),
        ("libro/", _("el libro de hechos, una cadena por archivo y un hecho por línea; sus cabezas y las llaves públicas")),
        ("instituto/", _("nombres, normas y programas: los archivos que lee el sitio")),
        ("especificaciones/", _("cómo se calculan huellas, paquetes y libro, para hacerlo con otro programa")),
        ("verificador.html", _("comprueba un paquete sin conexión")),
        ("privado/", _("LO QUE NO ES PÚBLICO: tablas con datos de personas y archivos internos. Lea privado/AVISO.txt")),
    ]


def warning() -> str:
    """`privado/AVISO.txt`."""
    lines = [
        _("AVISO: ESTA CARPETA NO ES PÚBLICA"),
        "",
        _(
            "Aquí están todas las tablas del instituto, también con datos de personas (las columnas que tablas/diccionario.csv "
            "marca como personal), y los archivos que no se publicaron."
        ),
        _(
            "Son del instituto y él responde por ellos. Guárdelos cifrados, déselos solo a quien deba tenerlos por su función, "
            "y bórrelos cuando ya no hagan falta."
        ),
        "",
        f"{'tablas/':<22}" + _("cada tabla en CSV y JSON; diccionario.csv dice la clase de cada columna"),
        f"{'archivos/':<22}" + _("los archivos no públicos; el nombre de cada uno es su huella SHA-256"),
        "",
        _("Las columnas de clase secret (contraseñas, claves) no van en ninguna entrega."),
        _("Para comprobarla, en esta carpeta: sha256sum -c MANIFIESTO.sha256"),
    ]
    return "\n".join(lines) + "\n"
