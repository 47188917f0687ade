//! A file that is made when it is asked for is the file that a build makes.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use depositary::base::progress::Silent;
use depositary::config::Extent;
use depositary::render::OnDemand;
use depositary::resolve::report_cache::ReportCache;
use depositary::write::Files;
use depositary::{Request, build_in_memory, preview};
use std::fs;
use std::path::Path;
use std::process::Command;

fn request(root: &Path, base_url: &str) -> Request {
    Request { root: root.to_owned(), base_url: Some(base_url.to_owned()), is_strict: false, extent: Extent::Whole }
}

fn built(request: &Request) -> Files {
    build_in_memory(request, &Silent).unwrap().product.unwrap()
}

/// Asks for every file of a build, last first so that nothing is at hand, and for some that are not there.
fn assert_same(request: &Request, cache: &mut ReportCache) {
    let files = built(request);
    assert!(files.len() > 100);
    let site = preview(request, cache, &Silent).product.unwrap();
    let compare = |site: &OnDemand<'_>| {
        for (path, bytes) in files.iter().rev() {
            assert!(site.file(path).unwrap().as_ref() == Some(bytes), "{path}");
        }
        for path in
            ["", "states", "states/", "records/index.html", "data/none.csv", "none", "en/none/index.html", "../x"]
        {
            assert_eq!(site.file(path).unwrap(), None, "{path}");
        }
    };
    site.ask(&mut |site| compare(site)).unwrap();
}

#[test]
fn every_file_is_as_built_after_every_change() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    let made = Command::new(env!("CARGO_BIN_EXE_depositary")).args(["--quiet", "init"]).arg(&root).status().unwrap();
    assert!(made.success());
    // The archive of the whole site is made of finished files, so a preview does not link to it.
    let settings = fs::read_to_string(root.join("site.toml")).unwrap();
    assert!(settings.contains("zip = true"));
    fs::write(root.join("site.toml"), settings.replace("zip = true", "zip = false")).unwrap();
    let mut cache = ReportCache::default();
    for base_url in ["", "https://example.org/archive/"] {
        assert_same(&request(&root, base_url), &mut cache);
    }
    // A report before the other moves it in the list of sources; its own change and its end are seen.
    let request = request(&root, "");
    let report = root.join("content/reports/a-61-1.txt");
    for text in ["一、导言\n\n1. 本报告依照大会第60/95号决议提交。\n", "一、导言\n\n1. 2008年13月。\n2. 本报告。\n"]
    {
        fs::write(&report, text).unwrap();
        assert_same(&request, &mut cache);
    }
    fs::write(report.with_extension("toml"), "symbol = \"A/61/1\"\n").unwrap();
    assert_same(&request, &mut cache);
    fs::remove_file(&report).unwrap();
    fs::remove_file(report.with_extension("toml")).unwrap();
    assert_same(&request, &mut cache);
}
