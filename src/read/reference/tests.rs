//! The repository's own tables are without fault, and faults across tables are found.

use super::*;

fn repository() -> (Reference, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let settings_text = std::fs::read_to_string("site.toml").unwrap();
    let (config, _) = Config::parse("site.toml", &settings_text).unwrap();
    let reference = read_reference(Path::new("."), (&config, &settings_text), &mut diagnostics);
    (reference, diagnostics)
}

fn read(tables: &[(&str, &str)]) -> (Reference, Vec<Diagnostic>) {
    let texts: Texts = tables.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let mut diagnostics = Vec::new();
    let reference = read_tables(&texts, Some("status.csv"), &mut diagnostics);
    (reference, diagnostics)
}

#[test]
fn own_tables_are_read_whole() {
    let (reference, diagnostics) = repository();
    assert_eq!(diagnostics, []);
    let sizes = [
        reference.states.len(),
        reference.treaty_status.len(),
        reference.resolutions.len(),
        reference.votes.len(),
        reference.meetings.len(),
        reference.events.len(),
        reference.documents.len(),
    ];
    assert_eq!(sizes, [197, 197, 29, 2497, 17, 4, 14]);
    assert_eq!(reference.treaty_status.iter().filter(|status| status.annex2).count(), 44);
}

#[test]
fn built_in_tables_know_the_states() {
    let reference = built_in_reference();
    assert_eq!(reference.states, repository().0.states);
    let korea = reference.state(Iso3::new("PRK").unwrap()).unwrap();
    assert_eq!(korea.name("zh"), "朝鲜民主主义人民共和国");
}

#[test]
fn a_name_is_kept_once_and_with_its_source() {
    let (reference, diagnostics) = read(&[
        (
            "states.csv",
            "iso3,un_status,en_short,zh_short,zh_aliases\nGBR,member,United Kingdom,联合王国,英国|联合王国\n",
        ),
        ("states-aliases.csv", "iso3,lang,alias,kind,source,evidence\nGBR,zh,英国,short form,usage,unverified\n"),
    ]);
    assert_eq!(diagnostics, []);
    let names: Vec<_> =
        reference.states[0].aliases.iter().map(|alias| (alias.name.as_str(), alias.source.as_deref())).collect();
    assert_eq!(names, [("英国", Some("usage (unverified)"))]);
}

#[test]
fn a_code_must_be_in_the_states_table() {
    let (_, diagnostics) = read(&[
        ("states.csv", "iso3,un_status,en_short\nGBR,member,United Kingdom\n"),
        ("votes.csv", "resolution,iso3,vote\nA/RES/62/59,GBR,yes\nA/RES/62/59,UKX,yes\nA/RES/62/59,GBR,no\n"),
        ("status.csv", "iso3,signature_date,ratification_date\nGBR,1996-09-24,1998-04-31\n"),
    ]);
    let codes: Vec<_> = diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, [code::BAD_DATE, code::BAD_ISO3, code::DUPLICATE_KEY]);
}

#[test]
fn totals_are_given_all_or_not_at_all() {
    let (_, diagnostics) = read(&[("resolutions.csv", "symbol,for,against,abstain\nA/RES/1/1,3,,1\nA/RES/1/2,,,\n")]);
    assert_eq!(diagnostics.iter().map(|found| found.code).collect::<Vec<_>>(), [code::BLANK_CELL]);
}

#[test]
fn tables_that_a_site_has_go_before_the_built_in_ones() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join(FOLDER)).unwrap();
    let aliases = "iso3,lang,alias,kind\nGBR,zh,大不列颠,short form\n";
    std::fs::write(folder.path().join(FOLDER).join(ALIASES), aliases).unwrap();
    let config = Config::neutral();
    let mut diagnostics = Vec::new();
    let reference = read_reference(folder.path(), (&config, ""), &mut diagnostics);
    let britain = reference.state(Iso3::new("GBR").unwrap()).unwrap();
    assert!(diagnostics.is_empty() && britain.aliases.iter().any(|alias| alias.name == "大不列颠"));
}

#[test]
fn no_two_states_have_one_square() {
    let (_, diagnostics) = read(&[
        ("states.csv", "iso3,un_status,en_short\nGBR,member,United Kingdom\nIRL,member,Ireland\n"),
        ("tile-grid.csv", "iso3,row,col\nGBR,3,4\nIRL,3,4\n"),
    ]);
    assert_eq!(diagnostics.iter().map(|found| found.code).collect::<Vec<_>>(), [code::DUPLICATE_KEY]);
}

#[test]
fn symbols_are_kept_in_their_canonical_spelling() {
    let (reference, diagnostics) = read(&[
        ("resolutions.csv", "symbol\nS/RES/1718 (2006)\nAG/RES. 2359 (XXXVIII-O/08)\n第1718号\n"),
        ("documents.csv", "key,symbol\na,\"CTBT-Art.XIV/2011/6, annex\"\nb,\n"),
    ]);
    let symbols: Vec<&str> = reference.resolutions.iter().map(|resolution| resolution.symbol.as_str()).collect();
    assert_eq!(symbols, ["S/RES/1718(2006)", "AG/RES.2359(XXXVIII-O/08)"]);
    let documents: Vec<_> =
        reference.documents.iter().map(|entry| entry.symbol.as_ref().map(ToString::to_string)).collect();
    assert_eq!(documents, [Some("CTBT-Art.XIV/2011/6, annex".to_owned()), None]);
    assert_eq!(diagnostics.iter().map(|found| found.code).collect::<Vec<_>>(), [code::BAD_CELL]);
}
