//! One parsed report → records and blocks.

use super::fact::{self, FactGrammar, Truncated};
use super::gist;
use super::identifier::{Identifiers, Place as RecordPlace};
use super::meeting::Meetings;
use super::state_inference::{RowState, RowView, states};
use super::typo;
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::limits::{MAX_REPORT_FACTS, MAX_SENTENCE_BYTES, MAX_SENTENCE_FACTS};
use crate::base::source::SourceId;
use crate::base::span::Span;
use crate::model::date::{DateBasis, Done, TextDate};
use crate::model::edtf::Edtf;
use crate::model::excerpt::Excerpt;
use crate::model::passage::Passage;
use crate::model::record::{Activity, Body, Correction, Paragraph, Record, Reply};
use crate::model::report::{Block, Footnote, Layout, Piece, ReplyHead, Report, ReportId, ReportMeta, Role};
use crate::model::state::Mention;
use crate::parse::date;
use crate::parse::gist::ActPhrases;
use crate::parse::ideograph::unified;
use crate::parse::item::{NumberedParagraph, ReplyStart, Row};
use crate::parse::table::printed_date;
use crate::parse::{Item, Lexicon, Parsed};

/// What is needed to read more than a layout gives.
#[derive(Debug, Clone, Copy)]
pub struct Grammar<'a> {
    /// Facts.
    pub facts: FactGrammar<'a>,
    /// Acts, for headings.
    pub acts: &'a ActPhrases,
    /// Names of meetings.
    pub meetings: &'a Meetings,
}

/// The report `parsed` with the id `id`, and what is doubtful about it.
#[must_use]
pub fn build(
    id: ReportId,
    meta: ReportMeta,
    parsed: Parsed,
    lexicon: &Lexicon,
    grammar: Grammar<'_>,
) -> (Report, Vec<Diagnostic>) {
    let row_states = row_states(&parsed.items, lexicon);
    // Lists that grow item by item ask the system for new memory again and again.
    let n_items = parsed.items.len();
    let n_spans =
        parsed.items.iter().flat_map(Item::excerpts).map(|excerpt| excerpt.runs.len() + excerpt.marks.len()).sum();
    let mut builder = Builder {
        identifiers: Identifiers::new(&id),
        lexicon,
        meetings: grammar.meetings,
        parsed: &parsed,
        row_states: row_states.into_iter(),
        reply: None,
        blocks: Vec::with_capacity(n_items),
        records: Vec::with_capacity(n_items),
        footnotes: Vec::new(),
        pieces: Vec::with_capacity(n_spans),
        diagnostics: Vec::new(),
    };
    parsed.items.iter().for_each(|item| builder.item(item));
    builder.judge_layout();
    let Builder { blocks, mut records, footnotes, mut pieces, mut diagnostics, .. } = builder;
    let truncated = fact::gather(&mut records, &footnotes, lexicon, grammar.facts);
    gist::add(&mut records, grammar.facts.phrases, grammar.acts);
    diagnostics.extend(truncated.into_iter().map(|place| facts_not_gathered(place, parsed.source)));
    pieces.sort_unstable_by_key(|piece| piece.span);
    let report = Report {
        source: parsed.source,
        layout: parsed.layout,
        language: parsed.language.clone(),
        front: parsed.front.clone(),
        id,
        meta,
        blocks: blocks.into(),
        records: records.into_iter().collect(),
        footnotes: footnotes.into(),
        pieces: pieces.into(),
    };
    (report, parsed.diagnostics.into_iter().chain(diagnostics).collect())
}

/// The State of every row, and the States that its text names.
fn row_states(items: &[Item], lexicon: &Lexicon) -> Vec<(RowState, Vec<Mention>)> {
    let rows: Vec<&Row> =
        items.iter().filter_map(|item| if let Item::Row(row) = item { Some(row) } else { None }).collect();
    let named: Vec<Vec<Mention>> = rows.iter().map(|row| lexicon.states.mentions(&unified(&row.text.text))).collect();
    let views: Vec<RowView<'_>> = rows.iter().zip(&named).map(|(row, named)| RowView { row, named }).collect();
    states(&views).into_iter().zip(named).collect()
}

struct Builder<'a> {
    identifiers: Identifiers<'a>,
    lexicon: &'a Lexicon,
    meetings: &'a Meetings,
    parsed: &'a Parsed,
    row_states: std::vec::IntoIter<(RowState, Vec<Mention>)>,
    reply: Option<&'a ReplyStart>,
    blocks: Vec<Block>,
    records: Vec<Record>,
    footnotes: Vec<Footnote>,
    pieces: Vec<Piece>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn item(&mut self, item: &'a Item) {
        match item {
            Item::FrontLine(text) | Item::ClosingLine(text) => {
                self.block(Role::FrontMatter, &[text], Block::FrontLine(Box::new(self.passage(text))))
            }
            Item::FrontParagraph { number, text } => {
                let printed = number.text.trim_end_matches(['.', '．', '、', ' ']).to_owned();
                self.block(
                    Role::FrontMatter,
                    &[number, text],
                    Block::FrontParagraph(printed, Box::new(self.passage(text))),
                );
            }
            Item::Heading { depth, text } => {
                self.block(Role::Heading, &[text], Block::Heading(*depth, Box::new(text.clone())))
            }
            Item::Section { code, text } => {
                self.block(Role::Heading, &[text], Block::Section(code.clone(), Box::new(text.clone())));
            }
            Item::Row(row) => self.row(row),
            Item::Reply(reply) => self.reply_head(reply),
            Item::Paragraph(paragraph) => self.paragraph(paragraph),
            Item::Footnote { label, printed, text } => self.footnote(label, printed, text),
            Item::Furniture(text) => self.pieces_of(Role::Furniture, &[text], None),
            Item::Leftover(text) => self.block(Role::Leftover, &[text], Block::Leftover(Box::new(text.clone()))),
        }
    }

    fn block(&mut self, role: Role, excerpts: &[&Excerpt], block: Block) {
        self.pieces_of(role, excerpts, None);
        self.blocks.push(block);
    }

    /// A text that is no record, with what it names.
    fn passage(&self, text: &Excerpt) -> Passage {
        let read = unified(&text.text);
        Passage {
            citations: self.lexicon.citations_in(&read),
            states_named: self.lexicon.states.mentions(&read),
            dates: date::written(&read),
            text: text.clone(),
        }
    }

    fn pieces_of(&mut self, role: Role, excerpts: &[&Excerpt], record: Option<usize>) {
        for excerpt in excerpts {
            self.pieces.extend(excerpt.spans().map(|span| Piece { span, role, record }));
            let marks = excerpt.marks.iter().map(|mark| mark.source);
            self.pieces.extend(marks.map(|span| Piece { span, role: Role::FootnoteMark, record }));
        }
    }

    fn row(&mut self, row: &Row) {
        let Some((RowState { state, basis, correction }, named)) = self.row_states.next() else { return };
        let cell = row.state.cell();
        if state.is_none() {
            self.warn_state(if cell.is_empty() { &row.text } else { cell }, cell);
        }
        let reading = row.date_reading.as_ref();
        let date_printed = (!row.date.is_empty()).then(|| printed_date(&row.date.text, self.lexicon));
        let lost = if date_printed.is_some() { DateBasis::Printed } else { DateBasis::Missing };
        let date_basis = reading.map_or(lost, |reading| typo::basis(reading, &self.parsed.front));
        let typo = reading.filter(|_| date_basis == DateBasis::Typo);
        let conjecture = typo::correction(typo, self.parsed.front.period.as_ref());
        self.warn_date(row, date_basis, conjecture.as_ref());
        let body = Body::Activity(Activity {
            section: row.section.clone(),
            state_printed: (!cell.is_empty()).then(|| cell.text.clone()),
            state_basis: basis,
            date: match &conjecture {
                Some(meant) => Some(Edtf::as_printed(&meant.corrected)),
                None => reading.map(|reading| reading.edtf.clone()),
            },
            date_basis,
            date_printed,
            remarks: (!row.remarks.is_empty()).then(|| row.remarks.text.clone()),
            marks: [cell, &row.date, &row.remarks]
                .iter()
                .flat_map(|cell| &cell.marks)
                .map(|mark| mark.label.clone())
                .collect(),
        });
        let id = self.identifiers.next(RecordPlace::Row(row.section.clone(), state));
        let record = Record {
            corrections: correction.into_iter().chain(conjecture).collect(),
            ..self.record(id, state, &row.text, body, named)
        };
        self.push_record(record, &[cell, &row.date, &row.remarks]);
    }

    fn paragraph(&mut self, paragraph: &NumberedParagraph) {
        let own = Paragraph { number: paragraph.number.clone(), headings: paragraph.headings.clone() };
        let state = self.reply.and_then(|reply| reply.state);
        let place = RecordPlace::of_paragraph(self.reply.map(|reply| reply.state), &paragraph.number);
        let id = self.identifiers.next(place);
        let body = match self.reply {
            None => Body::Paragraph(own),
            Some(reply) => Body::Reply(Reply {
                paragraph: own,
                original_language: reply.original_language.clone(),
                date_printed: reply.date.as_ref().map(|date| date.printed.clone()),
                date: reply.date.as_ref().map(|date| date.edtf.clone()),
            }),
        };
        let named = self.lexicon.states.mentions(&unified(&paragraph.text.text));
        let record = self.record(id, state, &paragraph.text, body, named);
        self.push_record(record, &[&paragraph.printed]);
    }

    fn record(
        &self,
        id: crate::model::record::RecordId,
        state: Option<crate::model::state::Iso3>,
        text: &Excerpt,
        body: Body,
        states_named: Vec<Mention>,
    ) -> Record {
        let same_kind = |record: &&Record| std::mem::discriminant(&record.body) == std::mem::discriminant(&body);
        let above = self.records.iter().rev().find(same_kind);
        let read = unified(&text.text);
        let dates = date::written(&read);
        let cell = match &body {
            Body::Activity(activity) => activity.date.as_ref(),
            Body::Reply(_) | Body::Paragraph(_) => None,
        };
        Record {
            id,
            n: above.map_or(1, |above| above.n + 1),
            state,
            text: text.clone(),
            citations: self.lexicon.citations_in(&read),
            states_named,
            meetings: self.meetings.named_in(&read, &dates, cell, self.lexicon),
            done: self.done(&read, &dates, &body),
            dates,
            facts: Vec::new(),
            gist: None,
            corrections: Vec::new(),
            body,
        }
    }

    /// When the acts that `text` tells were done. A row tells what was done in the period of its report; another date in it
    /// is that of something else.
    fn done(&self, text: &str, dates: &[TextDate], body: &Body) -> Vec<Done> {
        let found = date::done(text, dates, self.lexicon);
        let period = self.parsed.front.period.as_ref().and_then(|period| period.edtf.stretches().first());
        match (body, period) {
            (Body::Activity(_), Some(period)) => found
                .into_iter()
                .filter(|done| done.edtf.stretches().iter().any(|when| when.begins_in(*period)))
                .collect(),
            _ => found,
        }
    }

    fn push_record(&mut self, record: Record, cells: &[&Excerpt]) {
        let index = self.records.len();
        self.pieces_of(Role::RecordText, &[&record.text], Some(index));
        self.pieces_of(Role::RecordCell, cells, Some(index));
        self.blocks.push(Block::Record(index));
        self.records.push(record);
    }

    fn reply_head(&mut self, reply: &'a ReplyStart) {
        if reply.state.is_none() {
            self.warn_state(&reply.name, &reply.name);
        }
        let excerpts: Vec<&Excerpt> = std::iter::once(&reply.name).chain(&reply.lines).collect();
        let head = ReplyHead {
            state: reply.state,
            name: reply.name.clone(),
            lines: reply.lines.clone(),
            original_language: reply.original_language.clone(),
            date: reply.date.clone(),
        };
        self.block(Role::Heading, &excerpts, Block::ReplyHead(Box::new(head)));
        self.reply = Some(reply);
    }

    fn footnote(&mut self, label: &str, printed: &Excerpt, text: &Excerpt) {
        self.pieces_of(Role::Footnote, &[printed, text], None);
        self.blocks.push(Block::Footnote(self.footnotes.len()));
        self.footnotes.push(Footnote { label: label.to_owned(), passage: self.passage(text) });
    }

    fn warn_state(&mut self, place: &Excerpt, cell: &Excerpt) {
        let message = if cell.is_empty() {
            "no State is printed for this row or above it".to_owned()
        } else {
            format!("unknown State `{}`", cell.text)
        };
        let diagnostic = Diagnostic::warning(code::UNKNOWN_STATE, message)
            .hint("add the name to content/reference/states-aliases.csv; the record is kept without a State");
        self.diagnostics.push(diagnostic.at(Place::InSource(self.parsed.source, first_span(place))));
    }

    fn warn_date(&mut self, row: &Row, basis: DateBasis, conjecture: Option<&Correction>) {
        let message = match &row.date_reading {
            Some(reading) if basis == DateBasis::Typo => format!("impossible date `{}`", reading.printed),
            None if !row.date.is_empty() => format!("`{}` is not understood as a date", row.date.text),
            _ => return,
        };
        let hint = match conjecture {
            Some(Correction { corrected, .. }) => {
                format!("`{corrected}` is taken for what it means; correct that in content/corrections/ if it is wrong")
            }
            None => {
                "it is kept as printed; add a correction in content/corrections/ if the right date is known".to_owned()
            }
        };
        let diagnostic = Diagnostic::warning(code::IMPOSSIBLE_DATE, message).hint(hint);
        self.diagnostics.push(diagnostic.at(Place::InSource(self.parsed.source, first_span(&row.date))));
    }

    fn judge_layout(&mut self) {
        if self.parsed.layout == Layout::Unparsed {
            let diagnostic = Diagnostic::warning(code::NO_LAYOUT, "no layout fits this text")
                .hint("it becomes a page with its text, marked as unparsed");
            self.diagnostics.push(diagnostic.at(Place::InSource(self.parsed.source, Span::default())));
        }
    }
}

fn facts_not_gathered(place: Truncated, source: SourceId) -> Diagnostic {
    let (span, message) = match place {
        Truncated::Sentence(span) => (
            span,
            format!(
                "a sentence of more than {MAX_SENTENCE_BYTES} bytes or {MAX_SENTENCE_FACTS} facts, which are not gathered"
            ),
        ),
        Truncated::FromRecord(span) => {
            (span, format!("more than {MAX_REPORT_FACTS} facts in one report; none are gathered from here on"))
        }
    };
    let fault = Diagnostic::warning(code::FACTS_NOT_GATHERED, message).at(Place::InSource(source, span));
    fault.hint("the text is kept whole; look whether it is damaged")
}

/// The whole of a cell, the first line of a text.
fn first_span(excerpt: &Excerpt) -> Span {
    let mut spans = excerpt.spans();
    let first = spans.next().unwrap_or_default();
    let line = |end: usize, next: Span| (next.start.saturating_sub(end) <= 2).then_some(next.end);
    let end = spans.try_fold(first.end, |end, next| line(end, next).ok_or(end));
    Span::new(first.start, end.unwrap_or_else(|end| end))
}
