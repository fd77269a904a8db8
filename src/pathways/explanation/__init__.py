"""Looking inside an assessment: why something stands as it does, and what other answers would change."""
