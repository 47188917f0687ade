//! Readers and writers for archives, which ask where they are and go where they are already at every file: each time a
//! call of the system, and what was read ahead or not yet written is lost.
//!
//! Invariant: what is read and written is the same as without these.

use std::io::{BufReader, BufWriter, Read, Result, Seek, SeekFrom, Write};

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
}
