//! Readers and writers for archives, which ask where they are and go where they are already at every file: each time a
//! call of the system, and what was read ahead or not yet written is lost.
//!
//! The hash of what is written comes with it, so that it need not be read again.
//!
//! Invariant: what is read and written is the same as without these.

use sha2::{Digest, Sha256};
use std::io::{BufReader, BufWriter, IntoInnerError, Read, Result, Seek, SeekFrom, Write};

/// How much is read ahead, and how much is held back before it is written.
const CAPACITY: usize = 1 << 18;

/// A reader that keeps what it has read ahead when it goes to a place in that.
pub(super) struct NearReader<R> {
    inner: BufReader<R>,
    position: u64,
}

impl<R: Read + Seek> NearReader<R> {
    /// A reader of `inner`, which is at its beginning.
    pub(super) fn new(inner: R) -> Self {
        Self { inner: BufReader::with_capacity(CAPACITY, inner), position: 0 }
    }
}

impl<R: Read> Read for NearReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let n_read = self.inner.read(buffer)?;
        self.position += n_read as u64;
        Ok(n_read)
    }
}

impl<R: Read + Seek> Seek for NearReader<R> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        match to {
            SeekFrom::Start(target) => {
                // Distances in a file fit into this type, as its length does.
                self.inner.seek_relative(target.wrapping_sub(self.position).cast_signed())?;
                self.position = target;
            }
            other => self.position = self.inner.seek(other)?,
        }
        Ok(self.position)
    }

    fn stream_position(&mut self) -> Result<u64> {
        Ok(self.position)
    }
}

/// A writer that knows where it is, and writes nothing early for being asked.
pub(super) struct CountingWriter<W: Write> {
    inner: BufWriter<W>,
    position: u64,
}

impl<W: Write + Seek> CountingWriter<W> {
    /// A writer to `inner`, which is at its beginning.
    pub(super) fn new(inner: W) -> Self {
        Self { inner: BufWriter::with_capacity(CAPACITY, inner), position: 0 }
    }

    /// What it writes to, when all is written.
    ///
    /// # Errors
    /// If the rest cannot be written.
    pub(super) fn into_inner(self) -> Result<W> {
        self.inner.into_inner().map_err(IntoInnerError::into_error)
    }
}

impl<W: Write> Write for CountingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let n_written = self.inner.write(bytes)?;
        self.position += n_written as u64;
        Ok(n_written)
    }

    fn flush(&mut self) -> Result<()> {
        self.inner.flush()
    }
}

impl<W: Write + Seek> Seek for CountingWriter<W> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let is_here = to == SeekFrom::Current(0) || to == SeekFrom::Start(self.position);
        if !is_here {
            self.position = self.inner.seek(to)?;
        }
        Ok(self.position)
    }

    fn stream_position(&mut self) -> Result<u64> {
        Ok(self.position)
    }
}

/// A writer that hashes what it writes, as long as it goes straight on.
pub(super) struct HashingWriter<W> {
    inner: W,
    /// Length and hash of what was written; none once it was written elsewhere than at the end.
    written: Option<(u64, Sha256)>,
    position: u64,
}

impl<W: Write> HashingWriter<W> {
    /// A writer to `inner`, which is empty.
    pub(super) fn new(inner: W) -> Self {
        Self { inner, written: Some((0, Sha256::new())), position: 0 }
    }

    /// Length in bytes and SHA-256 of all that was written, if it was written straight on.
    pub(super) fn finish(self) -> Option<(u64, [u8; 32])> {
        self.written.map(|(n_bytes, hash)| (n_bytes, hash.finalize().into()))
    }
}

impl<W: Write> Write for HashingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let n_written = self.inner.write(bytes)?;
        self.written = self.written.take().filter(|(end, _)| *end == self.position).map(|(end, mut hash)| {
            hash.update(bytes.get(..n_written).unwrap_or_default());
            (end + n_written as u64, hash)
        });
        self.position += n_written as u64;
        Ok(n_written)
    }

    fn flush(&mut self) -> Result<()> {
        self.inner.flush()
    }
}

impl<W: Seek> Seek for HashingWriter<W> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.position = self.inner.seek(to)?;
        Ok(self.position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn a_reader_reads_what_stands_where_it_goes() {
        let bytes: Vec<u8> = (0..=255).cycle().take(3 * CAPACITY).collect();
        let mut reader = NearReader::new(Cursor::new(&bytes));
        for place in [7, 3, 2 * CAPACITY, 2 * CAPACITY + 5, 0, 3 * CAPACITY - 4] {
            let mut read = [0; 4];
            assert_eq!(reader.seek(SeekFrom::Start(place as u64)).unwrap(), place as u64);
            reader.read_exact(&mut read).unwrap();
            assert_eq!((&read[..], reader.stream_position().unwrap()), (&bytes[place..place + 4], place as u64 + 4));
        }
        assert_eq!(reader.seek(SeekFrom::End(-1)).unwrap(), bytes.len() as u64 - 1);
    }

    #[test]
    fn a_writer_knows_where_it_is_and_goes_back() {
        let mut written = Cursor::new(Vec::new());
        let mut writer = CountingWriter::new(&mut written);
        writer.write_all(b"abcdef").unwrap();
        assert_eq!(writer.stream_position().unwrap(), 6);
        assert_eq!(writer.seek(SeekFrom::Start(2)).unwrap(), 2);
        writer.write_all(b"X").unwrap();
        assert_eq!(writer.seek(SeekFrom::End(0)).unwrap(), 6);
        writer.flush().unwrap();
        drop(writer);
        assert_eq!(written.into_inner(), b"abXdef");
    }

    #[test]
    fn what_is_written_straight_on_is_hashed() {
        let write = |to: SeekFrom| {
            let mut writer = HashingWriter::new(Cursor::new(Vec::new()));
            writer.write_all(b"abc").unwrap();
            writer.seek(to).unwrap();
            writer.write_all(b"def").unwrap();
            writer.finish()
        };
        let straight = Some((6, Sha256::digest(b"abcdef").into()));
        assert_eq!((write(SeekFrom::End(0)), write(SeekFrom::Start(1))), (straight, None));
    }
}
