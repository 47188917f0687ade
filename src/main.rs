//! The `depositary` command.

fn main() {}
