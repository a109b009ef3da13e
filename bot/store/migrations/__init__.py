"""How the tables came to be, step by step: `versions/0001_….py` and on."""
