"""What is true: offices, hours, closures, days, places, wording, personal data. Values in, values out."""
