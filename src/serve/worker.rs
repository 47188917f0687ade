//! The thread that makes the files of one site, in the order in which they are asked for, each once.

use super::Preview;
use crate::render::{OnDemand, RenderError};
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};

/// A file, or none where the site has no such file.
pub(super) type Made = Result<Option<Vec<u8>>, RenderError>;

/// A file that is wanted.
struct RenderRequest {
    path: String,
    made: Sender<Made>,
}

/// The way to the thread, which ends when this is dropped.
#[derive(Debug)]
pub(super) struct RenderWorker {
    requests: Mutex<Sender<RenderRequest>>,
}

impl RenderWorker {
    /// Starts the thread for `site`, once what its pages share is made.
    ///
    /// # Errors
    /// If a template, a table of messages or an editorial page of the site is wrong.
    pub(super) fn start(site: Arc<dyn Preview>) -> io::Result<Result<Self, RenderError>> {
        let (requests, receiver) = channel();
        let (sender, ready) = channel();
        std::thread::Builder::new().name("worker".to_owned()).spawn(move || work(&*site, &receiver, &sender))?;
        let started = ready.recv().unwrap_or(Ok(()));
        Ok(started.map(|()| Self { requests: Mutex::new(requests) }))
    }

    /// The file at `path`. Waits until it is made.
    pub(super) fn file(&self, path: &str) -> Made {
        let (made, answer) = channel();
        let request = RenderRequest { path: path.to_owned(), made };
        let sent = self.requests.lock().unwrap_or_else(PoisonError::into_inner).send(request);
        // A thread that is gone has no file.
        sent.map_or(Ok(None), |()| answer.recv().unwrap_or(Ok(None)))
    }
}

fn work(site: &dyn Preview, requests: &Receiver<RenderRequest>, ready: &Sender<Result<(), RenderError>>) {
    let opened = site.ask(&mut |site: &OnDemand<'_>| {
        // Whoever asked may have gone meanwhile, here and below.
        let _ = ready.send(Ok(()));
        // A browser asks for the same files again and again.
        let mut kept: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for request in requests {
            let known = kept.get(&request.path).cloned();
            let made = known.map_or_else(|| site.file(&request.path), |bytes| Ok(Some(bytes)));
            if let Ok(Some(bytes)) = &made {
                kept.entry(request.path).or_insert_with(|| bytes.clone());
            }
            let _ = request.made.send(made);
        }
    });
    if let Err(faults) = opened {
        let _ = ready.send(Err(faults));
    }
}
