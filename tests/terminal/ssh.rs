//! A reader at the other end of a real SSH connection: the command that is shown brings the lab
//! to the machine that it is typed on.

use std::env;
use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use crate::terminal::pty::{PATIENCE, Start};

/// Where programs are that only root is expected to start.
const PATH: &str = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin";

fn found(program: &str) -> Option<PathBuf> {
    env::split_paths(PATH).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// A process that is ended with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A server of SSH that knows one key, on loopback.
struct Sshd {
    folder: tempfile::TempDir,
    port: u16,
    user: String,
    _server: Running,
}

impl Sshd {
    fn start(sshd: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
        for key in ["host", "own"] {
            run("ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-f"], &folder.path().join(key));
        }
        if rustix::process::getuid().is_root() {
            // Debian's unit makes it; without the unit nobody does.
            fs::create_dir_all("/run/sshd").unwrap();
        }
        let user = Command::new("id").arg("-un").output().unwrap();
        let user = String::from_utf8(user.stdout).unwrap().trim().to_owned();
        let (port, server) = listening(sshd, folder.path());
        Self { folder, port, user, _server: server }
    }

    /// What this key and this server need of every `ssh`.
    fn options(&self) -> Vec<String> {
        let own = self.folder.path().join("own").display().to_string();
        let known = self.folder.path().join("known").display().to_string();
        let mut options = vec!["-F".to_owned(), "none".to_owned(), "-i".to_owned(), own];
        for option in [
            format!("UserKnownHostsFile={known}"),
            "StrictHostKeyChecking=accept-new".into(),
            "IdentitiesOnly=yes".into(),
            "BatchMode=yes".into(),
            "LogLevel=ERROR".into(),
        ] {
            options.extend(["-o".to_owned(), option]);
        }
        options
    }
}

fn run(program: &str, arguments: &[&str], last: &Path) {
    let done = Command::new(found(program).unwrap()).args(arguments).arg(last).output().unwrap();
    assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
}

/// The server at a port that is free. Somebody else may take it first, so it is tried again.
fn listening(sshd: &Path, folder: &Path) -> (u16, Running) {
    for _ in 0..10 {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let at = folder.display();
        let config = format!(
            "ListenAddress 127.0.0.1:{port}\nHostKey {at}/host\nAuthorizedKeysFile {at}/own.pub\n\
             PidFile none\nUsePAM no\nStrictModes no\nPasswordAuthentication no\n\
             KbdInteractiveAuthentication no\nPermitRootLogin yes\nAllowTcpForwarding yes\n"
        );
        let path = folder.join("sshd_config");
        fs::write(&path, config).unwrap();
        let mut command = Command::new(sshd);
        command.arg("-D").arg("-e").arg("-f").arg(&path).stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(fs::File::create(folder.join("log")).unwrap());
        let mut server = Running(command.spawn().unwrap());
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let deadline = Instant::now() + PATIENCE;
        while server.0.try_wait().unwrap().is_none() {
            if TcpStream::connect(address).is_ok() {
                return (port, server);
            }
            assert!(Instant::now() < deadline, "sshd does not answer");
            std::thread::yield_now();
        }
    }
    panic!("sshd does not start: {}", fs::read_to_string(folder.join("log")).unwrap());
}

/// Runs the command that was read, as it is but for the key; where its end is here.
///
/// This machine is both ends, and at one of them the port is the program's own. So the other
/// one is that of the other loopback address, which `ssh` takes too; without IPv6, another port.
fn forward(command: &str, sshd: &Sshd) -> (Running, SocketAddr) {
    let rest = command.strip_prefix("ssh -N -L ").unwrap();
    let port: u16 = rest.split(':').next().unwrap().parse().unwrap();
    let has_ipv6 = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).is_ok();
    let (rest, end) = if has_ipv6 {
        (rest.to_owned(), SocketAddr::from((Ipv6Addr::LOCALHOST, port)))
    } else {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
        (rest.replacen(&port.to_string(), &free.port().to_string(), 1), free)
    };
    let typed = format!("exec ssh {} -N -L {rest}", sshd.options().join(" "));
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", &typed]).env("PATH", PATH).stdin(Stdio::null()).stderr(Stdio::null());
    let mut running = Running(shell.spawn().unwrap());
    let deadline = Instant::now() + PATIENCE;
    while TcpStream::connect(end).is_err() {
        assert_eq!(running.0.try_wait().unwrap(), None, "it ended: {typed}");
        assert!(Instant::now() < deadline, "nothing is forwarded: {typed}");
        std::thread::yield_now();
    }
    (running, end)
}

fn get(end: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(end).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {end}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_lab_is_fetched_through_the_command_that_the_reader_shows_over_ssh() {
    let (Some(sshd), Some(ssh)) = (found("sshd"), found("ssh")) else {
        assert!(env::var_os("CI").is_none(), "sshd is missing: apt-get install openssh-server");
        println!("skipped: there is no sshd here (Debian: apt-get install openssh-server)");
        return;
    };
    let sshd = Sshd::start(&sshd);
    let root = env!("CARGO_MANIFEST_DIR");
    let program = env!("CARGO_BIN_EXE_library-tui");
    let login = format!("{}@127.0.0.1", sshd.user);
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().display();
    let environment =
        format!("LC_ALL=C.UTF-8 LIBRARY_TUI_CONTENT={root}/content XDG_STATE_HOME={state}");
    let reader = format!("{environment} exec {program}");
    let mut arguments = sshd.options();
    arguments.extend(["-tt".into(), "-p".into(), sshd.port.to_string(), login.clone(), reader]);
    let mut terminal = Start::command(&ssh, &arguments).sized(100, 30).run();
    terminal.sees("? help").press("x").sees("Enter choose").press("Raft Election\r");
    terminal.sees("A second candidate").press("o").sees("http://127.0.0.1:").sees("ssh -N -L");
    let text = terminal.text();
    let line = |start: &str| text.lines().find(|line| line.starts_with(start)).unwrap().trim_end();
    let (command, address) = (line("ssh -N -L"), line("http://"));
    assert!(command.ends_with(&format!("-p {} {login}", sshd.port)), "{command}");

    let (forwarding, end) = forward(command, &sshd);
    // At the state that it was played to; a browser keeps that to itself.
    let (address, _state) = address.split_once('#').unwrap();
    let path = format!("/{}", address.splitn(4, '/').nth(3).unwrap());
    let answer = get(end, &path);
    let page = fs::read_to_string(format!("{root}/labs/distributed/raft-election.html")).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.split_once("\r\n\r\n").unwrap().1 == page, "the page is not the lab");

    terminal.press("\x03").misses("ssh -N -L").press("\x03");
    assert_eq!(terminal.ended().exit_status(), Some(0));
    terminal.is_given_back();
    // The forward still stands, and nobody is behind it any more.
    assert_eq!(get_nothing(end), "");
    drop(forwarding);
}

/// What is answered when the connection is closed at once.
fn get_nothing(end: SocketAddr) -> String {
    let mut answer = String::new();
    let _ = TcpStream::connect(end).unwrap().read_to_string(&mut answer);
    answer
}
