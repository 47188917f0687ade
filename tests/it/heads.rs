//! What pages say to those who cite them, on this repository's own site: the section `cite`, the files beside the
//! page, and the head.

#![allow(clippy::unwrap_used)]

use depositary::base::progress::Silent;
use depositary::cite::{Citable, CitableKind, Format, Style, bibliography, cite};
use depositary::{Request, build};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const BASE_URL: &str = "https://example.org/archive/";

/// Id and folder of a record, a report with a symbol, one without, a resolution and a State.
const PAGES: [(&str, &str); 5] = [
    ("a-63-ctbt-1a-fra-2", "records/a-63-ctbt-1a-fra-2"),
    ("a-65-137", "reports/a-65-137"),
    ("a-63-ctbt", "reports/a-63-ctbt"),
    ("A/RES/62/59", "resolutions/a-res-62-59"),
    ("AUT", "states/aut"),
];

fn request() -> Request {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).to_owned();
    Request { root, base_url: Some(BASE_URL.to_owned()), is_strict: false }
}

/// The site, built once for all tests.
fn site() -> &'static Path {
    static SITE: OnceLock<PathBuf> = OnceLock::new();
    SITE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("heads");
        let run = build(&request(), &folder, &Silent).unwrap();
        assert!(run.product.is_some(), "{:#?}", run.diagnostics);
        folder
    })
}

fn file(path: &str) -> String {
    fs::read_to_string(site().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn page(folder: &str) -> String {
    file(&format!("{folder}/index.html"))
}

fn citable(id: &str) -> Citable {
    let run = depositary::cite(&request(), &[id.to_owned()], &Silent);
    run.product.unwrap().remove(0)
}

/// The text of markup.
fn text(markup: &str) -> String {
    let pieces = markup.split('<').enumerate();
    let text: String = pieces
        .map(|(position, piece)| if position == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) })
        .collect();
    let names = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    names.into_iter().fold(text, |text, (name, character)| text.replace(name, character))
}

/// The citations on a page.
fn citations(page: &str) -> Vec<String> {
    page.split("class=citation").skip(1).chain(page.split("class=\"citation\"").skip(1)).map(citation).collect()
}

fn citation(rest: &str) -> String {
    let inside = rest.split_once('>').unwrap().1;
    // What is inside may have spans of its own; the citation is all there is in its cell.
    text(inside.split("</span></d").next().unwrap())
}

/// The others are in scripts.
#[test]
fn the_page_has_the_usual_citation_of_its_language() {
    for (id, folder) in PAGES {
        for (prefix, language, usual) in [("", "zh", "gbt7714"), ("en/", "en", "chicago-bibliography")] {
            let expected = cite(&citable(id).opening(language), Style::find(usual).unwrap(), None).to_string();
            assert_eq!(citations(&page(&format!("{prefix}{folder}"))), [expected], "{folder}");
        }
    }
}

/// The text in pieces that `citations` has of an item.
fn assembled(citations: &serde_json::Value, item: &serde_json::Value, text: &serde_json::Value) -> String {
    let piece = |number: &serde_json::Value| {
        let number = number.as_i64().unwrap();
        let piece = match usize::try_from(number) {
            Ok(number) => &citations["shared"][number],
            Err(_) => &item["own"][usize::try_from(-number - 1).unwrap()],
        };
        piece.as_str().or(piece["italic"].as_str()).unwrap_or_default().to_owned()
    };
    text.as_array().unwrap().iter().map(piece).collect()
}

#[test]
fn scripts_have_every_citation_as_the_command_gives_it() {
    let pages = [
        ("records/a-65-137-jpn-5", "reports/a-65-137", 60),
        ("reports/a-63-ctbt", "reports/a-63-ctbt", 80),
        ("resolutions/a-res-62-59", "resolutions/a-res-62", 1),
        ("resolutions/s-res-1887-2009", "resolutions/s-res", 2),
        ("states/aut", "states/aut", 1),
    ];
    for (folder, script, n_items) in pages {
        for (prefix, language, up) in [("", "zh", "../../"), ("en/", "en", "../../../")] {
            let script = format!("data/cite/{prefix}{script}.js");
            let page = page(&format!("{prefix}{folder}"));
            let key = folder.split('/').next_back().unwrap();
            let named = [format!("data-key=\"{key}\""), format!("data-script=\"{up}{script}\"")];
            assert!(named.iter().all(|attribute| page.contains(attribute)), "{folder}: {named:?}");
            let n_found = check_script(&file(&script), language);
            assert!(n_found >= n_items, "{script}: {n_found}");
        }
    }
}

/// Compares a script with what the command gives of each of its items, and counts these.
fn check_script(script: &str, language: &str) -> usize {
    let citations = script.strip_prefix("window.citations = ").unwrap().strip_suffix(";\n").unwrap();
    let citations: serde_json::Value = serde_json::from_str(citations).unwrap();
    let keys: Vec<&str> =
        citations["styles"].as_array().unwrap().iter().filter_map(|style| style[0].as_str()).collect();
    assert_eq!(keys, Style::all().map(Style::key).collect::<Vec<_>>());
    let items = citations["items"].as_object().unwrap();
    let ids: Vec<String> = items.keys().cloned().collect();
    let citables = depositary::cite(&request(), &ids, &Silent).product.unwrap();
    assert_eq!(citables.len(), items.len());
    for ((id, item), citable) in items.iter().zip(citables) {
        let citable = citable.opening(language);
        let cited = Style::all().map(|style| cite(&citable, style, None).to_string());
        let entry = |format| bibliography(std::slice::from_ref(&citable), format, Some(language));
        let expected: Vec<String> = cited.chain(Format::ALL.into_iter().map(entry)).collect();
        let form = &citations["forms"][usize::try_from(item["form"].as_u64().unwrap()).unwrap()];
        let texts = form.as_array().unwrap().iter();
        assert_eq!(texts.map(|text| assembled(&citations, item, text)).collect::<Vec<_>>(), expected, "{id}");
    }
    items.len()
}

/// The keys of the entries of a BibTeX file.
fn keys(bibtex: &str) -> Vec<&str> {
    bibtex.lines().filter_map(|line| line.strip_prefix('@')?.split(['{', ',']).nth(1)).collect()
}

/// A list for a State, a report or the archive: named by its page, whole, and named with its hash.
#[test]
fn lists_for_reference_managers_stand_among_the_data() {
    let records = file("data/records.ndjson");
    let ids = |part: &str| -> Vec<String> {
        let records = records.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let own = records.filter(|record| record.to_string().contains(part));
        own.map(|record| record["id"].as_str().unwrap().to_owned()).collect()
    };
    let lists = [
        ("states/aut", "aut", CitableKind::State, ids("\"state\":\"AUT\"")),
        ("reports/a-65-137", "a-65-137", CitableKind::Report, ids("\"report\":\"a-65-137\"")),
    ];
    for (folder, key, kind, ids) in lists {
        let list = file(&format!("data/cite/{folder}.ris"));
        let mut found: Vec<&str> = list.lines().filter_map(|line| line.strip_prefix("ID  - ")).collect();
        assert_eq!(found.remove(0), key);
        assert!(!ids.is_empty() && found == ids, "{folder}");
        for format in kind.list_formats() {
            for (prefix, up) in [("", "../../"), ("en/", "../../../")] {
                let name = format!("data/cite/{prefix}{folder}.{}", format.extension());
                assert!(file("data/SHA256SUMS").contains(name.strip_prefix("data/").unwrap()), "{name}");
                assert!(page(&format!("{prefix}{folder}")).contains(&format!("{up}{name}")), "{name}");
            }
        }
    }
    assert!(["bib", "ris"].iter().all(|ending| page("data").contains(&format!("data/cite/archive.{ending}"))));
    let all = file("data/cite/archive.bib");
    let all = keys(&all);
    assert!(ids("").iter().all(|id| all.contains(&id.as_str())));
    assert!(["a-63-ctbt", "a-res-62-59", "aut"].iter().all(|key| all.contains(key)));
    let mut once = all.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), all.len());
}

#[test]
fn a_chinese_title_on_an_english_page_says_so_and_stands_upright() {
    let page = page("en/reports/a-65-137");
    let citation = page.split("class=citation").nth(1).unwrap().split("</dd>").next().unwrap();
    assert!(citation.contains("<span lang=\"zh-Hans\">依照大会第64/37号") && !citation.contains("<i>"), "{citation}");
}

/// A selector that stands alone finds the words again: by counting characters, and by the words around them.
#[test]
fn selectors_find_the_words_of_every_record() {
    let root = request().root;
    let mut n_targets = 0;
    for line in file("data/records.ndjson").lines() {
        let contract: serde_json::Value = serde_json::from_str(line).unwrap();
        let id = contract["id"].as_str().unwrap();
        let record: serde_json::Value = serde_json::from_str(&file(&format!("records/{id}/record.json"))).unwrap();
        assert_eq!((&record["text"], &record["source"]), (&contract["text"], &contract["source"]), "{id}");
        assert_eq!(record["citation"]["id"], id);
        let source = fs::read_to_string(root.join(contract["source"]["path"].as_str().unwrap()));
        let Ok(source) = source else { continue };
        for target in record["target"].as_array().unwrap() {
            n_targets += 1;
            check_target(target, &source, id);
        }
    }
    assert!(n_targets > 400, "{n_targets}");
}

fn check_target(target: &serde_json::Value, source: &str, id: &str) {
    let (position, quote) = (&target["selector"][0], &target["selector"][1]);
    assert_eq!((&position["type"], &quote["type"]), (&"TextPositionSelector".into(), &"TextQuoteSelector".into()));
    let number = |name: &str| usize::try_from(position[name].as_u64().unwrap()).unwrap();
    let (start, end) = (number("start"), number("end"));
    let found: String = source.chars().skip(start).take(end - start).collect();
    let word = |name: &str| quote[name].as_str().unwrap();
    assert_eq!(found, word("exact"), "{id}");
    assert!(source.contains(&[word("prefix"), word("exact"), word("suffix")].concat()), "{id}");
}

/// The values of an attribute-like `name="…"` or `name=…` in a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}="))?;
    let value = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split([' ', '>']).next(),
    };
    value.map(text)
}

fn tags(page: &str, element: &str) -> Vec<String> {
    let head = page.split("</head>").next().unwrap();
    let start = format!("<{element} ");
    let tags = head.split(&start).skip(1);
    tags.map(|rest| format!(" {}>", rest.split('>').next().unwrap())).collect()
}

/// What the `<meta>` called `name` says, each time it is there.
fn meta(page: &str, name: &str) -> Vec<String> {
    let named = tags(page, "meta").into_iter().filter(|tag| attribute(tag, "name").as_deref() == Some(name));
    named.map(|tag| attribute(&tag, "content").unwrap()).collect()
}

/// Where the links of a relation lead.
fn links(page: &str, relation: &str) -> Vec<String> {
    let related = tags(page, "link").into_iter().filter(|tag| attribute(tag, "rel").as_deref() == Some(relation));
    related.map(|tag| attribute(&tag, "href").unwrap()).collect()
}

fn graph(page: &str) -> Vec<serde_json::Value> {
    let mut blocks = page.split("<script type=\"application/ld+json\">").skip(1);
    let block = blocks.next().unwrap().split("</script>").next().unwrap();
    assert!(blocks.next().is_none() && !block.contains('<'));
    let data: serde_json::Value = serde_json::from_str(block).unwrap();
    assert_eq!(data["@context"], "https://schema.org");
    data["@graph"].as_array().unwrap().clone()
}

#[test]
fn highwire_tags_make_a_report_with_one_undivided_author() {
    for (id, folder) in PAGES {
        let citable = citable(id);
        for (prefix, language) in [("", "zh"), ("en/", "en")] {
            let page = page(&format!("{prefix}{folder}"));
            let author = citable.author.in_language(language);
            assert!(!author.is_empty() && !author.contains(','), "{author}");
            assert_eq!(meta(&page, "citation_author"), [format!("{author},")], "{folder}");
            assert_eq!(meta(&page, "citation_title"), [citable.title_in_list(language)], "{folder}");
            assert_eq!(meta(&page, "citation_language").len(), 1, "{folder}");
            assert!(!page.contains("citation_journal_title"), "{folder}");
        }
    }
    let institution = |folder: &str| meta(&page(folder), "citation_technical_report_institution");
    assert_eq!(institution("en/reports/a-65-137"), ["Disarmament Reports Archive"]);
    assert_eq!(institution("records/a-63-ctbt-1a-fra-2"), ["裁军报告档案"]);
    assert!(institution("states/aut").is_empty());
    assert_eq!(meta(&page("states/aut"), "z:itemType"), ["webpage"]);
}

#[test]
fn numbers_and_dates_are_told_only_where_they_are_known() {
    for (id, folder) in PAGES {
        let (citable, page) = (citable(id), page(folder));
        let number: Vec<String> = citable.symbol.iter().cloned().collect();
        assert_eq!(meta(&page, "citation_technical_report_number"), number, "{folder}");
        let date: Vec<String> = citable.issued().iter().map(|moment| moment.to_edtf().replace('-', "/")).collect();
        assert_eq!(meta(&page, "citation_publication_date"), date, "{folder}");
    }
    assert_eq!(meta(&page("reports/a-65-137"), "citation_technical_report_number"), ["A/65/137"]);
    assert!(meta(&page("reports/a-63-ctbt"), "citation_technical_report_number").is_empty());
    assert!(meta(&page("records/a-63-ctbt-1a-fra-2"), "citation_technical_report_number").is_empty());
    assert_eq!(meta(&page("resolutions/a-res-62-59"), "citation_publication_date").len(), 1);
}

#[test]
fn structured_data_tell_kind_and_place() {
    let kinds = ["Report", "Report", "Legislation", "WebPage"];
    for ((id, folder), kind) in PAGES.into_iter().skip(1).zip(kinds) {
        let graph = graph(&page(folder));
        let (itself, trail) = (&graph[0], &graph[1]);
        assert_eq!((&itself["@type"], &itself["@id"]), (&kind.into(), &citable(id).url.into()), "{folder}");
        assert_eq!(trail["@type"], "BreadcrumbList", "{folder}");
        let steps = trail["itemListElement"].as_array().unwrap();
        assert!(steps.len() > 2, "{folder}");
        assert_eq!(steps[0]["item"], BASE_URL);
        assert_eq!(steps[steps.len() - 1]["item"], format!("{BASE_URL}{folder}/"));
    }
    // Nothing that search engines show comes of it on the many pages of records.
    assert!(!page("records/a-63-ctbt-1a-fra-2").contains("ld+json"));
    assert_eq!(graph(&page("resolutions/a-res-62-59"))[0]["legislationIdentifier"], "A/RES/62/59");
}

#[test]
fn signposts_lead_to_address_data_and_parts() {
    for (id, folder) in PAGES {
        for prefix in ["", "en/"] {
            let page = page(&format!("{prefix}{folder}"));
            assert_eq!(links(&page, "cite-as"), [citable(id).url.unwrap()], "{folder}");
            assert_eq!(links(&page, "canonical"), [format!("{BASE_URL}{prefix}{folder}/")], "{folder}");
            let alternates = links(&page, "alternate");
            let (feeds, pages): (Vec<_>, Vec<_>) = alternates.iter().partition(|link| link.ends_with("feed.xml"));
            // States and resolutions have a feed of their own besides that of the archive.
            let expected = match citable(id).kind {
                CitableKind::Record => (0, 0),
                CitableKind::State | CitableKind::Resolution => (2, 2),
                CitableKind::Report | CitableKind::Archive => (1, 2),
            };
            assert_eq!((feeds.len(), pages.len()), expected, "{folder}");
            let switch = page.split("class=languages").nth(1).unwrap().split("</nav>").next().unwrap();
            assert!(switch.contains("rel=alternate") && switch.contains("hreflang"), "{folder}: {switch}");
            assert_eq!(links(&page, "type").len(), 1, "{folder}");
            let files = match citable(id).kind {
                CitableKind::Record => 1,
                CitableKind::Report => 2,
                CitableKind::State => 1,
                CitableKind::Resolution | CitableKind::Archive => 0,
            };
            assert_eq!(links(&page, "describedby").len(), files, "{folder}");
        }
    }
    let record = page("en/records/a-63-ctbt-1a-fra-2");
    assert_eq!(links(&record, "collection"), ["../../reports/a-63-ctbt/index.html"]);
    assert_eq!(links(&record, "license"), ["https://docs.un.org/en/ST/AI/189/Add.9/Rev.2"]);
    assert_eq!(links(&record, "author"), ["https://www.un.org/"]);
    let items = links(&page("reports/a-63-ctbt"), "item");
    assert!(items.contains(&"../../records/a-63-ctbt-1a-fra-2/index.html".to_owned()));
}

/// The page of corrections has each one of the archive, as printed and as corrected, and every page leads there.
#[test]
fn every_correction_is_listed() {
    let records = file("data/records.ndjson");
    let records: Vec<serde_json::Value> = records.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for prefix in ["", "en/"] {
        let page = page(&format!("{prefix}corrections"));
        let mut n_corrections = 0;
        for record in &records {
            let own = record["corrections"].as_array().unwrap().len();
            let id = record["id"].as_str().unwrap();
            assert_eq!(page.matches(&format!("records/{id}/index.html")).count(), own, "{id}");
            n_corrections += own;
        }
        assert!(n_corrections > 0);
        assert_eq!(page.matches("<ins>").count(), n_corrections);
        assert!(self::page(&format!("{prefix}states/aut")).contains("../../corrections/index.html"));
    }
}

/// The pages below a folder, by path.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found = entries.flat_map(|path| if path.is_dir() { pages(&path) } else { vec![path] });
    found.filter(|path| path.extension().is_some_and(|ending| ending == "html")).collect()
}

/// The context objects on a page.
fn context_objects(page: &str) -> Vec<String> {
    let spans = page.split("<span").skip(1).map(|rest| rest.split('>').next().unwrap());
    let spans = spans.filter(|tag| attribute(tag, "class").as_deref() == Some("Z3988"));
    spans.map(|tag| attribute(tag, "title").unwrap()).collect()
}

/// Reference managers take the context objects of a page before its tags, so that no page has both.
#[test]
fn only_lists_have_context_objects() {
    for path in pages(site()) {
        let page = fs::read_to_string(&path).unwrap();
        let is_cited = page.contains("citation_title");
        assert!(!is_cited || !page.contains("Z3988"), "{}", path.display());
    }
    let n_reports = file("data/reports.csv").lines().count() - 1;
    assert_eq!(context_objects(&page("reports")).len(), n_reports);
    assert!(context_objects(&page("states")).is_empty());
    let resolutions = context_objects(&page("en/resolutions"));
    let known = resolutions.iter().find(|object| object.ends_with("resolutions%2Fa-res-62-59%2F")).unwrap();
    assert!(known.contains("rft.aucorp=United%20Nations%20General%20Assembly&"), "{known}");
    for object in context_objects(&page("reports")).into_iter().chain(resolutions) {
        assert!(object.starts_with("ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook"));
        assert_eq!(object.matches("rft.aucorp=").count(), 1, "{object}");
        assert!(!object.contains("rft.au=") && !object.contains("rft.aulast="), "{object}");
    }
    // There are many records, which the lists of reports and States for reference managers have.
    assert!(context_objects(&page("years/2009")).is_empty());
}

/// Lists and editorial pages are not documents.
#[test]
fn other_pages_say_nothing_to_cite() {
    for folder in ["states", "about", "reports/a-63-ctbt/source"] {
        let page = page(folder);
        assert!(!page.contains("citation_") && !page.contains("ld+json") && !page.contains("cite-as"), "{folder}");
    }
}

/// Every page can be shown as a card by what previews a link, and the picture is there.
#[test]
fn every_page_says_what_a_preview_shows() {
    let pages = walkdir::WalkDir::new(site()).into_iter().map(|entry| entry.unwrap().into_path());
    let pages = pages.filter(|path| path.extension().is_some_and(|extension| extension == "html"));
    let mut n_pages = 0;
    for path in pages {
        n_pages += 1;
        let page = fs::read_to_string(&path).unwrap();
        let head = page.split("</head>").next().unwrap();
        // Of a record, whose pages are most of the archive, previews show the title and description of the page.
        let folder = path.parent().and_then(Path::parent).and_then(Path::file_name);
        let is_record = head.contains("https://schema.org/CreativeWork") && folder == Some("records".as_ref());
        for property in ["og:site_name", "og:title", "og:description", "og:image"] {
            let times = head.replace('"', "").matches(&format!("property={property}")).count();
            let is_left_out = is_record && property != "og:description";
            assert_eq!(times, usize::from(!is_left_out), "{}: {property}", path.display());
        }
        assert_eq!(head.contains(&format!("{BASE_URL}card.png")), !is_record, "{}", path.display());
        let size = head
            .split("<meta")
            .filter_map(|tag| tag.split('>').next())
            .filter(|tag| tag.contains("og:"))
            .map(str::len)
            .sum::<usize>();
        assert!(size < 1_200, "{}: {size} bytes", path.display());
    }
    assert!(n_pages > 1_000);
    assert!(fs::read(site().join("card.png")).unwrap().starts_with(b"\x89PNG"));
}

/// The archive is cited as a whole on the pages that stand for it, in the words of the command.
#[test]
fn the_archive_itself_can_be_cited() {
    for (prefix, language, usual) in [("", "zh", "gbt7714"), ("en/", "en", "chicago-bibliography")] {
        let archive = citable("archive").opening(language);
        let expected = cite(&archive, Style::find(usual).unwrap(), None).to_string();
        for page in ["index.html", "data/index.html"] {
            let text = file(&format!("{prefix}{page}"));
            assert!(citations(&text).contains(&expected), "{page}: {expected}");
            assert_eq!(meta(&text, "citation_title").len(), 1, "{page}");
            assert!(text.replace('"', "").contains("rel=cite-as"), "{page}");
            assert!(text.contains(&format!("data/cite/{prefix}archive/archive.js")), "{page}");
        }
        assert!(file(&format!("data/cite/{prefix}archive/archive.js")).contains("[Data set]"));
    }
}
