#!/usr/bin/env python3
"""Reads everything the archive exports for reference managers with programs that others wrote.

    python3 tests/citation_formats/round_trip.py BINARY [ROOT [SITE]]

BINARY is `depositary`, ROOT the folder of the site. Every record, every report and every resolution of the tables is
exported as BibTeX, RIS and CSL-JSON, in both languages; `bibtexparser` and `rispy`, which are installed from PyPI into
a folder of their own, and Python's JSON must find the same key, author, title, number, date, address and language in
all three, the author as one undivided name, and number, date and address as the site's own files have them.

SITE is the same site built for an address. Its three lists of the whole archive must hold every record of
`records.ndjson` and everything else that can be cited, read alike, and lose nothing; `citeproc-py`, which sets
bibliographies by any style of CSL, must print from the CSL-JSON what was read.
"""

import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
import warnings
from pathlib import Path

PACKAGES = ["bibtexparser==2.1.0", "citeproc-py==0.11.1", "rispy==0.10.0"]
BASE = "https://example.org/archive/"
ESCAPES = {r"{\textbackslash}": "\\", r"{\textasciitilde}": "~", r"{\textasciicircum}": "^",
           r"{\textbraceleft}": "{", r"{\textbraceright}": "}"}
# How each format says that a date is inferred, and names a language.
INFERRED = ["日期系推定", "date is inferred"]
LANGUAGES = {"zh": "chinese", "en": "english"}
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def permanent(url):
    """The permanent address of what a page of any language shows."""
    return url.replace("/archive/en/", "/archive/")


def install():
    folder = tempfile.mkdtemp()
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                    "--target", folder, *PACKAGES], check=True)
    sys.path.insert(0, folder)


def run(binary, *arguments):
    command = [binary, "--quiet", *map(str, arguments)]
    # Bytes, as text mode would hide the line ends of RIS.
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode()


def address_of(record, versions):
    """What a citation of a record leads to: its page, or that of its latest wording, where there were several."""
    latest = versions.get(record, 1)
    return f"records/{record}/" if latest == 1 else f"records/{record}/v{latest}/"


def facts(root, binary):
    """What the site's files say: by key, the number, date and end of the address."""
    known = {}
    versions = {}
    for path in (root / "content/versions").glob("*.tsv"):
        lines = [line.split("\t") for line in path.read_text().splitlines() if not line.startswith("#")]
        versions |= {record: int(version) for record, version, *_ in lines[1:]}
    for path in sorted((root / "content/reports").glob("*.txt")):
        meta = tomllib.loads(path.with_suffix(".toml").read_text())
        symbol, session = meta.get("symbol"), meta.get("session")
        # A session begins in the year 1945 + N; the one report that is for none has its date in the table.
        date = meta.get("date") or (f"{1945 + session}~" if session else in_table(root, symbol))
        known[path.stem] = (path.stem, symbol, date, f"reports/{path.stem}/")
        for line in run(binary, "parse", path).splitlines():
            key = json.loads(line)["id"]
            known[key] = (key, symbol, date, address_of(key, versions))
    with open(root / "content/reference/resolutions.csv", newline="") as table:
        for row in csv.DictReader(table):
            symbol = "".join(row["symbol"].split())
            # A page goes by the symbol that texts cite, where that leaves the end of the official one away.
            is_start = bool(row["as_cited"]) and symbol.startswith(row["as_cited"])
            symbol = row["as_cited"] if is_start else symbol
            key = re.sub("[^a-z0-9]+", "-", symbol.lower()).strip("-")
            known[key] = (symbol, symbol, row["adoption_date"] or None, f"resolutions/{key}/")
    return known


def in_table(root, symbol):
    with open(root / "content/reference/documents.csv", newline="") as table:
        return next(row["date"] for row in csv.DictReader(table) if row["symbol"] == symbol)


def unescape(text):
    for escaped, plain in ESCAPES.items():
        text = text.replace(escaped, plain)
    return re.sub(r"\\([#$%&_])", r"\1", text)


def whole(name, key):
    """A BibTeX value in double braces, which keep it whole."""
    assert name.startswith("{") and name.endswith("}"), (key, name)
    return unescape(name[1:-1])


def from_bibtex(text):
    import bibtexparser
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks, library.failed_blocks[:1]
    found = {}
    for entry in library.entries:
        field = {name: value.value for name, value in entry.fields_dict.items()}
        date = field.get("date")
        if date is None:
            assert "year" not in field, (entry.key, field["year"])
        else:
            month = date.rstrip("~")[5:7]
            assert field["year"] == date[:4] and field.get("month") == (MONTHS[int(month) - 1] if month else None)
        found[entry.key] = (whole(field["author"], entry.key), whole(field["title"], entry.key),
                            field.get("number") and unescape(field["number"]), date, permanent(field["url"]),
                            field["langid"])
    return found


def from_ris(text):
    import rispy
    assert text.replace("\r\n", "").count("\n") == 0, "lines end in CR LF"
    found = {}
    for entry in rispy.loads(text):
        [author] = entry["authors"]
        assert "," not in author, author
        date = "-".join(part for part in entry.get("date", "").split("/") if part) or None
        assert (date or "")[:4] == entry.get("year", ""), entry
        # `issn` is what rispy calls SN, which for a report holds its number.
        [url] = entry["urls"]
        inferred = "~" if any(words in note for note in entry.get("notes", []) for words in INFERRED) else ""
        found[entry["id"]] = (author.replace("\u201a", ","), entry["title"], entry.get("issn"),
                              date and date + inferred, permanent(url), LANGUAGES[entry["language"].split("-")[0]])
    return found


def from_csl(text):
    found = {}
    for item in json.loads(text):
        [author] = item["author"]
        [name] = author.values()
        assert list(author) == ["literal"], author
        parts = item.get("issued", {}).get("date-parts", [[]])[0]
        date = "-".join(f"{part:02}" for part in parts) or None
        date = date and date + ("~" if item["issued"].get("circa") else "")
        assert item["type"] in ("report", "webpage"), item["type"]
        assert item["author"][0]["literal"] != item.get("publisher"), item
        found[item["id"]] = (name, item["title"], item.get("number"), date, permanent(item["URL"]),
                             LANGUAGES[item["language"].split("-")[0]])
    return found


def check(known, found, form):
    assert set(found) == set(known), (form, sorted(set(found) ^ set(known))[:5])
    for key, (_, number, date, address) in known.items():
        author, title, own_number, own_date, url, language = found[key]
        assert author and title and language, (form, key)
        assert (own_number, own_date, url) == (number, date, BASE + address), (form, key, found[key])
    # No two things look alike in a list.
    titles = {value[1:3] for value in found.values()}
    assert len(titles) == len(found), (form, "titles with numbers", len(found) - len(titles))


READERS = {"bib": from_bibtex, "ris": from_ris, "json": from_csl}


def rows(site, name):
    with open(site / "data" / f"{name}.csv", newline="", encoding="utf-8") as table:
        return list(csv.DictReader(table))


def check_lists(site):
    """The lists of the whole archive, against its tables."""
    base = json.loads((site / "ro-crate-metadata.json").read_text())["@graph"][1]["url"]
    lists = {ending: (site / f"data/cite/archive.{ending}").read_bytes().decode() for ending in ("bib", "ris")}
    found = {ending: READERS[ending](text) for ending, text in lists.items()}
    entries = found["bib"]
    assert found["ris"] == entries, "the two lists differ"
    assert len(entries) == lists["ris"].count("\nID  - "), "a key occurs twice"
    reports = {row["id"]: row for row in rows(site, "reports")}
    records = [json.loads(line) for line in (site / "data/records.ndjson").read_text(encoding="utf-8").splitlines()]
    versions = {row["record"]: int(row["version"]) for row in rows(site, "versions")}
    wanted = {address_of(record["id"], versions): reports[record["report"]] for record in records}
    wanted |= {f"reports/{key}/": row for key, row in reports.items()}
    wanted |= dict.fromkeys(f"states/{row['iso3'].lower()}/" for row in rows(site, "states"))
    slug = lambda symbol: re.sub("[^a-z0-9]+", "-", symbol.lower()).strip("-")
    wanted |= dict.fromkeys(f"resolutions/{slug(row['symbol'])}/" for row in rows(site, "resolutions"))
    addresses = {entry[4]: (key, entry) for key, entry in entries.items()}
    missing = {base + path for path in wanted} ^ set(addresses)
    assert not missing, sorted(missing)[:5]
    for path, report in wanted.items():
        key, (author, title, number, date, _, language) = addresses[base + path]
        assert key == path.split("/")[1] and "\ufffd" not in author + title, (key, author, title)
        if report is not None:
            # Chinese titles as the table has them; a date or symbol only where the report has one.
            assert title.startswith(report["title"]), (key, title)
            assert (number, date) == (report["symbol"] or None, report["date"] or None), key
            assert language == LANGUAGES[report["language"].split("-")[0]], (key, language)
    check_bibliography([json.loads(path.read_text())["citation"] for path in site.glob("records/*/record.json")])
    print(f"lists of the archive: {len(entries)} entries, {len(records)} of them records, nothing lost")


def check_bibliography(items):
    """A processor of CSL understands each entry: the author whole, the year or n.d., the title, the address."""
    warnings.simplefilter("ignore")
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON
    entries = from_csl(json.dumps(items))
    style = CitationStylesStyle(str(Path(__file__).with_name("plain.csl")), validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for key in entries:
        bibliography.register(Citation([CitationItem(key)]))
    printed = [str(line) for line in bibliography.bibliography()]
    assert len(printed) == len(entries)
    for line, (author, title, _, date, url, _) in zip(printed, entries.values()):
        assert line == " | ".join([author, (date or "n.d.")[:4], title, url]), (line, author, title)


def main():
    binary, root = os.path.abspath(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else ".")
    install()
    known = facts(root, binary)
    names = [fact[0] for fact in known.values()]
    for language in ("zh", "en"):
        export = lambda form: run(binary, "cite", *names, "--root", root, "--base-url", BASE, "--format", form,
                                  "--lang", language)
        read = {"bibtex": from_bibtex, "ris": from_ris, "csl-json": from_csl}
        found = {form: reader(export(form)) for form, reader in read.items()}
        for form, entries in found.items():
            check(known, entries, form)
        assert found["bibtex"] == found["ris"] == found["csl-json"], next(
            (key, [entries[key] for entries in found.values()])
            for key in known if len({entries[key] for entries in found.values()}) > 1)
        print(f"{language}: {len(known)} entries read alike in BibTeX, RIS and CSL-JSON, nothing lost")
    if len(sys.argv) > 3:
        check_lists(Path(sys.argv[3]))


if __name__ == "__main__":
    main()
