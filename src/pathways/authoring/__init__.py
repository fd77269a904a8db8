"""For the people who write rules: what can be said about a rulebook as a whole, and never to a reader of a case."""
