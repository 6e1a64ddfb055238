"""Checks that hold on a day, and slots whose clause changes at the same moment."""
