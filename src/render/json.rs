//! Plain data as JSON, which always can be written: no key is anything but a text.

use serde::Serialize;
use serde_json::Value;

/// `data` as JSON, its fields in their order.
#[allow(clippy::expect_used)]
pub(super) fn json_text(data: &impl Serialize) -> String {
    serde_json::to_string(data).expect("plain data can be written as JSON")
}

/// `data` as a value of JSON.
#[allow(clippy::expect_used)]
pub(super) fn json_value(data: &impl Serialize) -> Value {
    serde_json::to_value(data).expect("plain data can be written as JSON")
}

/// The word of the records contract for a kind.
#[allow(clippy::expect_used)]
pub(super) fn word(kind: &impl Serialize) -> String {
    json_value(kind).as_str().expect("a kind is a word of the contract").to_owned()
}
