"""`python -m tests.mutants`: takes one wall, branch or check away at a time and asks whether a test notices."""
