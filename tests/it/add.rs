//! `add` as an archivist meets it: a document as published becomes a report, its pages, and a link back to the document.

#![allow(clippy::unwrap_used)]

use crate::folder::repository;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_depositary")).current_dir(root).args(arguments).output().unwrap()
}

fn succeed(root: &Path, arguments: &[&str]) -> String {
    let output = run(root, arguments);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {told}");
    told
}

/// A new site whose originals are published.
fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    succeed(folder.path(), &["init", "."]);
    let settings = folder.path().join("site.toml");
    let text = fs::read_to_string(&settings).unwrap().replacen("[publish]\n", "[publish]\noriginals = true\n", 1);
    assert!(text.contains("originals = true"));
    fs::write(settings, text).unwrap();
    folder
}

fn print(name: &str) -> String {
    repository().join("tests/prints").join(name).to_str().unwrap().to_owned()
}

#[test]
fn a_pdf_and_a_word_file_become_reports_whose_records_lead_to_their_pages() {
    let site = site();
    let told = succeed(site.path(), &["add", &print("zh-table.pdf"), &print("en-table.docx")]);
    for said in ["a-68-108: PDF, 9 pages", "84 records", "a-68-108.en: Word (DOCX)", "58 records", "symbol: A/68/108"] {
        assert!(told.contains(said), "{said}: {told}");
    }
    let content = site.path().join("content");
    let original = fs::read(content.join("originals/a-68-108.pdf")).unwrap();
    assert_eq!(original, fs::read(print("zh-table.pdf")).unwrap());
    let meta = fs::read_to_string(content.join("reports/a-68-108.toml")).unwrap();
    for line in
        ["symbol = \"A/68/108\"", "session = 68", "agenda_item = \"105\"", "file = \"a-68-108.pdf\"", "pages = 9"]
    {
        assert!(meta.contains(line), "{line}: {meta}");
    }
    let told = succeed(site.path(), &["build"]);
    assert!(!told.contains("W0124"), "{told}");
    let page = fs::read_to_string(site.path().join("public/records/a-68-108-1b-aus-1/index.html")).unwrap();
    assert!(page.contains("originals/a-68-108.pdf#page=3"));
    assert_eq!(fs::read(site.path().join("public/originals/a-68-108.pdf")).unwrap(), original);
    let source = fs::read_to_string(site.path().join("public/reports/a-68-108/source/index.html")).unwrap();
    assert!(
        (1..=9)
            .all(|page| source.contains(&format!("id=page-{page}")) || source.contains(&format!("id=\"page-{page}\"")))
    );
    let told = succeed(site.path(), &["check"]);
    assert!(!told.contains("W0124"), "the texts are what the originals give: {told}");
}

#[test]
fn nothing_is_added_twice_and_a_dry_run_writes_nothing() {
    let site = site();
    let reports = || fs::read_dir(site.path().join("content/reports")).unwrap().count();
    let before = reports();
    assert!(succeed(site.path(), &["add", "--dry-run", &print("zh-table.docx")]).contains("nothing was written"));
    assert_eq!(reports(), before);
    succeed(site.path(), &["add", "--id", "a-68-108", &print("zh-table.docx")]);
    for again in [["add", "--id", "other"], ["add", "--language", "zh-Hans"]] {
        let output = run(site.path(), &[&again[..], &[print("zh-table.docx").as_str()]].concat());
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(String::from_utf8(output.stderr).unwrap().contains("E0127"));
    }
    assert_eq!(reports(), before + 2);
}

/// A resolution as its publisher marks it up, with what is said beside its text.
const RESOLUTION: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution"><meta>
<identification><FRBRWork><FRBRdate date="2029-12-06" name="adoption"/><FRBRauthor href="#ga"/></FRBRWork>
<FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification>
<workflow><step date="2029-10-01" outcome="draftResolution" as="A/C.1/84/L.5" by="Peru and Chile"/>
<step date="0001-01-01" outcome="draftResolutionAdditionalSponsors" by="Nauru"/>
<step date="2029-12-06" outcome="adopted" as="A/84/PV.45" by=""/></workflow>
<analysis><parliamentary><voting outcome="adoptedRecordedVote">
<count value="2" refersTo="inFavour"><organization>PERU</organization><organization>COTE D'IVOIRE</organization></count>
<count value="1" refersTo="against"><organization>OMAN</organization></count>
<count value="1" refersTo="abstaining"><organization>UTOPIA</organization></count>
</voting></parliamentary></analysis>
<references><TLCOrganization eId="ga" showAs="General Assembly"/></references></meta>
<coverPage><p><docNumber refersTo="#symbol">A/RES/84/5</docNumber></p></coverPage>
<preface><p><docTitle refersTo="#resolutionTitle">Harbours</docTitle></p></preface>
<mainBody><paragraph><num>1.</num><content><p>Welcomes the report on the harbours of the world;</p></content></paragraph>
<paragraph><num>2.</num><content><p>Decides to remain seized of the matter.</p></content></paragraph></mainBody>
</statement></akomaNtoso>"##;

#[test]
fn what_a_publisher_says_of_an_adoption_is_on_the_pages() {
    let site = site();
    fs::write(site.path().join("harbours.xml"), RESOLUTION).unwrap();
    let told = succeed(site.path(), &["add", "harbours.xml"]);
    assert!(told.contains("no State is called `UTOPIA`"), "{told}");
    succeed(site.path(), &["build"]);
    let page = fs::read_to_string(site.path().join("public/en/resolutions/a-res-84-5/index.html")).unwrap();
    for said in
        ["Harbours", "A/C.1/84/L.5", "Peru and Chile", "Nauru", "A/84/PV.45", "states/omn/", "reports/a-res-84-5/"]
    {
        assert!(page.contains(said), "{said}");
    }
    let state = fs::read_to_string(site.path().join("public/en/states/civ/index.html")).unwrap();
    assert!(state.contains("resolutions/a-res-84-5/"));
    let votes = fs::read_to_string(site.path().join("public/data/votes.csv")).unwrap();
    for row in ["A/RES/84/5,PER,yes", "A/RES/84/5,CIV,yes", "A/RES/84/5,OMN,no"] {
        assert!(votes.contains(row), "{row}: {votes}");
    }
}

#[test]
fn the_language_of_the_original_gives_a_work_its_id_whatever_order_its_files_are_named_in() {
    let text = |original: &str, paragraph: &str| {
        format!("A/84/7\n\nOriginal: {original}\n\n1. {paragraph}\n\n2. {paragraph}\n")
    };
    let spanish = text("Spanish", "La Comisión aprobó el informe sobre los puertos de la región y sobre las costas.");
    let english = text("Spanish", "The Commission adopted the report on the harbours of the region and on the coasts.");
    for order in [["en.txt", "es.txt"], ["es.txt", "en.txt"]] {
        let site = site();
        fs::write(site.path().join("es.txt"), &spanish).unwrap();
        fs::write(site.path().join("en.txt"), &english).unwrap();
        succeed(site.path(), &["add", order[0], order[1]]);
        let reports = site.path().join("content/reports");
        assert_eq!(fs::read_to_string(reports.join("a-84-7.txt")).unwrap(), spanish);
        assert_eq!(fs::read_to_string(reports.join("a-84-7.en.txt")).unwrap(), english);
    }
}
