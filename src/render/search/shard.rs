//! Files of the search: scripts that each hand over one JSON text.
//!
//! From a folder a page may load scripts and nothing else; `JSON.parse` of a text in a script is the fastest way in.
//! A dictionary is cut into shards of at most [`MAX_BYTES`]; a list of postings longer than that goes on in the next.

use crate::render::{RenderError, Sink, site_path};
use serde::Serialize;
use serde_json::{Map, Value};

/// Most bytes of a shard, about.
pub(super) const MAX_BYTES: usize = 12_000;

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
    let json = value.to_string().replace('\\', "\\\\").replace('\'', "\\'");
    let script = format!("depositary.search.shard(\"{name}\", '{json}');\n");
    Ok(sink.put(site_path(&format!("search/{name}.js"))?, script.into_bytes())?)
}
