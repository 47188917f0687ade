//! AKN4UN (Akoma Ntoso as the United Nations publishes it, OASIS LegalDocML 1.0) → its document.
//!
//! Input: the XML of a document of any kind: resolution, report, record of a debate. Output: [`Document`]: a paragraph
//! with its printed number in front, notes behind the paragraph that refers to them, table rows, what `meta` says.
//! Invariants: text nodes are given in document order; what `meta` holds beside the text is left out by name.
//!
//! 1. [`metadata`] reads the elements that say what the document is, wherever they stand.
//! 2. [`body`] makes blocks of the rest: every element outside [`INLINE`] ends a paragraph.

mod body;
mod metadata;

use super::document::Document;
use super::xml::{self, Event, Reader};
use crate::base::diagnostic::Diagnostic;
use body::Body;
use metadata::Meta;

/// The elements that stand inside a paragraph: the group `inlineCM` of the standard and what the United Nations adds.
#[rustfmt::skip]
const INLINE: [&str; 78] = [
    "a", "abbr", "affectedDocument", "argument", "authorialNote", "b", "bankNumber", "br", "change", "concept",
    "courtType", "date", "decoration", "def", "del", "docAuthority", "docCommittee", "docDate", "docIntroducer",
    "docJurisdiction", "docNumber", "docProponent", "docPurpose", "docStage", "docStatus", "docTitle", "docType",
    "docketNumber", "entity", "eol", "eop", "event", "fillIn", "fraction", "i", "img", "inline", "ins", "judge",
    "lawyer", "legislature", "location", "marker", "mmod", "mod", "mref", "neutralCitation", "noteRef", "num",
    "object", "omissis", "opinion", "organization", "outcome", "party", "person", "placeholder", "process",
    "quantity", "quotedText", "recordedTime", "ref", "relatedDocument", "remark", "rmod", "role", "rref", "session",
    "shortTitle", "signature", "span", "sub", "sup", "term", "time", "tocItem", "u", "vote",
];

/// The element that holds a document.
const ROOT: &str = "akomaNtoso";

/// Reads the document in `bytes`. `shown` is its path for people.
pub(super) fn read(bytes: &[u8], shown: &str) -> Result<Document, Box<Diagnostic>> {
    let text = xml::decode(bytes, ROOT, shown)?;
    // A document of any namespace is read by its local names: editions of the standard differ in nothing else.
    let mut reader = Reader::new(&text, &[], ROOT, shown);
    let (mut meta, mut body) = (Meta::default(), Body::default());
    while let Some(event) = reader.next()? {
        // Notes may be kept in `meta`; the text refers to them.
        let begins_note = matches!(&event, Event::Open(element) if element.name.local == "note");
        let is_note = body.is_in_kept_note() || (begins_note && meta.is_inside());
        if !is_note {
            meta.event(&event);
            if meta.is_inside() {
                continue;
            }
        }
        match event {
            Event::Open(element) => body.open(&element),
            Event::Close(name) => body.close(&name.local),
            Event::Text(text) => body.text(&text),
        }
    }
    let (furniture, beside) = meta.beside_text();
    let (mut blocks, mut left_out) = body.finish();
    blocks.extend(furniture);
    left_out.extend(beside);
    Ok(Document { blocks, metadata: meta.finish(), left_out, ..Document::default() })
}

#[cfg(test)]
mod tests {
    use crate::extract::extract;

    #[test]
    fn content_becomes_text() {
        let cases = [
            (
                "<list><intro><p>a:</p></intro><point><num>(a)</num><content><p>b;</p></content></point><point><num>(b)</num><list><intro><p>c:</p></intro><point><num>(i)</num><content><p>d.</p></content></point></list></point></list>",
                "a:\n\n(a) b;\n\n(b) c:\n\n(i) d.\n",
            ),
            (
                "<blockContainer><num>1.</num><p>a <i>b</i><eol/>c</p><p>d</p></blockContainer>",
                "1. a b\u{2028}c\n\nd\n",
            ),
            (
                "<table><tr><th colspan='2'><p>s</p></th></tr><tr><td rowspan='2'><p>a</p></td><td><p>b<authorialNote marker='*'><p>n</p></authorialNote></p></td></tr><tr><td><p>c</p><p>d</p></td></tr></table>",
                "s\n\na\tb[^*]\n\n[^*]: n\n\n\tc\u{2028}d\n",
            ),
            ("<table><tr><td>a<td>b</td></td></tr><td>c</td></table>", "a\tb\n\nc\n"),
            ("<p>a<noteRef href='#n1' marker='1'/> b<noteRef href='#n0'/></p>", "a[^1] b\n\n[^1]: kept\n"),
            ("<p>x<ruby/>y</p><p> </p><conclusions><p>e<br/>f</p></conclusions>", "x\n\ny\n\ne\n\nf\n"),
        ];
        for (content, expected) in cases {
            let notes =
                "<meta><notes><note eId='n1'><p>kept</p></note><note eId='n2'><p>other</p></note></notes></meta>";
            let document = format!("<akomaNtoso><doc>{notes}<mainBody>{content}</mainBody></doc></akomaNtoso>");
            let found = extract(document.as_bytes(), "file").expect("it is read").expect("it is a document");
            assert_eq!(found.text, expected, "{content}");
            let left_out: Vec<&str> = found.left_out.iter().map(|left_out| left_out.text.as_str()).collect();
            assert!(left_out.contains(&"other"), "{left_out:?}");
        }
    }
}
