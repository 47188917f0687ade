//! Never half a site: whatever breaks a build off, and whenever, the output folder is the old site whole or the new
//! one whole, what the program did not make stays as it was, and the next build cleans up by itself.
//!
//! The tests that need `strace` or a file system of their own are run by `.ci/run`:
//! `cargo test --test it -- failures:: --ignored --nocapture`.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::disallowed_methods)]

#[path = "../failures/workplace.rs"]
mod workplace;

use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use workplace::{Workplace, told, tree};

/// The statuses that a build may end with: success, a fault of the input, a fault of the file system.
const STATUSES: [i32; 3] = [0, 1, 2];

fn assert_none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// Kills a build after each of `number` times, spread over the time that a whole one takes.
fn kill_at_random_moments(number: u32) {
    let timed = || {
        let place = Workplace::with_old_site();
        let start = Instant::now();
        place.assert_builds();
        start.elapsed()
    };
    // The quickest of three, as others may keep the machine busy.
    let whole = timed().min(timed()).min(timed());
    // The golden ratio spreads any number of points evenly and without a pattern. How long a build takes differs from
    // run to run on a busy machine, so the time over which they are spread follows the builds.
    let (mut span, mut n_alive, mut faults) = (whole, 0, Vec::new());
    for moment in (1..=number).map(|point| (f64::from(point) * 0.618_033_988_749_895).fract()) {
        let place = Workplace::with_old_site();
        let mut child = place.command().stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(span.mul_f64(moment));
        let is_alive = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        child.wait().unwrap();
        n_alive += u32::from(is_alive);
        faults.extend(place.fault(&format!("killed after {:?}", span.mul_f64(moment))));
        span = span.mul_f64(if is_alive { 1.05 } else { 0.7 });
    }
    assert_none(faults);
    println!("{number} builds killed over {whole:?}, {n_alive} before their end: each left a whole site");
    assert!(n_alive > number / 2, "{n_alive}");
}

#[test]
fn a_build_that_is_killed_leaves_a_whole_site() {
    kill_at_random_moments(20);
}

#[test]
#[ignore = "takes a minute; run by .ci/run"]
fn two_hundred_builds_that_are_killed_leave_a_whole_site() {
    kill_at_random_moments(200);
}

/// System calls that change something, and those that read.
const CHANGES: [&str; 17] = [
    "openat",
    "link",
    "linkat",
    "write",
    "pwrite64",
    "copy_file_range",
    "mkdir",
    "unlink",
    "unlinkat",
    "rmdir",
    "rename",
    "renameat2",
    "fsync",
    "fdatasync",
    "syncfs",
    "flock",
    "ftruncate",
];
const READS: [&str; 5] = ["read", "pread64", "getdents64", "statx", "newfstatat"];

/// `strace` over a build that works with one thread, as it counts the calls of each thread.
fn traced(place: &Workplace, arguments: &[&str]) -> Output {
    let mut command = Command::new("strace");
    command.args(["-f", "--seccomp-bpf", "-qq"]).args(arguments).arg(env!("CARGO_BIN_EXE_depositary"));
    command.args(["build", "--quiet"]).current_dir(place.folder.path()).env("RAYON_NUM_THREADS", "1");
    command.output().expect("this test needs strace: apt-get install strace")
}

/// How often each system call is made by the thread that makes it most.
fn counts() -> BTreeMap<String, usize> {
    let place = Workplace::with_old_site();
    let trace = place.folder.path().join("content/../.public/trace");
    let set = format!("trace={}", [&CHANGES[..], &READS[..]].concat().join(","));
    let output = traced(&place, &["-o", trace.to_str().unwrap(), "-e", &set]);
    assert!(output.status.success(), "{}", told(&output));
    let mut by_thread: BTreeMap<(String, String), usize> = BTreeMap::new();
    for line in fs::read_to_string(trace).unwrap().lines() {
        let Some((head, _)) = line.split_once('(') else { continue };
        let Some((thread, call)) = head.split_once(' ') else { continue };
        *by_thread.entry((call.trim().to_owned(), thread.to_owned())).or_default() += 1;
    }
    let mut counts = BTreeMap::new();
    for ((call, _), count) in by_thread {
        let most: &mut usize = counts.entry(call).or_default();
        *most = count.max(*most);
    }
    counts
}

/// Breaks a build off at every call of each of `calls`, in each of the ways, and judges what is left.
fn inject(calls: &[&str], ways: &[&str]) {
    let counts = counts();
    let n_times = |call: &str| counts.get(call).copied().unwrap_or(0);
    let points: Vec<(&str, usize)> =
        calls.iter().flat_map(|call| (1..=n_times(call)).map(move |at| (*call, at))).collect();
    let cases: Vec<(&str, usize, &str)> =
        points.iter().flat_map(|(call, at)| ways.iter().map(move |way| (*call, *at, *way))).collect();
    let faults: Vec<String> = cases.par_iter().filter_map(|(call, at, way)| injected(call, *at, way)).collect();
    println!("{} builds broken off at {} calls ({})", cases.len(), points.len(), ways.join(", "));
    assert_none(faults);
    assert!(points.len() > 50, "{counts:?}");
}

/// Whether this line of a trace is of a message to the user that was made to fail.
fn is_injected_message(line: &str) -> bool {
    line.contains(" write(2, ") && line.ends_with("(INJECTED)")
}

fn injected(call: &str, at: usize, way: &str) -> Option<String> {
    let case = format!("{way} at {call} {at}");
    let place = Workplace::with_old_site();
    let (trace, injection) = (format!("trace={call}"), format!("inject={call}:{way}:when={at}"));
    let beside = TempDir::new().unwrap();
    let calls = beside.path().join("calls");
    let output = traced(&place, &["-o", calls.to_str().unwrap(), "-e", &trace, "-e", &injection]);
    let said = told(&output);
    // Calls are counted in each thread, so the one that tells of the fault may be broken off as well.
    let is_silenced = || fs::read_to_string(&calls).unwrap().lines().any(is_injected_message);
    match output.status.code() {
        // Killed, or refused by the loader of programs before the first line of ours.
        None | Some(127) => {}
        Some(0) if place.site() == place.sites().new => {}
        Some(1 | 2)
            if (said.contains("error") || is_silenced())
                && !place.names_beside().iter().any(|name| name == ".public.old") => {}
        status => return Some(format!("{case}: status {status:?}, said {said:?}")),
    }
    place.fault(&case)
}

#[test]
#[ignore = "needs strace; run by .ci/run"]
fn killed_at_every_call_that_writes() {
    inject(&CHANGES, &["signal=KILL"]);
}

#[test]
#[ignore = "needs strace; run by .ci/run"]
fn every_call_that_writes_fails() {
    inject(&CHANGES, &["error=EIO", "error=ENOSPC"]);
}

#[test]
#[ignore = "needs strace; run by .ci/run"]
fn every_call_that_reads_fails() {
    inject(&READS, &["error=EIO"]);
}

#[test]
#[ignore = "needs strace; run by .ci/run"]
fn where_folders_cannot_be_exchanged_the_old_site_is_moved_away_first() {
    for call in ["rename", "mkdir", "write"] {
        for at in 1..=3 {
            let place = Workplace::with_old_site();
            let stop = format!("inject={call}:signal=KILL:when={at}");
            let trace = format!("trace={call},renameat2");
            let no_exchange = "inject=renameat2:error=EINVAL";
            let output = traced(&place, &["-o", "/dev/null", "-e", &trace, "-e", no_exchange, "-e", &stop]);
            let site = place.site();
            assert!(
                site == place.sites().new || site == place.sites().old || site.is_empty(),
                "{call} {at}: {}",
                told(&output)
            );
            // Between two renames there is no site; the next build puts the old one back before anything else.
            assert_eq!(place.fault_of_next_build(&format!("{call} {at}")), None);
        }
    }
}

/// Runs `script` in a mount namespace of its own, with rights to mount.
fn mounted(place: &Workplace, script: &str) -> Output {
    let is_root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    let mut command = Command::new(if is_root { "unshare" } else { "sudo" });
    command.args(if is_root { &[][..] } else { &["-n", "unshare"] }).args(["--mount", "sh", "-euc", script, "sh"]);
    command.arg(env!("CARGO_BIN_EXE_depositary")).current_dir(place.folder.path()).output().unwrap()
}

/// Builds on a disk with room for so many kB besides the old site, then with all the room it needs; copies what the
/// disk holds each time, and gives the status of the first build.
const BUILD_ON_A_SMALL_DISK: &str = "
    mkdir disk && mount -t tmpfs -o size=8m tmpfs disk && cp -r content site.toml public disk
    room=$(df --output=avail -k disk | tail -n 1)
    dd if=/dev/zero of=disk/filler bs=1k count=$((room - ROOM)) status=none
    status=0; \"$1\" build --quiet --root disk || status=$?
    cp -r disk/. after; rm disk/filler
    \"$1\" build --quiet --root disk && cp -r disk/. next
    exit $status";

#[test]
#[ignore = "needs rights to mount; run by .ci/run"]
fn a_full_disk_leaves_a_whole_site() {
    let rooms = [0, 1, 4, 16, 32, 64, 128, 192, 256, 320, 2048];
    let is_refused = |room: &&i32| {
        let place = Workplace::with_old_site();
        let output = mounted(&place, &BUILD_ON_A_SMALL_DISK.replace("ROOM", &room.to_string()));
        let after = |folder: &str| tree(&place.folder.path().join(folder).join("public"));
        let is_built = output.status.success();
        assert!(
            after("after") == *if is_built { &place.sites().new } else { &place.sites().old },
            "{room} kB: {}",
            told(&output)
        );
        assert!(is_built || output.status.code() == Some(2), "{room} kB: {}", told(&output));
        assert!(is_built || told(&output).contains("No space left on device"), "{room} kB: {}", told(&output));
        assert!(after("next") == place.sites().new, "{room} kB: {}", told(&output));
        let names = fs::read_dir(place.folder.path().join("next")).unwrap();
        let mut names: Vec<_> = names.map(|name| name.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        assert_eq!(names, ["content", "public", "site.toml"], "{room} kB");
        !is_built
    };
    let n_refused = rooms.iter().filter(is_refused).count();
    println!("{n_refused} of {} disks were too small: each kept the old site", rooms.len());
    assert!((3..rooms.len()).contains(&n_refused), "{n_refused}");
}

#[test]
#[ignore = "needs rights to mount; run by .ci/run"]
fn a_disk_that_cannot_be_written_is_told() {
    let place = Workplace::new();
    let script = "mkdir disk; mount -t tmpfs tmpfs disk; cp -r content site.toml disk
                  mount -o remount,ro disk; \"$1\" build --quiet --root disk";
    let output = mounted(&place, script);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(told(&output).contains("error[E0707]: nothing can be written to"), "{}", told(&output));
    assert!(told(&output).contains("read-only filesystem"), "{}", told(&output));
}

/// Builds, and expects a refusal with this code that changes nothing.
fn refused(place: &Workplace, arguments: &[&str], status: i32, words: &str) {
    let before = tree(place.folder.path());
    let output = place.command().args(arguments).output().unwrap();
    assert!(STATUSES.contains(&status) && output.status.code() == Some(status), "{arguments:?}: {}", told(&output));
    assert!(told(&output).contains(words), "{arguments:?}: {}", told(&output));
    assert_eq!(before, tree(place.folder.path()), "{arguments:?}");
}

#[test]
fn what_this_program_did_not_make_is_not_replaced() {
    let place = Workplace::new();
    let root = place.folder.path();
    fs::write(root.join("file"), "dear").unwrap();
    symlink("public-2", root.join("link")).unwrap();
    symlink("nowhere", root.join("dangling")).unwrap();
    for (name, marker) in [("marked-by-folder", "folder"), ("marked-by-link", "link"), ("marked-by-nothing", "")] {
        fs::create_dir_all(root.join(name)).unwrap();
        fs::write(root.join(name).join("letter"), "dear").unwrap();
        match marker {
            "folder" => fs::create_dir(root.join(name).join(".depositary")).unwrap(),
            "link" => symlink("../marker", root.join(name).join(".depositary")).unwrap(),
            _ => fs::write(root.join(name).join(".depositary"), "").unwrap(),
        }
    }
    fs::write(root.join("marker"), "depositary 1\n").unwrap();
    for output in ["file", "link", "dangling", "public-2", "marked-by-folder", "marked-by-link", "marked-by-nothing"] {
        refused(&place, &["--output", output], 1, "error[E0707]");
    }
    refused(&place, &["--output", "file/public"], 2, "error: ");
}

#[test]
fn the_old_site_survives_every_fault_of_the_input() {
    let cases: [(&str, &[u8], &str); 7] = [
        ("templates/home.html", b"{{ no.such }}", "E0601"),
        ("content/pages/en/about.md", b"# About\n\n[x](nowhere.html)\n", "E0701"),
        ("content/reports/a-70-1.txt", b"1. \xe5\x9b\xbd\xff\xfe\n", "E0104"),
        ("content/reference/states.csv", b"iso3,nothing\n", "E0302"),
        ("static/index.html", b"mine", "E0704"),
        ("static/page.html", b"<!doctype html><title>No policy</title>", "E0714"),
        ("site.toml", b"languages = [", "E0201"),
    ];
    for (name, bytes, code) in cases {
        let place = Workplace::with_old_site();
        let path = place.folder.path().join(name);
        let sound = fs::read(&path).ok();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        refused(&place, &[], 1, &format!("error[{code}]"));
        match sound {
            Some(sound) => fs::write(&path, sound).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
        for folder in ["templates", "static"] {
            let _ = fs::remove_dir(place.folder.path().join(folder));
        }
        assert_eq!(place.fault(name), None);
    }
}

#[test]
fn what_stands_where_the_site_is_made_is_not_replaced() {
    for name in [".public.staging", ".public.old"] {
        let place = Workplace::with_old_site();
        fs::create_dir(place.folder.path().join(name)).unwrap();
        fs::write(place.folder.path().join(name).join("letter"), "dear").unwrap();
        refused(
            &place,
            &[],
            1,
            &format!("error[E0707]: `{name}` beside the output folder was not made by this program"),
        );
    }
    let place = Workplace::with_old_site();
    fs::write(place.folder.path().join(".public.lock"), "dear").unwrap();
    refused(&place, &[], 1, "error[E0707]: `.public.lock` beside the output folder was not made by this program");
}

#[test]
fn the_output_is_no_input_and_holds_none() {
    let place = Workplace::new();
    let root = place.folder.path();
    symlink("content", root.join("inward")).unwrap();
    let parent = format!("../{}", root.file_name().unwrap().to_string_lossy());
    for output in [
        ".",
        "..",
        "content",
        "content/reports",
        "content/x/public",
        "inward/public",
        "templates/x",
        "static/x",
        &parent,
    ] {
        refused(&place, &["--output", output], 1, "error[E0707]");
    }
    refused(&place, &["--output", "site.toml"], 1, "error[E0707]");
    refused(&place, &["--output", "/"], 1, "error[E0707]");
}

#[test]
fn a_second_build_into_one_folder_is_told_of_the_first() {
    let place = Workplace::with_old_site();
    let request = depositary::Request { root: place.folder.path().to_owned(), base_url: None, is_strict: false };
    let config = depositary::config::Config::neutral();
    let first = depositary::write::Staging::open(&request.root, &place.output(), &config).unwrap();
    let second = place.build();
    assert_eq!(second.status.code(), Some(1));
    let expected = "error[E0713]: another build is writing into this output folder";
    assert!(told(&second).contains(expected), "{}", told(&second));
    assert!(place.site() == place.sites().old);
    // A build into another folder does not mind.
    assert!(place.command().args(["--output", "third"]).output().unwrap().status.success());
    fs::remove_dir_all(place.folder.path().join("third")).unwrap();
    drop(first);
    assert_eq!(place.fault("the first gave up"), None);
}

#[test]
fn builds_at_once_never_mix() {
    let place = Workplace::with_old_site();
    let children: Vec<_> = (0..6).map(|_| place.command().stderr(Stdio::piped()).spawn().unwrap()).collect();
    let outputs: Vec<Output> = children.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
    let n_built = outputs.iter().filter(|output| output.status.success()).count();
    let is_told = |output: &Output| output.status.code() == Some(1) && told(output).contains("error[E0713]");
    assert!(n_built >= 1 && outputs.iter().all(|output| output.status.success() || is_told(output)));
    assert!(place.site() == place.sites().new);
    assert_eq!(place.fault("six at once"), None);
}

#[test]
fn a_build_that_is_told_to_stop_leaves_a_whole_site() {
    let place = Workplace::with_old_site();
    let mut child = place.command().stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(20));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    child.wait().unwrap();
    assert_eq!(place.fault("SIGINT"), None);
}
