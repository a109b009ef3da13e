"""The long proof of the channel on X: many people, days of faults, and a process that is killed again and again.

The fake X runs here with the people who write; the channel runs in a process of its own (`worker.py`), on one clock
with it. What came of each message is then read off X itself and the database (`verdict.py`).
"""
