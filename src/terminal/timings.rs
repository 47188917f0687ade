//! Where the time of a run went, for `--timings`.

use super::{Bar, print_line};
use depositary::base::progress::Progress;
use std::cell::Cell;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How many of the slowest pages are named.
const N_SLOWEST: usize = 10;

thread_local! {
    /// When the page that this thread makes was begun.
    static BEGUN: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Measures the stages and pages of a run, and shows its progress.
pub struct Timings {
    bar: Bar,
    measured: Mutex<Measured>,
}

#[derive(Default)]
struct Measured {
    /// Stages in order, each with its beginning.
    stages: Vec<(String, Instant)>,
    /// The slowest pages, slowest first.
    pages: Vec<(Duration, String)>,
}

impl Timings {
    /// Measures from now on.
    #[must_use]
    pub fn new(bar: Bar) -> Self {
        Self { bar, measured: Mutex::default() }
    }

    /// Takes the bar off the terminal, and prints what was measured.
    pub fn finish(&self) {
        self.bar.finish();
        let end = now();
        let measured = self.lock();
        let beginnings = measured.stages.iter().map(|(_, beginning)| *beginning);
        let Some(first) = beginnings.clone().next() else { return };
        let total = end.duration_since(first);
        let ends = beginnings.skip(1).chain([end]);
        for ((stage, beginning), end) in measured.stages.iter().zip(ends) {
            let took = end.duration_since(*beginning);
            let share = 100.0 * took.as_secs_f64() / total.as_secs_f64();
            print_line(&format!("{stage:10} {:9.1} ms {share:5.1} %", milliseconds(took)));
        }
        print_line(&format!("{:10} {:9.1} ms", "all", milliseconds(total)));
        for (took, path) in &measured.pages {
            print_line(&format!("{:20.1} ms  {path}", milliseconds(*took)));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Measured> {
        self.measured.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A build reads no clock for what it makes; this one only tells how long it took.
#[allow(clippy::disallowed_methods)]
fn now() -> Instant {
    Instant::now()
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

impl Progress for Timings {
    fn begin(&self, stage: &str, steps: Option<usize>) {
        self.bar.begin(stage, steps);
        self.lock().stages.push((stage.to_owned(), now()));
    }

    fn step(&self) {
        self.bar.step();
    }

    fn begin_page(&self) {
        BEGUN.set(Some(now()));
    }

    fn end_page(&self, path: &str) {
        let Some(begun) = BEGUN.take() else { return };
        let took = now().duration_since(begun);
        let mut measured = self.lock();
        let is_fast = measured.pages.last().is_some_and(|(slowest, _)| took <= *slowest);
        if is_fast && measured.pages.len() == N_SLOWEST {
            return;
        }
        measured.pages.push((took, path.to_owned()));
        measured.pages.sort_by(|left, right| right.cmp(left));
        measured.pages.truncate(N_SLOWEST);
    }
}
