"""The report on one case: the same result for a family, a lawyer or a newsroom, as deep as each reads."""
