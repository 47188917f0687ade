//! First pages, against the cases of `tests/cases/front`: lines, and what they say of the document.

use crate::reader::Reader;
use depositary::model::edtf::Edtf;
use serde::Deserialize;
use std::error::Error;

/// A first page, on which the paragraphs 1 and 2 follow, and what it says; what it does not say is left out.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Case {
    text: String,
    symbol: Option<String>,
    session: Option<u32>,
    item: Option<String>,
    title: Option<String>,
    organ: Option<String>,
    distribution: Option<String>,
    date: Option<String>,
    adopted: Option<String>,
    original: Option<String>,
    job: Option<String>,
    kind: Option<String>,
    period: Option<String>,
}

/// Paragraphs in the language of the file.
fn paragraphs(language: &str) -> &'static str {
    match language {
        "ar" => "1 - ترحب بالتقرير.\n\n2 - تشكر الدول.\n",
        "es" => "1. Acoge el informe de los Estados.\n\n2. Da las gracias a los Estados.\n",
        "fr" => "1. Accueille le rapport sur les États.\n\n2. Remercie les États de leur appui.\n",
        "ru" => "1. Приветствует доклад.\n\n2. Благодарит государства.\n",
        "zh" => "1. 欢迎报告。\n\n2. 感谢各国。\n",
        _ => "1. Welcomes the report of the States.\n\n2. Thanks the States for their support.\n",
    }
}

#[test]
fn first_pages_say_what_each_case_expects() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new()?;
    let mut wrong = String::new();
    for (file, case) in crate::support::cases::<Case>("front")? {
        let language = file.file_stem().ok_or("no name")?.to_string_lossy().into_owned();
        let front = reader.read(&format!("{}\n\n{}", case.text, paragraphs(&language))).report.front;
        let found = Case {
            text: case.text.clone(),
            symbol: front.symbol,
            session: front.session,
            item: front.agenda_item,
            title: front.title,
            organ: front.organ,
            distribution: front.distribution,
            date: front.date.as_ref().map(Edtf::to_string),
            adopted: front.adopted.as_ref().map(Edtf::to_string),
            original: front.original_language,
            job: front.job_number,
            kind: front.kind,
            period: front.period.as_ref().map(|period| period.edtf.to_string()),
        };
        if found != case {
            wrong += &format!("{language}: {case:#?}, but found {found:#?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    Ok(())
}
