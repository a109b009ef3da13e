"""The pages, one module per task of staff. Each has a blueprint; `application` puts them together."""
