"""Stands where Keras would be: see the package `tensorflow` beside this one."""

import tensorflow

__getattr__ = tensorflow._named_in(__name__)
