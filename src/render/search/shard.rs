//! Files of the search: scripts that each hand over one JSON text.
//!
//! From a folder a page may load scripts and nothing else; `JSON.parse` of a text in a script is the fastest way in.
//! A dictionary is cut into shards of at most [`MAX_BYTES`]; a list of postings longer than that goes on in the next.

use crate::render::html::visible;
use crate::render::sink::{RenderError, Sink, site_path};
use serde::Serialize;
use serde_json::{Map, Value};

/// Most bytes of a shard, about.
pub(super) const MAX_BYTES: usize = 8_000;

/// Where the shards of a dictionary begin.
#[derive(Debug, Default, Serialize)]
pub(super) struct Directory {
    /// The first key of each shard.
    first: Vec<String>,
    /// The shards that go on with the last key of the one before.
    more: Vec<usize>,
}

/// Writes the shards of one dictionary.
pub(super) struct Dictionary<'a> {
    sink: &'a dyn Sink,
    prefix: &'static str,
    directory: Directory,
    shard: Map<String, Value>,
    n_bytes: usize,
}

impl<'a> Dictionary<'a> {
    /// An empty dictionary whose shards are called `prefix` and a number.
    pub(super) fn new(sink: &'a dyn Sink, prefix: &'static str) -> Self {
        Self { sink, prefix, directory: Directory::default(), shard: Map::new(), n_bytes: 0 }
    }

    /// Adds a key, greater than those before, and its value in pieces.
    pub(super) fn put(&mut self, key: &str, pieces: Vec<String>) -> Result<(), RenderError> {
        for (number, piece) in pieces.into_iter().enumerate() {
            let n_bytes = key.len() + piece.len() + 6;
            if number > 0 || self.n_bytes + n_bytes > MAX_BYTES {
                self.flush()?;
            }
            if self.shard.is_empty() {
                if number > 0 {
                    self.directory.more.push(self.directory.first.len());
                }
                self.directory.first.push(key.to_owned());
            }
            self.shard.insert(key.to_owned(), Value::String(piece));
            self.n_bytes += n_bytes;
        }
        Ok(())
    }

    /// Writes what is left.
    pub(super) fn finish(mut self) -> Result<Directory, RenderError> {
        self.flush()?;
        Ok(self.directory)
    }

    fn flush(&mut self) -> Result<(), RenderError> {
        if self.shard.is_empty() {
            return Ok(());
        }
        let name = format!("{}{}", self.prefix, self.directory.first.len() - 1);
        self.n_bytes = 0;
        put(self.sink, &name, &Value::Object(std::mem::take(&mut self.shard)))
    }
}

/// Hands over the script `search/<name>.js`.
pub(super) fn put(sink: &dyn Sink, name: &str, value: &Value) -> Result<(), RenderError> {
    // Scripts put it on pages, so it stands here as pages show it.
    let json = visible(&value.to_string()).replace('\\', "\\\\").replace('\'', "\\'");
    let script = format!("depositary.search.shard(\"{name}\", '{json}');\n");
    Ok(sink.put(site_path(&format!("search/{name}.js"))?, script.into_bytes())?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::SitePath;
    use crate::render::sink::SinkError;
    use std::sync::Mutex;

    #[derive(Default)]
    struct Kept(Mutex<Vec<(String, String)>>);

    impl Sink for Kept {
        fn put(&self, path: SitePath, bytes: Vec<u8>) -> Result<(), SinkError> {
            self.0.lock().unwrap().push((path.to_string(), String::from_utf8(bytes).unwrap()));
            Ok(())
        }
    }

    #[test]
    fn a_long_list_goes_on_in_the_next_shard() {
        let sink = Kept::default();
        let mut dictionary = Dictionary::new(&sink, "g");
        dictionary.put("a", vec!["A".to_owned()]).unwrap();
        dictionary.put("b", vec!["B".repeat(MAX_BYTES - 100), "C".to_owned()]).unwrap();
        dictionary.put("c", vec!["D".repeat(MAX_BYTES - 10)]).unwrap();
        let directory = dictionary.finish().unwrap();
        assert_eq!(directory.first, ["a", "b", "c"]);
        assert_eq!(directory.more, [1]);
        let files = sink.0.into_inner().unwrap();
        assert_eq!(
            files[1],
            ("search/g1.js".to_owned(), "depositary.search.shard(\"g1\", '{\"b\":\"C\"}');\n".to_owned())
        );
    }

    #[test]
    fn no_text_ends_the_script() {
        let sink = Kept::default();
        put(&sink, "t0", &Value::String("it's \"\\\" \n".to_owned())).unwrap();
        let files = sink.0.into_inner().unwrap();
        assert_eq!(files[0].1, r#"depositary.search.shard("t0", '"it\'s \\"\\\\\\" \\n"');"#.to_owned() + "\n");
    }
}
