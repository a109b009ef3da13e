"""Rasa graph components: thin wrappers round `bot.jobcentre`, and the classifier."""
