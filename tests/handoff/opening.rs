//! Labs and addresses opened in browsers.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use library_tui::labs::{self, Environment};

use crate::handoff::program::{PATIENCE, Served, browser, get, given, program};

fn open(named: &str) -> Command {
    let mut command = program(&["lab", "kv-cache-growth", "--open"]);
    command.env("BROWSER", named).env("SSH_CONNECTION", "192.0.2.7 51234 198.51.100.4 22");
    command.env("USER", "ada");
    command
}

#[test]
fn a_lab_is_opened_in_the_browser_that_is_named_even_over_ssh() {
    let folder = tempfile::tempdir().unwrap();
    let browser = browser(folder.path(), "browser", "exec sleep 2");
    let name = browser.to_str().unwrap();
    let forms = [
        (name.to_owned(), 1),
        (format!("{name} %s"), 1),
        (format!("{name} --new %s last"), 3),
        (format!("/no/such:{name}"), 1),
        (format!("lynx:false:{name}"), 1),
    ];
    for (form, count) in forms {
        let served = Served::start(&mut open(&form));
        let arguments = given(&browser);
        assert_eq!(arguments.len(), count, "{form}: {arguments:?}");
        let once = arguments.iter().find(|it| it.starts_with("http://127.0.0.1:")).unwrap();
        let token = served.address.split('/').nth(3).unwrap();
        assert!(!once.contains(token), "{once}");
        let moved = get(once);
        let to = served.address.split_once(token).unwrap().1;
        assert!(moved.contains(&format!("Location: /{token}{to}\r\n")), "{moved}");
        assert!(get(&served.address).starts_with("HTTP/1.1 200 OK"));
    }
}

#[test]
fn without_a_browser_nothing_is_started_and_the_command_is_told() {
    for (named, ssh, host) in [
        ("", "192.0.2.7 51234 198.51.100.4 2200", "-p 2200 ada@198.51.100.4"),
        ("w3m", "", "ada@HOST"),
        ("", "", "ada@HOST"),
    ] {
        let mut served = Served::start(open(named).env("SSH_CONNECTION", ssh));
        let port = served.address.split([':', '/']).nth(4).unwrap().to_owned();
        let messages = served.messages();
        let wanted = format!("`ssh -N -L {port}:127.0.0.1:{port} {host}`");
        assert!(messages.contains(&wanted), "{messages}");
    }
}

#[test]
fn a_browser_that_is_not_there_is_told_and_the_page_is_served_anyway() {
    let mut served = Served::start(&mut open("/no/such/browser"));
    let messages = served.messages();
    assert!(messages.contains("no browser could be started"), "{messages}");
    assert!(get(&served.address).starts_with("HTTP/1.1 200 OK"));
    assert!(!Path::new("/no/such/browser").exists());
}

/// Addresses that try to become something else on the way to a browser.
const HOSTILE: [(&str, bool); 30] = [
    ("http://a.example/", true),
    ("https://a.example/%s", true),
    ("https://a.example/%c%%%s", true),
    ("https://a.example/$(touch${IFS}x)", true),
    ("https://a.example/`touch\u{a0}x`", false),
    ("https://a.example/'\"", true),
    ("https://a.example/;reboot;", true),
    ("https://a.example/&reboot&", true),
    ("https://a.example/|sh", true),
    ("https://a.example/>x<y", true),
    ("https://a.example/*?[a]~", true),
    ("https://a.example/\\", true),
    ("https://a.example/#--new-window", true),
    ("https://a.example/:x:y", true),
    ("https://-oProxyCommand=x/", true),
    ("https://a.example/\u{202e}gpj", true),
    ("https://a.example/ü", true),
    ("https://a.example/!1^2", true),
    ("https://a.example/ --help", false),
    ("https://a.example/\n--help", false),
    ("https://a.example/\u{1b}]0;x\u{7}", false),
    ("https://a.example/\t", false),
    ("--help", false),
    ("-x", false),
    ("", false),
    ("javascript:alert(1)", false),
    ("data:text/html,x", false),
    ("file:///etc/passwd", false),
    ("vbscript:x", false),
    ("/etc/passwd", false),
];

/// A form of `$BROWSER`: its text, of which `@` is the browser; what the browser does after it
/// took its notes; what it is given, where `%s` is the address; whether it is told as started.
const FORMS: [(&str, &str, &[&str], bool); 8] = [
    ("", "", &[], false),
    ("@", "", &["%s"], true),
    ("@ %s", "", &["%s"], true),
    ("@ --a=%s %% %s -- last", "", &["--a=%s", "%", "%s", "--", "last"], true),
    ("/no/such/a:lynx:@ -b", "", &["-b", "%s"], true),
    ("/no/such/browser", "", &[], false),
    ("@", "exit 1", &["%s"], false),
    ("@", "exec sleep 30", &["%s"], true),
];

#[test]
fn a_hostile_address_is_one_argument_or_none() {
    std::thread::scope(|scope| {
        for form in &FORMS {
            // Who sleeps is waited for, a while.
            for addresses in HOSTILE.chunks(6) {
                scope.spawn(move || check_form(form, addresses));
            }
        }
    });
    let deadline = Instant::now() + PATIENCE;
    while children_left_behind() > 0 {
        assert!(Instant::now() < deadline, "somebody was not waited for");
        std::thread::yield_now();
    }
}

fn check_form(
    (form, then, wanted, starts): &(&str, &str, &[&str], bool),
    addresses: &[(&str, bool)],
) {
    let folder = tempfile::tempdir().unwrap();
    let pids = folder.path().join("pids");
    // Who sleeps is ended with the test.
    let then = format!("echo $$ >> {}; {then}", pids.display());
    let browser = browser(folder.path(), "browser", &then);
    let named = form.replace('@', browser.to_str().unwrap());
    let environment = Environment {
        browser: (!named.is_empty()).then_some(named),
        program: env!("CARGO_BIN_EXE_library-tui").into(),
        ..Environment::default()
    };
    for (address, is_opened) in addresses {
        let outcome = labs::open_and_wait(&environment, address);
        assert_eq!(outcome.is_ok(), *starts && *is_opened, "{form} {address:?}: {outcome:?}");
        let noted = std::fs::read_to_string(browser.with_extension("args")).ok();
        let noted = noted.map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>());
        let wanted = (*is_opened && !wanted.is_empty())
            .then(|| wanted.iter().map(|word| word.replace("%s", address)).collect::<Vec<_>>());
        assert_eq!(noted, wanted, "{form} {address:?}");
        let _ = std::fs::remove_file(browser.with_extension("args"));
    }
    for pid in std::fs::read_to_string(&pids).unwrap_or_default().lines() {
        let pid = pid.parse().ok().and_then(rustix::process::Pid::from_raw).unwrap();
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
    }
}

/// Processes that this one started, that ended, and that nobody waited for.
fn children_left_behind() -> usize {
    let own = format!(" Z {} ", std::process::id());
    let stats = std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| std::fs::read_to_string(entry.unwrap().path().join("stat")).ok());
    stats.filter(|stat| stat.contains(&own)).count()
}
