//! How the reader's own machine logs in to this one, and the commands to type there.

use std::net::IpAddr;
use std::path::Path;

/// The port that SSH listens at unless told otherwise.
const USUAL_PORT: &str = "22";

/// How this machine is logged in to, as far as its environment tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// `user@address`, with placeholders for what is not known.
    destination: String,
    /// The port of SSH, when it is not the usual one.
    port: Option<u16>,
}

impl Login {
    /// From `$SSH_CONNECTION` (address and port of the client, then of this machine) and `$USER`.
    pub(crate) fn new(ssh_connection: Option<&str>, user: Option<&str>) -> Self {
        let mut told = ssh_connection.unwrap_or_default().split_whitespace().skip(2);
        let address = told.next().and_then(reachable);
        let port = told.next().filter(|port| *port != USUAL_PORT);
        let (user, address) = (user.unwrap_or("USER"), address.as_deref().unwrap_or("HOST"));
        Self {
            destination: format!("{user}@{address}"),
            port: port.and_then(|port| port.parse().ok()),
        }
    }

    /// The command that makes `port` of this machine the same port of the reader's own machine.
    pub fn forward_command(&self, port: u16) -> String {
        format!("ssh -N -L {port}:127.0.0.1:{port} {}", self.arguments())
    }

    /// The command that fetches a file of this machine.
    pub fn fetch_command(&self, path: &Path) -> String {
        let path = path.to_string_lossy();
        let name = path.rsplit('/').next().unwrap_or_default();
        // The remote side has a shell too, which takes off the inner quotes.
        let remote = quoted(&format!("cat {}", quoted(&path)));
        format!("ssh {} {remote} > {}", self.arguments(), quoted(name))
    }

    fn arguments(&self) -> String {
        let port = self.port.map(|port| format!("-p {port} ")).unwrap_or_default();
        port + &quoted(&self.destination)
    }
}

/// The address, when another machine could use it. IPv6 stays without brackets: `ssh` would take
/// them for a part of the name. An address of one link only is none: it names the link as this
/// machine does.
fn reachable(address: &str) -> Option<String> {
    let parsed: IpAddr = address.parse().ok()?;
    Some(parsed.to_canonical().to_string())
}

/// `word` for a POSIX shell; in single quotes unless it is plain.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "@%+=:,./-_".contains(c);
    if !word.is_empty() && !word.starts_with('-') && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn login(ssh_connection: &str) -> Login {
        Login::new(Some(ssh_connection), Some("ada"))
    }

    fn forward(ssh_connection: &str) -> String {
        login(ssh_connection).forward_command(4711)
    }

    #[test]
    fn a_forward_uses_the_same_port_at_both_ends() {
        let usual = forward("192.0.2.7 51234 198.51.100.4 22");
        assert_eq!(usual, "ssh -N -L 4711:127.0.0.1:4711 ada@198.51.100.4");
    }

    #[test]
    fn another_port_of_ssh_is_named() {
        let other = forward("192.0.2.7 51234 198.51.100.4 2222");
        assert_eq!(other, "ssh -N -L 4711:127.0.0.1:4711 -p 2222 ada@198.51.100.4");
    }

    #[test]
    fn ipv6_is_written_as_ssh_takes_it() {
        let far = forward("2001:db8::7 51234 2001:db8::1 22");
        assert_eq!(far, "ssh -N -L 4711:127.0.0.1:4711 ada@2001:db8::1");
        let mapped = forward("::ffff:192.0.2.7 51234 ::ffff:198.51.100.4 22");
        assert_eq!(mapped, "ssh -N -L 4711:127.0.0.1:4711 ada@198.51.100.4");
    }

    #[test]
    fn what_is_not_known_has_a_placeholder() {
        for told in ["", "garbage", "a b c d", "x 1 -oProxyCommand=x 22", "x 1 fe80::1%eth0 22"] {
            assert_eq!(forward(told), "ssh -N -L 4711:127.0.0.1:4711 ada@HOST", "{told}");
        }
        let nobody = Login::new(None, None).forward_command(1);
        assert_eq!(nobody, "ssh -N -L 1:127.0.0.1:1 USER@HOST");
        assert!(!forward("x 1 198.51.100.4 22;reboot").contains("reboot"));
    }

    #[test]
    fn the_fetching_command_is_safe_to_paste() {
        let login = login("192.0.2.7 51234 198.51.100.4 22");
        assert_eq!(
            login.fetch_command(Path::new("/run/user/1000/lab.html")),
            "ssh ada@198.51.100.4 'cat /run/user/1000/lab.html' > lab.html"
        );
        let odd = Login::new(None, Some("-oProxyCommand=x y"));
        assert_eq!(
            odd.fetch_command(Path::new("/tmp/it's here/a b.html")),
            r"ssh '-oProxyCommand=x y@HOST' 'cat '\''/tmp/it'\''\'\'''\''s here/a b.html'\''' > 'a b.html'"
        );
    }
}
