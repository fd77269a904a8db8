"""Which legal avenues are open after federal immigration officers use force, from rules written in YAML."""

__version__ = "0.1.0"
