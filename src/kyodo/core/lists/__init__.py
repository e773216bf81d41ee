"""A list is declared once — columns, filters, order, empty state — and serves the page, XLSX, CSV and the API."""
