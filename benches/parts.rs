//! What the parts of the program take by themselves, on this repository's reports: `cargo bench --bench parts`.
//!
//! Whole programs are compared by `compare.py`; here is seen which part a change made slower.

#![allow(clippy::expect_used, clippy::disallowed_methods)]

use depositary::base::progress::Silent;
use depositary::config::Extent;
use depositary::render::OnDemand;
use depositary::resolve::report_cache::ReportCache;
use depositary::{Preview, Request, find_citations, parse_files, preview};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    divan::main();
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn reports() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("content/reports")).expect("the repository has reports");
    let paths = entries.map(|entry| entry.expect("a folder can be read").path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "txt")).collect()
}

fn texts() -> Vec<String> {
    reports().iter().map(|path| fs::read_to_string(path).expect("reports are UTF-8")).collect()
}

fn request() -> Request {
    Request { root: root().to_owned(), base_url: None, is_strict: false, extent: Extent::Whole }
}

fn site() -> Preview {
    preview(&request(), &mut ReportCache::default(), &Silent).product.expect("the repository's site is without error")
}

fn n_bytes(texts: &[String]) -> BytesCount {
    BytesCount::new(texts.iter().map(String::len).sum::<usize>())
}

/// Reading, parsing and resolving the reports.
#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let paths = reports();
    bencher.counter(n_bytes(&texts())).bench(|| parse_files(black_box(&paths), root()));
}

/// Reading the reports and finding the citations in them, and nothing else.
#[divan::bench]
fn citations(bencher: Bencher<'_, '_>) {
    let paths = reports();
    bencher.counter(n_bytes(&texts())).bench(|| find_citations(black_box(&paths)));
}

/// Resolving the site once its reports are known, as after a save.
#[divan::bench]
fn resolve_again(bencher: Bencher<'_, '_>) {
    let mut cache = ReportCache::default();
    let _ = preview(&request(), &mut cache, &Silent);
    bencher.bench_local(|| preview(&request(), &mut cache, &Silent));
}

/// One page of each kind that there are most of; fragments that pages share are made once.
#[divan::bench(args = ["records/a-63-ctbt-1a-aus-1/index.html", "states/aus/index.html", "years/2007/index.html"])]
fn render(bencher: Bencher<'_, '_>, path: &str) {
    with_site(|site| bencher.bench_local(|| site.file(black_box(path))));
}

/// All that the search reads.
#[divan::bench]
fn search(bencher: Bencher<'_, '_>) {
    let site = site();
    bencher.bench_local(|| site.ask(&mut |site| drop(black_box(site.file("search/index.js")))));
}

fn with_site(bench: impl FnOnce(&OnDemand<'_>)) {
    let mut bench = Some(bench);
    let asked = site().ask(&mut |site| {
        if let Some(bench) = bench.take() {
            bench(site);
        }
    });
    asked.expect("the built-in templates are without error");
}
