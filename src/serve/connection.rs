//! Connections: who may connect, how long, and how much they may send.
//!
//! Input: sockets. Output: each request to `answer`. Invariant: no client holds the server, however slow it is and
//! whatever it sends.

use super::answer::answer;
use super::{Shown, Sockets};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch::Receiver;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;

/// How many connections there may be at a time. A browser makes six.
const MAX_CONNECTIONS: usize = 128;

/// How long a client may take to send the head of a request.
const HEAD_TIME: Duration = Duration::from_secs(5);

/// How long a client may take to read some of its answer.
const READ_TIME: Duration = Duration::from_secs(5);

/// How long a connection lasts; a browser makes another.
const CONNECTION_TIME: Duration = Duration::from_secs(300);

/// How many bytes the head of a request may have. Browsers send about a thousand.
const MAX_HEAD_BYTES: usize = 16 * 1024;

/// How long to wait when the system gives no connection, for want of files that may be open.
const RETRY_TIME: Duration = Duration::from_millis(100);

/// Takes connections until the user ends the program.
pub(super) async fn accept(sockets: Sockets, shown: Receiver<Arc<Shown>>) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    for listener in sockets.listeners {
        let listener = TcpListener::from_std(listener)?;
        tokio::spawn(accept_all(listener, sockets.port, shown.clone(), Arc::clone(&places)));
    }
    tokio::signal::ctrl_c().await
}

async fn accept_all(listener: TcpListener, port: u16, shown: Receiver<Arc<Shown>>, places: Arc<Semaphore>) {
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(serve_connection(stream, port, shown.clone(), place))),
            Err(_) => sleep(RETRY_TIME).await,
        }
    }
}

async fn serve_connection(stream: TcpStream, port: u16, shown: Receiver<Arc<Shown>>, place: OwnedSemaphorePermit) {
    let service = service_fn(|request| {
        let shown = shown.clone();
        async move { Ok::<_, Infallible>(answer(&request, port, shown).await) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(MAX_HEAD_BYTES);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(READ_TIME));
    // A client that breaks the rules or goes away ends its own connection, and nobody else is told.
    let _ = timeout(CONNECTION_TIME, http.serve_connection(TokioIo::new(Box::pin(stream)), service)).await;
    drop(place);
}
