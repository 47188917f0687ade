//! How far a run has come, told to whoever wants to show it.

/// Hears of a run's progress, from any thread.
pub trait Progress: Sync {
    /// A stage begins: its name for people, and the number of steps it has, where that is known.
    fn begin(&self, stage: &str, steps: Option<usize>);

    /// One step of the stage is done.
    fn step(&self);

    /// A page begins to be made on this thread.
    fn begin_page(&self) {}

    /// The page at `path`, which this thread began, is made.
    fn end_page(&self, _path: &str) {}
}

/// Shows nothing.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _stage: &str, _steps: Option<usize>) {}

    fn step(&self) {}
}
