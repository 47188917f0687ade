//! Nothing is lost: whatever a text holds, every character that is no white space belongs to one piece of its
//! report, and what a record says is what the source says.

use crate::reader::Reader;
use crate::reader::account::fault;
use depositary::model::report::Role;
use rayon::prelude::*;
use std::error::Error;
use std::path::Path;

fn assert_lossless(reader: &Reader, text: &str, what: &str) {
    let reading = reader.read(text);
    if let Some(fault) = fault(&reading) {
        panic!("{what}: {fault}\n{}", text.chars().take(2000).collect::<String>());
    }
}

fn texts_of_cases() -> Result<Vec<String>, Box<dyn Error>> {
    crate::reader::cases()?.iter().map(|case| Ok(std::fs::read_to_string(case.join("in.txt"))?)).collect()
}

#[test]
fn every_character_of_the_reports_belongs_to_one_piece_and_none_is_left_over() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new()?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/reports");
    for id in ["a-63-ctbt", "a-64-ctbt", "a-65-137", "a-66-ctbt", "npt-conf-2010-pc-i-wp-78"] {
        let reading = reader.read(&std::fs::read_to_string(folder.join(format!("{id}.txt")))?);
        assert_eq!(fault(&reading), None, "{id}");
        let leftovers = reading.report.pieces.iter().filter(|piece| piece.role == Role::Leftover);
        let leftovers: Vec<&str> = leftovers.map(|piece| reading.source.slice(piece.span)).collect();
        assert!(leftovers.is_empty(), "{id}: {leftovers:?}");
    }
    Ok(())
}

#[test]
fn cases_lose_nothing() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new()?;
    for text in texts_of_cases()? {
        assert_lossless(&reader, &text, "a case");
    }
    Ok(())
}

/// A text that breaks off: some two hundred prefixes of each case, as all of them would take the square of its length.
#[test]
fn prefixes_of_cases_lose_nothing() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new()?;
    texts_of_cases()?.par_iter().for_each(|text| {
        let step = 1 + text.chars().count() / 200;
        for (end, _) in text.char_indices().step_by(step) {
            assert_lossless(&reader, &text[..end], "a prefix");
        }
    });
    Ok(())
}

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap_or(0)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for index in (1..items.len()).rev() {
            items.swap(index, self.below(index + 1));
        }
    }
}

#[test]
fn shuffled_lines_and_words_lose_nothing() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new()?;
    let mut numbers = Numbers(0x9e37_79b9);
    for text in texts_of_cases()? {
        for separator in ["\n", " "] {
            for _ in 0..8 {
                let mut parts: Vec<&str> = text.split_inclusive(separator).collect();
                numbers.shuffle(&mut parts);
                assert_lossless(&reader, &parts.concat(), "shuffled");
            }
        }
    }
    Ok(())
}

#[test]
fn random_bytes_lose_nothing() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new()?;
    let mut numbers = Numbers(0x2545_f491);
    for _ in 0..200 {
        let bytes: Vec<u8> = (0..400).map(|_| u8::try_from(numbers.below(256)).unwrap_or(0)).collect();
        assert_lossless(&reader, &String::from_utf8_lossy(&bytes), "random bytes");
        assert_lossless(&reader, &encoding_rs::GB18030.decode(&bytes).0, "random bytes as GB 18030");
    }
    Ok(())
}

/// Pieces of which layouts are made, put together at random.
const PIECES: [&str; 40] = [
    "国家 日期/期间 活动和内容 备注",
    "1. 双边",
    "1(a) 与附件 2 国家有关的活动",
    "2(b)区域",
    "澳大利亚",
    "俄罗斯联邦",
    "2014年6月",
    "2014 年 6 月 9 日和 11 日-",
    "13 日",
    "2100年",
    "^a",
    "*",
    "\u{f02a}",
    "a",
    "b",
    "___________",
    "10-12345 (C) 5",
    "A/70/50",
    "[原件：英文]",
    "[2015 年 4 月 30 日]",
    "1.",
    "2. ",
    "(a) ",
    "- ",
    "• ",
    "一. ",
    "第70/1号决议",
    "会议决定休会。",
    "，",
    "\n",
    "\n\n",
    "\n\n\n",
    "\t",
    " ",
    "\u{c}",
    "\r\n",
    "（续）",
    "“",
    "”",
    "\u{feff}",
];

#[test]
fn random_layouts_lose_nothing() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new()?;
    let mut numbers = Numbers(0x1234_5678);
    for _ in 0..3000 {
        let n_pieces = 1 + numbers.below(60);
        let text: String = (0..n_pieces)
            .filter_map(|_| PIECES.get(numbers.below(PIECES.len())))
            .flat_map(|piece| piece.chars())
            .collect();
        assert_lossless(&reader, &text, "pieces of layouts");
    }
    Ok(())
}

#[test]
fn monotony_loses_nothing() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new()?;
    for unit in crate::reader::MONOTONOUS {
        for bytes in [1, 100, 5000] {
            assert_lossless(&reader, &unit.repeat(bytes / unit.len() + 1), unit);
        }
    }
    for (before, unit, behind) in crate::reader::MONOTONOUS_INSIDE {
        for bytes in [1, 100, 5000] {
            let repeated = unit.repeat(bytes / unit.len() + 1);
            assert_lossless(&reader, &format!("{before}{repeated}{behind}"), unit);
        }
    }
    Ok(())
}

#[test]
fn reading_twice_gives_the_same() -> Result<(), Box<dyn Error>> {
    let (first, second) = (Reader::new()?, Reader::new()?);
    for text in texts_of_cases()? {
        assert_eq!(format!("{:?}", first.read(&text).report), format!("{:?}", second.read(&text).report));
    }
    Ok(())
}
