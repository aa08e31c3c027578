"""Tables that people fill in sheets: declared once, read from XLSX or CSV with every defect at once, and written."""
