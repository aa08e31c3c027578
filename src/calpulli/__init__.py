"""The institute: one package per thing that it does. See ARCHITECTURE.md for floors and rooms."""
