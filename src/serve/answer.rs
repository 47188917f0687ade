//! A request → its answer.
//!
//! Input: a request and what is shown. Output: an answer. Invariant: a file of the site, one of the few files of
//! this module, or a refusal; nothing else can be asked for.

use super::page::{error_page, with_live_reload};
use super::{Faults, Found, Shown};
use crate::base::media;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderValue, LOCATION, X_CONTENT_TYPE_OPTIONS};
use hyper::{Method, Request, Response, StatusCode};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch::Receiver;
use tokio::time::timeout;

/// What is added to pages asks here whether there is something new. No path of a site has a `~`.
const CHANGES: &str = "/~changes";

/// The files of this module.
const OWN_FILES: [(&str, &str); 2] =
    [("/~reload.js", include_str!("reload.js")), ("/~serve.css", include_str!("serve.css"))];

/// The page for what is not there.
const LOST: &str = "404.html";

/// How long a browser that asks for changes is kept waiting.
const POLL_TIME: Duration = Duration::from_secs(25);

/// An answer.
pub(super) type Answer = Response<Full<Bytes>>;

/// The answer to `request`, which came to `port`.
pub(super) async fn answer<B>(request: &Request<B>, port: u16, mut shown: Receiver<Arc<Shown>>) -> Answer {
    if !is_for_this_machine(request, port) {
        return text(StatusCode::MISDIRECTED_REQUEST, "this server answers to localhost only\n");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut refusal = text(StatusCode::METHOD_NOT_ALLOWED, "GET or HEAD\n");
        refusal.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refusal;
    }
    let path = request.uri().path();
    if path == CHANGES {
        return changes(request.uri().query().unwrap_or_default(), &mut shown).await;
    }
    let shown = Arc::clone(&shown.borrow());
    let own = OWN_FILES.iter().find(|(name, _)| *name == path);
    if let Some((name, body)) = own {
        return typed(StatusCode::OK, name, body.as_bytes().to_vec());
    }
    let path = path.to_owned();
    // Making a file may take a while, in which others are answered.
    let made = tokio::task::spawn_blocking(move || file(&path, &shown)).await;
    made.unwrap_or_else(|_| text(StatusCode::INTERNAL_SERVER_ERROR, "this file cannot be made\n"))
}

/// Whether the request names this machine, and by an address or name that no one else can make lead here: a page of
/// another site whose name resolves to 127.0.0.1 must not read this one (DNS rebinding).
fn is_for_this_machine<B>(request: &Request<B>, port: u16) -> bool {
    let names = ["localhost", "127.0.0.1", "[::1]"].map(|name| format!("{name}:{port}"));
    let is_ours = |name: &str| names.iter().any(|ours| ours.eq_ignore_ascii_case(name));
    let mut hosts = request.headers().get_all(HOST).iter();
    let is_host_ours = hosts.next().and_then(|host| host.to_str().ok()).is_some_and(is_ours);
    is_host_ours && hosts.next().is_none() && request.uri().authority().is_none_or(|name| is_ours(name.as_str()))
}

/// The number of the newest build, as soon as it is not the one that the browser has.
async fn changes(query: &str, shown: &mut Receiver<Arc<Shown>>) -> Answer {
    let known: u64 = query.strip_prefix("since=").and_then(|number| number.parse().ok()).unwrap_or_default();
    // Whether it changed or the time is over, the number is the answer.
    let _ = timeout(POLL_TIME, shown.wait_for(|shown| shown.generation != known)).await;
    let generation = shown.borrow().generation;
    text(StatusCode::OK, &generation.to_string())
}

/// The file of the site at `path`: the index of a folder, the page itself, or the one for what is not there.
fn file(path: &str, shown: &Shown) -> Answer {
    let inside = path.strip_prefix('/').unwrap_or(path);
    let name =
        if inside.is_empty() || inside.ends_with('/') { format!("{inside}index.html") } else { inside.to_owned() };
    match shown.file(&name) {
        Found::File(bytes, faults) => page_or_file(StatusCode::OK, &name, bytes, faults.as_ref(), shown.generation),
        Found::Broken(faults) => broken(&faults, shown.generation),
        Found::Nothing if matches!(shown.file(&format!("{inside}/index.html")), Found::File(..)) => {
            moved(&format!("/{inside}/"))
        }
        Found::Nothing => lost(shown),
    }
}

/// The site's page for what is not there.
fn lost(shown: &Shown) -> Answer {
    match shown.file(LOST) {
        Found::File(bytes, faults) => {
            page_or_file(StatusCode::NOT_FOUND, LOST, bytes, faults.as_ref(), shown.generation)
        }
        Found::Broken(faults) => broken(&faults, shown.generation),
        Found::Nothing => text(StatusCode::NOT_FOUND, "there is no such file\n"),
    }
}

fn broken(faults: &str, generation: u64) -> Answer {
    typed(StatusCode::INTERNAL_SERVER_ERROR, "error.html", error_page(faults, generation).into_bytes())
}

fn page_or_file(status: StatusCode, name: &str, bytes: Vec<u8>, faults: Option<&Faults>, generation: u64) -> Answer {
    let text = std::str::from_utf8(&bytes).ok().filter(|_| name.ends_with(".html"));
    let reloading = text.map(|page| with_live_reload(page, faults, generation).into_bytes());
    typed(status, name, reloading.unwrap_or(bytes))
}

fn moved(to: &str) -> Answer {
    let mut answer = text(StatusCode::PERMANENT_REDIRECT, "");
    if let Ok(to) = HeaderValue::from_str(to) {
        answer.headers_mut().insert(LOCATION, to);
    }
    answer
}

fn text(status: StatusCode, words: &str) -> Answer {
    typed(status, "answer.txt", words.as_bytes().to_vec())
}

/// The media type of the file `name`; text is UTF-8, as is all that this program writes.
fn content_type(name: &str) -> HeaderValue {
    let media_type = media::of_file(name);
    let plain = HeaderValue::from_static(media_type);
    if !media_type.starts_with("text/") {
        return plain;
    }
    HeaderValue::try_from(format!("{media_type}; charset=utf-8")).unwrap_or(plain)
}

/// An answer of the media type that belongs to `name`.
fn typed(status: StatusCode, name: &str, body: Vec<u8>) -> Answer {
    let mut answer = Response::new(Full::from(body));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, content_type(name));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    answer
}
