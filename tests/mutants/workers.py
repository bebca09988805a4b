"""What the program that starts the hunt and its workers have to agree on, before there is a Django."""

import os

FOLDER = "MUTANTS_FOLDER"
WORKER = "MUTANTS_WORKER"
WORKERS = int(os.environ.get("MUTANTS_WORKERS", "2"))
# The files whose tests stand for one wall each, over all addresses or all rows.
WALLS = ("access_matrix", "one_wall_alone", "row_security", "full_worlds", "row_writes")
