//! Prints one JSON object a citation found in the files named.

use depositary::parse::citation::{canonical, find};
use depositary::parse::lexicon::citation::CitationWords;
use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::env::args().skip(1).filter(|argument| argument != "citations") {
        if let Some(typed) = path.strip_prefix("--canonical=") {
            writeln!(output, "{}", canonical(typed))?;
            continue;
        }
        let bytes = std::fs::read(&path)?;
        let text = String::from_utf8_lossy(&bytes);
        for citation in find(&text, CitationWords::for_text(&text)) {
            let line = serde_json::json!({
                "file": path,
                "start": citation.range.start,
                "end": citation.range.end,
                "text": text.get(citation.range.clone()),
                "symbol": citation.symbol.as_str(),
                "title": citation.title,
            });
            writeln!(output, "{line}")?;
        }
    }
    output.flush()
}
