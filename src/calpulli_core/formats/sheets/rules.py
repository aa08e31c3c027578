"""What a file of tables may not do, in words: each rule with its remedy. `{...}` is filled with what was found."""

from __future__ import annotations

from collections.abc import Mapping

# Key of the rule -> (rule, remedy), in Spanish.
RULES: Mapping[str, tuple[str, str]] = {
    # The file
    "too_heavy": ("El archivo pesa más de {most} MiB.", "Divídalo, o quite imágenes y hojas que no son del formato."),
    "empty_file": ("El archivo está vacío.", "Use la plantilla y llénela."),
    "not_a_table": (
        "El archivo no es un libro XLSX ni un texto CSV.",
        "Guárdelo como «Libro de Excel (.xlsx)» o como «CSV UTF-8 (delimitado por comas)».",
    ),
    "cp1252": (
        "El archivo no está en UTF-8: este renglón trae letras de Windows-1252 (ANSI) y los acentos se perderían.",
        "Guárdelo como «CSV UTF-8 (delimitado por comas)».",
    ),
    "utf16": ("El archivo está en UTF-16 y va en UTF-8.", "Guárdelo como «CSV UTF-8 (delimitado por comas)»."),
    "separator": (
        "Las columnas van separadas por comas y aquí usan «{sign}».",
        "Guárdelo como «CSV UTF-8 (delimitado por comas)»; el separador no se adivina.",
    ),
    "quotes": ("Las comillas de un campo no cierran.", 'Ponga entre comillas el campo completo y duplique las de adentro: "".'),
    "row_cells": (
        "La fila debe tener {expected} celdas y tiene {found}.",
        "Revise que no falte ni sobre una coma; un texto con comas va entre comillas.",
    ),
    "too_many_rows": ("Se admiten {most} filas y hay más.", "Divida el archivo."),
    # Its sheets
    "no_sheet": ("Ninguna hoja del libro es del formato; se esperan: {expected}.", "Use la plantilla, con sus nombres de hojas."),
    "unknown_sheet": ("Esta hoja no es del formato{near}", "Cambie su nombre, o quítela del libro."),
    "hidden_sheet": (
        "La hoja está oculta y tiene datos: nada entra sin que se vea.",
        "Muéstrela si es del formato, o elimínela del libro.",
    ),
    "twice": ("La tabla «{sheet}» viene en más de un archivo.", "Deje una sola."),
    # Its headings
    "unknown_table": (
        "Los encabezados no son los de ninguna tabla del formato: {expected}.",
        "Copie la primera fila de la plantilla, sin cambios.",
    ),
    "no_heading": (
        "La primera fila no tiene los encabezados de esta tabla.",
        "Copie ahí la primera fila de la plantilla, sin cambios, y quite lo que tenga arriba.",
    ),
    "missing_column": ("Falta la columna «{heading}».", "Agréguela donde va en la plantilla, aunque quede vacía si es opcional."),
    "renamed_column": ("El encabezado no es del formato; el más parecido es «{heading}».", "Escriba «{heading}»."),
    "extra_column": ("El formato no tiene esta columna.", "Quítela, con lo que tenga abajo."),
    "blank_heading": ("La columna tiene datos y no tiene encabezado.", "Quite lo que sobra a la derecha de la tabla."),
    "repeated_column": ("El encabezado está dos veces.", "Deje una sola columna con este encabezado."),
    "order": ("Las columnas no están en su orden; aquí va «{heading}».", "Ponga las columnas en el orden de la plantilla."),
    "merged_heading": (
        "El encabezado está en celdas combinadas ({range}): no se sabe qué columna nombra.",
        "Separe las celdas y escriba un encabezado en cada columna.",
    ),
    "merged": (
        "Hay celdas combinadas ({range}): solo la primera tiene el dato.",
        "Separe las celdas y escriba el dato en cada una.",
    ),
    # Its rows
    "no_rows": ("Ninguna tabla tiene filas: no hay nada que importar.", "Llene al menos una hoja."),
    "empty_sheet": ("La hoja no tiene ninguna fila: no cambia nada.", "Llénela si la quería cambiar."),
    "blank_row": ("Hay filas vacías en medio de la tabla.", "Bórrelas: después de una fila vacía no debe haber nada."),
    "second_table": (
        "Debajo de la tabla hay otra tabla o una nota.",
        "Deje una sola tabla en la hoja y quite lo que está debajo.",
    ),
    "total_row": ("La fila parece un total y no un renglón de la tabla.", "Quítela: los totales se calculan solos."),
    "duplicate": ("Ya está en la fila {earlier}.", "Deje una sola, o corrija la clave."),
    # Any cell
    "required": ("Esta celda no puede quedar vacía.", "Llénela. Lo que va aquí: {means}"),
    "formula": ("La celda es una fórmula, no un dato.", "Copie la celda y péguela como valor."),
    "formula_sign": ("El texto empieza con «{sign}» y una hoja de cálculo lo tomaría por una fórmula.", "Quite ese signo."),
    "error_cell": ("La celda tiene un error de la hoja de cálculo.", "Escriba el dato que va aquí."),
    "spaces": ("Hay espacios de más al principio, al final o dobles.", "Quítelos: «{clean}»."),
    "invisible": ("El texto tiene un carácter que no se ve ({code}).", "Borre el texto y escríbalo de nuevo."),
    "line_break": ("El texto va en un solo renglón.", "Quite los saltos de línea."),
    "garbled": (
        "Los acentos están dañados por un cambio de codificación; parece «{clean}».",
        "Vuelva a guardar el original como «CSV UTF-8» y no copie de un archivo dañado.",
    ),
    "too_long": ("Admite {most} caracteres y tiene {found}.", "Acorte el texto."),
    "says_nothing": ("No tiene ninguna letra ni cifra.", "Escriba el dato; si no lo hay y es opcional, deje la celda vacía."),
    "not_text": ("La celda es {kind} y aquí va un texto.", "Dé a la columna el formato «Texto» y escriba el dato de nuevo."),
    "na_here": ("Esta columna no admite «No aplica».", "Escriba el dato{blank}."),
    "na_words": ("Se escribe «No aplica», completo.", "Escriba «No aplica» y la razón en «{reason}»."),
    "na_reason": ("Dice «No aplica» y no dice por qué.", "Escriba la razón en la columna «{reason}»."),
    "reason_alone": ("Hay una razón y «{heading}» no dice «No aplica».", "Quite la razón, o escriba «No aplica» en «{heading}»."),
    # Keys
    "key_number": (
        "La hoja convirtió la clave en número y pudo perder ceros o decimales.",
        "Dé a la columna el formato «Texto» y escriba la clave de nuevo.",
    ),
    "key_date": (
        "La hoja convirtió la clave en fecha.",
        "Dé a la columna el formato «Texto» y escriba la clave de nuevo.",
    ),
    "key_signs": (
        "Una clave lleva letras sin acento, cifras, puntos y guiones, sin espacios; aquí hay «{sign}».",
        "Corrija la clave: {example}, por ejemplo.",
    ),
    "lookalike": (
        "«{sign}» ({code}) no es la letra que parece: es de otro alfabeto y la clave no coincidiría.",
        "Escriba la clave de nuevo con el teclado: «{clean}».",
    ),
    "lookalike_key": (
        "La clave se confunde con «{other}», de la fila {earlier}.",
        "Escriba la misma si son la misma, o cámbiela.",
    ),
    "repeated_key": ("«{sign}» está dos veces en la lista.", "Quite la repetida."),
    "unknown_key": ("No está {what} de esa clave{near}", "Corrija la clave, o agregue {what} en la hoja «{sheet}»."),
    "keys_separator": ("Las claves de la lista van separadas por punto y coma.", "Por ejemplo: {example}."),
    "partida_number": (
        "La partida son cuatro cifras como texto y la celda es un número: así se pierden los ceros.",
        "Dé a la columna el formato «Texto» y escriba «{clean}».",
    ),
    "partida_zeros": (
        "La partida tiene cuatro cifras y aquí hay {found}: se perdieron los ceros de la izquierda.",
        "Dé a la columna el formato «Texto» y escriba «{clean}», si esa es la partida.",
    ),
    "partida": ("La partida son cuatro cifras.", "Escriba las cuatro cifras del clasificador, por ejemplo 3361."),
    # Numbers
    "decimal_comma": ("La coma no separa los decimales: se usa punto.", "Escriba {clean}."),
    "thousands": ("El número va sin comas ni espacios de miles.", "Escriba {clean}."),
    "currency": ("El importe va solo con cifras, sin signo de pesos ni comas de miles.", "Escriba {clean}."),
    "percent_sign": ("El porcentaje va sin el signo %.", "Escriba {clean}."),
    "parentheses": ("Un número negativo lleva signo menos, no paréntesis.", "Escriba -{clean}."),
    "exponent": ("El número está en notación científica y pudo perder cifras.", "Escríbalo completo, solo con cifras."),
    "decimals": ("Admite {most} decimales y hay más.", "Redondee el dato y escríbalo con {most} decimales."),
    "whole": ("Aquí va un número entero.", "Escríbalo sin decimales."),
    "number": ("No es un número.", "Escriba solo cifras, con punto para los decimales: {example}."),
    "number_kind": ("La celda es {kind} y aquí va un número.", "Dé a la columna el formato «Número» y escriba el dato de nuevo."),
    "negative": ("El número no puede ser negativo.", "Corrija el número."),
    "least": ("El número menor que se admite es {least}.", "Corrija el número."),
    "most": ("El número mayor que se admite es {most}.", "Corrija el número."),
    # Days
    "serial": (
        "Es el número con que una hoja guarda una fecha ({day}), no una fecha.",
        "Dé a la celda el formato de fecha, o escriba la fecha como dd/mm/aaaa.",
    ),
    "two_digit_year": ("El año va con cuatro cifras.", "Escriba la fecha como dd/mm/aaaa: 31/03/2026."),
    "iso_day": ("La fecha va como dd/mm/aaaa.", "Escríbala con el día primero; si el mes es {month}: {clean}."),
    "day_time": ("La fecha trae una hora.", "Deje solo la fecha."),
    "day": ("No es una fecha dd/mm/aaaa que exista.", "Escríbala con día, mes y año: 31/03/2026."),
    # Choices
    "yes_no": ("Aquí va «Sí» o «No».", "Escriba «Sí» o «No»."),
    "choice": ("No está entre lo que se admite: {words}{near}", "Elija uno de la lista."),
    # The annual programme
    "activity_unit": (
        "La actividad no tiene unidad de medida: sus metas no se podrían contar.",
        "Escríbala, en plural: talleres.",
    ),
    "goal_unit": ("La meta no tiene unidad de medida.", "Escriba la misma de la hoja «Actividades»."),
    "goal_unit_differs": ("La unidad no es la de la actividad, «{unit}».", "Escriba la misma en las dos hojas."),
    "goal_empty": ("Ningún mes tiene meta.", "Escriba la meta de al menos un mes, o quite la fila."),
    "goal_total": (
        "El total no coincide con el de los meses, que es {sum}.",
        "Corrija el total o los meses; el total puede quedar vacío.",
    ),
    "same_delivery": (
        "Dice lo mismo que la fila {earlier}: contaría dos veces.",
        "Si es otra entrega, déjela; si es la misma, quítela.",
    ),
    "no_goals": ("La actividad no tiene metas en la hoja «{sheet}».", "Agréguelas antes de enviar el programa a revisión."),
    "no_shares": (
        "La actividad no dice a qué líneas sirve en la hoja «{sheet}».",
        "Agréguelas, con partes que sumen 100, antes de enviar el programa a revisión.",
    ),
    "shares_sum": ("Los porcentajes de la actividad suman {sum} y deben sumar 100.", "Corrija los de sus filas."),
    "shares_format": (
        "Los porcentajes de la actividad suman 1: la hoja los guarda como fracción por su formato de porcentaje.",
        "Quite a la columna el formato «%» y escriba, por ejemplo, 35 en lugar de 0.35.",
    ),
    "matrix_rows": ("El programa lleva matriz y no tiene ningún renglón en la hoja «{sheet}».", "Agréguelos, o escriba «No»."),
    "matrix_unneeded": (
        "Hay renglones de matriz de un programa que dice que no la lleva.",
        "Escriba «Sí» en «Lleva matriz», o quite los renglones.",
    ),
    "matrix_assumptions": (
        "El renglón de la matriz no tiene supuestos.",
        "Escríbalos, o «No aplica» con su motivo en la columna de al lado.",
    ),
    "years": ("La fila es de otro ejercicio: el archivo empieza con {year}.", "Deje un solo año en cada archivo."),
    "orphan": (
        "El archivo ya no trae este programa y la actividad {activity}, que ya estaba, es de él.",
        "Agregue el programa, o traiga también la hoja «{sheet}».",
    ),
    # What only the institute knows
    "unknown_area": ("No hay un área vigente con esa clave{near}", "Use una clave de la hoja «Catálogos» de la plantilla."),
    "unknown_post": ("El puesto no es de «{area}»{near}", "Use la clave de un puesto de esa área, o deje la celda vacía."),
    "unknown_district": (
        "No hay una oficina de distrito con esa clave{near}",
        "Use las de la hoja «Catálogos» de la plantilla, separadas por punto y coma, o «Toda la ciudad».",
    ),
    "unknown_line": ("La línea no es del programa institucional «{plan}»{near}", "Use el número de una de sus líneas."),
    # The budget
    "unbalanced": (
        "La adecuación no cuadra: con este documento se amplían {increase} y se reducen {reduction}.",
        "Corrija los importes: la diferencia, de {difference}, debe ser cero.",
    ),
    "adjustment_sign": (
        "El importe de «{moment}» va sin signo menos y no es cero.",
        "Escríbalo positivo; el momento dice si sube o baja.",
    ),
    "zero_amount": ("El importe es cero.", "Quite la fila o corrija el importe."),
    "other_programme": ("La actividad es del programa «{programme}».", "Corrija la clave del programa o la de la actividad."),
    # Only worth a look
    "moments": (
        "Hasta {month} el dinero {later} ({more}) es más que el {earlier} ({less}) de la misma clave.",
        "Revise si falta un movimiento; el archivo se puede importar así.",
    ),
    "same_entry": ("La fila es idéntica a la {earlier}.", "Revise que no esté dos veces; el archivo se puede importar así."),
}


def told(rule: str, **found: object) -> tuple[str, str]:
    """The two sentences of a rule, with what was found in their places."""
    sentence, remedy = RULES[rule]
    return sentence.format_map(found), remedy.format_map(found)
