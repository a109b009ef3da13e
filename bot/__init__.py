"""Jobcentre Assistant: answers Direct Messages to UK Jobcentre accounts."""
