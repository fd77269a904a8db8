"""For those who write rules: whether the scenarios show what each condition does, and would notice if it were wrong."""
