#!/usr/bin/env python3
"""How long documents take: python3 benches/extraction.py [--runs N]

Prints the median time and the largest memory of `depositary parse` on documents of tests/prints: one of 20 pages, one of
1,000 pages, and 100 Word files at once. Needs a release build of the program, and pypdf, which joins pages.
"""
import argparse
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

from pypdf import PdfReader, PdfWriter

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "target/release/depositary"
PRINTS = ROOT / "tests/prints"


def joined(source: pathlib.Path, n_pages: int, target: pathlib.Path) -> pathlib.Path:
    """A PDF file of so many pages, those of `source` again and again."""
    pages = PdfReader(source).pages
    writer = PdfWriter()
    for number in range(n_pages):
        writer.add_page(pages[number % len(pages)])
    writer.write(target)
    return target


def measured(paths: list[pathlib.Path], n_runs: int) -> tuple[float, float]:
    """Median seconds, and the most memory of any run so far in megabytes."""
    times = []
    for _ in range(n_runs):
        start = time.perf_counter()
        subprocess.run([PROGRAM, "parse", *paths], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    n_runs = parser.parse_args().runs
    if not PROGRAM.exists():
        sys.exit("build the program first: cargo build --release")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        word = []
        for number in range(100):
            word.append(folder / f"report-{number}.docx")
            word[-1].write_bytes((PRINTS / "zh-table.docx").read_bytes())
        inputs = [
            ("20 pages, PDF", [joined(PRINTS / "zh-table.pdf", 20, folder / "20.pdf")]),
            ("100 files, DOCX", word),
            ("1,000 pages, PDF", [joined(PRINTS / "zh-table.pdf", 1000, folder / "1000.pdf")]),
        ]
        print("| document | seconds | memory so far, MB |\n|---|---|---|")
        for name, paths in inputs:
            seconds, megabytes = measured(paths, n_runs)
            print(f"| {name} | {seconds:.3f} | {megabytes:.0f} |")


if __name__ == "__main__":
    main()
