"""Placeholder until the real file lands."""
from collections import namedtuple
Look = namedtuple("Look", "light dark dash")
def task_color(n):
    return [Look("#7c3aed","#a78bfa",()),Look("#0f766e","#2dd4bf",(6,3)),Look("#be185d","#f472b6",(2,2))][n%3]
