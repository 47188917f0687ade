//! `build`: the whole site.

use super::{Failure, Outcome, SiteArguments};
use depositary::base::progress::Progress;
use depositary::write::Published;
use std::path::PathBuf;

/// Arguments of `build`.
#[derive(Debug, clap::Args)]
pub struct BuildArguments {
    #[command(flatten)]
    pub site: SiteArguments,
    /// Folder for the built site [default: `public` in the folder of the site]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// Builds the site.
///
/// # Errors
/// If the file system refuses.
pub fn run(arguments: &BuildArguments, progress: &dyn Progress) -> Result<Outcome, Failure> {
    let request = arguments.site.request();
    let output = output_folder(arguments.output.as_ref(), &request);
    let run = depositary::build(&request, &output, progress)?;
    Ok(Outcome::of(run, |published| summary(&published, &output)))
}

/// The folder for the built site.
pub fn output_folder(given: Option<&PathBuf>, request: &depositary::Request) -> PathBuf {
    given.cloned().unwrap_or_else(|| request.root.join("public"))
}

/// What is said of a site that was published.
pub fn summary(published: &Published, output: &std::path::Path) -> String {
    let noun = if published.n_files == 1 { "file" } else { "files" };
    let (size, limit) = (megabytes(published.n_bytes), megabytes(published.max_bytes));
    let largest: Vec<String> =
        published.largest.iter().map(|(path, n_bytes)| format!("{path} ({})", megabytes(*n_bytes))).collect();
    let summary = format!("{} {noun}, {size} of the {limit} that may be published, in", published.n_files);
    let hosted = match published.hosted.as_slice() {
        [] => String::new(),
        names => format!("\nkept, though no build made it: {}", names.join(", ")),
    };
    let forecast = forecast(published).map(|line| format!("\n{line}")).unwrap_or_default();
    format!("{summary} {}{forecast}\nlargest: {}{hosted}", output.display(), largest.join(", "))
}

/// How many more records the host has room for, if they take what those of this site do: its whole length shared among
/// them. A small site is mostly what it has but once, so that there is rather more room than that.
fn forecast(published: &Published) -> Option<String> {
    let n_records = u64::try_from(published.n_records).ok().filter(|number| *number > 0)?;
    let room = published.max_bytes.checked_sub(published.n_bytes)?;
    let more = u128::from(room) * u128::from(n_records) / u128::from(published.n_bytes.max(1));
    let each = published.n_bytes as f64 / n_records as f64 / 1e3;
    let files = published.n_files as f64 / n_records as f64;
    Some(format!(
        "room for about {} more records, at {each:.1} kB and {files:.1} files each (less, the more there are)",
        rounded(more)
    ))
}

/// `number` with two digits that count, its thousands apart: 21,000.
fn rounded(number: u128) -> String {
    let digits = number.to_string();
    let scale = 10_u128.pow(digits.len().saturating_sub(2).try_into().unwrap_or(0));
    let digits = (number / scale * scale).to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join(",")
}

fn megabytes(n_bytes: u64) -> String {
    format!("{:.1} MB", n_bytes as f64 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forecast_is_told_in_round_numbers_where_there_is_something_to_go_by() {
        let published = |n_records, n_bytes| Published {
            output: PathBuf::new(),
            n_records,
            n_files: 4 * n_records,
            n_bytes,
            max_bytes: 1_000_000_000,
            largest: Vec::new(),
            hosted: Vec::new(),
            sha256: String::new(),
        };
        let told = |n_records, n_bytes| forecast(&published(n_records, n_bytes));
        let expected = "room for about 24,000 more records, at 22.5 kB and 4.0 files each (less, the more there are)";
        assert_eq!(told(20_000, 450_000_000).as_deref(), Some(expected));
        assert_eq!(
            told(3, 999_999_000).as_deref(),
            Some("room for about 0 more records, at 333333.0 kB and 4.0 files each (less, the more there are)")
        );
        assert_eq!((told(0, 1_000), told(10, 1_000_000_001)), (None, None));
        assert_eq!([7, 99, 123, 1_234_567].map(rounded), ["7", "99", "120", "1,200,000"]);
    }
}
