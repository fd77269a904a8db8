"""``python -m pathways``."""

from pathways.cli import main

if __name__ == "__main__":
    main()
