#!/usr/bin/env python3
"""How many instructions the program takes, and how they grow with its input: `python3 benches/instructions.py`.

Valgrind counts instructions, so that a busy machine changes nothing. Two runs over files of this repository may take no
more than `instructions.json` says and 5 % on top; `--renew` writes that file. Then twice an input may take no more than
2.3 times the instructions of the input, each less what a hundredth of it takes, which is mostly start-up. Needs
`cargo build --release` and `valgrind`.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
BASELINE = REPOSITORY / "benches/instructions.json"
SITE = REPOSITORY / "tests/security/site"
MOST_OVER_BASELINE = 1.05
MOST_FOR_TWICE = 2.3

CELL = "国家\t日期/期间\t活动和内容\t备注\n1(a) 双边\n奥地利\t2008年6月\t{}\t\n"
CORRECTION = '[[correction]]\nrecord = "x-{}"\nfield = "text"\nprinted = "国"\ncorrected = "國"\nwhy = "so printed"\n'


def instructions(program, *arguments):
    """How many instructions a run takes; the run may find fault with its input, but not fail."""
    valgrind = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    run = subprocess.run(
        [*valgrind, program, *arguments],
        cwd=REPOSITORY,
        env={"PATH": os.environ["PATH"], "RAYON_NUM_THREADS": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    counted = re.search(r"^==\d+== I +refs: +([\d,]+)$", run.stderr, re.MULTILINE)
    if run.returncode not in (0, 1) or counted is None:
        sys.exit(f"status {run.returncode}: {' '.join(map(str, arguments))}\n{run.stderr[-2000:]}")
    return int(counted[1].replace(",", ""))


def fixed(program):
    """The instructions of runs over files that stand in this repository."""
    reports = sorted((REPOSITORY / "content/reports").glob("*.txt"))
    return {
        "parse of the reports": instructions(program, "parse", "--quiet", *reports),
        "check of a small site": instructions(program, "check", "--quiet", "--root", SITE),
    }


class Growth:
    """Runs over inputs of one size and of twice that size, in a folder of its own."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def parse(self, text):
        path = self.folder / "x.txt"
        path.write_text(text, encoding="utf-8")
        return instructions(self.program, "parse", path)

    def check(self, files):
        """A site in which `files` stand besides the others."""
        site = self.folder / "site"
        shutil.copytree(SITE, site)
        for name, text in files.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, encoding="utf-8")
        counted = instructions(self.program, "check", "--root", site)
        shutil.rmtree(site)
        return counted

    def ratio(self, command, make, number):
        """What the input of twice `number` takes, in terms of that of `number`, less what a hundredth of it takes."""
        start_up, once, twice = (getattr(self, command)(make(n)) for n in (number // 100, number, 2 * number))
        if once <= start_up:
            sys.exit(f"{number} of an input take no more than {number // 100}: choose one that is measured by its length")
        return (twice - start_up) / (once - start_up)


def growth(program, command, make, number):
    """How a run grows with what `make` gives."""
    with tempfile.TemporaryDirectory() as folder:
        return Growth(program, pathlib.Path(folder)).ratio(command, make, number)


TABLE = "国家\t日期/期间\t活动和内容\t备注\n1(a) 双边\n奥地利\t"
FLATTENED = "国家 日期 / 期间 活动 和 内容 备注 1. 双边 1(a). 与 附件 2 国家 有关 的 活动 奥地利 2008年 6月 国 。 "

PARAGRAPH = "1. 国。\n\n2. "
NEXT = "\n\n3. 国。\n"

# A report that repeats one thing: what stands before it, the thing, what stands behind it, and how many are doubled.
STACKED = "国家\n\n日期/期间\n\n活动和内容\n\n备注\n\n1(a) 双边\n\n\f"
REPEATED = {
    "dates joined in a cell": (TABLE, "1日和", "\t国。\t\n", 10_000),
    "dates in a flattened table": (FLATTENED, "1年 ", "", 10_000),
    "phrases in a flattened table": (FLATTENED, "在 ， ", "", 5_000),
    "open brackets behind phrases": (FLATTENED, "在 （ ", "", 5_000),
    "names in a flattened table": (FLATTENED, "奥地利 ", "", 5_000),
    "straight marks in a flattened table": (FLATTENED, '" ', "", 10_000),
    "words before a flattened table": ("", "国 ", FLATTENED, 10_000),
    "numbered paragraphs before a flattened table": ("", [f"{number}. 国 。 " for number in range(1, 8_001)], FLATTENED, 4_000),
    "pieces of a symbol": ("国 A/", "1 ", FLATTENED, 10_000),
    "marks of footnotes": (TABLE + "\t国", "*国\n", "", 5_000),
    "labels of footnotes": (
        "1. 国。\n", [f"\n^{chr(97 + number % 26)} 国{number}。\n" for number in range(4_000)], "国\nz\n" * 2_000, 2_000),
    "States that vote on resolutions": (
        PARAGRAPH, "奥地利、", "投票赞成" + "第61/104号决议、" * 300 + "。" + NEXT, 2_000),
    "resolutions that a State votes on": (
        PARAGRAPH + "奥地利投票赞成", [f"A/RES/61/{number}、" for number in range(4_000)], "。" + NEXT, 2_000),
    "States of a tally": (PARAGRAPH + "4票反对（", "奥地利、", "）。" + NEXT, 10_000),
    "sentences of States and resolutions": (
        PARAGRAPH, "奥地利、印度、日本、" * 20 + "投票赞成" + "".join(f"A/RES/61/{number}、" for number in range(100)) + "。", NEXT, 10),
    "facts of a paragraph": (PARAGRAPH, [f"奥地利主办了第{number}次讲习班。" for number in range(4_000)], NEXT, 2_000),
    "references to a footnote of many facts": (
        PARAGRAPH, "国^a", NEXT + "\n\n^a " + "".join(f"奥地利主办了第{number}次讲习班。" for number in range(500)) + "\n", 2_000),
    "resolutions before references to a footnote": (
        PARAGRAPH, [f"第61/{number}号决议^a" for number in range(4_000)], NEXT + "\n\n^a 4票弃权（印度、奥地利）。\n", 2_000),
    "dates of a sentence": (PARAGRAPH, "2008年6月3日", "。" + NEXT, 10_000),
    "names apart from their rows": (STACKED, "奥地利\n\n", "2008年6月\n\n国。\n", 4_000),
    "headings and names apart from rows": (STACKED, "1(a) 双边\n\n奥地利\n\n", "2008年6月\n\n国。\n", 2_000),
    "notes at the feet of pages": ("", "1. 国家应当努力。1\n\n\f1 见文件。\n\n", "", 2_000),
    "rows of a table without a head": ("", "奥地利\t2008年6月\t奥地利主办了一次区域讲习班。\n", "", 2_000),
    "acts of a row": (TABLE + "\t", "敦促印度批准，", "\n", 2_000),
    "lines of a State's cell": (
        "国家        日期/期间        活动和内容        备注\n1(a) 双边\n", "国国\n", "", 2_000),
}


def repeated(name):
    """Makes the report called `name` with a given number of what it repeats."""
    before, unit, behind, _ = REPEATED[name]
    return lambda n: before + (unit * n if isinstance(unit, str) else "".join(unit[:n])) + behind


def inputs():
    """What is doubled: its name, the command, an input of a given size, and the smaller size."""
    for unit in ["《", "（", "(", "[", "“", "A/RES/", "1 ", "1", "1、", "国a国"]:
        yield f"{unit!r} in a report", "parse", lambda n, unit=unit: unit * n, 50_000
    for name, (*_, number) in REPEATED.items():
        yield name, "parse", repeated(name), number
    yield "bytes in a cell / 4", "parse", lambda n: CELL.format("国a" * n), 1 << 18
    yield "rows without a State, with a warning each", "parse", lambda n: CELL.format("国") + "无\t2008年6月\t国\t\n" * n, 2_000
    for unit in [">", "[", "*a ", "`", "<", "- ", "![", "&", "\\", "| "]:
        yield (f"{unit!r} in a page", "check",
               lambda n, unit=unit: {"content/pages/en/x.md": "# X\n\n" + unit * n}, 40_000)
    yield ("refused links of a page", "check",
           lambda n: {"content/pages/en/x.md": "# X\n\n" + "[x](javascript:x) " * n}, 2_000)
    yield ("corrections of no record", "check",
           lambda n: {"content/corrections/table.toml": "".join(map(CORRECTION.format, range(n)))}, 1_000)
    yield ("unknown columns of a table", "check",
           lambda n: {"content/reference/votes.csv": ",".join(f"c{column}" for column in range(n)) + "\n"}, 10_000)
    # More than 300 resolutions have pages by session, so that both sizes are beyond that.
    yield ("rows of a table", "check",
           lambda n: {"content/reference/resolutions.csv":
                      "symbol,title_en\n" + "".join(f"A/RES/{row}/1,Title\n" for row in range(n))}, 500)
    yield ("files", "check",
           lambda n: {f"content/reports/r-{file}.txt": "1. 国。\n" for file in range(n)}, 250)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=REPOSITORY / "target/release/depositary", type=pathlib.Path)
    parser.add_argument("--renew", action="store_true", help="write what is counted to benches/instructions.json")
    parser.add_argument("--only", default="", help="double only inputs whose name has this in it")
    arguments = parser.parse_args()
    program = arguments.program.resolve()
    counted = fixed(program)
    if arguments.renew:
        BASELINE.write_text(json.dumps(counted, indent=2) + "\n", encoding="utf-8")
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))
    failed = []

    def judge(name, ratio, most):
        print(f"{ratio:6.3f} of at most {most:.2f}  {name}", flush=True)
        if ratio > most:
            failed.append(name)

    for name, number in counted.items():
        judge(f"{name}: {number:,} instructions, in terms of the baseline", number / baseline[name], MOST_OVER_BASELINE)
    # What is counted does not depend on what runs beside it.
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        doubled = [(name, number, pool.submit(growth, program, command, make, number))
                   for name, command, make, number in inputs() if arguments.only in name]
        for name, number, ratio in doubled:
            judge(f"{name}: {2 * number:,} in terms of {number:,}", ratio.result(), MOST_FOR_TWICE)
    if failed:
        sys.exit("more instructions than allowed: " + "; ".join(failed))


if __name__ == "__main__":
    main()
