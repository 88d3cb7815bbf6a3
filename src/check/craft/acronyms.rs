//! Acronyms: spelt out where they are first used.

use std::collections::BTreeSet;

use crate::check::Finding;
use crate::check::craft::argument::{Argument, clean};
use crate::check::draft::Draft;
use crate::check::form::proses;
use crate::check::rules;
use crate::document::{Block, MarkKind};

/// Acronyms that every reader of this library knows.
const KNOWN: &[&str] = &[
    "ACM", "AI", "AM", "AMD", "ANSI", "API", "APIS", "ARM", "ASCII", "ASF", "AWS", "BERT", "BLAS",
    "BLOOM", "BSD", "CD", "CDN", "CI", "CLI", "CORS", "CPP", "CPU", "CQL", "CRUD", "CSS", "CSV",
    "CTRL", "CUDA", "CUDNN", "CVE", "DB", "DEFLATE", "DHCP", "DNS", "DOI", "DOM", "DSE", "DSL",
    "ECMA", "EOF", "EU", "FAQ", "FLOP", "FLOPS", "GB", "GCC", "GCP", "GDPR", "GELU", "GFLOP",
    "GIF", "GNU", "GPL", "GPT", "GPU", "GRPC", "GUI", "GZIP", "HTML", "HTTP", "HTTPS", "IANA",
    "IBM", "ICU", "ID", "IDE", "IEEE", "IETF", "IMAP", "IO", "IOS", "IP", "IPV", "ISO", "IT",
    "JPEG", "JS", "JSON", "JVM", "KB", "LAN", "LAPACK", "LLM", "LLVM", "LRU", "LTE", "LUA", "MAC",
    "MB", "MIT", "MKL", "ML", "MPEG", "NAN", "NASA", "NASDAQ", "NAT", "NATS", "NCCL", "NFS",
    "NGINX", "NIST", "NPM", "NTP", "NUL", "NULL", "NVME", "OK", "ONNX", "OOM", "OS", "OSI",
    "PAXOS", "PC", "PCI", "PDF", "PEP", "PFLOP", "PHP", "PID", "PM", "PNG", "POSIX", "PR", "QA",
    "QR", "QUIC", "RAFT", "RAM", "REDIS", "REST", "RFC", "RGB", "ROCM", "ROM", "RPC", "SDK", "SHA",
    "SIMD", "SMTP", "SQL", "SSD", "SSH", "SSL", "SVG", "TB", "TCP", "TFLOP", "TIFF", "TLS", "TMUX",
    "TODO", "TRL", "TTL", "TVM", "UDP", "UI", "UK", "UNIX", "URI", "URL", "US", "USA", "USB",
    "USENIX", "UTC", "UTF", "UUID", "UX", "VIM", "VM", "VPN", "WAN", "WASM", "WEBRTC", "WIFI",
    "WWW", "XL", "XML", "YAML", "ZFS",
];

/// Words that are written in capitals in statements and logic.
const CAPITALS: &[&str] = &[
    "ALL", "ALLOW", "ALTER", "AND", "ANY", "AS", "ASC", "BY", "CREATE", "DELETE", "DESC", "DROP",
    "EACH", "ERROR", "FALSE", "FOR", "FROM", "GET", "GROUP", "HEAD", "IF", "IN", "INFO", "INSERT",
    "INTO", "JOIN", "KEY", "LIMIT", "NO", "NOT", "OFF", "ON", "ONE", "OPTIONS", "OR", "ORDER",
    "PATCH", "POST", "PUT", "QUORUM", "SELECT", "SET", "TABLE", "TO", "TRUE", "TWO", "UPDATE",
    "USING", "WARN", "WHERE", "WITH", "XOR", "YES",
];

/// Small words that an acronym may leave out.
const SMALL: [&str; 10] = ["a", "and", "as", "by", "for", "in", "of", "on", "the", "to"];

/// Reports acronyms that are used before they are spelt out.
pub(crate) fn acronyms(draft: &Draft, argument: &Argument, found: &mut Vec<Finding>) {
    let mut told: BTreeSet<String> = BTreeSet::new();
    let mut before = Initials::default();
    before.add(&draft.front.title);
    before.add(&draft.front.summary);
    for (_, block) in argument.blocks(draft) {
        let texts: Vec<String> = proses(block).into_iter().map(clean).collect();
        for text in &texts {
            before.add(text);
        }
        for note in notes(draft, block) {
            before.add(&note);
        }
        for text in &texts {
            for acronym in text.split(|c: char| !c.is_alphanumeric()).filter_map(acronym) {
                if told.contains(acronym) || before.spell(acronym) || is_glossed(text, acronym) {
                    told.insert(acronym.to_owned());
                } else if told.insert(acronym.to_owned()) {
                    let message = format!("`{acronym}` is not spelt out");
                    let place = draft.place(block, acronym);
                    found.push(draft.finding(&rules::ACRONYM, place, message));
                }
            }
        }
    }
}

/// The texts of the footnotes that a block refers to.
fn notes(draft: &Draft, block: &Block) -> Vec<String> {
    let marks = proses(block).into_iter().flat_map(|prose| &prose.marks);
    let links = marks.filter_map(|mark| match mark.kind {
        MarkKind::Footnote(link) => draft.document.links.get(link),
        _ => None,
    });
    let notes = links.filter_map(|link| draft.document.footnotes.get(link.target.as_str()));
    let blocks = notes.filter_map(|block| draft.document.blocks.get(*block));
    blocks.map(|block| block.text().into_owned()).collect()
}

/// The acronym that a word is, without the `s` of a plural.
fn acronym(word: &str) -> Option<&str> {
    let word = word.strip_suffix('s').filter(|rest| rest.len() > 1).unwrap_or(word);
    let is_one = (2..=6).contains(&word.len())
        && word.chars().all(|c| c.is_ascii_uppercase())
        && !word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    (is_one && !KNOWN.contains(&word) && !CAPITALS.contains(&word)).then_some(word)
}

/// The first letters of all words so far.
#[derive(Default)]
struct Initials {
    /// Of every word.
    all: String,
    /// Without the small words.
    great: String,
}

impl Initials {
    fn add(&mut self, text: &str) {
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let Some(first) = word.chars().next() else { continue };
            let capitals = word.len() > 1 && word.chars().all(char::is_uppercase);
            // An acronym does not spell itself or another one out.
            let first = if capitals { '.' } else { first.to_ascii_lowercase() };
            self.all.push(first);
            if !SMALL.contains(&word.to_lowercase().as_str()) {
                self.great.push(first);
            }
        }
        self.all.push('.');
        self.great.push('.');
    }

    fn spell(&self, acronym: &str) -> bool {
        let wanted = acronym.to_ascii_lowercase();
        self.all.contains(&wanted) || self.great.contains(&wanted)
    }
}

/// Whether the text says in other words what the acronym is: `ABC (…)`, `… (ABC)`, `ABC, the …`.
fn is_glossed(text: &str, acronym: &str) -> bool {
    text.match_indices(acronym).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + acronym.len()..).unwrap_or_default();
        let after = after.strip_prefix('s').unwrap_or(after);
        let words = |start: &str| after.starts_with(start);
        let inside = before.ends_with('(') && (words(")") || words(",") || words(";"));
        inside || words(" (") || words(", the ") || words(": ")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let draft = Draft::new("x.md".into(), text.into());
        let mut found = vec![];
        acronyms(&draft, &Argument::of(&draft), &mut found);
        found.iter().map(|it| format!("{}: {}", it.problem.line, it.problem.message)).collect()
    }

    #[test]
    fn an_acronym_is_spelt_out_where_it_is_first_used() {
        for text in [
            "The replication factor, RF for short. RF is three.",
            "A *singular value decomposition* (SVD).",
            "The LSM (log-structured merge) tree.",
            "Byte-pair encoding. Then BPE and BPEs.",
            "The CPU, HTTP, part IV, `LSM` and Q, K, V.",
            "The point of no return. PNR.",
        ] {
            assert_eq!(told(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(
            told("The RF is three.\n\nThe replication factor RF.\n"),
            ["1: `RF` is not spelt out"]
        );
    }
}
