#!/usr/bin/env python3
"""Builds a site on a cluster: each stage of `depositary shard` as one job of an engine that speaks Spark's DataFrame API.

    python3 cluster/build.py --root /shared/archive --into /shared/parts --output /shared/public --parts 64 \\
        --program /shared/depositary --master spark://host:7077

The engine runs the tasks, spreads them over its machines, and tries again what failed; nothing of that is done here.
All machines must see the site, the program, the folder of the parts and that of the site to be made under the same
paths. Every task leaves one file there, whole or not at all, so that it may run twice or be killed. What a finished
stage left is used again if this program is run again.
"""

import argparse
import pathlib
import subprocess
import sys

from pyspark.sql import SparkSession
from pyspark.sql.functions import udf

# What the program says by its status: done, or that the site has errors, which no second try mends.
TOLD = (0, 1)
SIGN = "\x1f"


def task(command, parts):
    """A function that runs `command` for a part, or for the whole where there are none; what is no fault of the site is
    raised, so that the engine tries again."""

    def run(part):
        words = [*command, "--part", f"{part}/{parts}"] if parts else command
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
        if done.returncode not in TOLD:
            raise RuntimeError(f"{' '.join(words)}: status {done.returncode}\n{done.stderr}")
        return f"{done.returncode}{SIGN}{done.stderr}"

    return udf(run, "string")


def run_stage(spark, command, parts):
    """Runs `command` once for each part; ends this program with what is wrong with the site, if anything."""
    number = parts or 1
    numbers = spark.range(1, number + 1, 1, number)
    rows = numbers.select("id", task(command, parts)("id").alias("told")).collect()
    told = [row["told"].split(SIGN, 1) for row in sorted(rows, key=lambda row: row["id"])]
    for _, words in told:
        sys.stderr.write(words)
    if any(status != "0" for status, _ in told):
        sys.exit(1)


def session(arguments):
    """A session of the engine that is named, or of the one that runs this file (`spark-submit`)."""
    builder = SparkSession.builder.appName("depositary")
    if arguments.remote:
        builder = builder.remote(arguments.remote)
    elif arguments.master:
        builder = builder.master(arguments.master)
    return builder.getOrCreate()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", required=True, type=pathlib.Path, help="folder of the site")
    parser.add_argument("--into", required=True, type=pathlib.Path, help="folder for the parts")
    parser.add_argument("--output", required=True, type=pathlib.Path, help="folder for the built site")
    parser.add_argument("--parts", required=True, type=int, help="number of parts, some for each core of the cluster")
    parser.add_argument("--program", default="depositary", help="the program, as every machine finds it")
    parser.add_argument("--base-url", help="address at which the site will stand")
    parser.add_argument("--strict", action="store_true", help="take warnings for errors")
    parser.add_argument("--master", help="master of Apache Spark: spark://host:7077, yarn, k8s://…")
    parser.add_argument("--remote", help="server of Spark Connect, Apache's or Sail's: sc://host:50051")
    parser.add_argument("--stage", action="append", choices=("parse", "resolve", "render", "finish"),
                        help="do this stage alone, as when one failed [default: all]")
    arguments = parser.parse_args()
    site = ["--quiet", "--into", str(arguments.into), "--root", str(arguments.root)]
    site += ["--base-url", arguments.base_url] if arguments.base_url else []
    site += ["--strict"] if arguments.strict else []
    stages = {
        "parse": ([], arguments.parts),
        "resolve": ([], None),
        "render": ([], arguments.parts),
        "finish": (["--output", str(arguments.output)], None),
    }
    spark = session(arguments)
    for name in arguments.stage or stages:
        own, parts = stages[name]
        run_stage(spark, [arguments.program, "shard", name, *site, *own], parts)
    spark.stop()


if __name__ == "__main__":
    main()
