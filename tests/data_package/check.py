"""Reads the data of a built site with readers that know nothing of this program.

    python check.py SITE [SITE_WITH_ADDRESS]

Every fault is printed; the exit status is 1 if there is one.
"""

import csv
import datetime
import email
import hashlib
import importlib.resources
import io
import json
import re
import sys
import urllib.request
import urllib.response
import uuid
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema
import mlcroissant
import requests
import urllib3
import pyarrow.parquet
from datacite import schema45
from frictionless import validate
from rocrate.rocrate import ROCrate
from rocrate_validator import models, services

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")

faults = []


def expect(holds, words):
    if not holds:
        faults.append(words)


def records(site):
    with open(site / "data/records.ndjson", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def check_package(site):
    """Frictionless: types, keys, references, lengths and hashes of every resource."""
    report = validate(str(site / "data/datapackage.json"))
    for task in report.tasks:
        for error in task.errors:
            faults.append(f"datapackage.json: {task.name}: {error.message}")
    expect(report.valid, "datapackage.json is not valid")
    named = {task.place for task in report.tasks}
    for path in (site / "data").iterdir():
        if path.suffix in {".csv", ".ndjson"}:
            expect(path.name in named, f"{path.name} is not in datapackage.json")


def check_schema(site):
    """JSON Schema 2020-12: every record is what the schema says."""
    schema = json.loads((site / "data/records.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    for record in records(site):
        for error in validator.iter_errors(record):
            faults.append(f"{record.get('id')}: {error.message}")
        unknown = record.keys() - schema["properties"].keys()
        expect(not unknown, f"{record.get('id')}: fields without a description: {unknown}")


def check_parquet(site):
    """Apache Arrow: every table has the columns and rows of its CSV, and the records the values of the NDJSON."""
    for path in (site / "data").glob("*.csv"):
        table = pyarrow.parquet.read_table(path.with_suffix(".parquet"))
        with open(path, encoding="utf-8", newline="") as lines:
            head, *rows = csv.reader(lines)
        expect(table.column_names == head, f"{path.name} and its Parquet have different columns")
        expect(table.num_rows == len(rows), f"{path.name}: {len(rows)} rows, {table.num_rows} in Parquet")
    rows, lines = pyarrow.parquet.read_table(site / "data/records.parquet").to_pylist(), records(site)
    plain = [name for name in rows[0] if not name.startswith("source_") and name != "corrections"]
    for row, record in zip(rows, lines):
        for name in plain:
            value = row[name].isoformat() if isinstance(row[name], datetime.date) else row[name]
            expect((value or None) == (record.get(name) or None), f"{record['id']}: {name} differs in Parquet")


def check_csv(site):
    """No cell runs as a formula, and lines end as RFC 4180 says."""
    for path in sorted((site / "data").glob("*.csv")):
        expect(path.read_bytes().endswith(b"\r\n"), f"{path.name} does not end in CR LF")
        with open(path, encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines, strict=True))
        for row in rows:
            expect(len(row) == len(rows[0]), f"{path.name}: a row of {len(row)} cells")
            expect(not any(cell.startswith(FORMULA_STARTS) for cell in row), f"{path.name}: a formula: {row}")


def check_places(site):
    """The places of citations and mentions, in bytes and in characters, are those of the printed words."""
    texts = {record["id"]: record["text"] for record in records(site)}
    for name in ["citations", "mentions"]:
        with open(site / f"data/{name}.csv", encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                text = texts[row["record"]]
                words = text.encode()[int(row["start"]) : int(row["end"])].decode()
                guarded = "'" + words if words.lstrip("'").startswith(FORMULA_STARTS) else words
                expect(guarded == row["printed"], f"{name}.csv: {row}")
                in_characters = text[int(row["start_character"]) : int(row["end_character"])]
                expect(in_characters == words, f"{name}.csv: other characters: {row}")


def check_sources(site):
    """The texts that records were read from are there, with the hashes and places that are stated."""
    with open(site / "data/reports.csv", encoding="utf-8", newline="") as lines:
        reports = {row["id"]: row for row in csv.DictReader(lines)}
    texts = {}
    for id, row in reports.items():
        file = site / "data" / row["source_file"]
        received = file.with_suffix(".received.txt")
        content = (received if received.exists() else file).read_bytes()
        expect(hashlib.sha256(content).hexdigest() == row["source_sha256"], f"{file.name}: another hash")
        texts[id] = file.read_bytes()
    for record in records(site):
        content, source = texts[record["report"]], record["source"]
        text = content.decode()
        pieces = [content[start:end].decode() for start, end in source["spans"]]
        expect(pieces == [text[start:end] for start, end in source["characters"]], f"{record['id']}: other characters")
        selectors = json.loads((site / f"records/{record['id']}/record.json").read_text(encoding="utf-8"))["target"]
        expect(pieces == [target["selector"][1]["exact"] for target in selectors], f"{record['id']}: other selectors")
        expect(all(f"sources/{record['report']}.txt" in target["source"] for target in selectors), record["id"])


def check_dates(site):
    """Every column of dates in EDTF has two of days beside it."""
    with open(site / "data/columns.csv", encoding="utf-8", newline="") as lines:
        columns = list(csv.DictReader(lines))
    named = {(column["table"], column["column"]): column["type"] for column in columns}
    for column in columns:
        if "EDTF" in column["about"]:
            name = re.sub("_(edtf|date)$", "", column["column"])
            for end in ["start", "end"]:
                expect(named.get((column["table"], f"{name}_{end}")) == "date", f"no days beside {column}")


def check_datacite(site):
    """DataCite Metadata Schema 4.5."""
    description = json.loads((site / "data/datacite.json").read_text(encoding="utf-8"))
    for error in schema45.validator.iter_errors(description):
        faults.append(f"datacite.json: {error.message}")


def check_croissant(site):
    """Croissant 1.0: the library of MLCommons takes the description, and it names every table as it is."""
    path = site / "data/croissant.json"
    try:
        dataset = mlcroissant.Dataset(str(path))
    except mlcroissant.ValidationError as error:
        faults.append(f"croissant.json: {error}")
        return
    tables = {table.stem for table in (site / "data").glob("*.csv")}
    named = {records.id for records in dataset.metadata.record_sets}
    expect(tables == named, f"croissant.json: other tables: {tables ^ named}")
    for file in dataset.metadata.distribution:
        digest = hashlib.sha256((site / "data" / file.id).read_bytes()).hexdigest()
        expect(file.sha256 == digest, f"croissant.json: {file.id}: another hash")


def check_hashes(site):
    """SHA256SUMS names every data file but itself, with its hash."""
    sums = (site / "data/SHA256SUMS").read_text(encoding="utf-8").splitlines()
    named = dict(reversed(line.split("  ", 1)) for line in sums)
    folder = site / "data"
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    files -= {"SHA256SUMS", "index.html"}
    expect(files == named.keys(), f"SHA256SUMS and the folder differ: {files ^ named.keys()}")
    for name, digest in named.items():
        expect(hashlib.sha256((site / "data" / name).read_bytes()).hexdigest() == digest, f"{name}: another hash")


def references(value):
    """Every `@id` that is referred to in a value of the graph."""
    if isinstance(value, list):
        return [reference for item in value for reference in references(item)]
    return [value["@id"]] if isinstance(value, dict) and "@id" in value else []


CONTEXT = "https://w3id.org/ro/crate/1.1/context"


def bundled_context():
    """The context of RO-Crate 1.3, which the package `rocrate` brings, for that of 1.1, which no package does."""
    return importlib.resources.files("rocrate").joinpath("data/ro-crate.jsonld").read_bytes()


class ContextHandler(urllib.request.BaseHandler):
    """Answers what `rdflib` asks of the network."""

    handler_order = 100

    def https_open(self, request):
        if request.full_url != CONTEXT:
            return None
        headers = email.message_from_string("Content-Type: application/ld+json\n\n")
        response = urllib.response.addinfourl(io.BytesIO(bundled_context()), headers, CONTEXT, 200)
        response.msg = "OK"
        return response


def answer(adapter, request, send=requests.adapters.HTTPAdapter.send, **options):
    """Answers what the validator asks of the network."""
    if request.url != CONTEXT:
        return send(adapter, request, **options)
    headers = {"Content-Type": "application/ld+json"}
    raw = urllib3.HTTPResponse(io.BytesIO(bundled_context()), headers, status=200, preload_content=False)
    return adapter.build_response(request, raw)


def check_crate(site):
    """RO-Crate 1.1: what the root must have, and that all it names is there."""
    crate = ROCrate(site)
    root = crate.root_dataset
    for field in ["name", "description", "datePublished", "license", "hasPart"]:
        expect(root.get(field), f"ro-crate-metadata.json: the root has no {field}")
    expect(re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", root["datePublished"]), "ro-crate-metadata.json: no date")
    settings = services.ValidationSettings(
        rocrate_uri=str(site), profile_identifier="ro-crate-1.1", requirement_severity=models.Severity.REQUIRED,
        no_cache=True
    )
    urllib.request.install_opener(urllib.request.build_opener(ContextHandler))
    requests.adapters.HTTPAdapter.send = answer
    for issue in services.validate(settings).get_issues():
        faults.append(f"ro-crate-metadata.json: {issue.message}")
    graph = json.loads((site / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    ids = [entity["@id"] for entity in graph]
    expect(len(ids) == len(set(ids)), "ro-crate-metadata.json: an @id occurs twice")
    for entity in graph:
        for reference in [name for value in entity.values() for name in references(value)]:
            expect(reference in ids or reference.startswith("https://w3id.org/"), f"no entity {reference}")
    for entity in crate.data_entities:
        path = site / entity.id
        expect(path.is_file(), f"ro-crate-metadata.json: no file {entity.id}")
        if path.is_file() and entity.get("sha256"):
            content = path.read_bytes()
            expect(entity["contentSize"] == str(len(content)), f"{entity.id}: another length")
            expect(entity["sha256"] == hashlib.sha256(content).hexdigest(), f"{entity.id}: another hash")


def check_feed(site):
    """Atom (RFC 4287 § 4.1): what the feed and each entry must have; identifiers are unique IRIs."""
    feed = ElementTree.parse(site / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    n_reports = sum(1 for _ in open(site / "data/reports.csv", encoding="utf-8")) - 1
    expect(len(entries) == n_reports, f"feed.xml: {len(entries)} entries, {n_reports} reports")
    expect(feed.find(f"{ATOM}author/{ATOM}name") is not None, "feed.xml: no author")
    ids = [element.findtext(f"{ATOM}id") for element in [feed, *entries]]
    expect(len(ids) == len(set(ids)), "feed.xml: an id occurs twice")
    for element, name in zip([feed, *entries], ids):
        expect(element.findtext(f"{ATOM}title"), f"feed.xml: {name} has no title")
        datetime.datetime.fromisoformat(element.findtext(f"{ATOM}updated"))
        expect(element.find(f"{ATOM}link") is not None, f"feed.xml: {name} has no link")
        if name.startswith("urn:uuid:"):
            expect(uuid.UUID(name).variant == uuid.RFC_4122, f"feed.xml: {name} is no UUID")
        else:
            expect(urlsplit(name).scheme in {"http", "https"}, f"feed.xml: {name} is no address")


def check_map(site):
    """The site map of a site with an address names every page but those that point on and the wordings of records, which
    their pages lead to, and no file that is not there."""
    addresses = [place.text for place in ElementTree.parse(site / "sitemap.xml").iter(f"{SITEMAP}loc")]
    home = min(addresses, key=len)
    listed = {site / address.removeprefix(home) / "index.html" for address in addresses}
    for path in listed:
        expect(path.is_file(), f"sitemap.xml: no page {path}")
    with (site / "data/ledger.csv").open(encoding="utf-8", newline="") as ledger:
        unlisted = {row["id"] for row in csv.DictReader(ledger) if row["status"] not in ("published", "corrected")}
    with (site / "data/versions.csv").open(encoding="utf-8", newline="") as versions:
        unlisted |= {f"{row['record']}/v{row['version']}" for row in csv.DictReader(versions)}
    folders = {site / start / name for name in unlisted for start in ("", "en", "records", "en/records")}
    missing = {path for path in site.rglob("index.html") if path.parent not in folders} - listed
    expect(not missing, f"sitemap.xml does not name {sorted(missing)[:5]}")
    expect(f"Sitemap: {home}sitemap.xml" in (site / "robots.txt").read_text(), "robots.txt does not name the site map")


def main():
    site = Path(sys.argv[1])
    for check in [
        check_package, check_schema, check_parquet, check_csv, check_places, check_sources, check_dates, check_hashes,
        check_croissant, check_datacite, check_crate, check_feed
    ]:
        check(site)
    for with_address in map(Path, sys.argv[2:]):
        check_feed(with_address)
        check_crate(with_address)
        check_map(with_address)
    for fault in faults[:50]:
        print(fault, file=sys.stderr)
    print(f"{len(records(site))} records, {len(faults)} faults")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
