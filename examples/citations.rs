//! Prints one JSON object a citation found in the files named: `citations FILE…`.

use depositary::parse::citation::citations_lines;
use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::env::args().skip(1).filter(|argument| argument != "citations") {
        let text = std::fs::read_to_string(&path)?;
        for line in citations_lines(&path, &text) {
            writeln!(output, "{line}")?;
        }
    }
    output.flush()
}
