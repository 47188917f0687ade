//! How the time of reading grows with a text that repeats one thing: `cargo bench --bench growth`.
//!
//! Four times the text should take four times as long; sixteen times would be quadratic. Prints a
//! line for each text, the steepest last.

#[path = "../tests/reader/mod.rs"]
mod reader;

use reader::Reader;
use std::error::Error;
use std::time::{Duration, Instant};

/// Bytes of the shorter text.
const SHORT: usize = 50_000;

#[allow(clippy::print_stdout)]
fn main() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new()?;
    let mut rows: Vec<(f64, &str, Duration, Duration)> = reader::MONOTONOUS
        .iter()
        .map(|unit| {
            let count = SHORT / unit.len();
            let (short, long) = (time(&reader, &unit.repeat(count)), time(&reader, &unit.repeat(count * 4)));
            (long.as_secs_f64() / short.as_secs_f64(), *unit, short, long)
        })
        .collect();
    rows.sort_by(|left, right| left.0.total_cmp(&right.0));
    for (ratio, unit, short, long) in rows {
        println!("{ratio:5.1} x  {short:>10.1?}  {long:>10.1?}  {unit:?}");
    }
    Ok(())
}

/// The shortest of three times in which `text` is read.
#[allow(clippy::disallowed_methods)]
fn time(reader: &Reader, text: &str) -> Duration {
    let once = |_| {
        let begin = Instant::now();
        std::hint::black_box(reader.read(text));
        begin.elapsed()
    };
    (0..3).map(once).min().unwrap_or_default()
}
