"""Reads of indicators: cells of measures, sheets, values, and what is shown of them."""
