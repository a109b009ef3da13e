"""The staff console, page by page."""
