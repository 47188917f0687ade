//! A progress bar on a terminal.

use depositary::base::progress::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};

/// Shows stages and steps on standard error while a run goes on, and nothing anywhere else.
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar; it stays hidden where standard error is no terminal or `is_quiet`.
    #[must_use]
    pub fn new(is_quiet: bool) -> Self {
        let is_shown = !is_quiet && io::stderr().is_terminal();
        let target = if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Self(ProgressBar::with_draw_target(None, target))
    }

    /// Takes the bar off the terminal.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl Progress for Bar {
    fn begin(&self, stage: &str, steps: Option<usize>) {
        let template = if steps.is_some() { "{msg:8} {bar:40} {pos}/{len}" } else { "{msg:8} {spinner}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.0.set_style(style);
        }
        self.0.set_message(stage.to_owned());
        self.0.set_position(0);
        match steps {
            Some(steps) => self.0.set_length(steps as u64),
            None => self.0.unset_length(),
        }
        self.0.tick();
    }

    fn step(&self) {
        self.0.inc(1);
    }
}
