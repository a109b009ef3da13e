"""The other side of `benchmarks.turns`: the same questions and answers on Rasa's default pipeline."""
