"""Columnar and distributed checking of claim tables: the same rules, exact integers, millions of figures."""
