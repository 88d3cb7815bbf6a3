//! What can be asked for on the command line.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::error::ErrorKind;
use clap::{Parser, Subcommand};

use crate::cli::output::{self, Stop};
use crate::text::Safe;
use crate::theme::Palette;

const EXAMPLES: &str = "\
Examples:
  library-tui                            open the library
  library-tui four-primitives            open an article
  library-tui notes.md                   open a Markdown file of your own
  library-tui notes/                     search the files of a folder of your own
  library-tui raft election              look for an article by its name
  library-tui search 'R + W > N'         find it in the texts of articles and labs
  library-tui read four-primitives       print an article
  curl -s example.com/x.md | library-tui read -
  library-tui list cassandra             name the articles of a category
  library-tui lab raft-election --open   open an interactive lab in the browser
  library-tui lab raft-election --play   play it here
  library-tui export --all --out site/   the whole library as web pages
  library-tui check notes/               check the links and form of your own Markdown
  library-tui review                     be asked what you read
  library-tui notes export > notes.md    your highlights and notes
";

const AFTER: &str = "\
Exit codes: 0 done, 1 nothing found, 2 wrong usage or failure.
NO_COLOR=1 takes the colours away. LIBRARY_TUI_CONTENT=DIR reads another library.
Places, marks and notes are kept in XDG_STATE_HOME/library-tui (else ~/.local/state).";

const JSON: &str = "\
With --json, one object a line, each with \"schema\":1 and \"kind\":
  \"category\": slug, title, description, intro, articles (a number), labs (a number)
  \"article\":  slug, category, title, summary, level, tags, minutes, verified, versions, labs, see,
              related (most alike, beside see), backlinks (articles that link here)
  \"lab\":      slug, category, title, question, level, minutes, articles, takeaway";

const SEARCH: &str = "\
All words are looked for, in any order, and their other forms; the last one may be a beginning.
  \"read repair\"     the words as they stand
  -kafka            not in articles with this word
  category:cassandra  tag:raft  level:deep  lab:raft-election
  code:max_tokens  title:ring  heading:failure   in this part only
Quote the query for the shell: library-tui search 'R + W > N'.
The index is kept in the cache folder (XDG_CACHE_HOME) and can be deleted at any time.
Exit codes: 0 found, 1 nothing found, 2 wrong usage or failure.

With --json, one object a line, each with \"schema\":1 and \"kind\":
  \"hit\": of (\"article\", \"lab\" or \"file\"), category or folder, slug or file, title, path (headings), anchor, score,
         snippet, marks ([start, end] in characters of the snippet)";

const CHECK: &str = "\
A rule is silenced in a section, or before the first heading in the whole file, with a reason:
  <!-- check: allow RULE because REASON -->
--changed goes by a hash of each file, kept in the cache folder (XDG_CACHE_HOME).
Exit codes: 0 no findings, 1 findings, 2 wrong usage or failure.

With --json, one object a line, each with \"schema\":1 and \"kind\":
  \"finding\": rule, path, line, message, excerpt, reason, mend, silenced (null or why)
  \"summary\": passed, failed, findings, silenced, categories, protections";

const EXPORT: &str = "\
Examples:
  library-tui export four-primitives --out page.html
  library-tui export notes.md > notes.html
  library-tui export notes/ --out site/
  library-tui export --all --out site/
Pictures of a folder are copied with it; those of a single file are named as it names them.
Exit codes: 0 done, 1 there is no such article or file, 2 wrong usage or failure.";

const STATS: &str = "\
Everything is counted on this machine, and stays on it. Days end at four in the morning.
Days in a row are told when the settings file says so: [review] streak = true.

With --json, one object a line, each with \"schema\":1 and \"kind\":
  \"reading\":     spent_seconds, finished, begun, articles (numbers)
  \"day\":         day (2026-11-21), spent_seconds; the last 53 weeks
  \"of-category\": slug, spent_seconds, finished, articles
  \"recent\":      name, title, read (seconds since 1970), day, percent, spent_seconds
  \"review\":      cards, due, grades, today, returned, retention_percent, streak";

const NOTES: &str = "\
Exit codes: 0 done, 1 nothing is highlighted, 2 wrong usage or failure.

With --json, one object a line, each with \"schema\":1 and \"kind\":
  \"highlight\": id, text, title, path, anchor, heading, quote, note, made, changed (seconds since
               1970), orphaned (whether the passage is no longer in the text)";

/// A library of engineering articles and interactive labs, read in the terminal.
#[derive(Debug, Parser)]
#[command(
    name = "library-tui",
    version,
    before_help = EXAMPLES,
    after_help = AFTER,
    help_template = "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}",
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub(crate) struct Arguments {
    /// An article's name, a Markdown file, or words to look for.
    #[arg(value_name = "ARTICLE|FILE|QUERY")]
    pub(crate) target: Vec<OsString>,
    /// Colours: your terminal's own sixteen (ansi), or ours.
    #[arg(long, global = true, value_parser = palettes())]
    pub(crate) theme: Option<String>,
    /// Width of the text, in columns.
    #[arg(long, global = true, value_name = "N", value_parser = width)]
    pub(crate) width: Option<usize>,
    /// Wheel and click work here, instead of selecting text in your terminal.
    #[arg(long)]
    pub(crate) mouse: bool,
    /// What is copied goes to this file, which holds the last of it, and not to a clipboard.
    #[arg(long, value_name = "FILE")]
    pub(crate) write: Option<PathBuf>,
    /// The port that labs are served at, on this machine only; any that is free without it.
    #[arg(long, global = true, value_name = "N")]
    pub(crate) port: Option<u16>,
    /// What opens labs and links; as in $BROWSER, %s is the address.
    #[arg(long, global = true, value_name = "COMMAND", value_parser = browser)]
    pub(crate) browser: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Name the articles, all or those of a category.
    #[command(after_help = JSON)]
    List(ListArguments),
    /// Read a Markdown file that is being written: it is laid out again as it is saved.
    Preview {
        /// A Markdown file.
        file: OsString,
    },
    /// Print an article or a Markdown file.
    Read {
        /// An article's name, a Markdown file, or - for standard input.
        #[arg(value_name = "ARTICLE|FILE|-")]
        text: OsString,
        /// No colours and no escape sequences, as in a pipe; and charts as tables.
        #[arg(long)]
        plain: bool,
    },
    /// Name the interactive labs, all or those of a category; or work on labs of your own.
    #[command(after_help = JSON, args_conflicts_with_subcommands = true)]
    Labs {
        #[command(flatten)]
        list: ListArguments,
        #[command(subcommand)]
        work: Option<LabWork>,
    },
    /// Find text in the articles and labs, the best first.
    #[command(after_help = SEARCH)]
    Search(SearchArguments),
    /// Check content: its form, its craft, its labs, and with --run its code.
    #[command(after_help = CHECK)]
    Check(CheckArguments),
    /// Begin an article.
    New {
        #[command(subcommand)]
        thing: New,
    },
    /// Describe a lab, play it, say what it shows, or take it to a browser.
    Lab(LabArguments),
    /// Write an article or a Markdown file as a web page, or the whole library as a site.
    ///
    /// A page is one file without scripts; nothing in it comes from elsewhere. What is there
    /// already is left alone, unless an earlier export wrote it.
    #[command(after_help = EXPORT)]
    Export(ExportArguments),
    /// Serve every article and lab on loopback, with pages that name them, until Ctrl-C.
    ///
    /// The port is --port, or that of the settings, or any.
    Serve {
        /// Serve labs that did not come with the program without asking.
        #[arg(long)]
        yes: bool,
    },
    /// Be asked what you read: questions of the articles that you read to the end, five minutes a
    /// day at most.
    Review {
        /// Ask on plain lines, without the reader: for pipes and screen readers.
        #[arg(long)]
        plain: bool,
    },
    /// Tell what you read, when, and how reviews go.
    #[command(after_help = STATS)]
    Stats {
        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
    /// Work with your highlights and notes.
    Notes {
        #[command(subcommand)]
        work: NotesWork,
    },
    /// Carry what is remembered to another machine, or forget it.
    State {
        #[command(subcommand)]
        work: StateWork,
    },
    /// Started by this program, to start a browser.
    #[command(name = crate::labs::OPEN_COMMAND, hide = true)]
    OpenInBrowser { address: String },
    /// Started by this program, to run the code of an article.
    #[command(name = crate::check::run::SANDBOX_COMMAND, hide = true)]
    SandboxExec { stage: String, confinement: String },
}

#[derive(Debug, clap::Args)]
pub(crate) struct ListArguments {
    /// A category's name, as in `library-tui list`.
    pub(crate) category: Option<String>,
    /// Print JSON, one object a line.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct SearchArguments {
    /// Words, "phrases", -without, field:value.
    #[arg(required = true, allow_hyphen_values = true)]
    pub(crate) query: Vec<OsString>,
    /// Print JSON, one object a line.
    #[arg(long)]
    pub(crate) json: bool,
    /// Search one category, by its name in `library-tui list`.
    #[arg(long, value_name = "NAME")]
    pub(crate) category: Option<String>,
    /// Search the labs alone.
    #[arg(long)]
    pub(crate) labs: bool,
    /// Search the Markdown and text files below a folder, and not the library.
    #[arg(long = "in", value_name = "DIR", conflicts_with_all = ["category", "labs"])]
    pub(crate) folder: Option<PathBuf>,
    /// How many hits at most.
    #[arg(long, value_name = "N", default_value_t = crate::cli::search::LIMIT)]
    pub(crate) limit: usize,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExportArguments {
    /// An article's name, a Markdown file, a folder of your own, or - for standard input.
    #[arg(value_name = "ARTICLE|FILE|DIR|-", conflicts_with = "all")]
    pub(crate) text: Option<OsString>,
    /// The whole library: a page for each article and category, and the labs as they are.
    #[arg(long)]
    pub(crate) all: bool,
    /// Where to: a file for a page, a new or empty folder for many; - prints a page.
    #[arg(long, value_name = "FILE|DIR|-")]
    pub(crate) out: Option<PathBuf>,
}

/// Work on the labs in the folder `labs` here, or beside `LIBRARY_TUI_CONTENT`.
#[derive(Debug, Subcommand)]
pub(crate) enum LabWork {
    /// Put the current kit into every lab.
    Sync {
        /// Change nothing; name the labs whose kit is not current, and exit with 1.
        #[arg(long)]
        check: bool,
    },
    /// Start a lab.
    New {
        /// Where: a category and a name for the lab.
        #[arg(value_name = "CATEGORY/LAB")]
        place: String,
    },
}

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct CheckArguments {
    /// Articles, Markdown files or folders; the library in this folder when none is given.
    pub(crate) paths: Vec<PathBuf>,
    /// Run the code of `run` and `compile` fences, locked up, and compare what it prints.
    #[arg(long)]
    pub(crate) run: bool,
    /// Write what the code prints into the articles.
    #[arg(long, requires = "run")]
    pub(crate) update: bool,
    /// Run code of a folder that is not this library without asking.
    #[arg(long, requires = "run")]
    pub(crate) yes: bool,
    /// Leave out files that have not changed since they were clean.
    #[arg(long)]
    pub(crate) changed: bool,
    /// Print JSON, one object a line.
    #[arg(long)]
    pub(crate) json: bool,
    /// Name the rules, and why they are there.
    #[arg(long)]
    pub(crate) rules: bool,
}

/// What can be done with notes.
#[derive(Debug, Subcommand)]
pub(crate) enum NotesWork {
    /// Print highlights and notes as Markdown, by article, with quotes and links.
    #[command(after_help = NOTES)]
    Export {
        /// An article's name; all texts without it.
        article: Option<OsString>,
        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
}

/// What can be done with what is remembered.
#[derive(Debug, Subcommand)]
pub(crate) enum StateWork {
    /// Print everything that is remembered, as JSON that `state import` takes.
    Export,
    /// Take in what `state export` printed elsewhere; what is remembered here is kept as well.
    Import {
        /// The file, or - for standard input.
        #[arg(value_name = "FILE|-")]
        file: PathBuf,
        /// Say what would change, and change nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Forget everything: places, history, marks, highlights, notes, reading list, grades.
    Clear {
        /// Without asking.
        #[arg(long)]
        yes: bool,
    },
}

/// What can be begun.
#[derive(Debug, Subcommand)]
pub(crate) enum New {
    /// Write the skeleton of an article, and list it in its category.
    Article {
        /// Its category and its name: `cassandra/hinted-handoff`.
        #[arg(value_name = "CATEGORY/SLUG")]
        name: String,
    },
}

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag, and only one is given")]
pub(crate) struct LabArguments {
    /// The lab's name; with a state of it, as the player copies it: 'raft-election#w=300&t=120'.
    #[arg(value_name = "LAB[#STATE]")]
    name: String,
    /// Play it here, in the terminal.
    #[arg(long, group = "way")]
    play: bool,
    /// Write its page to a private file and print the file's path.
    #[arg(long, group = "way")]
    path: bool,
    /// Print its page, one HTML file.
    #[arg(long, group = "way")]
    print: bool,
    /// Open its page in a browser.
    #[arg(long, group = "way")]
    open: bool,
    /// Run it and say in sentences what it shows.
    #[arg(long, group = "way")]
    text: bool,
    /// Serve its page on loopback until Ctrl-C, and say how another machine reaches it.
    #[arg(long, group = "way")]
    serve: bool,
    /// Open or serve a lab that did not come with the program without asking.
    #[arg(long)]
    pub(crate) yes: bool,
}

/// What is to happen with a lab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Describe,
    Play,
    Path,
    Print,
    Open,
    Text,
    Serve,
}

impl LabArguments {
    /// The lab's name, without a state.
    pub(crate) fn name(&self) -> &str {
        let name = self.name.split_once('#').map_or(self.name.as_str(), |(name, _)| name);
        name.strip_suffix(".html").unwrap_or(name)
    }

    /// The state of the lab that is asked for.
    pub(crate) fn state(&self) -> Option<&str> {
        self.name.split_once('#').map(|(_, state)| state)
    }

    pub(crate) fn way(&self) -> Way {
        let ways = [
            (self.play, Way::Play),
            (self.path, Way::Path),
            (self.print, Way::Print),
            (self.open, Way::Open),
            (self.text, Way::Text),
            (self.serve, Way::Serve),
        ];
        ways.into_iter().find(|(asked, _)| *asked).map_or(Way::Describe, |(_, way)| way)
    }
}

fn palettes() -> PossibleValuesParser {
    PossibleValuesParser::new(Palette::ALL.iter().map(|palette| palette.name()))
}

fn browser(text: &str) -> Result<String, String> {
    if text.split(':').any(crate::labs::can_show_labs) {
        return Ok(text.to_owned());
    }
    Err("labs need a browser with JavaScript and a window of its own".to_owned())
}

fn width(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(width) if (1..=1000).contains(&width) => Ok(width),
        _ => Err("give a number of columns from 1 to 1000".to_owned()),
    }
}

/// The arguments of this process. Help and version are printed here.
pub(crate) fn parse() -> Result<Arguments, Stop> {
    Arguments::try_parse_from(env::args_os()).map_err(|error| {
        // Without colours, and safe: it repeats what was typed.
        let text = error.render().to_string();
        match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                let failed = output::write(&Safe::prose(&text)).err();
                failed.unwrap_or_else(Stop::silent)
            }
            _ => Stop::failed(text.trim_start_matches("error: ").trim_end()),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn parsed(arguments: &[&str]) -> Arguments {
        Arguments::try_parse_from([&["library-tui"], arguments].concat()).unwrap()
    }

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn words_that_are_no_command_are_a_query() {
        assert_eq!(parsed(&["raft", "election"]).target, ["raft", "election"]);
        assert!(parsed(&["raft"]).command.is_none());
        assert_eq!(parsed(&["--", "list"]).target, ["list"]);
    }

    #[test]
    fn theme_and_width_stand_anywhere() {
        for arguments in [["--width", "40", "read", "x"], ["read", "x", "--width", "40"]] {
            assert_eq!(parsed(&arguments).width, Some(40));
        }
        for refused in ["0", "-1", "x", "100000"] {
            assert!(Arguments::try_parse_from(["library-tui", "--width", refused]).is_err());
        }
        assert!(Arguments::try_parse_from(["library-tui", "--theme", "pink"]).is_err());
    }

    #[test]
    fn a_lab_is_named_with_a_state() {
        let Some(Command::Lab(lab)) = parsed(&["lab", "x.html#t=3&a=[[1,%22y%22]]#"]).command
        else {
            panic!("no lab")
        };
        assert_eq!((lab.name(), lab.state()), ("x", Some("t=3&a=[[1,%22y%22]]#")));
    }

    #[test]
    fn a_lab_goes_one_way() {
        let way = |arguments: &[&str]| match parsed(arguments).command {
            Some(Command::Lab(lab)) => Some(lab.way()),
            _ => None,
        };
        assert_eq!(way(&["lab", "x"]), Some(Way::Describe));
        assert_eq!(way(&["lab", "x", "--open"]), Some(Way::Open));
        assert_eq!(way(&["lab", "x", "--text"]), Some(Way::Text));
        assert_eq!(way(&["lab", "x", "--play"]), Some(Way::Play));
        assert!(
            Arguments::try_parse_from(["library-tui", "lab", "x", "--open", "--path"]).is_err()
        );
    }
}
