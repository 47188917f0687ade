#!/usr/bin/env python3
"""Sites by two workers of Apache Spark and of Sail beside those of `build`, faults included; run by `.ci/cluster`.

    python3 tests/cluster/check.py PROGRAM FOLDER [--records N]

FOLDER has an environment of Python for each engine: `spark/` and `sail/`.
"""

import argparse
import contextlib
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "benches"))
import compare  # noqa: E402
import scale  # noqa: E402

DRIVER = REPOSITORY / "cluster/build.py"
STAGES = ("parse", "resolve", "render", "finish")
PARTS = 4
# Most bytes that a worker may take which parses or makes pages, for a part of so many records of an archive of any size.
MOST_MEMORY = 320_000_000
RECORDS_OF_A_PART = 10_000
# How long a server may take to listen, and a driver to end.
PATIENCE = 60
END = 600

# In the place of the program: the first time it is to do STAGE, it is done as FAULT says.
STAND_IN = """#!{python}
import os, pathlib, signal, subprocess, sys, time
program, stage, fault, mark = {program!r}, {stage!r}, {fault!r}, pathlib.Path({mark!r})
command = [program, *sys.argv[1:]]
is_first = sys.argv[2] == stage
if is_first:
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        is_first = False
if not is_first:
    os.execv(program, command)
if fault == "twice":
    both = [subprocess.Popen(command) for _ in range(1 if stage == "finish" else 2)]
    sys.exit(max(task.wait() for task in both) or subprocess.run(command).returncode)
task = subprocess.Popen(command)
time.sleep(0.02)
task.send_signal(signal.SIGKILL)
mark.write_text(f"{{task.wait()}}")
if fault == "worker":
    worker = next(pid for pid in ancestors() if b"CoarseGrainedExecutorBackend" in line(pid))
    os.kill(worker, signal.SIGKILL)
    time.sleep(5)
sys.exit(137)
"""
ANCESTORS = """
def line(pid):
    return pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()

def ancestors():
    pid = os.getppid()
    while pid > 1:
        yield pid
        pid = int(pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
"""


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_for(port):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    sys.exit(f"nothing listens at 127.0.0.1:{port}")


@contextlib.contextmanager
def servers(*commands, log, environment):
    """Runs servers, each in a group of its own that is ended with it."""
    with open(log, "ab") as output:
        running = []
        try:
            for command, port in commands:
                running.append(subprocess.Popen(command, stdout=output, stderr=output, env={**os.environ, **environment},
                                                start_new_session=True))
                if port:
                    wait_for(port)
            yield
        finally:
            for server in reversed(running):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(server.pid, 9)
                server.wait()


@contextlib.contextmanager
def apache_spark(folder):
    """A master and two workers of a core each; gives what the driver is told."""
    python = folder / "spark/bin/python"
    home = next((folder / "spark/lib").glob("python3*/site-packages/pyspark"))
    port, start = free_port(), [home / "bin/spark-class", "-Xmx512m"]
    master = [home / "bin/spark-class", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(port),
              "--webui-port", "0"]
    worker = [home / "bin/spark-class", "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--cores", "1",
              "--memory", "1g", "--webui-port", "0", "--work-dir", folder / "spark-work", f"spark://127.0.0.1:{port}"]
    environment = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m",
                   "PYSPARK_PYTHON": str(python), "PYTHONHASHSEED": "0"}
    with servers((master, port), (worker, None), (worker, None), log=folder / "spark.log", environment=environment):
        yield python, ["--master", f"spark://127.0.0.1:{port}"], environment


@contextlib.contextmanager
def sail(folder):
    """A server with a driver and two workers; gives what the driver is told."""
    python, port = folder / "sail/bin/python", free_port()
    server = [folder / "sail/bin/sail", "spark", "server", "--ip", "127.0.0.1", "--port", str(port)]
    environment = {"SAIL_MODE": "local-cluster", "SAIL_CLUSTER__WORKER_INITIAL_COUNT": "2", "PYTHONHASHSEED": "0",
                   "SAIL_CLUSTER__WORKER_MAX_COUNT": "2", "SAIL_CLUSTER__WORKER_TASK_SLOTS": "1"}
    with servers((server, port), log=folder / "sail.log", environment=environment):
        yield python, ["--remote", f"sc://127.0.0.1:{port}"], environment


ENGINES = {"spark": apache_spark, "sail": sail}


class Check:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def drive(self, engine, site, *options, program=None):
        """Runs the driver over `site`; gives its status and what it said."""
        python, told, environment = engine
        command = [python, DRIVER, *told, "--program", program or self.program, "--root", site, "--parts", str(PARTS),
                   "--base-url", compare.BASE_URL, "--into", self.folder / "parts", "--output", self.folder / "made", *options]
        done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=END)
        return done.returncode, done.stderr

    def clean(self):
        for name in ("parts", "made"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def built(self, name, site):
        output = self.folder / f"built-{name}"
        shutil.rmtree(output, ignore_errors=True)
        begin = time.monotonic()
        subprocess.run([self.program, "build", "--quiet", "--base-url", compare.BASE_URL, "--root", site, "--output", output],
                       check=True)
        return output, time.monotonic() - begin

    def same(self, what, output):
        subprocess.run(["diff", "--recursive", "--brief", output, self.folder / "made"], check=True)
        print(f"  {what}: the same", flush=True)

    def sound(self, engine, name, site):
        """The site of an engine is that of `build`."""
        output, taken = self.built(name, site)
        self.clean()
        begin = time.monotonic()
        status, told = self.drive(engine, site)
        if status != 0:
            sys.exit(told)
        self.same(f"{name}: {taken:.1f} s by `build`, {time.monotonic() - begin:.1f} s by the engine", output)
        return output

    def bounded(self, texts, number):
        """No worker takes more than `MOST_MEMORY` for an archive of `number` records."""
        site, n_parts = self.folder / "bounded", number // RECORDS_OF_A_PART
        shutil.rmtree(site, ignore_errors=True)
        scale.write_site(texts, number, site)
        self.clean()
        common = ["--quiet", "--base-url", compare.BASE_URL, "--root", site, "--into", self.folder / "parts"]

        def most(stage, parts):
            parts = [["--part", f"{part}/{n_parts}"] for part in parts]
            return max(compare.run([self.program, "shard", stage, *common, *part])["memory"] for part in parts)

        memory = {"parse": most("parse", range(1, n_parts + 1))}
        compare.run([self.program, "shard", "resolve", *common])
        memory["render"] = most("render", (1, n_parts))
        print(f"{number} records, most memory of a worker:", ", ".join(f"{stage} {taken / 1e6:.0f} MB" for stage, taken in
              memory.items()), flush=True)
        if max(memory.values()) > MOST_MEMORY:
            sys.exit(f"that is more than {MOST_MEMORY / 1e6:.0f} MB")
        shutil.rmtree(site)

    def stand_in(self, stage, fault):
        mark = self.folder / "mark"
        mark.unlink(missing_ok=True)
        path = self.folder / "stand-in"
        text = STAND_IN.format(python=sys.executable, program=str(self.program), stage=stage, fault=fault, mark=str(mark))
        first, rest = text.split("\n", 1)
        path.write_text(f"{first}\nimport os, pathlib\n{ANCESTORS}\n{rest}")
        path.chmod(0o755)
        return path, mark

    def faults(self, engine_name, engine, site, output):
        """Killed and repeated tasks change no byte."""
        faults = ("task", "worker", "twice") if engine_name == "spark" else ("task", "twice")
        for stage in STAGES:
            for fault in faults:
                self.clean()
                program, mark = self.stand_in(stage, fault)
                status, told = self.drive(engine, site, program=program)
                if not mark.exists() or (fault != "twice" and mark.read_text() != "-9"):
                    sys.exit(f"{stage}, {fault}: the fault did not happen\n{told}")
                if status != 0:
                    if fault == "twice" or "status 137" not in told:
                        sys.exit(f"{stage}, {fault}: {told}")
                    # The engine gave up with a clear error: what is left to do is to run it again.
                    status, told = self.drive(engine, site)
                    how = "told, and after a second run"
                else:
                    how = "tried again by the engine, and"
                if status != 0:
                    sys.exit(told)
                self.same(f"{stage}, {fault}: {how}", output)

    def refused(self, engine, site, stage, words):
        status, told = self.drive(engine, site, "--stage", stage)
        if status != 1 or words not in told:
            sys.exit(f"{stage}: status {status} without `{words}`\n{told}")
        print(f"  {stage}: refused with {words}", flush=True)

    def lost_and_foreign(self, engine, site, output):
        """A part that is lost, and one of another version, are named; made again, the site is the same."""
        for stage, before in (("resolve", "parse"), ("finish", "render")):
            part = self.folder / f"parts/{before}-2-of-{PARTS}.parquet"
            sound = part.read_bytes()
            part.unlink()
            self.refused(engine, site, stage, "E0901")
            head, tail = sound.split(b"depositary.program", 1)
            part.write_bytes(head + b"depositary.program" + tail.replace(version(self.program), b"0.0.0", 1))
            self.refused(engine, site, stage, "E0902")
            part.write_bytes(sound)
        shutil.rmtree(self.folder / "made")
        status, told = self.drive(engine, site, "--stage", "finish")
        if status != 0:
            sys.exit(told)
        self.same("finish alone", output)


def version(program):
    told = subprocess.run([program, "--version"], capture_output=True, check=True).stdout
    return told.split()[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--records", default=20_000, type=int, help="records of the larger site")
    parser.add_argument("--engine", action="append", choices=ENGINES, help="[default: both]")
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    check = Check(arguments.program.resolve(), folder)
    texts = compare.texts(check.program)
    for number in (20_000, 200_000):
        check.bounded(texts, number)
    larger = folder / "larger"
    shutil.rmtree(larger, ignore_errors=True)
    scale.write_site(texts, arguments.records, larger)
    for name in arguments.engine or ENGINES:
        print(f"{name}:", flush=True)
        with ENGINES[name](folder) as engine:
            check.sound(engine, f"{arguments.records} records", larger)
            output = check.sound(engine, "this archive", REPOSITORY)
            check.faults(name, engine, REPOSITORY, output)
            check.lost_and_foreign(engine, REPOSITORY, output)


if __name__ == "__main__":
    main()
