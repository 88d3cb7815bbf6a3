//! What a formula says, free of how it is set.

/// A part of a formula.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// Letters, digits, signs that belong together.
    Symbol {
        /// As it is shown.
        text: String,
        /// How it keeps its distance.
        class: Class,
    },
    /// One after the other.
    Row(Vec<Node>),
    /// One over the other.
    Fraction {
        /// Above.
        over: Box<Node>,
        /// Below.
        under: Box<Node>,
        /// Whether a line parts them; a binomial has none.
        bar: bool,
    },
    /// A root.
    Root {
        /// Which; a square root has none.
        index: Option<Box<Node>>,
        /// Of what.
        of: Box<Node>,
    },
    /// Something small beside, above or below something.
    Script {
        /// What it belongs to.
        base: Box<Node>,
        /// Below.
        sub: Option<Box<Node>>,
        /// Above.
        sup: Option<Box<Node>>,
        /// Whether a displayed formula has them straight above and below.
        limits: bool,
    },
    /// A sign over or under something: a hat, a bar, a brace.
    Accent {
        /// What it belongs to.
        base: Box<Node>,
        /// Which.
        accent: Accent,
    },
    /// Between delimiters as high as what is in them.
    Fenced {
        /// None for the invisible one.
        open: Option<char>,
        /// None for the invisible one.
        close: Option<char>,
        /// What is in them.
        body: Box<Node>,
    },
    /// A sign between delimiters, as high as they are: the bar of a condition.
    Bar(char),
    /// Rows and columns.
    Table {
        /// The cells, row by row.
        rows: Vec<Vec<Node>>,
        /// How columns are set; the last one holds for the rest.
        columns: Vec<Side>,
        /// Cells between two columns.
        gap: usize,
        /// Where lines are drawn.
        lines: Lines,
    },
    /// So many cells of nothing.
    Space(usize),
}

/// What a symbol is, for the space around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// A letter, a number, anything else.
    Ordinary,
    /// A function's name.
    Operator,
    /// A sum, an integral.
    Large,
    /// `+`.
    Binary,
    /// `=`.
    Relation,
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// `,`.
    Punctuation,
}

/// Lines of a table: before which columns and rows, counted from 0; the count itself is the end.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Lines {
    /// Upright.
    pub(crate) columns: Vec<usize>,
    /// Level.
    pub(crate) rows: Vec<usize>,
}

/// Where the text of a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Center,
    Right,
}

/// A sign over or under something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Accent {
    /// A combining character, for one letter; and its name, for more.
    Mark(char, &'static str),
    /// A line above.
    Over,
    /// A line below.
    Under,
    /// An arrow below, and its name.
    Below(char, &'static str),
    /// A brace above.
    BraceOver,
    /// A brace below.
    BraceUnder,
}

impl Node {
    /// A symbol.
    pub(crate) fn symbol(text: impl Into<String>, class: Class) -> Self {
        Self::Symbol { text: text.into(), class }
    }

    /// Its class in a row.
    pub(crate) fn class(&self) -> Class {
        match self {
            Self::Symbol { class, .. } => *class,
            Self::Script { base, limits: true, .. } => base.bare().class(),
            Self::Script { base, .. } | Self::Accent { base, .. } => base.class(),
            Self::Fenced { open: Some(_), .. } => Class::Open,
            Self::Bar(_) => Class::Relation,
            _ => Class::Ordinary,
        }
    }

    /// Whether nothing is in it.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Row(nodes) => nodes.iter().all(Self::is_empty),
            Self::Symbol { text, .. } => text.is_empty(),
            Self::Space(cells) => *cells == 0,
            _ => false,
        }
    }

    /// Itself, out of rows that hold nothing else.
    pub(crate) fn bare(&self) -> &Self {
        match self {
            Self::Row(nodes) if nodes.len() == 1 => nodes.first().map_or(self, Self::bare),
            _ => self,
        }
    }

    /// Whether it reads as one thing beside `/`, under `√`, before `^`.
    pub(crate) fn is_atom(&self) -> bool {
        match self.bare() {
            Self::Symbol { .. } | Self::Fenced { .. } | Self::Space(_) => true,
            Self::Accent { accent, .. } => {
                !matches!(accent, Accent::BraceOver | Accent::BraceUnder)
            }
            Self::Script { base, .. } => base.is_atom(),
            Self::Row(nodes) => {
                let differential = matches!(nodes.as_slice(), [first, it]
                    if matches!(first, Self::Symbol { text, .. } if text == "∂") && it.is_atom());
                // Two letters are a product, three are a name.
                let name = nodes.len() > 2 && nodes.iter().all(Self::is_letter);
                let operator = |it: &Self| it.class() == Class::Operator;
                differential || name || !nodes.is_empty() && nodes.iter().all(operator)
            }
            _ => false,
        }
    }

    /// Whether it is `d` and one letter: the end of an integral, a part of a derivative.
    pub(crate) fn is_differential(&self) -> bool {
        let d = |it: &Self| matches!(it.bare(), Self::Symbol { text, .. } if text == "d");
        let Self::Row(nodes) = self.bare() else { return false };
        matches!(nodes.as_slice(), [first, it] if d(first) && it.is_atom())
    }

    fn is_letter(&self) -> bool {
        match self {
            Self::Symbol { text, class: Class::Ordinary } => text.chars().all(char::is_alphabetic),
            _ => false,
        }
    }
}
