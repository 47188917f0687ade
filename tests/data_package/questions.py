"""Runs the SQL in docs/data.md with DuckDB on the data of a built site, and compares each answer with the one there.

    python questions.py SITE DOCUMENT

With UPDATE_CASES=1 the answers are written into the document instead.
"""

import csv
import io
import os
import re
import sys
from pathlib import Path

import duckdb

QUESTION = re.compile(r"```sql\n(.*?)```\n\n```csv\n(.*?)```", re.DOTALL)


def answer(sql):
    result = duckdb.sql(sql)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows(result.fetchall())
    return text.getvalue()


def main():
    site, document = Path(sys.argv[1]), Path(sys.argv[2]).resolve()
    text = document.read_text(encoding="utf-8")
    os.chdir(site / "data")
    questions = QUESTION.findall(text)
    if not questions:
        sys.exit("no questions")
    if os.environ.get("UPDATE_CASES"):
        answered = QUESTION.sub(lambda found: f"```sql\n{found[1]}```\n\n```csv\n{answer(found[1])}```", text)
        document.write_text(answered, encoding="utf-8")
        return
    wrong = [(sql, expected, found) for sql, expected in questions if (found := answer(sql)) != expected]
    for sql, expected, found in wrong:
        print(f"{sql}\nexpected:\n{expected}\nfound:\n{found}", file=sys.stderr)
    print(f"{len(questions)} questions, {len(wrong)} with another answer")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
