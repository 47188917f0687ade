//! Inputs on which a fuzz target once failed, and some on which none did, through the checks of all targets.
//!
//! Each file of `tests/fuzzed/<target>/` is one; a crash that is found is put there with its mend.

#[path = "../../fuzz/checks.rs"]
#[allow(clippy::expect_used, clippy::unwrap_used)]
mod checks;

use std::error::Error;
use std::path::Path;

/// Runs `check` over the kept inputs of `target`, and gives their number.
fn replay(target: &str, check: fn(&[u8])) -> Result<usize, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzzed").join(target);
    let mut n_inputs = 0;
    for entry in std::fs::read_dir(folder)? {
        check(&std::fs::read(entry?.path())?);
        n_inputs += 1;
    }
    Ok(n_inputs)
}

#[test]
fn kept_inputs_pass() -> Result<(), Box<dyn Error>> {
    assert!(replay("parse", checks::parse)? > 0);
    assert!(replay("citations", checks::citations)? > 0);
    assert!(replay("config", checks::config)? > 0);
    assert!(replay("site", checks::site)? > 0);
    assert!(replay("akn", checks::akn)? > 0);
    assert!(replay("docx", checks::docx)? > 0);
    assert!(replay("html", checks::html)? > 0);
    assert!(replay("odt", checks::odt)? > 0);
    assert!(replay("pdf", checks::pdf)? > 0);
    Ok(())
}
