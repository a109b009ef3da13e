"""One turn, from message to answer. The one place that runs Rasa."""
