//! The command line.

use crate::command::add::AddArguments;
use crate::command::bag::BagArguments;
use crate::command::build::BuildArguments;
use crate::command::check::CheckArguments;
use crate::command::citations::CitationsArguments;
use crate::command::cite::CiteArguments;
use crate::command::completions::CompletionsArguments;
use crate::command::explain::ExplainArguments;
use crate::command::init::InitArguments;
use crate::command::ledger::LedgerArguments;
use crate::command::linkify::LinkifyArguments;
use crate::command::parse::ParseArguments;
use crate::command::release::ReleaseArguments;
use crate::command::serve::ServeArguments;
use crate::command::shard::ShardArguments;
use crate::command::template::TemplateArguments;
use crate::command::untranslated::UntranslatedArguments;
use crate::command::verify::VerifyArguments;
use crate::terminal::Form;
use clap::{Parser, Subcommand};

/// What `--help` says below the list of commands.
const AFTER_HELP: &str = "\
Examples:
  depositary init archive                         a new site in the folder archive/
  depositary add A_65_137.pdf                     make a report of a document as the United Nations publishes it
  depositary build                                build the site of this folder into public/
  depositary build --output /srv/www --strict     elsewhere, and only if nothing deserves a warning
  depositary check                                find faults without writing anything
  depositary serve                                show it at http://127.0.0.1:8000/ while you work on it
  depositary verify public                        find out whether a published folder is still as built
  depositary shard render --part 2/8 --into parts one task of a build that several machines share
  depositary bag deposit --built public           pack site and content as a BagIt bag for a repository
  depositary ledger accept                        publish the identifiers of new records
  depositary parse report.txt > records.ndjson    the records of one document, outside any site
  depositary citations *.txt | jq .symbol         every symbol that these texts cite
  depositary cite a-65-137-jpn-8 --style chicago  a record in words; A/RES/62/59 and AUT work too
  depositary cite AUT --format bibtex > aut.bib   for a reference manager
  depositary linkify paper.md                     list the documents it cites that this archive has
  depositary linkify paper.tex --write            and link them, in the file
  depositary untranslated en a-65-137             the texts of a report that nobody has translated yet
  depositary template static/site.css             the built-in style sheet, to start one of your own from
  depositary explain E0203                        what a diagnostic means and what to do about it

Exit status:
  0  done, without error
  1  the input has errors, each told on standard error; a site that stood before is as it was
  2  the command could not run: its line is wrong, or a file or standard output could not be read or written";

/// Turn the United Nations' disarmament reports into a citable archive.
#[derive(Debug, Parser)]
#[command(name = "depositary", version, after_help = AFTER_HELP, after_long_help = AFTER_HELP)]
// Lines of help are as they are written here, whatever a crate that the tests alone use asks of `clap`.
#[command(term_width = 0)]
pub struct Cli {
    /// Print errors only: no progress, no warnings, no summary
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Print where the time went: the stages, and the slowest pages
    #[arg(long, global = true)]
    pub timings: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new site with one sample report, to start from
    Init(InitArguments),
    /// Make reports of documents: PDF, Word, OpenDocument, HTML, AKN4UN XML or text
    ///
    /// Each document is kept as it is in `content/originals/`; its text goes into `content/reports/<id>.txt`, and what
    /// its masthead says into `<id>.toml`, where it can be corrected. From then on the text is the source.
    Add(AddArguments),
    /// Build the whole site; the old one stays unless the new one is without error
    Build(BuildArguments),
    /// Do everything that `build` does, but write nothing
    Check(CheckArguments),
    /// Do one task of a build that several machines share, as an engine for clusters asks for it
    ///
    /// In this order: `parse` for each part, `resolve`, `render` for each part, `finish`. The site is that of `build`, byte
    /// by byte. A task that is run again leaves the same, and one that is broken off leaves nothing under its name.
    Shard(ShardArguments),
    /// Show the site in a browser on this machine, and make it anew after every save
    Serve(ServeArguments),
    /// Compare a published site with what was built and released, or say which edition a saved page or record is from
    ///
    /// Without files, every file of the site is compared with the manifest of its build, the manifests of its editions with
    /// each other, and each wording that was released with the one that stands. With files, a line for each says in which
    /// editions it stood so. Nothing is asked of the network.
    Verify(VerifyArguments),
    /// Pack a site for deposit in a repository: what it is built from, and the built site, as a BagIt bag
    Bag(BagArguments),
    /// Show and change the ledger, which keeps every published identifier
    Ledger(LedgerArguments),
    /// Release the site as a named edition: keep what its records say, and write a manifest chained to the one before
    ///
    /// The wordings stand in `content/versions/`, the manifest in `content/releases/<day>.txt`; commit both. A record that
    /// says something else later keeps a page with the wording of each edition.
    Release(ReleaseArguments),
    /// Print the records of reports outside any site, one JSON object a line
    Parse(ParseArguments),
    /// Print the document symbols that texts cite, one JSON object a citation
    ///
    /// Each object has `file`, `start` and `end` (byte offsets in the text as UTF-8), `text` and `symbol`.
    Citations(CitationsArguments),
    /// Cite records, reports, resolutions and States by their ids, in words or for a reference manager
    Cite(CiteArguments),
    /// Link the documents that a paper cites to their pages; lists them unless told to write
    ///
    /// The list has line and column, the words printed, the symbol and the address, parted by tabs. Code, addresses,
    /// existing links, attributes, shortcodes, comments, labels and front matter are left alone, and a second run
    /// changes nothing.
    Linkify(LinkifyArguments),
    /// Print a built-in template, static file or table of words, to start a site's own from
    Template(TemplateArguments),
    /// Print the texts that have no translation into a language, as the file in which one is written
    Untranslated(UntranslatedArguments),
    /// Print what the code of a diagnostic means, an example, and what to do
    Explain(ExplainArguments),
    /// Print what a shell needs to complete the command line
    Completions(CompletionsArguments),
}

impl Command {
    /// Form of what is said on standard error.
    #[must_use]
    pub fn form(&self) -> Form {
        match self {
            Self::Init(arguments) => arguments.telling.format,
            Self::Add(arguments) => arguments.telling.format,
            Self::Build(arguments) => arguments.site.telling.format,
            Self::Check(arguments) => arguments.site.telling.format,
            Self::Serve(arguments) => arguments.telling.format,
            Self::Shard(arguments) => arguments.form(),
            Self::Verify(arguments) => arguments.telling.format,
            Self::Bag(arguments) => arguments.site.telling.format,
            Self::Ledger(arguments) => arguments.form(),
            Self::Release(arguments) => arguments.telling.format,
            Self::Parse(arguments) => arguments.form(),
            Self::Citations(arguments) => arguments.telling.format,
            Self::Cite(arguments) => arguments.form(),
            Self::Linkify(arguments) => arguments.telling.format,
            Self::Explain(_) | Self::Template(_) | Self::Untranslated(_) | Self::Completions(_) => Form::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    const MANUAL: &str = "doc/depositary.1";

    /// The manual page: the command, the options of its subcommands, examples and exit status.
    fn manual() -> String {
        let mut command = Cli::command().version("");
        command.build();
        let mut page = Vec::new();
        let manual = clap_mangen::Man::new(command.clone()).date("");
        manual.render_title(&mut page).unwrap();
        manual.render_name_section(&mut page).unwrap();
        manual.render_synopsis_section(&mut page).unwrap();
        manual.render_description_section(&mut page).unwrap();
        manual.render_options_section(&mut page).unwrap();
        let page = String::from_utf8(page).unwrap();
        page + &subcommands(&command, "") + &sections(AFTER_HELP)
    }

    /// A section for each subcommand of `command`, whose name is `above`, and for theirs.
    fn subcommands(command: &clap::Command, above: &str) -> String {
        let own = command.get_subcommands().filter(|subcommand| subcommand.get_name() != "help");
        let section = |subcommand: &clap::Command| {
            let name = format!("{above}{}", subcommand.get_name().to_uppercase());
            let body = own_sections(subcommand).replace(".SH ", ".SS ");
            format!(".SH {name}\n{body}{}", subcommands(subcommand, &format!("{name} ")))
        };
        own.map(section).collect()
    }

    fn own_sections(subcommand: &clap::Command) -> String {
        let manual = clap_mangen::Man::new(subcommand.clone());
        let mut sections = Vec::new();
        manual.render_synopsis_section(&mut sections).unwrap();
        manual.render_description_section(&mut sections).unwrap();
        manual.render_options_section(&mut sections).unwrap();
        String::from_utf8(sections).unwrap()
    }

    /// Paragraphs with a head as sections, with their lines kept as they are.
    fn sections(text: &str) -> String {
        let section = |part: &str| {
            let (head, lines) = part.split_once(":\n").unwrap();
            format!(".SH {}\n.nf\n{}\n.fi\n", head.to_uppercase(), lines.replace('-', "\\-"))
        };
        text.split("\n\n").map(section).collect()
    }

    #[test]
    fn arguments_are_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn manual_page_is_current() {
        if std::env::var_os("UPDATE_MANUAL").is_some() {
            std::fs::write(MANUAL, manual()).unwrap();
        }
        let committed = std::fs::read_to_string(MANUAL).unwrap_or_default();
        assert!(committed == manual(), "{MANUAL} is out of date: run `UPDATE_MANUAL=1 cargo test manual`");
    }
}
