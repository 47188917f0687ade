//! Reads texts as the program does, without files.

#![allow(dead_code, reason = "each test uses a part")]

pub mod account;

use depositary::base::diagnostic::Diagnostic;
use depositary::base::source::{Encoding, Source, SourceId};
use depositary::config::Config;
use depositary::model::report::{Report, ReportId, ReportMeta};
use depositary::parse::fact::Phrases;
use depositary::parse::gist::ActPhrases;
use depositary::parse::{Lexicons, parse};
use depositary::read::built_in_reference;
use depositary::resolve::fact::FactGrammar;
use depositary::resolve::meeting::Meetings;
use depositary::resolve::report;
use depositary::resolve::report::Grammar;
use std::error::Error;
use std::path::{Path, PathBuf};

/// What is known of the languages.
pub struct Reader {
    lexicons: Lexicons,
    phrases: Phrases,
    acts: ActPhrases,
}

/// A text, what was made of it, and what was said of it.
pub struct Reading {
    pub source: Source,
    pub report: Report,
    pub diagnostics: Vec<Diagnostic>,
}

impl Reader {
    /// With the reference tables and the words of this repository's site.
    pub fn new() -> Result<Self, Box<dyn Error>> {
        let site = Config::parse("site.toml", include_str!("../../site.toml"));
        let (config, _) = site.map_err(|faults| format!("{faults:?}"))?;
        let lexicons = Lexicons::new(&built_in_reference().states, &config.lexicon)?;
        Ok(Self { lexicons, phrases: Phrases::new()?, acts: ActPhrases::new()? })
    }

    /// Reads `text` as a report with the id `case`.
    pub fn read(&self, text: &str) -> Reading {
        let source = Source {
            id: SourceId(0),
            path: "case.txt".to_owned(),
            text: text.to_owned(),
            received: None,
            sha256: String::new(),
            encoding: Encoding::Utf8,
            pages: None,
        };
        let parsed = parse(&source, self.lexicons.for_text(text));
        let lexicon = self.lexicons.by_language(&parsed.language);
        let facts = FactGrammar { phrases: &self.phrases, treaty: &[] };
        let grammar = Grammar { facts, acts: &self.acts, meetings: &Meetings::default() };
        let id = ReportId("case".to_owned());
        let (report, diagnostics) = report::build(id, ReportMeta::default(), parsed, lexicon, grammar);
        Reading { source, report, diagnostics }
    }
}

/// The folders below `tests/cases/report`, in order of name.
pub fn cases() -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/report");
    let entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut folders: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    folders.sort();
    Ok(folders)
}

/// Texts that repeat one thing.
#[allow(dead_code)]
pub const MONOTONOUS: [&str; 31] = [
    "1 ",
    "1",
    "》",
    "a\n国国\n\n",
    "国a国",
    "第70/1号决议、",
    "葡萄牙\n\n[原件：英文]\n[2015年]\n1. 国。\n",
    "2014年 6月 澳大利亚 批准 了 条约 ",
    "国家 日期 / 期间 活动 和 内容 备注 1. 双边 1(a). 与 附件 2 国家 有关 的 活动 澳大利亚 批准 了 条约 ",
    "国",
    "a",
    "(",
    "（",
    "[",
    "“",
    "《",
    "*",
    "^a",
    "\u{f02a}",
    "1.",
    "1. \n",
    "(a) \n",
    "2014年",
    "\n",
    "\t",
    "\t\n",
    "* a\n",
    "A/70/1\n",
    "澳大利亚 ",
    "澳大利亚\t2014年6月\t休会。\t\n",
    "国家 日期/期间 活动和内容 备注\n1(a) 双边\n",
];

/// Texts that repeat one thing where a layout is known already: what stands before it, the thing, what stands behind.
#[allow(dead_code)]
pub const MONOTONOUS_INSIDE: [(&str, &str, &str); 12] = [
    (TABBED, "1日和", "\t国。\t\n"),
    (TABBED, "奥地利", "\t国。\t\n"),
    (FLATTENED, "1年 ", ""),
    (FLATTENED, "在 ， ", ""),
    (FLATTENED, "在 （ ", ""),
    (FLATTENED, "奥地利 ", ""),
    (FLATTENED, "\" ", ""),
    ("国 A/", "1 ", FLATTENED),
    ("1. 国。\n\n2. ", "奥地利、", "投票赞成第61/1号决议、第61/2号决议。\n\n3. 国。\n"),
    ("1. 国。\n\n2. 4票反对（", "奥地利、", "）。\n\n3. 国。\n"),
    ("1. 国。\n\n2. ", "国^a", "\n\n3. 国。\n\n\n^a 奥地利主办了讲习班。\n"),
    ("国家        日期/期间        活动和内容        备注\n1(a) 双边\n", "国国\n", ""),
];

const TABBED: &str = "国家\t日期/期间\t活动和内容\t备注\n1(a) 双边\n奥地利\t";
const FLATTENED: &str =
    "国家 日期 / 期间 活动 和 内容 备注 1. 双边 1(a). 与 附件 2 国家 有关 的 活动 奥地利 2008年 6月 国 。 ";
