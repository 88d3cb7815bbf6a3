//! The rules: what each is called, why it is there, and how to mend what breaks it.
//!
//! One flat list. The report, the documentation and the comments that silence a rule use its
//! names, so a name once given stays.

/// A rule that content is checked by.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// What reports and silencing comments call it.
    pub name: &'static str,
    /// What it holds for.
    pub scope: Scope,
    /// Why it is there.
    pub reason: &'static str,
    /// How to mend what breaks it.
    pub mend: &'static str,
}

/// What a rule holds for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The form of any Markdown.
    Markdown,
    /// The form of a library.
    Library,
    /// The craft of a library's articles.
    Craft,
    /// Code that is run, with `--run`.
    Runs,
    /// The interactive labs of a library.
    Labs,
}

impl Scope {
    /// A word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "any Markdown",
            Self::Library => "library",
            Self::Craft => "craft",
            Self::Runs => "runs",
            Self::Labs => "labs",
        }
    }
}

/// The rule of this name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

/// Declares each rule, and the list of them all.
macro_rules! rules {
    ($($id:ident $name:literal $scope:ident $reason:literal $mend:literal)*) => {
        $(
            #[doc = $reason]
            pub(crate) static $id: Rule =
                Rule { name: $name, scope: Scope::$scope, reason: $reason, mend: $mend };
        )*
        /// Every rule.
        pub static RULES: &[&Rule] = &[$(&$id),*];
    };
}

rules! {
    FILE "file" Markdown
        "What cannot be read as text cannot be shown."
        "save it as a readable UTF-8 file"
    CHARACTERS "characters" Markdown
        "Control and bidirectional characters can act on a terminal or hide what a line says."
        "delete the character, or write its name"
    FENCE "fence" Markdown
        "An open fence turns the rest of the text into code."
        "close it with a line of as many backticks"
    HEADING_LEVEL "heading-level" Markdown
        "The outline is built from the levels; a jump leaves a hole in it."
        "use the next level down"
    LINK "link" Markdown
        "A link that leads nowhere costs the reader's trust."
        "mend the link, or take it out"
    FOOTNOTE "footnote" Markdown
        "A reference without its note proves nothing, and a note without a reference carries no claim."
        "define the note once, and refer to it"
    IMAGE "image" Markdown
        "A picture that is missing or has no text for those who cannot see it says nothing."
        "add the file, and describe it between the brackets"
    MATH "math" Markdown
        "A formula with an unknown command cannot be drawn."
        "use commands of LaTeX's math mode"
    CHART "chart" Markdown
        "A chart that cannot be read is shown as its source."
        "mend the TOML: kind, title, [x], [y], [[series]]"
    DETAILS "details" Markdown
        "Text in `<details>` shows as raw tags unless each is closed and blank lines stand around it."
        "write <details><summary>…</summary>, a blank line, the text, a blank line, </details>"
    SILENCE "silence" Markdown
        "A rule is silenced for a reason that a reviewer can judge."
        "write <!-- check: allow RULE because REASON -->, and take it out when it is of no use"
    CATEGORY "category-file" Library
        "Categories are shown by what their files say."
        "give title, description, intro, articles and labs"
    ORDER "reading-order" Library
        "An article that is not listed has no place, no previous and no next."
        "list each file once"
    FRONT_MATTER "front-matter" Library
        "Lists, search and filters know an article by its front matter."
        "give title, summary, level, tags, see and verified as the editorial guide says"
    TWIN "unique" Library
        "Articles and labs are opened by their names."
        "give one of them another name"
    PAIR "pair" Library
        "A lab and its article are found through each other."
        "make both name each other"
    LAB "lab" Library
        "A lab is listed by its metadata."
        "mend the lab's metadata"
    FENCE_INFO "fence-info" Library
        "What a fence says decides whether its code is run, compiled or only shown."
        "write a known language, then `run`, `compile` or `fragment`"
    DIAGRAM "diagram" Library
        "Diagrams do not wrap, and not everybody sees them."
        "keep it within 76 columns, and add alt=\"…\" to its first line"
    OPENING "opening" Craft
        "In the first 80 words a reader decides whether the rest is for them."
        "say who has which problem and what they can do after reading, in one paragraph"
    CONCRETE "concrete" Craft
        "Something concrete early on earns the patience for the rest."
        "bring code, a table, a formula or a diagram within the first 250 words"
    LENGTH "length" Craft
        "Shorter articles stay at the surface, longer ones are not finished."
        "keep the argument between 900 and 1,800 words"
    SENTENCE "sentence" Craft
        "A long sentence has to be read twice."
        "split it: at most 33 words, half of them at most 20"
    PARAGRAPH "paragraph" Craft
        "A long paragraph hides its point."
        "split it: at most 90 words, half of them at most 50"
    HEADINGS "headings" Craft
        "Too few headings give no hold, too many make a list of notes."
        "use 3 to 8 for each 1,000 words"
    GENERIC_HEADING "generic-heading" Craft
        "A heading that would fit any article tells nothing about this one."
        "name what the section says"
    BANNED_WORD "banned-word" Craft
        "Words of advertising and filler cost trust."
        "say what it does instead"
    RUN_SHARE "run-share" Craft
        "Code that nobody ran is a claim."
        "make at least 60 % of the code `run` or `compile`, and show the output of one"
    CODE_LENGTH "code-length" Craft
        "A block that does not fit a screen is not read."
        "keep it within 45 lines"
    SOURCES "sources" Craft
        "Claims stand on primary sources that a reader can look up."
        "add footnotes to claims, three at least"
    IDENTIFIER "identifier" Craft
        "A source without an identifier cannot be looked up."
        "name a year, a version, a commit, an RFC, an arXiv number or a section"
    RECALL "recall" Craft
        "Recalling is how reading becomes knowing."
        "end with `## Check yourself` and three to five questions with answers"
    PROVENANCE "provenance" Craft
        "A quantity is computed here, cited, measured or marked as illustrative."
        "print it in a run block, add a footnote, or say `suppose` or `illustrative`"
    OVERLAP "overlap" Craft
        "What two articles share belongs in one of them."
        "keep it in one article and link to it"
    ACRONYM "acronym" Craft
        "A reader who does not know an acronym stops here."
        "spell it out where it is first used"
    RUN "run" Runs
        "Code that is said to run has to."
        "mend the code"
    OUTPUT "output" Runs
        "What is shown as output has to be what the code prints."
        "run `library-tui check --run --update`, and read what changed"
    LAB_PROOF "lab-proof" Labs
        "A lab's figures and invariants hold when its model is run."
        "mend the lab's model, or its cases"
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_rule_has_a_name_of_its_own_a_reason_and_a_mend() {
        let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), RULES.len());
        for it in RULES {
            let kebab = it.name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            assert!(kebab && it.reason.ends_with('.') && !it.mend.ends_with('.'), "{}", it.name);
            assert_eq!(rule(it.name), Some(*it));
        }
        assert_eq!(rule("nothing"), None);
    }
}
