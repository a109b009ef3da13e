"""The conversation-test kit: plays conversations written in YAML with the real assistant, and says what was wrong.

It stands above the edges and uses the product as people do: persons write messages, staff type commands.
"""
