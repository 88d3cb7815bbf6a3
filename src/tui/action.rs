//! What a reader can ask for: the one table behind keys, hints, help, palette and manual.

/// Where an action is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The home screen.
    Home,
    /// Categories and articles in panes.
    Browse,
    /// An article.
    Reader,
    /// A list over the screen: finder, help, palette, outline, labs.
    List,
    /// A box over the screen: a peek.
    Panel,
    /// A lab on its way to a browser.
    HandOff,
    /// A lab that is played.
    Player,
    /// What to try in a lab, over the lab.
    Tries,
    /// A passage of an article that is being selected.
    Select,
    /// A review of cards.
    Review,
    /// What was read, in numbers.
    Statistics,
}

impl Scope {
    /// Every place.
    pub const ALL: &[Self] =
        &[Home, Browse, Reader, List, Panel, HandOff, Player, Tries, Select, Review, Statistics];
}

use Scope::{
    Browse, HandOff, Home, List, Panel, Player, Reader, Review, Select, Statistics, Tries,
};

macro_rules! actions {
    ($($(#[doc = $doc:literal])+ $variant:ident $name:literal [$($scope:ident),+] $keys:literal),+ $(,)?) => {
        /// Something a reader can ask for by key, or by name in the palette.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action { $($(#[doc = $doc])+ $variant),+ }

        impl Action {
            /// Every action, in the order that help shows them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its name in the palette and the manual.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// One line of help.
            pub fn help(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),+).trim_ascii()),+ }
            }

            /// Where it is valid.
            pub fn scopes(self) -> &'static [Scope] {
                match self { $(Self::$variant => &[$($scope),+]),+ }
            }

            /// The keys it is bound to: alternatives between blanks; `g,g` is one key after another.
            pub fn keys(self) -> &'static str {
                match self { $(Self::$variant => $keys),+ }
            }
        }
    };
}

actions! {
    /// One line or row down.
    Down "down" [Home, Browse, Reader, Panel, HandOff, Player, Tries, Select, Review, Statistics] "j Down",
    /// One line or row up.
    Up "up" [Home, Browse, Reader, Panel, HandOff, Player, Tries, Select, Review, Statistics] "k Up",
    /// To the left: the column or pane before.
    Left "left" [Home, Browse] "h Left",
    /// To the right: the column or pane after; in Browse, on an article, opens it.
    Right "right" [Home, Browse] "l Right",
    /// One page down.
    PageDown "page-down" [Home, Browse, Reader, Statistics] "Space PageDown",
    /// One page up.
    PageUp "page-up" [Home, Browse, Reader, Statistics] "b PageUp",
    /// Half a page down.
    HalfDown "half-page-down" [Home, Browse, Reader, Review, Statistics] "d Ctrl-d",
    /// Half a page up.
    HalfUp "half-page-up" [Home, Browse, Reader, Review, Statistics] "u Ctrl-u",
    /// To the beginning.
    First "first" [Home, Browse, Reader, Review, Statistics] "g,g Home",
    /// To the end.
    Last "last" [Home, Browse, Reader, Review, Statistics] "G End",
    /// Opens or presses what is selected: an article, a link, a lab, a button.
    Open "open" [Home, Browse, Reader, List, Panel, HandOff, Player, Tries] "Enter",
    /// Opens the lab in the browser; one that is played, at its state.
    OpenLab "open-lab" [Browse, Player] "o",
    /// Plays the lab here: the selected one, or the article's own.
    Play "play" [Browse, Reader, Panel, HandOff] "p",
    /// Copies the command that brings the lab to your own machine's browser.
    CopyCommand "copy-command" [HandOff] "c",
    /// Writes the lab's page to a file.
    Export "export" [HandOff] "e",
    /// Plays the selected lab here.
    PlaySelected "play-selected" [List] "Alt-p",
    /// More: a step up or to the right; in a grid, the cell beside.
    More "more" [Player] "Right l",
    /// Less: a step down or to the left; in a grid, the cell beside.
    Less "less" [Player] "Left h",
    /// Ten steps more.
    MuchMore "much-more" [Player] "L PageUp",
    /// Ten steps less.
    MuchLess "much-less" [Player] "H PageDown",
    /// The next control, node or cell; on a narrow screen, the next drawing.
    NextPart "next-part" [Player] "Tab",
    /// The control, node or cell before; on a narrow screen, the drawing before.
    PreviousPart "previous-part" [Player] "Shift-Tab",
    /// Plays, or pauses.
    PlayPause "play-pause" [Player] "Space",
    /// One tick on.
    StepOn "step-on" [Player] ".",
    /// One tick back.
    StepBack "step-back" [Player] ",",
    /// Ten ticks on.
    JumpOn "jump-on" [Player] ">",
    /// Ten ticks back.
    JumpBack "jump-back" [Player] "<",
    /// To the first tick.
    Rewind "rewind" [Player] "0 Home",
    /// To the last tick.
    Wind "wind" [Player] "$ End",
    /// Twice as fast.
    Faster "faster" [Player] "+",
    /// Half as fast.
    Slower "slower" [Player] "-",
    /// The states to start from; 1 to 9 start from one at once.
    Presets "presets" [Player] "s",
    /// What to try, and bets on how it ends.
    Try "try" [Player] "t",
    /// What to remember of the lab.
    Takeaway "takeaway" [Player] "T",
    /// Keeps this state beside those that follow, to compare; again lets it go.
    Compare "compare" [Player] "c",
    /// The next thing to try.
    NextTry "next-try" [Tries] "n Right l Tab",
    /// The thing to try before.
    PreviousTry "previous-try" [Tries] "N Left h Shift-Tab",
    /// Finds articles, headings, categories and labs by a few letters.
    Find "find" [Home, Browse] "/ Ctrl-p",
    /// Finds articles, headings, categories and labs by a few letters.
    FindAnywhere "find-anywhere" [Reader] "Ctrl-p",
    /// Searches the texts of all articles and labs.
    Search "search" [Home, Browse, Reader] "Ctrl-f",
    /// Finds text in this article.
    FindInPage "find-in-article" [Reader] "/",
    /// To the next hit.
    NextHit "next-hit" [Reader] "n",
    /// To the hit before.
    PreviousHit "previous-hit" [Reader] "N",
    /// The outline of this article, to jump in; what is related, and what links here.
    Outline "outline" [Reader] "o",
    /// Selects the next link.
    NextLink "next-link" [Reader] "Tab",
    /// Selects the link before.
    PreviousLink "previous-link" [Reader] "Shift-Tab",
    /// Shows a letter over every link on the screen; the letter follows it.
    Hints "hints" [Reader] "f",
    /// Peeks at a footnote, abbreviations, or where a link leads.
    Peek "peek" [Reader] "K",
    /// Opens all `<details>` of this article, such as answers; closes them again.
    Unfold "unfold" [Reader] "e",
    /// The next pane.
    NextPane "next-pane" [Browse] "Tab",
    /// The next article in reading order.
    NextArticle "next-article" [Reader] "]",
    /// The article before in reading order.
    PreviousArticle "previous-article" [Reader] "[",
    /// To the next heading.
    NextHeading "next-heading" [Reader] "}",
    /// To the heading before.
    PreviousHeading "previous-heading" [Reader] "{",
    /// The labs: of this article first, then all.
    Labs "labs" [Home, Browse, Reader] "x",
    /// Back to where you were before the last jump.
    Back "back" [Home, Browse, Reader] "Ctrl-o Alt-Left H",
    /// Forward again, after going back.
    Forward "forward" [Home, Browse, Reader] "Ctrl-i Alt-Right L",
    /// The home screen.
    GoHome "home" [Browse, Reader, Review, Statistics] "g,h",
    /// The categories and articles in panes.
    GoBrowse "browse" [Home, Reader, Review, Statistics] "g,b",
    /// A wider text column.
    Wider "wider" [Reader] "+",
    /// A narrower text column.
    Narrower "narrower" [Reader] "-",
    /// The text column as it was.
    UsualWidth "usual-width" [Reader] "=",
    /// Cuts long lines of code and wide tables at the edge, or wraps them again.
    Wrap "wrap" [Reader] "w",
    /// What is cut at the edge, further to the right.
    ScrollRight "scroll-right" [Reader] ">",
    /// What is cut at the edge, back to the left.
    ScrollLeft "scroll-left" [Reader] "<",
    /// Numbers before lines of code.
    Numbers "line-numbers" [Reader] "#",
    /// Copies the code that most of the screen shows.
    CopyCode "copy-code" [Reader] "Y",
    /// Sets a mark: then a letter, a to z for this text, A to Z for everywhere.
    SetMark "set-mark" [Reader] "m",
    /// Goes to a mark: the key, then its letter; the key twice goes back.
    GoToMark "go-to-mark" [Home, Browse, Reader] "'",
    /// The marks, to go to and to take away.
    Marks "marks" [Home, Browse, Reader] "M",
    /// Puts the article on the reading list, or takes it off.
    Enlist "enlist" [Browse, Reader] "r",
    /// The reading list, in its order.
    ReadingList "reading-list" [Home, Browse, Reader] "R",
    /// Finished, or not: says so of the article.
    Finish "finish" [Browse, Reader] "F",
    /// Your highlights and notes: of this article first, then all.
    Notes "notes" [Home, Browse, Reader] "A",
    /// Takes back what was marked, noted, listed or taken away last.
    Undo "undo" [Home, Browse, Reader] "U",
    /// Selects a passage: a sentence first; again, from letter to letter.
    Select "select" [Reader, Select] "v",
    /// One letter on.
    NextLetter "next-letter" [Select] "l Right",
    /// One letter back.
    PreviousLetter "previous-letter" [Select] "Left",
    /// To the next word.
    NextWord "next-word" [Select] "w",
    /// To the word before.
    PreviousWord "previous-word" [Select] "b",
    /// To the end of the word.
    WordEnd "word-end" [Select] "e",
    /// To the next sentence.
    NextSentence "next-sentence" [Select] ")",
    /// To the sentence before.
    PreviousSentence "previous-sentence" [Select] "(",
    /// To the next paragraph.
    NextParagraph "next-paragraph" [Select] "}",
    /// To the paragraph before.
    PreviousParagraph "previous-paragraph" [Select] "{",
    /// To the beginning of the paragraph.
    ParagraphStart "paragraph-start" [Select] "0 Home",
    /// To the end of the paragraph.
    ParagraphEnd "paragraph-end" [Select] "$ End",
    /// The other end of what is selected.
    OtherEnd "other-end" [Select] "o",
    /// Highlights what is selected.
    Highlight "highlight" [Select] "h Enter",
    /// Writes a note on what is selected.
    Note "note" [Select] "n",
    /// Copies what is selected as a quote with its source.
    CopyQuote "copy-quote" [Select] "Y",
    /// Takes the entry away: a mark, a note, a text of the reading list.
    Remove "remove" [List] "Alt-d",
    /// Writes the note of the entry anew.
    EditNote "edit-note" [List] "Alt-e",
    /// The entry one place up, in the reading list.
    MoveUp "move-up" [List] "Alt-Up Alt-k",
    /// The entry one place down, in the reading list.
    MoveDown "move-down" [List] "Alt-Down Alt-j",
    /// Takes back what was taken away or changed last.
    UndoHere "undo-here" [List] "Alt-u",
    /// Cards of the articles that you read to the end, five minutes a day at most.
    BeginReview "review" [Home, Browse, Reader, Statistics] "g,r",
    /// What you read, when, and how reviews go.
    BeginStatistics "statistics" [Home, Browse, Reader, Review] "g,s",
    /// Shows the answer; then, the answer was known.
    Reveal "reveal" [Review] "Space Enter",
    /// The answer was not known: asked again today.
    GradeAgain "grade-again" [Review] "1",
    /// The answer was known with trouble.
    GradeHard "grade-hard" [Review] "2",
    /// The answer was known.
    GradeGood "grade-good" [Review] "3",
    /// The answer was known at once.
    GradeEasy "grade-easy" [Review] "4",
    /// Leaves the card for another day.
    Skip "skip" [Review] "s",
    /// Opens the article that the card is from.
    ReadCard "read-card" [Review] "o",
    /// Nothing but the text: no line above, no line below, no outline.
    Zen "zen" [Reader] "z",
    /// Dims all but the present paragraph.
    Focus "focus" [Reader] "Z",
    /// A ruler below the row that is read.
    Ruler "ruler" [Reader] "_",
    /// Open lines, with a blank row between the rows of a paragraph; or single ones.
    LineSpacing "line-spacing" [Reader] "s",
    /// The article moves by itself; `+` and `-` change how fast, again stops it.
    Roll "auto-scroll" [Reader] "a",
    /// The next theme: ansi, dark, light, high-contrast.
    NextTheme "next-theme" [Home, Browse, Reader, Review, Statistics] "t",
    /// Copies the address of what is selected to the clipboard.
    Copy "copy" [Reader, Panel, HandOff, Player, Select] "y",
    /// Every key that is valid now.
    Help "help" [Home, Browse, Reader, Player, Tries, Select, Review, Statistics] "?",
    /// Anything by its name.
    Palette "palette" [Home, Browse, Reader, Player, Select, Review, Statistics] ":",
    /// Clears what is selected or found; closes what lies over the screen, and a lab.
    Clear "clear" [Home, Browse, Reader, List, Panel, HandOff, Player, Tries, Select, Review, Statistics] "Esc",
    /// Draws the screen afresh.
    Redraw "redraw" [Home, Browse, Reader, Player, Select, Review, Statistics] "Ctrl-l",
    /// Stops the program; `fg` continues it.
    Suspend "suspend" [Home, Browse, Reader, List, Panel, HandOff, Player, Tries, Select, Review, Statistics] "Ctrl-z",
    /// Leaves this screen: lab, article, panes, home, program.
    Leave "leave" [Home, Browse, Reader, Panel, HandOff, Player, Tries, Select, Review, Statistics] "q",
    /// Leaves the program.
    Quit "quit" [Home, Browse, Reader, List, Panel, HandOff, Player, Tries, Select, Review, Statistics] "Ctrl-c",
}
