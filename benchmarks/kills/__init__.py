"""What a killed worker takes with it, under three engines; see ``__main__``."""
