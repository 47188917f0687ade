"""The same archive twice: as raw reports for this program, and as Markdown with templates of equal work for Hugo.

The texts are those of the activities in this repository's reports, put together anew, so that they cost what texts of
the genre cost. Every run gives the same bytes.
"""

import json
import pathlib
import random
import shutil

RECORDS_IN_A_REPORT = 200
SECTIONS = {
    "1a": "1. 双边\t\t\t\n1(a) 与附件 2 国家有关的活动\t\t\t",
    "1b": "1. 双边\t\t\t\n1 (b) 与非附件 2 国家有关的活动\t\t\t",
    "2a": "2. 多边\t\t\t\n2(a) 全球\t\t\t",
    "2b": "2. 多边\t\t\t\n2(b) 区域\t\t\t",
}
TAXONOMIES = {"state": "states", "year": "years", "resolution": "resolutions", "section": "sections", "report": "reports"}
DIGITS = "零一二三四五六七八九"


def chinese(number):
    """A number below 10,000 as the reports print that of a session."""
    words, pending = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit == 0:
            pending = bool(words)
            continue
        words += ("零" if pending else "") + ("" if power == 10 and digit == 1 and not words else DIGITS[digit]) + unit
        pending = False
    return words


def records(texts, number):
    """`number` activities in reports of two hundred; `texts` are (name of a State, its texts), in the order printed."""
    choose = random.Random(42)
    for report in range(-(-number // RECORDS_IN_A_REPORT)):
        size = min(RECORDS_IN_A_REPORT, number - report * RECORDS_IN_A_REPORT)
        session, year = 50 + report, 1995 + report % 30
        in_section = -(-size // len(SECTIONS))
        for index in range(size):
            state, own = texts[index % in_section * len(texts) // in_section]
            cited = [f"{session - 1}/{choose.randint(50, 99)}" for _ in range(choose.randint(0, 2))]
            text = choose.choice(own) + choose.choice(own) + f"（第{report}-{index}号）"
            if cited:
                text += "大会通过了" + "、".join(f"第{symbol}号决议" for symbol in cited) + "。"
            section = list(SECTIONS)[index // in_section]
            yield {"report": report, "session": session, "id": f"{session}-{index}", "state": state, "section": section,
                   "year": year, "text": text, "resolutions": cited, "date": f"{year}年6月-{year + 1}年5月"}


def report_text(rows):
    """A report with a table in columns, as PDF programs give it."""
    session, year = rows[0]["session"], rows[0]["year"]
    lines = [
        f"第{chinese(session)}届会议\n\n暂定项目表* 项目 101\n\n全面禁止核试验条约\n\n秘书长的报告\n\n"
        f"1. 大会在题为“全面禁止核试验条约”的第 {session - 1}/87 号决议第 10 段中，请秘书长编写报告，"
        f"并向大会第{chinese(session)}届会议提出这份报告。\n2. 本报告根据这项要求提出。\n\n附件\n\n"
        f"为使各国普遍加入《全面禁止核试验条约》作出的努力的报告\n\n{year}年6月-{year + 1}年5月\n\n"
        "国家\t日期/期间\t活动和内容\t备注"
    ]
    above = None
    for row in rows:
        if above is None or row["section"] != above["section"]:
            lines.append(SECTIONS[row["section"]])
            above = None
        name = "" if above and above["state"] == row["state"] else row["state"]
        lines.append(f"{name}\t{row['date']}\t{row['text']}\t")
        above = row
    return "\n".join(lines) + "\n"


def write_reports(rows, folder):
    """The reports of `rows` as files, in a folder of their own."""
    folder.mkdir(parents=True)
    by_report = {}
    for row in rows:
        by_report.setdefault(row["report"], []).append(row)
    for group in by_report.values():
        session = group[0]["session"]
        (folder / f"a-{session}-{session + 40}.txt").write_text(report_text(group), encoding="utf-8")


def write_site(rows, repository, folder):
    """A site of the reports of `rows` with this repository's settings and tables."""
    write_reports(rows, folder / "content/reports")
    for name in ("content/reference", "content/pages"):
        shutil.copytree(repository / name, folder / name)
    shutil.copy(repository / "site.toml", folder)


BASE = (
    '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{{ .Title }}</title>'
    '<link rel="stylesheet" href="/style.css"><link rel="canonical" href="{{ .Permalink }}"></head><body><header><nav>'
    '<a href="/">首页</a> <a href="/states/">国家</a> <a href="/years/">年份</a> <a href="/resolutions/">决议</a> '
    '<a href="/sections/">分节</a></nav></header><main>%s</main><footer>非正式版本</footer></body></html>'
)
SINGLE = (
    '<h1>{{ .Title }}</h1><p>{{ .Params.date_printed }}</p>{{ .Content }}<dl>{{ range $kind := slice "states" "years" '
    '"resolutions" "sections" "reports" }}{{ with $.GetTerms $kind }}<dt>{{ $kind }}</dt>{{ range . }}<dd>'
    '<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></dd>{{ end }}{{ end }}{{ end }}</dl>'
)
TERM = (
    '<h1>{{ .Title }}</h1>{{ range .Pages }}<article><h3><a href="{{ .RelPermalink }}">{{ .Title }}</a></h3>'
    "<p>{{ .Params.date_printed }}</p>{{ .Content }}</article>{{ end }}"
)
LIST = '<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>%s</li>{{ end }}</ul>'
HOME = '<h1>{{ .Title }}</h1><ul>{{ range .Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>'


def write_hugo(rows, folder):
    """The same records as content for Hugo, already parsed, for the pages that any generator would make: one for each
    record and key, with lists and the home page."""
    (folder / "content/records").mkdir(parents=True)
    (folder / "layouts").mkdir()
    settings = ['baseURL = "https://example.org/"', 'title = "Archive"', 'languageCode = "zh-Hans"',
                'disableKinds = ["RSS", "sitemap"]', "[taxonomies]"]
    settings += [f'{one} = "{many}"' for one, many in TAXONOMIES.items()]
    settings += ["[pagination]", "pagerSize = 100000000"]
    (folder / "hugo.toml").write_text("\n".join(settings) + "\n", encoding="utf-8")
    bodies = {"single": SINGLE, "term": TERM, "taxonomy": LIST % " {{ len .Pages }}", "section": LIST % "", "home": HOME}
    for name, body in bodies.items():
        (folder / f"layouts/{name}.html").write_text(BASE % body, encoding="utf-8")
    for row in rows:
        terms = {"states": [row["state"]], "years": [str(row["year"]), str(row["year"] + 1)],
                 "resolutions": row["resolutions"], "sections": [row["section"]], "reports": [f"A/{row['session']}"]}
        head = [f'title = "{row["state"]} {row["date"]} {row["id"]}"']
        head += [f"{name} = {json.dumps(values, ensure_ascii=False)}" for name, values in terms.items()]
        head += ["[params]", f'date_printed = "{row["date"]}"']
        text = "+++\n" + "\n".join(head) + "\n+++\n\n" + row["text"] + "\n"
        pathlib.Path(folder / f"content/records/{row['id']}.md").write_text(text, encoding="utf-8")
