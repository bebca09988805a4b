"""Real servers on this machine for demo, tests and bench, and the processes that run the product."""
