"""The institutional programme, its periods, and the record that the law asks for."""
