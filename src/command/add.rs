//! `add`: published documents → reports of a site.

use super::{Failure, Outcome, TellingArguments};
use depositary::config::Extent;
use depositary::model::edtf::Edtf;
use depositary::model::report::{Block, Layout};
use depositary::{Added, Additions, Request};
use std::path::PathBuf;

/// Arguments of `add`.
#[derive(Debug, clap::Args)]
pub struct AddArguments {
    /// Documents: PDF, Word (DOCX), OpenDocument (ODT), HTML, AKN4UN XML or plain text
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Id of the report, for one file; else it is made of the symbol printed: A/65/137 gives a-65-137
    ///
    /// A document that the site has in another language becomes part of that work: a-65-137.en
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Language of the texts, such as zh-Hans or en; else it is told by the text
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Say what would be added, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Folder of the site, in which `site.toml` stands
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    #[command(flatten)]
    pub telling: TellingArguments,
}

/// Adds the documents.
///
/// # Errors
/// If the file system refuses, or one id is given for several files.
pub fn run(arguments: &AddArguments) -> Result<Outcome, Failure> {
    if arguments.id.is_some() && arguments.files.len() > 1 {
        return Err(Failure::Refused("`--id` is for one file".to_owned()));
    }
    let request = Request { root: arguments.root.clone(), base_url: None, is_strict: false, extent: Extent::Whole };
    let additions = Additions {
        paths: arguments.files.clone(),
        id: arguments.id.clone(),
        language: arguments.language.clone(),
        is_dry_run: arguments.dry_run,
    };
    let run = depositary::add(&request, &additions)?;
    Ok(Outcome::of(run, |added| summary(&added, arguments.dry_run)))
}

fn summary(added: &[Added], is_dry_run: bool) -> String {
    let reports: String = added.iter().map(report).collect();
    let next =
        if is_dry_run { "nothing was written" } else { "see it with `depositary serve`, then `depositary build`" };
    format!("{reports}{next}")
}

/// What was found in a document, and where it was put.
fn report(added: &Added) -> String {
    let report = &added.report;
    let format = added.format.map_or("plain text", |format| format.name());
    let pages = report.meta.original.as_ref().and_then(|original| original.pages);
    let pages = pages.map(|pages| format!(", {}", counted(pages, "page", "pages"))).unwrap_or_default();
    let n_leftovers = report.blocks.iter().filter(|block| matches!(block, Block::Leftover(_))).count();
    let mut text = format!(
        "{}: {format}{pages}, {}, {}, {}\n",
        report.id,
        layout(report.layout),
        counted(report.records.len(), "record", "records"),
        counted(n_leftovers, "part not understood", "parts not understood"),
    );
    let meta = &report.meta;
    let session = meta.session.map(|session| session.to_string());
    let known = [
        ("symbol", meta.symbol.as_deref()),
        ("title", meta.title.as_deref()),
        ("language", Some(report.language.as_str())),
        ("session", session.as_deref()),
        ("agenda item", meta.agenda_item.as_deref()),
        ("date of issue", meta.date.as_ref().map(Edtf::as_str)),
        ("date of adoption", meta.adopted.as_ref().map(Edtf::as_str)),
        ("period", meta.period.as_ref().map(Edtf::as_str)),
        ("original language", meta.original_language.as_deref()),
        ("job number", meta.job_number.as_deref()),
    ];
    for (name, value) in known {
        text.extend(value.map(|value| format!("  {name}: {value}\n")));
    }
    if let Some(linked) = &added.linked {
        let n_found = linked.n_linked - linked.missed.len();
        text += &format!("  citations: {n_found} of the {} that its editors linked\n", linked.n_linked);
        text.extend((!linked.missed.is_empty()).then(|| format!("  not found: {}\n", linked.missed.join(", "))));
    }
    for file in &added.files {
        text += &format!("  {}\n", file.display().to_string().replace('\\', "/"));
    }
    text
}

fn layout(layout: Layout) -> &'static str {
    match layout {
        Layout::WrappedTable | Layout::TabbedTable | Layout::FlattenedTable => "a table of activities",
        Layout::Replies => "paragraphs and replies of governments",
        Layout::Paragraphs => "numbered paragraphs",
        Layout::Unparsed => "a text of no known layout",
    }
}

fn counted(number: usize, one: &str, other: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { other })
}
