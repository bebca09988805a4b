"""`python -m tests.bench`, in the servers of the world `bench`: one JSON object a line, exit code 1 if a limit fails.

ONLY=name runs one. Values are medians; ratios are of things measured in turn, in this very run.
"""

import json
import os
import subprocess
import sys

from tests.bench.figures import BENCHES


def main() -> int:
    """Run the benches and print their figures; the exit code says whether all limits hold."""
    wanted = os.environ.get("ONLY", "")
    if wanted and wanted not in BENCHES:
        print(f"There is no bench called {wanted}: {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"], check=True)
    all_hold = True
    for name, bench in BENCHES.items():
        if wanted in ("", name):
            figure = bench()
            all_hold = all_hold and figure["ok"] is not False
            print(json.dumps({"name": name} | figure), flush=True)
    return 0 if all_hold else 1


if __name__ == "__main__":
    sys.exit(main())
