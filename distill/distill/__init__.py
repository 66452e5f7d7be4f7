"""Precis' factory: clean data and a starting checkpoint in, a bundle out. One module a stage."""
