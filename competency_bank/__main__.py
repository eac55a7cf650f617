"""``python -m competency_bank`` is the same as ``competency-bank``."""

from competency_bank.cli import main

if __name__ == "__main__":
    main()
