//! Values that are held, or packed until they are first asked for: an archive has many, and a page few.
//!
//! Invariant: whether something was packed makes no difference but of time and memory.

use libdeflater::{CompressionLvl, Compressor, Decompressor};
use serde::de::{DeserializeOwned, Error as _};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::ops::{Deref, DerefMut, Index};
use std::sync::OnceLock;

/// How many values of a list are packed together: what they have in common is packed once, and to have one of them, all
/// are inflated.
const VALUES_TOGETHER: usize = 16;

/// What is packed: a length, and as many bytes in the form of `postcard`, deflated.
#[derive(Clone, Serialize, Deserialize)]
struct Packed(usize, Box<[u8]>);

impl Packed {
    fn new(value: &impl Serialize) -> Result<Self, String> {
        let bytes = postcard::to_stdvec(value).map_err(|error| error.to_string())?;
        let mut compressor = Compressor::new(CompressionLvl::default());
        let mut packed = vec![0; compressor.deflate_compress_bound(bytes.len())];
        let length = compressor.deflate_compress(&bytes, &mut packed).map_err(|error| error.to_string())?;
        packed.truncate(length);
        Ok(Self(bytes.len(), packed.into()))
    }

    /// Its bytes before they were packed.
    ///
    /// # Panics
    /// If it was not packed here. Parts are compared with their hashes before anything is taken from them.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![0; self.0];
        #[allow(clippy::expect_used)]
        Decompressor::new().deflate_decompress(&self.1, &mut bytes).expect("it was packed here");
        bytes
    }
}

/// The value in `bytes`.
///
/// # Panics
/// If it was not packed here.
fn value<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> T {
    #[allow(clippy::expect_used)]
    postcard::from_bytes(bytes).expect("it was packed here")
}

/// A value.
#[derive(Clone)]
pub struct Lazy<T> {
    value: OnceLock<Box<T>>,
    packed: Option<Packed>,
}

impl<T> Lazy<T> {
    /// Gives up the value where it can be had again.
    pub fn release(&mut self) {
        if self.packed.is_some() {
            self.value.take();
        }
    }
}

impl<T: DeserializeOwned> Lazy<T> {
    /// Holds the value from now on.
    pub fn unpack(&mut self) {
        let _ = &**self;
        self.packed = None;
    }

    /// The value itself.
    #[must_use]
    pub fn into_inner(mut self) -> T {
        let _ = &*self;
        #[allow(clippy::expect_used)]
        *self.value.take().expect("it was just asked for")
    }
}

impl<T> From<T> for Lazy<T> {
    fn from(value: T) -> Self {
        Self { value: OnceLock::from(Box::new(value)), packed: None }
    }
}

impl<T: DeserializeOwned> Deref for Lazy<T> {
    type Target = T;

    fn deref(&self) -> &T {
        #[allow(clippy::expect_used)]
        self.value.get_or_init(|| Box::new(value(&self.packed.as_ref().expect("it is held or packed").bytes())))
    }
}

impl<T: DeserializeOwned> DerefMut for Lazy<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.unpack();
        #[allow(clippy::expect_used)]
        self.value.get_mut().expect("it was just unpacked")
    }
}

impl<T: DeserializeOwned + fmt::Debug> fmt::Debug for Lazy<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(formatter)
    }
}

impl<T: Serialize + DeserializeOwned> Serialize for Lazy<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.packed {
            Some(packed) => packed.serialize(serializer),
            None => Packed::new(&**self).map_err(S::Error::custom)?.serialize(serializer),
        }
    }
}

impl<'de, T> Deserialize<'de> for Lazy<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { value: OnceLock::new(), packed: Some(Packed::deserialize(deserializer)?) })
    }
}

/// A list of values, each of which can be asked for by itself.
#[derive(Clone)]
pub struct LazyList<T> {
    values: Vec<OnceLock<Box<T>>>,
    /// [`VALUES_TOGETHER`] values each; none if all are held.
    packed: Vec<Packed>,
}

impl<T> LazyList<T> {
    /// How many values it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Gives up the values that can be had again.
    pub fn release(&mut self) {
        if !self.packed.is_empty() {
            self.values.iter_mut().for_each(|value| drop(value.take()));
        }
    }
}

impl<T: DeserializeOwned> LazyList<T> {
    /// The value at `position`.
    #[must_use]
    pub fn get(&self, position: usize) -> Option<&T> {
        let unpacked = || {
            let bytes = self.packed[position / VALUES_TOGETHER].bytes();
            let together: Vec<&[u8]> = value(&bytes);
            Box::new(value(together[position % VALUES_TOGETHER]))
        };
        self.values.get(position).map(|value| &**value.get_or_init(unpacked))
    }

    /// The values in their order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator {
        (0..self.len()).map(|position| &self[position])
    }

    /// The values in their order, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.unpack();
        self.values.iter_mut().filter_map(OnceLock::get_mut).map(Box::as_mut)
    }

    /// Holds all values from now on.
    pub fn unpack(&mut self) {
        for (packed, values) in self.packed.iter().zip(self.values.chunks(VALUES_TOGETHER)) {
            let bytes = packed.bytes();
            let together: Vec<&[u8]> = value(&bytes);
            for (held, bytes) in values.iter().zip(together) {
                held.get_or_init(|| Box::new(value(bytes)));
            }
        }
        self.packed.clear();
    }
}

impl<T> FromIterator<T> for LazyList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let values = values.into_iter().map(|value| OnceLock::from(Box::new(value))).collect();
        Self { values, packed: Vec::new() }
    }
}

impl<T: DeserializeOwned> Index<usize> for LazyList<T> {
    type Output = T;

    fn index(&self, position: usize) -> &T {
        #[allow(clippy::expect_used)]
        self.get(position).expect("the list is as long as that")
    }
}

impl<T: DeserializeOwned + fmt::Debug> fmt::Debug for LazyList<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

impl<T: Serialize + DeserializeOwned> Serialize for LazyList<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.packed.is_empty() {
            let bytes =
                self.iter().map(postcard::to_stdvec).collect::<Result<Vec<_>, _>>().map_err(S::Error::custom)?;
            let packed = bytes.chunks(VALUES_TOGETHER).map(|together| Packed::new(&together));
            let packed = packed.collect::<Result<Vec<_>, _>>().map_err(S::Error::custom)?;
            return (self.len(), packed).serialize(serializer);
        }
        (self.len(), &self.packed).serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for LazyList<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (length, packed): (usize, Vec<Packed>) = Deserialize::deserialize(deserializer)?;
        if length.div_ceil(VALUES_TOGETHER) != packed.len() {
            return Err(D::Error::custom("a list of another length than it says"));
        }
        Ok(Self { values: std::iter::repeat_with(OnceLock::new).take(length).collect(), packed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed<T: Serialize + DeserializeOwned>(value: &T) -> T {
        postcard::from_bytes(&postcard::to_stdvec(value).unwrap()).unwrap()
    }

    #[test]
    fn what_is_packed_is_had_again_as_often_as_it_is_given_up() {
        let mut lazy = packed(&Lazy::from("words".to_owned()));
        let mut list: LazyList<usize> = packed(&(100..140).collect());
        for _ in 0..2 {
            assert!(lazy.value.get().is_none() && list.values.iter().all(|value| value.get().is_none()));
            assert_eq!(
                (lazy.as_str(), list.len(), list[0], list[17], list.get(39)),
                ("words", 40, 100, 117, Some(&139))
            );
            assert_eq!((list.get(40), list.values[16].get()), (None, None));
            assert!(list.iter().copied().eq(100..140));
            lazy.release();
            list.release();
        }
    }

    #[test]
    fn what_is_changed_is_never_given_up() {
        let (mut lazy, mut list) =
            (packed(&Lazy::from("words".to_owned())), packed(&(0..20).collect::<LazyList<usize>>()));
        lazy.push('!');
        list.iter_mut().for_each(|value| *value += 1);
        lazy.release();
        list.release();
        assert_eq!((lazy.as_str(), packed(&lazy).into_inner().as_str()), ("words!", "words!"));
        assert!(list.iter().copied().eq(1..21) && packed(&list).iter().copied().eq(1..21));
    }
}
