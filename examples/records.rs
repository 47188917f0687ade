//! Prints the records of files.
use depositary::model::contract::ContractRecord;
use depositary::model::report::{ReportId, ReportMeta};
use depositary::parse::{Lexicons, parse};
use depositary::resolve::report::build;
use depositary::read;
#[allow(clippy::all, clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, missing_docs)]
fn main() {
    let paths: Vec<std::path::PathBuf> = std::env::args().skip(1).map(Into::into).collect();
    let (sources, diags) = read::read_files(&paths);
    for d in diags { eprintln!("{d:?}"); }
    let reference = read::built_in_reference();
    let lexicons = Lexicons::new(&reference.states).unwrap();
    for source in &sources {
        let lexicon = lexicons.for_text(&source.text).unwrap();
        let t = std::time::Instant::now();
        let parsed = parse(source, lexicon);
        eprintln!("{} {:?} {:?} {:?}", source.path, parsed.layout, parsed.front, t.elapsed());
        let (report, diags) = build(ReportId("x".into()), ReportMeta::default(), parsed, lexicon);
        for d in diags { eprintln!("{} {} {:?}", d.code, d.message, d.place); }
        for record in &report.records {
            println!("{}", serde_json::to_string(&ContractRecord::new(record, &report, source)).unwrap());
        }
    }
}
