//! The form of a lab's page, judged without running it.

use crate::labs::file::{LabFile, Try};
use crate::labs::kit::{Kit, stripped};
use crate::labs::prove::{Failure, What};

/// A finished page has at most so many bytes.
const MAX_BYTES: usize = 45_000;

/// A takeaway has at most so many words.
const MAX_WORDS: usize = 90;

/// The policy that keeps a page from asking for anything.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';script-src \
    'unsafe-inline';style-src 'unsafe-inline';img-src data:;base-uri 'none';form-action 'none'\">";

/// What leads out of a page.
const OUTSIDE: [&str; 12] = [
    "<link",
    "<iframe",
    "<object",
    "<embed",
    "<base",
    "@import",
    "fetch(",
    "XMLHttpRequest",
    "WebSocket",
    "EventSource",
    "sendBeacon",
    "import(",
];

/// What a model must not use: it is not the same everywhere, or there is none on a terminal.
const UNSTEADY: [&str; 13] = [
    "Math.random",
    "Math.hypot",
    "new Date",
    "Date.now",
    "Intl.",
    "toLocale",
    "localeCompare",
    "Promise",
    "async ",
    "await ",
    "document.",
    "window.",
    "setTimeout",
];

/// What is wrong with the form of a page.
pub(super) fn failures(html: &str) -> Vec<Failure> {
    let mut form = Form { html, failures: vec![] };
    form.judge_kit();
    form.judge_size();
    form.judge_outside();
    if let Ok(lab) = LabFile::parse(html) {
        form.judge_head(&lab);
        form.judge_takeaway(&lab);
        form.judge_tries(&lab.tries);
        form.judge_model(&lab);
    }
    form.failures
}

/// The line of the first such text, from 1; 1 when there is none.
pub(super) fn line_of(html: &str, text: &str) -> usize {
    html.split_once(text).map_or(1, |(before, _)| 1 + before.matches('\n').count())
}

struct Form<'a> {
    html: &'a str,
    failures: Vec<Failure>,
}

impl Form<'_> {
    /// Tells a mistake in the line of `text`.
    fn tell(&mut self, what: What, text: &str, sentence: impl Into<String>) {
        let line = line_of(self.html, text);
        self.failures.push(Failure { what, line, sentence: sentence.into() });
    }

    fn judge_kit(&mut self) {
        match Kit::embedded().inlined(self.html) {
            Ok(current) if current == self.html => {}
            Ok(_) => self.tell(
                What::Kit,
                "/*kit:css*/",
                "the kit in it is not the current one; run `library-tui labs sync`",
            ),
            Err(error) => {
                self.tell(What::Kit, "<meta name=\"lab-kit\"", format!("the page {error}"));
            }
        }
    }

    fn judge_size(&mut self) {
        let length = self.html.len();
        if length > MAX_BYTES {
            let sentence = format!("the page has {length} bytes, of {MAX_BYTES} at most");
            self.tell(What::Form, "", sentence);
        }
    }

    fn judge_outside(&mut self) {
        let own = stripped(self.html);
        if !own.contains(POLICY) {
            let sentence = "has no content security policy, or another one than the contract's";
            self.tell(What::Form, "<head", sentence);
        }
        for text in OUTSIDE.into_iter().filter(|text| own.contains(text)) {
            self.tell(What::Form, text, format!("`{text}` leads out of the page"));
        }
        for name in [" src=", " href=", "url("] {
            for value in own.split(name).skip(1) {
                let value = value.trim_start_matches(['"', '\'']);
                if !value.starts_with('#') && !value.starts_with("data:") {
                    let start: String = value.chars().take(30).collect();
                    self.tell(What::Form, &start, format!("`{start}` leads out of the page"));
                }
            }
        }
    }

    fn judge_head(&mut self, lab: &LabFile) {
        let title =
            self.html.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
        if title.map(|(title, _)| crate::labs::words::words(title)).as_deref() != Some(&lab.title) {
            self.tell(What::Form, "<title", "`<title>` is not the title in the metadata");
        }
        let (page, _) = self.html.split_once("id=\"lab-core\"").unwrap_or_default();
        if !page.contains("data-say") {
            self.tell(What::Form, "<main", "has no place for the sentence, `data-say`");
        }
    }

    fn judge_takeaway(&mut self, lab: &LabFile) {
        let words = lab.takeaway.split_whitespace().count();
        if words == 0 || words > MAX_WORDS {
            let sentence = format!("the takeaway has {words} words, of 1 to {MAX_WORDS}");
            self.tell(What::Form, "id=\"takeaway\"", sentence);
        }
        if lab.takeaway_cases.is_empty() {
            self.tell(
                What::Form,
                "id=\"takeaway\"",
                "no case proves the takeaway; name some in `data-cases`",
            );
        }
    }

    fn judge_tries(&mut self, tries: &[Try]) {
        let section = "id=\"try\"";
        if !(3..=6).contains(&tries.len()) {
            let sentence = format!("there are {} things to try, of 3 to 6", tries.len());
            self.tell(What::Form, section, sentence);
        }
        if tries.iter().all(|it| it.answers.is_empty()) {
            self.tell(
                What::Form,
                section,
                "there is nothing to bet on; add a `<ul class=\"ask\">`",
            );
        }
        for it in tries {
            let place = format!("data-case=\"{}\"", it.case);
            let right = it.answers.iter().filter(|answer| answer.is_right).count();
            if !it.answers.is_empty() && (right != 1 || it.answers.len() < 2) {
                let sentence = format!(
                    "the bet on `{}` has {right} right answers of {}",
                    it.case,
                    it.answers.len()
                );
                self.tell(What::Form, &place, sentence + "; it needs one of two or more");
            }
            if it.question.is_empty() || (!it.answers.is_empty() && it.why.is_empty()) {
                let sentence =
                    format!("what to try with `{}` has no question or no `why`", it.case);
                self.tell(What::Form, &place, sentence);
            }
        }
    }

    fn judge_model(&mut self, lab: &LabFile) {
        for text in UNSTEADY.into_iter().filter(|text| lab.model.contains(text)) {
            let sentence =
                format!("the model uses `{}`, which is not the same everywhere", text.trim());
            self.tell(What::Contract, text, sentence);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RAFT: &str = include_str!("../../../labs/distributed/raft-election.html");

    fn told(from: &str, to: &str) -> Vec<String> {
        assert!(RAFT.contains(from), "{from}");
        failures(&RAFT.replacen(from, to, 1)).iter().map(Failure::to_string).collect()
    }

    #[track_caller]
    fn check(from: &str, to: &str, sentence: &str) {
        let told = told(from, to);
        assert!(told.iter().any(|it| it.contains(sentence)), "{told:?}");
        assert_eq!(told.len(), 1, "{told:?}");
    }

    #[test]
    fn a_lab_has_its_form() {
        assert_eq!(failures(RAFT), []);
    }

    #[test]
    fn every_rule_of_the_form_is_told_in_its_line() {
        check("/*kit:core*/\nvar Lab=", "/*kit:core*/\nvar lab=", "kit: the kit in it is not");
        check("graph lanes bars\">", "graph lanes bars forest\">", "uses the module `forest`");
        check("img-src data:", "img-src *", "content security policy");
        check("<h1>", "<img src=\"x.png\"><h1>", "`x.png");
        check("<h1>", "<a href=\"https://example.com\">x</a><h1>", "`https://example.com");
        check("<h1>", "<img src=\"data:image/png;base64,x\"><link rel=x><h1>", "`<link`");
        check("<title>", "<title>The ", "`<title>` is not");
        check(" data-say>", ">", "`data-say`");
        check("Random timeouts must", &"word ".repeat(90), "words, of 1 to 90");
        check(" data-cases=\"base wide one split\"", "", "no case proves");
        check("<li data-ok>0.873", "<li>0.873", "0 right answers of 3");
        check("<li>0.967", "<li data-ok>0.967", "2 right answers of 3");
        check("const name =", "const x = Math.random(), name =", "`Math.random`");
        check("<h1>", &format!("{}<h1>", "x".repeat(45_000)), "bytes, of 45000");
        let line = failures(&RAFT.replacen("<li data-ok>0.873", "<li>0.873", 1))[0].line;
        assert!(RAFT.lines().nth(line - 1).unwrap().contains("data-case=\"fast\""));
    }

    #[test]
    fn any_page_is_judged_without_a_panic() {
        for (end, _) in RAFT.char_indices().step_by(397) {
            let failures = failures(RAFT.get(..end).unwrap());
            assert!(!failures.is_empty() || end > RAFT.find("lab-view").unwrap());
        }
    }
}
