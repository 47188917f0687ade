//! `serve` as a browser and an attacker meet it: over plain sockets, as most of what is sent here no client would.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// One server at a time, so that what is measured is one server's.
static TURN: Mutex<()> = Mutex::new(());

/// How long anything may take before it counts as broken. Debug builds on a busy machine are slow.
const PATIENCE: Duration = Duration::from_secs(120);

struct Server {
    child: Child,
    port: u16,
    folder: TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer: status, head, body.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

/// A new site, served at a free port.
fn served() -> Server {
    let folder = tempfile::tempdir().unwrap();
    let made = depositary().args(["--quiet", "init"]).arg(folder.path()).status().unwrap();
    assert!(made.success());
    serve(folder)
}

fn depositary() -> Command {
    Command::new(env!("CARGO_BIN_EXE_depositary"))
}

fn serve(folder: TempDir) -> Server {
    let mut command = depositary();
    command.args(["--quiet", "serve", "--port", "0", "--root"]).arg(folder.path()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    let line = lines.find(|line| line.contains("http://127.0.0.1:")).unwrap();
    // What is said later must be read, or the server would wait for its reader.
    std::thread::spawn(move || lines.for_each(drop));
    let port = line.split(':').nth(2).unwrap().split('/').next().unwrap().parse().unwrap();
    Server { child, port, folder }
}

impl Server {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// What comes back for these very bytes, until the server closes.
    fn raw(&self, request: &[u8]) -> String {
        let mut stream = self.connect();
        // The server may close before all is sent.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn ask(&self, method: &str, path: &str, host: &str) -> Answer {
        let request = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let text = self.raw(request.as_bytes());
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &format!("localhost:{}", self.port))
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The number of the build that comes after `known`, as the script of a page asks for it.
    fn next(&self, known: &str) -> String {
        let start = Instant::now();
        loop {
            let number = self.get(&format!("/~changes?since={known}")).body;
            if number != known {
                return number;
            }
            assert!(start.elapsed() < PATIENCE, "no new build");
        }
    }

    /// The first page at `path` of which `holds` is true, however many builds it takes.
    fn wait(&self, path: &str, holds: impl Fn(&Answer) -> bool) -> Answer {
        let start = Instant::now();
        loop {
            let answer = self.get(path);
            if holds(&answer) {
                return answer;
            }
            assert!(start.elapsed() < PATIENCE, "{answer:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn is_alive(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none() && self.get("/").status == 200
    }
}

#[test]
fn pages_have_their_heads_and_folders_their_index() {
    let _turn = TURN.lock();
    let server = served();
    let home = server.get("/");
    assert_eq!(home.status, 200, "{home:?}");
    for header in
        ["content-type: text/html; charset=utf-8", "cache-control: no-store", "x-content-type-options: nosniff"]
    {
        assert!(home.head.contains(header), "{header}: {}", home.head);
    }
    assert!(home.body.contains("connect-src 'self'") && home.body.contains("/~reload.js"), "{}", home.body);
    assert_eq!(home.body, server.get("/index.html").body);
    assert_eq!(server.get("/states/").status, 200);
    let moved = server.get("/states");
    assert!(moved.status == 308 && moved.head.contains("location: /states/"), "{moved:?}");
    let lost = server.get("/no/such/page");
    assert!(lost.status == 404 && lost.body.contains("<html"), "{lost:?}");
    for (path, media) in [
        ("/site.css", "text/css"),
        ("/site.js", "text/javascript"),
        ("/icon.svg", "image/svg+xml"),
        ("/data/records.ndjson", "application/x-ndjson"),
        ("/data/SHA256SUMS", "text/plain"),
        ("/~reload.js", "text/javascript"),
        ("/~serve.css", "text/css"),
    ] {
        let file = server.get(path);
        assert!(file.status == 200 && file.head.contains(&format!("content-type: {media}")), "{path}: {}", file.head);
    }
    let host = format!("127.0.0.1:{}", server.port);
    let head = server.ask("HEAD", "/", &host);
    assert!(head.status == 200 && head.body.is_empty() && head.head.contains("content-length: "), "{head:?}");
}

#[test]
fn strangers_are_refused() {
    let _turn = TURN.lock();
    let mut server = served();
    let port = server.port;
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        assert_eq!(server.ask("GET", "/", &format!("{host}:{port}")).status, 200, "{host}");
    }
    let wrong_port = format!("localhost:{}", port.wrapping_add(1));
    for host in ["example.org", "localhost", "localhost.example.org", &wrong_port, "", &format!("127.0.0.2:{port}")] {
        let refused = server.ask("GET", "/", host);
        assert!(refused.status == 421 && !refused.body.contains("<html"), "{host}: {refused:?}");
    }
    let absolute = format!("GET http://example.org/ HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
    assert!(server.raw(absolute.as_bytes()).contains(" 421 "));
    let twice = format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\nHost: example.org\r\nConnection: close\r\n\r\n");
    assert!(server.raw(twice.as_bytes()).contains(" 421 "));
    assert!(server.raw(b"GET / HTTP/1.0\r\n\r\n").contains(" 421 "));
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "NONSENSE"] {
        let refused = server.ask(method, "/", &format!("localhost:{port}"));
        assert!(refused.status == 405 && refused.head.contains("allow: get, head"), "{method}: {refused:?}");
    }
    for path in ["/../site.toml", "/%2e%2e/site.toml", "/..%2fsite.toml", "//etc/passwd", "/content/", "/.gitignore"] {
        let refused = server.get(path);
        assert!(refused.status == 404 && !refused.body.contains("root:"), "{path}: {refused:?}");
    }
    assert!(server.is_alive());
}

#[test]
fn bad_and_slow_requests_hold_nobody_up() {
    let _turn = TURN.lock();
    let mut server = served();
    let bad: [&[u8]; 4] = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
    ];
    for request in bad {
        let text = server.raw(request);
        assert!(!text.contains(" 200 "), "{text}");
    }
    let long = format!("GET / HTTP/1.1\r\nHost: localhost:{}\r\nX: {}\r\n\r\n", server.port, "x".repeat(1 << 20));
    assert!(!server.raw(long.as_bytes()).contains(" 200 "));
    let mut slow: Vec<TcpStream> = (0..40).map(|_| server.connect()).collect();
    slow.iter_mut().for_each(|stream| stream.write_all(b"GET / HTTP/1.1\r\nHost: lo").unwrap());
    let start = Instant::now();
    assert_eq!(server.get("/").status, 200);
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    let mut end = Vec::new();
    let _ = slow[0].read_to_end(&mut end);
    assert!(start.elapsed() < Duration::from_secs(30), "a slow request is kept for ever");
    assert!(server.is_alive());
}

#[test]
fn clients_that_do_not_read_hold_nobody_up() {
    let _turn = TURN.lock();
    let mut server = served();
    let request = format!("GET / HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", server.port).repeat(2_000);
    let body = format!("POST / HTTP/1.1\r\nHost: localhost:{}\r\nContent-Length: 1000000000\r\n\r\n", server.port);
    let unread: Vec<TcpStream> = (0..130)
        .map(|_| {
            let mut stream = server.connect();
            stream.set_write_timeout(Some(Duration::from_millis(20))).unwrap();
            // Only as much is taken as the sockets hold.
            let _ = stream.write_all(request.as_bytes());
            stream
        })
        .collect();
    let start = Instant::now();
    assert_eq!(server.get("/").status, 200);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert!(server.raw(body.as_bytes()).contains(" 405 "));
    drop(unread);
    assert!(server.is_alive());
}

#[test]
fn a_save_is_followed_by_a_new_page() {
    let _turn = TURN.lock();
    let server = served();
    let start = Instant::now();
    server.write("static/site.css", "body { color: teal }\n");
    server.wait("/site.css", |file| file.body.contains("teal"));
    println!("from save to answer, the sample site: {:?}", start.elapsed());
    // As many editors save: a new file takes the place of the old one.
    let page = server.folder.path().join("content/pages/en/about.md");
    let text = fs::read_to_string(&page).unwrap() + "\nSaved by a rename.\n";
    server.write("content/pages/en/.about.md.new", &text);
    fs::rename(page.with_file_name(".about.md.new"), &page).unwrap();
    server.wait("/en/about/", |page| page.body.contains("Saved by a rename."));
    // A folder that was not there at the start.
    server.write("templates/404.html", "{% extends \"base.html\" %}{% block body %}<p>NOWHERE</p>{% endblock %}");
    server.wait("/nothing", |page| page.body.contains("NOWHERE"));
    fs::remove_dir_all(server.folder.path().join("templates")).unwrap();
    server.wait("/nothing", |page| !page.body.contains("NOWHERE"));
    server.write("templates/404.html", "{% extends \"base.html\" %}{% block body %}<p>AGAIN</p>{% endblock %}");
    server.wait("/nothing", |page| page.body.contains("AGAIN"));
}

#[test]
fn faults_are_shown_over_the_last_good_page() {
    let _turn = TURN.lock();
    let server = served();
    let known = server.get("/~changes?since=0").body;
    server.write("templates/home.html", "{% extends \"base.html\" %}{% block body %}<script>{{ oh.no }}{% endblock %}");
    let faulty = server.next(&known);
    let page = server.get("/");
    assert!(page.status == 200 && page.body.contains("serve-faults") && page.body.contains("E0601"), "{}", page.body);
    assert!(page.body.contains("templates/home.html") && page.body.contains("&lt;script&gt;"), "{}", page.body);
    // The other pages are as they should be, and say what keeps the site from being published once all are judged.
    let page = server.wait("/states/", |page| page.body.contains("serve-faults"));
    assert!(page.status == 200 && page.body.contains("would not be published"), "{}", page.body);
    fs::remove_file(server.folder.path().join("templates/home.html")).unwrap();
    server.next(&faulty);
    let page = server.wait("/", |page| !page.body.contains("serve-faults"));
    assert!(page.body.contains("/~reload.js"));
}

#[test]
fn a_site_that_is_broken_from_the_start_shows_why() {
    let _turn = TURN.lock();
    let folder = tempfile::tempdir().unwrap();
    assert!(depositary().args(["--quiet", "init"]).arg(folder.path()).status().unwrap().success());
    let settings = fs::read_to_string(folder.path().join("site.toml")).unwrap();
    fs::write(folder.path().join("site.toml"), format!("titel = \"<b>\"\n{settings}")).unwrap();
    let server = serve(folder);
    let page = server.get("/");
    assert!(page.status == 500 && page.body.contains("E0202") && page.body.contains("&lt;b&gt;"), "{page:?}");
    server.write("site.toml", &settings);
    assert_eq!(server.wait("/", |page| page.status == 200).status, 200);
}

#[test]
fn the_end_is_clean_and_a_taken_port_is_told() {
    let _turn = TURN.lock();
    let mut server = served();
    let mut second = depositary();
    let port = server.port.to_string();
    let refused = second.args(["serve", "--port", &port, "--root"]).arg(server.folder.path()).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains(&format!("port {port}")));
    // A browser that waits for a change does not hold the end up.
    let mut waiting = server.connect();
    let request = format!("GET /~changes?since=1 HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
    waiting.write_all(request.as_bytes()).unwrap();
    let process = server.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &process]).status().unwrap().success());
    let start = Instant::now();
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn a_folder_without_a_site_is_no_site() {
    let folder = tempfile::tempdir().unwrap();
    let output = depositary().args(["serve", "--port", "0", "--root"]).arg(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("E0101"));
}

/// Prints the time from save to answer for this repository's archive. Run it alone, and in release mode:
/// `cargo test --release --test serve -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn time_from_save_to_answer_for_this_archive() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["site.toml", "content", "templates", "static"] {
        assert!(Command::new("cp").arg("-r").arg(repository.join(name)).arg(folder.path()).status().unwrap().success());
    }
    let server = serve(folder);
    let mut times: Vec<Duration> = (0..10)
        .map(|round| {
            let known = server.get("/~changes?since=0").body;
            let start = Instant::now();
            server.write("static/note.txt", &format!("round {round}\n"));
            server.next(&known);
            assert_eq!(server.get("/").status, 200);
            start.elapsed()
        })
        .collect();
    times.sort();
    println!("from save to the new home page: median {:?}, slowest {:?}", times[5], times[9]);
}

/// The addresses in a page that stands at `path`, without those of other sites.
fn links(page: &str, path: &str) -> Vec<String> {
    let values = page.split(" href=").chain(page.split(" src=")).skip(1).filter_map(|rest| {
        let quoted = rest.strip_prefix('"').map(|rest| rest.split('"').next());
        quoted.unwrap_or_else(|| rest.split([' ', '>']).next())
    });
    let values = values.filter(|value| !value.contains(':') && !value.contains('<')).map(|value| {
        let file = value.split(['#', '?']).next().unwrap();
        let mut steps: Vec<&str> = path.split('/').collect();
        if file.is_empty() {
            return path.to_owned();
        }
        if file.starts_with('/') {
            return file.to_owned();
        }
        steps.pop();
        for step in file.split('/') {
            match step {
                "." => {}
                ".." => drop(steps.pop()),
                step => steps.push(step),
            }
        }
        steps.join("/")
    });
    values.collect()
}

#[test]
fn no_link_of_a_served_site_is_dead() {
    /// Pages in one folder are made by one template: what the first of them lead to is asked for.
    const READ_PER_FOLDER: usize = 2;
    let _turn = TURN.lock();
    let server = served();
    let (mut waiting, mut known) = (vec!["/".to_owned()], BTreeSet::new());
    let (mut n_read, mut dead) = (BTreeMap::<String, usize>::new(), Vec::new());
    while let Some(path) = waiting.pop() {
        let answer = server.get(&path);
        if answer.status != 200 {
            dead.push((path, answer.status));
            continue;
        }
        let folder = path.trim_start_matches("/en/").trim_start_matches('/').split('/').next().unwrap().to_owned();
        let n_read = n_read.entry(folder).or_default();
        *n_read += 1;
        if *n_read <= READ_PER_FOLDER && answer.head.contains("text/html") {
            waiting.extend(links(&answer.body, &path).into_iter().filter(|path| known.insert(path.clone())));
        }
    }
    assert!(known.len() > 100, "{}", known.len());
    assert!(known.iter().any(|path| path.starts_with("/data/")), "the data are linked to");
    assert!(dead.is_empty(), "{dead:?}");
}

#[test]
fn a_taken_port_is_told_with_what_to_do() {
    let server = served();
    let mut command = depositary();
    command.args(["serve", "--port", &server.port.to_string(), "--root"]).arg(server.folder.path());
    let output = command.output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && told.contains("choose another with `--port`"), "{told}");
}
