"""The decks' slow procedures, one module each, beside what a student now runs in their place.

A module has ``deck(seed, …)`` and ``course(seed, …)``; both answer for the same held-out rows.
``benchmarks/decks.py`` runs and compares them.
"""
