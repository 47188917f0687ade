#!/usr/bin/env python3
"""How time, memory and size grow with an archive, and where one machine ends: `python3 benches/scale.py`.

Each size is built once, the larger ones are large enough for that; `--check` names those of which the site does not fit
and `check` is run, which does all but write. The fit is a straight line through the two largest.
"""

import argparse
import multiprocessing
import pathlib
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import compare  # noqa: E402
import workload  # noqa: E402


def write_site(texts, number, folder):
    """A site of `number` records, written by a process of its own: a child's most memory is never told as less than its
    parent's was."""
    rows = workload.records(texts, number)
    writer = multiprocessing.Process(target=workload.write_site, args=(rows, compare.REPOSITORY, folder))
    writer.start()
    writer.join()
    if writer.exitcode:
        sys.exit("the site could not be written")


def measured(program, texts, number, folder, is_built):
    """A row of the table: what a site of `number` records takes."""
    site, output = folder / "site", folder / "public"
    write_site(texts, number, site)
    command = [program, "build" if is_built else "check", "--quiet", "--base-url", compare.BASE_URL, "--root", site]
    taken = compare.run([*command, "--output", output] if is_built else command)
    files = [path.stat().st_size for path in output.rglob("*") if path.is_file()] if is_built else []
    shutil.rmtree(site)
    shutil.rmtree(output, ignore_errors=True)
    return {"records": number, "is_built": is_built, "size": sum(files), "files": len(files), **taken}


def in_parts(program, texts, number, parts, folder):
    """Prints a row for each stage of a site of `number` records that is made in as many as `parts`, task after task."""
    site, output = folder / "site", folder / "public"
    write_site(texts, number, site)
    common = ["--quiet", "--base-url", compare.BASE_URL, "--root", site, "--into", folder / "parts"]
    for stage in ("parse", "resolve", "render", "finish"):
        own = [["--part", f"{part}/{parts}"] for part in range(1, parts + 1)] if stage in ("parse", "render") else [[]]
        own = [["--output", output]] if stage == "finish" else own
        tasks = [compare.run([program, "shard", stage, *common, *options]) for options in own]
        size = sum(path.stat().st_size for path in (folder / "parts").glob(f"{stage}-*"))
        cells = (f"{number:,}", stage, f"{len(tasks)}", f"{max(task['wall'] for task in tasks):.1f} s",
                 f"{sum(task['cpu'] for task in tasks):.1f} s", f"{max(task['memory'] for task in tasks) / 1e9:.2f} GB",
                 f"{size / 1e9:.2f} GB")
        print("| " + " | ".join(cells) + " |", flush=True)
    for path in (site, output, folder / "parts"):
        shutil.rmtree(path)


def print_row(row):
    of_site = (f"{row['files']:,}", f"{row['size'] / 1e9:.2f} GB") if row["is_built"] else ("-", "-")
    command = "build" if row["is_built"] else "check"
    times = (f"{row['wall']:.1f} s", f"{row['cpu']:.1f} s", f"{row['memory'] / 1e9:.2f} GB")
    print("| " + " | ".join((f"{row['records']:,}", command, *times, *of_site)) + " |", flush=True)


def end(rows, key, limit):
    """How many records `limit` allows, by the line through the two largest."""
    low, high = rows[-2:]
    slope = (high[key] - low[key]) / (high["records"] - low["records"])
    return high["records"] + (limit - high[key]) / slope


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=compare.REPOSITORY / "target/release/depositary", type=pathlib.Path)
    parser.add_argument("--build", default=[2_000, 20_000, 200_000], type=int, nargs="*", help="numbers of records")
    parser.add_argument("--check", default=[], type=int, nargs="*", help="numbers of records that are not written")
    parser.add_argument("--parts", default=0, type=int, help="make the sites of `--build` in parts of 10,000 records at most, "
                        "at least this many, instead, and measure each stage")
    parser.add_argument("--memory", default=24, type=float, help="gigabytes of the machine")
    parser.add_argument("--folder", help="where to work, in place of the folder for temporary files")
    arguments = parser.parse_args()
    texts = compare.texts(arguments.program)
    if arguments.parts:
        print("| records | stage | tasks | longest task | processors | most memory | handed over |\n|---|---|---|---|---|---|---|")
        with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
            for number in arguments.build:
                in_parts(arguments.program, texts, number, max(arguments.parts, -(-number // 10_000)), pathlib.Path(folder))
        return
    print("| records | command | clock | processors | memory | files | size |\n|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        for is_built, numbers in ((True, arguments.build), (False, arguments.check)):
            rows = []
            for number in numbers:
                rows.append(measured(arguments.program, texts, number, pathlib.Path(folder), is_built))
                print_row(rows[-1])
            if len(rows) > 1:
                by_memory, by_time = end(rows, "memory", arguments.memory * 1e9), end(rows, "wall", 3600)
                print(f"\n{arguments.memory:g} GB end at {by_memory:,.0f} records, an hour at {by_time:,.0f}.\n")


if __name__ == "__main__":
    main()
