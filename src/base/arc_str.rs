//! How a text that many share is handed on: as a text, which is then a copy for each.

use serde::{Deserialize, Deserializer, Serializer};
use std::sync::Arc;

/// For `serde(with)`.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

/// For `serde(with)`.
///
/// # Errors
/// If there is no text.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
    String::deserialize(deserializer).map(Arc::from)
}
