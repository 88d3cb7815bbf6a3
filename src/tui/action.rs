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
    /// A box over the screen: a peek, a lab's panel.
    Panel,
}

use Scope::{Browse, Home, List, Panel, Reader};

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
    Down "down" [Home, Browse, Reader, Panel] "j Down",
    /// One line or row up.
    Up "up" [Home, Browse, Reader, Panel] "k Up",
    /// To the left: the column or pane before.
    Left "left" [Home, Browse] "h Left",
    /// To the right: the column or pane after; in Browse, on an article, opens it.
    Right "right" [Home, Browse] "l Right",
    /// One page down.
    PageDown "page-down" [Home, Browse, Reader] "Space PageDown",
    /// One page up.
    PageUp "page-up" [Home, Browse, Reader] "b PageUp",
    /// Half a page down.
    HalfDown "half-page-down" [Home, Browse, Reader] "d Ctrl-d",
    /// Half a page up.
    HalfUp "half-page-up" [Home, Browse, Reader] "u Ctrl-u",
    /// To the beginning.
    First "first" [Home, Browse, Reader] "g,g Home",
    /// To the end.
    Last "last" [Home, Browse, Reader] "G End",
    /// Opens what is selected: an article, a category, a link, a lab.
    Open "open" [Home, Browse, Reader, List, Panel] "Enter",
    /// Opens the selected lab in the browser.
    OpenLab "open-lab" [Browse] "o",
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
    /// Peeks at a footnote, or at where the selected link leads.
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
    GoHome "home" [Browse, Reader] "g,h",
    /// The categories and articles in panes.
    GoBrowse "browse" [Home, Reader] "g,b",
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
    /// The next theme: ansi, dark, light, high-contrast.
    NextTheme "next-theme" [Home, Browse, Reader] "t",
    /// Copies the address of what is selected to the clipboard.
    Copy "copy" [Reader, Panel] "y",
    /// Every key that is valid now.
    Help "help" [Home, Browse, Reader] "?",
    /// Anything by its name.
    Palette "palette" [Home, Browse, Reader] ":",
    /// Clears what is selected or found; closes what lies over the screen.
    Clear "clear" [Home, Browse, Reader, List, Panel] "Esc",
    /// Draws the screen afresh.
    Redraw "redraw" [Home, Browse, Reader] "Ctrl-l",
    /// Stops the program; `fg` continues it.
    Suspend "suspend" [Home, Browse, Reader, List, Panel] "Ctrl-z",
    /// Leaves this screen: article, panes, home, program.
    Leave "leave" [Home, Browse, Reader, Panel] "q",
    /// Leaves the program.
    Quit "quit" [Home, Browse, Reader, List, Panel] "Ctrl-c",
}
