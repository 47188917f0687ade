#!/usr/bin/env python3
"""How many instructions parsing and making the site of this repository take, against those written down.

`python3 benches/instructions.py` fails where one takes over 5 % more; `--update` writes down what is counted. Valgrind
counts the same on a busy machine as on a quiet one, so that a change of a few in a hundred shows.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
BASELINE = REPOSITORY / "benches/instructions.json"
MOST_MORE = 0.05


def counted(program, *arguments):
    """The instructions that `program` takes on one core, in millions."""
    with tempfile.TemporaryDirectory() as folder:
        tool = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out"]
        environment = os.environ | {"RAYON_NUM_THREADS": "1"}
        run = subprocess.run([*tool, program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                             env=environment, cwd=REPOSITORY)
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode != 0 or not found:
        sys.exit(f"{' '.join(map(str, arguments))} failed:\n{run.stderr}")
    return round(int(found[1]) / 1e6)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=REPOSITORY / "target/release/depositary", type=pathlib.Path)
    parser.add_argument("--update", action="store_true", help="write down what is counted")
    arguments = parser.parse_args()
    reports = sorted((REPOSITORY / "content/reports").glob("*.txt"))
    counts = {
        "parse": counted(arguments.program, "parse", "--quiet", *reports),
        "check": counted(arguments.program, "check", "--quiet"),
    }
    if arguments.update:
        BASELINE.write_text(json.dumps(counts, indent=2) + "\n", encoding="utf-8")
    slower = []
    for name, before in json.loads(BASELINE.read_text(encoding="utf-8")).items():
        change = counts[name] / before - 1
        print(f"{name}: {counts[name]:,} million instructions, {before:,} written down ({change:+.1%})")
        slower += [name] if change > MOST_MORE else []
    if slower:
        sys.exit(f"over {MOST_MORE:.0%} more in {', '.join(slower)}; mend it, or write down the new count with `--update`")


if __name__ == "__main__":
    main()
