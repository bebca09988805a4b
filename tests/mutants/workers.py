"""What the program that starts the hunt and its workers have to agree on, before there is a Django."""

import os

FOLDER = "MUTANTS_FOLDER"
WORKER = "MUTANTS_WORKER"
WORKERS = int(os.environ.get("MUTANTS_WORKERS", "2"))
