//! The pages of this repository's own site: that they are there, say what they must, and hold nothing they must not.

#![allow(clippy::unwrap_used)]

use crate::built::Built;
use crate::folder::{copy_site, repository};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::OnceLock;
use tempfile::TempDir;

impl Built {
    fn page(&self, path: &str) -> String {
        fs::read_to_string(self.path(path).join("index.html")).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn folders(&self, path: &str) -> BTreeSet<String> {
        let entries = fs::read_dir(self.path(path)).unwrap().map(|entry| entry.unwrap());
        let folders = entries.filter(|entry| entry.file_type().unwrap().is_dir());
        folders.map(|entry| entry.file_name().into_string().unwrap()).collect()
    }
}

/// This repository's site, built once for the tests that only read it.
fn site() -> &'static Built {
    static SITE: OnceLock<Built> = OnceLock::new();
    SITE.get_or_init(|| Built::new(repository(), None))
}

/// What a reader sees of a piece of a page.
fn words(markup: &str) -> String {
    markup.split('<').flat_map(|piece| piece.split_once('>')).map(|(_, text)| text).collect()
}

/// The row of a list that leads to the page in `folder`.
fn row(list: &str, folder: &str) -> String {
    let rows = list.split("<li").flat_map(|part| part.split("<tr"));
    let rows = rows.filter(|row| row.contains(&format!("/{folder}/index.html")));
    words(rows.last().unwrap_or_else(|| panic!("no row for {folder}")))
}

#[test]
fn every_kind_of_page_is_there_in_both_languages() {
    let site = Built::new(repository(), None);
    for language in ["", "en/"] {
        let lists = ["reports", "states", "years", "periods", "resolutions", "documents", "meetings", "sections"];
        for page in lists.into_iter().chain([
            "annex-2",
            "about",
            "method",
            "how-to-cite",
            "permanence",
            "compare",
            "search",
            ".",
        ]) {
            assert!(site.page(&format!("{language}{page}")).starts_with("<!doctype html>"), "{language}{page}");
        }
        assert_eq!(site.folders(&format!("{language}states")).len(), 197);
    }
    assert!(site.path("404.html").is_file());
    every_record_can_be_found(&site);
    no_page_reaches_out(&site);
}

/// A record has its page, an anchor in its report's edition, and a piece of the source that leads to it.
fn every_record_can_be_found(site: &Built) {
    let pages = site.folders("records");
    for report in site.folders("reports") {
        let (edition, source) =
            (site.page(&format!("reports/{report}")), site.page(&format!("reports/{report}/source")));
        for record in site.records().iter().filter(|record| record["report"] == *report) {
            let id = record["id"].as_str().unwrap();
            assert!(pages.contains(id), "{id}");
            assert!(edition.contains(&format!("id=\"{id}\"")), "{id}");
            assert!(source.contains(&format!("records/{id}/index.html")), "{id}");
        }
    }
}

/// Nothing is loaded from elsewhere, and nothing absolute is written while the site's address is unknown.
fn no_page_reaches_out(site: &Built) {
    for page in ["", "states/jpn", "reports/a-63-ctbt", "resolutions/a-res-62-59"] {
        let page = site.page(page);
        assert!(!page.contains("src=http") && !page.contains("src=\"http"));
        assert!(!page.contains("canonical") && !page.contains("integrity"));
    }
}

#[test]
fn what_is_not_printed_says_so_in_words() {
    let site = Built::new(repository(), None);
    let labels = [
        ("state_basis", "inferred", "国家系推定"),
        ("state_basis", "corrected", "已校订"),
        ("date_basis", "missing", "未注明日期"),
        ("date_basis", "partial", "日期不全"),
        ("date_basis", "typo", "日期疑误"),
    ];
    for (field, value, words) in labels {
        let records = site.records();
        let record = records.iter().find(|record| record[field] == value).unwrap();
        let page = site.page(&format!("records/{}", record["id"].as_str().unwrap()));
        assert!(page.contains(words), "{value}: {}", record["id"]);
    }
    assert!(site.page("reports/a-63-ctbt").contains("源文件未印文号"));
    assert!(site.page("en/reports/a-63-ctbt").contains("symbol not printed in the source"));
}

/// A resolution that texts cite by a shorter symbol than the table's has one page, which gives both.
#[test]
fn one_resolution_has_one_page() {
    let site = Built::new(repository(), None);
    assert!(!site.page("resolutions").contains("ag-res-2533-xl-o-10"));
    let page = site.page("resolutions/ag-res-2533");
    assert!(page.contains("AG/RES.2533(XL-O/10)"), "{page}");
    assert!(page.contains("../../records/"), "{page}");
}

/// The contract gives a rule's reason in plain English, each page in its own language.
#[test]
fn reasons_of_rules_are_in_the_language_of_the_page() {
    let site = Built::new(repository(), None);
    let is_moved = |record: &&serde_json::Value| record["state_basis"] == "corrected";
    let records = site.records();
    let record = records.iter().find(is_moved).unwrap();
    assert!(record["corrections"][0]["why"].as_str().unwrap().starts_with("the name is printed one row too high"));
    let id = record["id"].as_str().unwrap();
    assert!(site.page(&format!("records/{id}")).contains("国名印高了一行"));
    assert!(site.page(&format!("en/records/{id}")).contains("The name is printed one row too high"));
}

/// What only a footnote or the front matter names is linked, and has a page that leads back.
#[test]
fn front_matter_and_footnotes_are_linked_both_ways() {
    let site = Built::new(repository(), None);
    let edition = site.page("reports/a-63-ctbt");
    assert!(edition.contains("../../documents/a-63-50/index.html"));
    assert!(edition.contains("id=\"para_1\"") && edition.contains("id=\"fn-u2a\""));
    assert!(site.page("documents/a-63-50").contains("../../reports/a-63-ctbt/index.html#fn-u2a"));
    assert!(site.page("resolutions/a-res-62-59").contains("../../reports/a-63-ctbt/index.html#para_1"));
    let footnote = site.page("records/a-63-ctbt-1a-fra-2");
    assert!(footnote.split("<aside").nth(1).is_some_and(|note| note.contains("../../states/col/index.html")));
}

#[test]
fn an_address_gives_canonical_links_and_languages() {
    let site = Built::new(repository(), Some("https://example.org/archive/"));
    let page = site.page("en/states/jpn");
    assert!(page.contains("https://example.org/archive/en/states/jpn/"), "{page}");
    assert!(page.contains("hreflang=\"zh-Hans\""));
    let lost = fs::read_to_string(site.path("404.html")).unwrap();
    assert!(lost.contains("https://example.org/archive/site.css"));
    assert!(lost.contains("页面不存在") && lost.contains("Page not found"), "{lost}");
    assert!(lost.contains("https://example.org/archive/en/index.html"), "{lost}");
    assert!(!lost.contains("href=\"../") && !lost.contains("href=../"), "{lost}");
}

#[test]
fn text_of_a_report_is_never_markup() {
    let root = TempDir::new().unwrap();
    copy_site(root.path(), &["content/reference"]);
    let hostile = "一. 导言\n\n1. 本报告是依照大会要求提出的，其中写有<b>与&，还有{{ m.nav.home }}和[某](javascript:y)，大会请秘书长提出报告。\n\n2. 第二段说明各国为此作出的努力。\n";
    fs::write(root.path().join("content/reports/hostile.txt"), hostile).unwrap();
    let site = Built::new(root.path(), None);
    let page = site.page("reports/hostile");
    assert!(!page.contains("<b>") && page.contains("&lt;b&gt;"), "{page}");
    assert!(page.contains("m.nav.home") && page.contains("[某](javascript:y)"), "{page}");
}

/// Where each of `names` stands in `page`, in this order.
fn assert_in_order(page: &str, names: &[&str]) {
    let places: Vec<Option<usize>> = names.iter().map(|name| page.find(&format!(">{name}<"))).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{names:?}: {places:?}");
}

#[test]
fn states_are_in_the_alphabetical_order_of_the_page() {
    let english = ["Afghanistan", "Côte d&#39;Ivoire", "Croatia", "Switzerland", "Thailand", "United Arab Emirates"];
    let chinese = ["阿尔巴尼亚", "澳大利亚", "加拿大", "日本", "瑞士", "中国"];
    let in_favour = |page: String| page.rsplit("class=votes").next().unwrap().to_owned();
    assert_in_order(&in_favour(site().page("en/resolutions/a-res-62-59")), &english);
    assert_in_order(&in_favour(site().page("resolutions/a-res-62-59")), &chinese);
    // In the list those with records stand before the others.
    let with_records = |page: String| page.split("<tbody>").find(|rows| rows.contains("/jpn/")).unwrap().to_owned();
    let rows = |page: String| with_records(page.split_once("class=directory").unwrap().1.to_owned());
    assert_in_order(
        &rows(site().page("en/states")),
        &["Australia", "Austria", "Croatia", "Cuba", "Japan", "Switzerland"],
    );
    assert_in_order(&rows(site().page("states")), &["澳大利亚", "保加利亚", "加拿大", "日本", "瑞士", "西班牙"]);
}

#[test]
fn a_document_that_the_archive_holds_has_its_title_and_date() {
    for (language, title, unknown) in [("en/", "disarmament", "unknown"), ("", "裁军", "不详")] {
        let page = site().page(&format!("{language}documents/a-65-137"));
        let entries = words(page.split("<dl").nth(1).unwrap().split("</dl>").next().unwrap());
        assert!(!entries.contains(unknown), "{entries}");
        let list = site().page(&format!("{language}documents"));
        assert!(
            row(&list, "a-65-137").len() > "A/65/137 cited by 0 records".len() + title.len(),
            "{}",
            row(&list, "a-65-137")
        );
    }
}

/// A title that is in another language than the page, and one that nobody has seen, say so.
#[test]
fn resolutions_have_the_titles_that_are_known() {
    let (english, chinese) = (site().page("en/resolutions"), site().page("resolutions"));
    for symbol in ["s-res-1718-2006", "s-res-1874-2009", "s-res-1887-2009"] {
        assert!(row(&english, symbol).to_lowercase().contains("non-proliferation"), "{}", row(&english, symbol));
    }
    assert!(row(&english, "s-res-1695-2006").contains("title not seen in a source"));
    assert!(row(&chinese, "s-res-1695-2006").contains("标题未见于来源"));
    assert!(row(&chinese, "s-res-1737-2006").contains("英文"), "{}", row(&chinese, "s-res-1737-2006"));
}

#[test]
fn a_nuclear_test_is_no_meeting() {
    for language in ["", "en/"] {
        let list = site().page(&format!("{language}meetings"));
        for id in ["dprk-test-2006", "dprk-test-2009", "ctbt-adoption", "ctbt-opened"] {
            assert!(!list.contains(id), "{id}");
            assert!(!site().text("data/meetings.csv").contains(id), "{id}");
            // Its address was published.
            let kept = site().page(&format!("{language}meetings/{id}"));
            assert!(kept.contains(if language.is_empty() { "不是会议" } else { "no meeting" }), "{id}");
            assert!(kept.contains(if id.starts_with("dprk") { "/years/200" } else { "/years/1996/" }), "{id}");
        }
    }
    assert!(site().page("en/years/2009").contains("Nuclear test conducted by the DPRK"));
    // No record is of that year.
    assert!(site().page("en/years/1996").contains("CTBT opened for signature"));
}

/// What was misprinted has its corrected value in the data and on every page; what is printed stands beside it.
#[test]
fn a_corrected_date_is_the_date() {
    let records = site().records();
    let record = records.iter().find(|record| record["id"] == "a-66-ctbt-1b-fra-1").unwrap();
    assert_eq!(record["date_edtf"], "2010-06/");
    assert_eq!(record["done_edtf"], "2010-06/");
    assert_eq!(record["date_printed"], "2100年6月至");
    let page = site().page("en/records/a-66-ctbt-1b-fra-1");
    let title = page.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
    assert!(!title.contains("2100"), "{title}");
    let date = page.split("<dt>Date</dt>").nth(1).unwrap().split("</div>").next().unwrap();
    assert!(words(date).starts_with("from June 2010") && date.contains("2100年6月"), "{date}");
    assert!(site().page("en/years/2010").contains("id=\"a-66-ctbt-1b-fra-1\""));
    let label = site().page("en/corrections");
    let label = label.split("a-66-ctbt-1b-fra-1/index.html").nth(1).unwrap().split("</th>").next().unwrap();
    assert!(label.contains("June 2010") && !label.contains("2100"), "{label}");
}

/// A record without a date stands under the years of its report's period, and says why.
#[test]
fn a_record_without_a_date_is_kept_in_the_years_of_its_report() {
    let records = site().records();
    let undated = records.iter().filter(|record| record["report"] == "a-66-ctbt" && record["done_edtf"].is_null());
    let undated: Vec<&str> = undated.map(|record| record["id"].as_str().unwrap()).collect();
    assert!(undated.len() > 50, "{}", undated.len());
    for year in ["2010", "2011"] {
        let page = site().page(&format!("en/years/{year}"));
        for id in &undated {
            let card = page.split("<article").find(|card| card.contains(&format!("records/{id}/index.html")));
            let card = card.unwrap_or_else(|| panic!("{id} is not in {year}"));
            assert!(card.contains("no date given; reported for June 2010 to May 2011"), "{card}");
        }
        let count = format!("{} without a date, in reports that cover it", undated.len());
        assert!(page.contains(&count) && row(&site().page("en/years"), year).contains(&count), "{year}");
    }
}

/// To name a State is not to urge it: the page counts names and says so.
#[test]
fn the_annex_page_counts_who_names_whom() {
    let page = site().page("en/annex-2");
    assert!(!page.to_lowercase().contains("urged whom") && page.contains("Who mentions whom"));
    let records = site().records();
    for (code, slug) in [("CHN", "chn"), ("IDN", "idn"), ("USA", "usa")] {
        let names = |record: &&serde_json::Value| {
            record["section"] == "1a" && record["mentions"].as_array().unwrap().iter().any(|state| state == code)
        };
        let number = records.iter().filter(names).count();
        let group = page.split(&format!("id=\"{slug}\"")).nth(1).unwrap();
        let group = group.split("</section>").next().unwrap();
        assert_eq!(group.matches("data-facets=").count(), number, "{code}");
        assert!(words(group).contains(&format!("mentioned {number} time")), "{code}: {}", words(group));
    }
}

/// Whoever receives a visitor holds no meeting.
#[test]
fn a_visit_received_is_no_meeting_held() {
    let page = site().page("records/a-63-ctbt-1a-aus-2");
    assert!(page.contains("接待来访") && !page.contains("举办会议") && !page.contains("承办"));
    assert!(site().page("en/records/a-63-ctbt-1a-aus-2").contains("received a visitor"));
    assert!(site().text("data/facts.csv").contains("a-63-ctbt-1a-aus-2,received,AUS"));
}

/// Who voted against stands above all else, and in the grid of the series each State that ever did not vote in favour.
#[test]
fn a_resolution_answers_first() {
    let page = site().page("en/resolutions/a-res-62-59");
    let text = words(&page);
    let answer = "176–1–4 Against: United States of America. \
                  Abstaining: Colombia, India, Mauritius, Syrian Arab Republic.";
    let (above, _) = text.split_once(answer).unwrap_or_else(|| panic!("{text}"));
    assert!(!above.contains("Adopted"), "{above}");
    let grid = page.split_once("<table class=dissent>").unwrap().1.split_once("</table>").unwrap().0;
    let cells =
        |row: &str| row.split("</t").map(words).filter(|cell| !cell.trim().is_empty()).collect::<Vec<_>>().join("|");
    let rows: Vec<String> = grid.split("<tr>").skip(2).map(cells).collect();
    assert_eq!(rows.len(), 6, "{rows:?}");
    assert!(rows[0].starts_with("Democratic People") && rows[0].ends_with("|Against|Against|Against"), "{rows:?}");
    assert_eq!(rows[1], "United States of America|Against|Against|Against|In favour|In favour|In favour");
    assert_eq!(rows[5], "Colombia|Abstaining|Abstaining|In favour|In favour|In favour|In favour");
}

/// A record's heading says what it tells, in the language of the page, and so does its title.
#[test]
fn a_record_is_headed_by_what_it_tells() {
    let expected = [
        (
            "en/",
            "Japan urged China, Iran (Islamic Republic of) and Pakistan to sign or ratify",
            "November 2008 to April 2009",
        ),
        ("", "日本敦促中国、伊朗伊斯兰共和国和巴基斯坦签署或批准", "2008年11月至2009年4月"),
    ];
    for (language, gist, date) in expected {
        let page = site().page(&format!("{language}records/a-64-ctbt-1a-jpn-1"));
        assert!(page.contains(&format!("<title>{gist} · {date} · ")), "{page}");
        assert!(page.contains(&format!("<h1>{gist} <small>· {date}</small></h1>")), "{page}");
    }
    // No rule tells what a paragraph without a State says: its first words head it.
    let page = words(&site().page("en/records/a-65-137-5"));
    assert!(!page.contains("Heading made by rule") && page.contains("The past year"), "{page}");
}

/// What pages say and do not say: `tests/pages/expected.toml`, by page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    says: Vec<String>,
    #[serde(default)]
    lacks: Vec<String>,
}

#[test]
fn pages_say_what_readers_look_for() {
    let expected = fs::read_to_string(repository().join("tests/pages/expected.toml")).unwrap();
    let expected: BTreeMap<String, Expected> = toml::from_str(&expected).unwrap();
    for (path, Expected { says, lacks }) in expected {
        let page = words(&site().page(&path)).split_whitespace().collect::<Vec<_>>().join(" ");
        says.iter().for_each(|piece| assert!(page.contains(piece), "{path} lacks “{piece}”: {page}"));
        lacks.iter().for_each(|piece| assert!(!page.contains(piece), "{path} has “{piece}”: {page}"));
    }
}

/// An edition says once that its translations are unofficial, not under each line.
#[test]
fn an_edition_says_once_that_its_translations_are_unofficial() {
    let page = site().page("en/reports/a-64-ctbt");
    assert!(page.matches("class=\"translation\"").count() > 100);
    assert_eq!(words(&page).to_lowercase().matches("unofficial").count(), 2, "of the translations, and in the foot");
    assert!(words(&site().page("en/records/a-64-ctbt-1a-jpn-1")).contains("Unofficial translation"));
}

/// All style sheets that a page loads are small together.
#[test]
fn no_page_loads_much_style() {
    const MOST: u64 = 30_000;
    let pages = ["", "en/states", "en/states/jpn", "en/resolutions/a-res-62-59", "en/annex-2", "en/pictures", "search"];
    let others = ["reports/a-64-ctbt", "reports/a-64-ctbt/source", "records/a-64-ctbt-1a-jpn-1", "compare", "data"];
    for path in pages.into_iter().chain(others) {
        let page = site().page(path);
        let sheets: BTreeSet<&str> = page.split(['"', '=', '>', ' ']).filter(|part| part.ends_with(".css")).collect();
        assert!(!sheets.is_empty(), "{path}");
        let size = |sheet: &&str| fs::metadata(site().path(sheet.trim_start_matches("../"))).unwrap().len();
        let size: u64 = sheets.iter().map(size).sum();
        assert!(size < MOST, "{path} loads {size} bytes: {sheets:?}");
    }
}
