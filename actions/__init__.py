"""Rasa custom actions."""
