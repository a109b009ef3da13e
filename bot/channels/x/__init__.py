"""Direct Messages on X.

A package and not the one module that the plan had, because it falls into parts that are tested apart: `client.py` asks
X one thing at a time and says honestly what came of it, `events.py` reads what X tells of messages, `rates.py` what it
tells of its limits, `errors.py` names what can go wrong.
"""
