"""How well people are understood: `make evaluate`. The figures are kept in `docs/understanding.json`, and told, with
charts, in `docs/understanding.md`.

Names and shapes are those of Rasa's `rasa test nlu` where it has them; a kind stands in the place of an intent.
"""
