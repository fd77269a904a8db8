"""Many intake records at once: read in blocks, assessed in lanes, written as they come; exactly as one case is."""
