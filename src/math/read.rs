//! LaTeX into a tree, by the events of the parser.

use std::iter::Peekable;

use pulldown_latex::event::{
    Content, DelimiterType, Dimension, DimensionUnit, EnvironmentFlow, Event, Font, Grouping,
    ScriptPosition, ScriptType, StateChange, Visual,
};
use pulldown_latex::{Parser, ParserError, Storage};

use crate::math::MathError;
use crate::math::environment::table;
use crate::math::gather::{bars, close, dots};
use crate::math::line;
use crate::math::node::{Accent, Class, Node};
use crate::math::source::{DEEPEST, HALF_READ, PROGRAMS, commands, depth};
use crate::math::symbol;
use crate::math::words::rewritten;

/// Formulas longer than this many bytes are not set.
const LONGEST: usize = 8 * 1024;

/// The tree of a formula.
pub(crate) fn node(latex: &str) -> Result<Node, MathError> {
    if latex.len() > LONGEST || depth(latex) > DEEPEST {
        return Err(MathError::TooLarge);
    }
    let text = rewritten(latex);
    if let Some(command) = commands(&text).find(|it| PROGRAMS.contains(it)) {
        return Err(MathError::Program(command.to_owned()));
    }
    if let Some(command) = commands(&text).find(|it| HALF_READ.contains(it)) {
        return Err(MathError::Unknown(command.to_owned()));
    }
    read(&text).map_err(|error| match error {
        MathError::Garbled(_) => unknown(latex).map_or(error, MathError::Unknown),
        error => error,
    })
}

fn read(text: &str) -> Result<Node, MathError> {
    let storage = Storage::new();
    let mut reader =
        Reader { events: Parser::new(text, &storage).peekable(), fonts: vec![None], depth: 0 };
    let row = reader.row()?;
    if reader.events.next().is_some() {
        return Err(MathError::Garbled("it ends more than it begins".to_owned()));
    }
    Ok(row)
}

/// The first command that the parser does not know.
fn unknown(latex: &str) -> Option<String> {
    let is_unknown = |command: &str| {
        let alone = rewritten(&format!("{command}{{x}}{{x}}{{x}}"));
        let storage = Storage::new();
        let error = Parser::new(&alone, &storage).find_map(Result::err);
        error.is_some_and(|error| error.to_string().contains("unknown primitive"))
    };
    commands(latex).find(|command| is_unknown(command)).map(str::to_owned)
}

/// Follows the parser's events.
struct Reader<'a> {
    events: Peekable<Parser<'a>>,
    /// The font of each open group.
    fonts: Vec<Option<Font>>,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// Everything up to the end of a group, a cell or the formula.
    fn row(&mut self) -> Result<Node, MathError> {
        let mut nodes = vec![];
        let mut open = vec![];
        while let Some(event) = self.events.peek() {
            match event {
                Ok(Event::End | Event::EnvironmentFlow(EnvironmentFlow::Alignment)) => break,
                Ok(Event::EnvironmentFlow(EnvironmentFlow::NewLine { .. })) => break,
                Ok(Event::EnvironmentFlow(EnvironmentFlow::StartLines { .. })) => {
                    self.events.next();
                }
                Ok(Event::Content(Content::Delimiter { size: Some(_), ty, .. })) => {
                    let ty = *ty;
                    nodes.extend(self.element()?);
                    match ty {
                        DelimiterType::Open => open.push(nodes.len().saturating_sub(1)),
                        DelimiterType::Close => close(&mut nodes, &mut open),
                        DelimiterType::Fence => {}
                    }
                }
                Ok(Event::Script { .. }) => {
                    nodes.extend(self.element()?);
                    close(&mut nodes, &mut open);
                }
                _ => nodes.extend(self.element()?),
            }
        }
        dots(&mut nodes);
        Ok(Node::Row(bars(nodes)))
    }

    /// One element; None for what shows nothing.
    fn element(&mut self) -> Result<Option<Node>, MathError> {
        let event = match self.events.next() {
            Some(Ok(event)) => event,
            Some(Err(error)) => return Err(garbled(&error)),
            None => return Err(MathError::Garbled("something is missing at its end".to_owned())),
        };
        self.depth += 1;
        if self.depth > DEEPEST * 2 {
            return Err(MathError::TooLarge);
        }
        let node = match event {
            Event::Content(content) => Some(self.content(content)),
            Event::Begin(grouping) => Some(self.group(&grouping)?),
            Event::Visual(visual) => Some(self.visual(visual)?),
            Event::Script { ty, position } => Some(self.script(ty, position)?),
            Event::Space { width, .. } => Some(Node::Space(width.map_or(0, cells))),
            Event::StateChange(StateChange::Font(font)) => {
                if let Some(own) = self.fonts.last_mut() {
                    *own = font;
                }
                None
            }
            Event::StateChange(_) | Event::EnvironmentFlow(_) => None,
            Event::End => return Err(MathError::Garbled("it ends too early".to_owned())),
        };
        self.depth -= 1;
        Ok(node)
    }

    /// The next element that shows something.
    fn argument(&mut self) -> Result<Node, MathError> {
        loop {
            if let Some(node) = self.element()? {
                return Ok(node);
            }
        }
    }

    fn content(&self, content: Content<'a>) -> Node {
        let font = self.fonts.last().copied().flatten();
        match content {
            Content::Text("&nbsp;") => Node::Space(1),
            Content::Text(text) => Node::symbol(text.replace('~', " "), Class::Ordinary),
            Content::Number(digits) => {
                let digits: String = digits.chars().map(|c| symbol::letter(c, font)).collect();
                Node::symbol(digits, Class::Ordinary)
            }
            Content::Function(name) => Node::symbol(function(name), Class::Operator),
            Content::Ordinary { content, .. } => {
                // The micro sign is for units.
                let content = match content {
                    'µ' => 'μ',
                    '⌀' => '∅',
                    c => c,
                };
                Node::symbol(symbol::letter(content, font), Class::Ordinary)
            }
            Content::LargeOp { content, .. } => Node::symbol(content, Class::Large),
            Content::BinaryOp { content: '/', .. } => Node::symbol('/', Class::Ordinary),
            Content::BinaryOp { content, .. } => Node::symbol(binary(content), Class::Binary),
            Content::Relation { content, .. } => {
                let mut bytes = [0; 8];
                let text = String::from_utf8_lossy(content.encode_utf8_to_buf(&mut bytes));
                Node::symbol(text, Class::Relation)
            }
            Content::Delimiter { content, ty: DelimiterType::Fence, size: Some(_) } => {
                Node::Bar(content)
            }
            Content::Delimiter { content, ty, .. } => {
                let class = match ty {
                    DelimiterType::Open => Class::Open,
                    DelimiterType::Close => Class::Close,
                    DelimiterType::Fence => Class::Ordinary,
                };
                Node::symbol(content, class)
            }
            Content::Punctuation(content) => {
                let class = match content {
                    '!' => Class::Close,
                    '.' => Class::Ordinary,
                    _ => Class::Punctuation,
                };
                Node::symbol(content, class)
            }
        }
    }

    fn group(&mut self, grouping: &Grouping) -> Result<Node, MathError> {
        let font = self.fonts.last().copied().flatten();
        self.fonts.push(font);
        let node = match grouping {
            Grouping::Normal => self.row()?,
            Grouping::LeftRight(open, close) => {
                Node::Fenced { open: *open, close: *close, body: Box::new(self.row()?) }
            }
            grouping => {
                let (rows, lines) = self.cells()?;
                table(grouping, rows, lines)
            }
        };
        self.fonts.pop();
        match self.events.next() {
            Some(Ok(Event::End)) => Ok(node),
            Some(Err(error)) => Err(garbled(&error)),
            _ => Err(MathError::Garbled("a group is not closed".to_owned())),
        }
    }

    /// The cells, row by row, and before which rows lines are drawn.
    fn cells(&mut self) -> Result<(Vec<Vec<Node>>, Vec<usize>), MathError> {
        let mut rows = vec![vec![]];
        let mut ruled = vec![];
        if let Some(Ok(Event::EnvironmentFlow(EnvironmentFlow::StartLines { .. }))) =
            self.events.peek()
        {
            ruled.push(0);
        }
        loop {
            let cell = self.row()?;
            if let Some(row) = rows.last_mut() {
                row.push(cell);
            }
            match self.events.peek() {
                Some(Ok(Event::EnvironmentFlow(EnvironmentFlow::NewLine {
                    horizontal_lines,
                    ..
                }))) => {
                    ruled.extend((!horizontal_lines.is_empty()).then_some(rows.len()));
                    rows.push(vec![]);
                }
                Some(Ok(Event::EnvironmentFlow(_))) => {}
                _ => break,
            }
            self.events.next();
        }
        if rows.last().is_some_and(|row| row.iter().all(Node::is_empty)) {
            rows.pop();
        }
        Ok((rows, ruled))
    }

    fn visual(&mut self, visual: Visual) -> Result<Node, MathError> {
        Ok(match visual {
            Visual::SquareRoot => Node::Root { index: None, of: Box::new(self.argument()?) },
            Visual::Root => {
                let of = Box::new(self.argument()?);
                Node::Root { index: Some(Box::new(self.argument()?)), of }
            }
            Visual::Fraction(thickness) => {
                let over = Box::new(self.argument()?);
                let under = Box::new(self.argument()?);
                let bar = thickness.is_none_or(|it| it.value != 0.0);
                Node::Fraction { over, under, bar }
            }
            Visual::Negation => match self.argument()? {
                Node::Symbol { text, class } => Node::symbol(symbol::negated(&text), class),
                node => {
                    let accent = Accent::Mark('\u{338}', "cancel");
                    Node::Accent { base: Box::new(node), accent }
                }
            },
        })
    }

    fn script(&mut self, ty: ScriptType, position: ScriptPosition) -> Result<Node, MathError> {
        let base = Box::new(self.argument()?);
        let first = self.argument()?;
        let (sub, sup) = match ty {
            ScriptType::Subscript => (Some(first), None),
            ScriptType::Superscript => (None, Some(first)),
            ScriptType::SubSuperscript => (Some(first), Some(self.argument()?)),
        };
        let sign = |node: &Option<Node>| match node {
            Some(Node::Symbol { text, .. }) => text.chars().next(),
            _ => None,
        };
        let accent = match (position, &sub, &sup) {
            (ScriptPosition::AboveBelow, None, sup) => sign(sup).and_then(symbol::accent_above),
            (ScriptPosition::AboveBelow, sub, None) => sign(sub).and_then(symbol::accent_below),
            _ => None,
        };
        if let Some(accent) = accent {
            return Ok(Node::Accent { base, accent });
        }
        let named = matches!(&*base, Node::Symbol { text, .. } if text.starts_with("arg"));
        let limits = position != ScriptPosition::Right || named;
        Ok(Node::Script { base, sub: sub.map(Box::new), sup: sup.map(Box::new), limits })
    }
}

/// The name of a function without the spaces that LaTeX writes into it.
fn function(name: &str) -> String {
    let name = ["\\,", "\\;", "\\:", "\\ ", "~"]
        .iter()
        .fold(name.to_owned(), |name, space| name.replace(space, " "));
    let name = name.replace("\\!", "");
    // A letter of another alphabet, as the one of an expected value.
    let set = name.contains('\\').then(|| read(&rewritten(&name)).ok()).flatten();
    set.map_or_else(|| name.replace(['\\', '{', '}'], ""), |node| line::text(&node))
}

fn binary(content: char) -> char {
    match content {
        '-' => '−',
        '∗' => '*',
        '⋅' => '·',
        c => c,
    }
}

/// How many cells a space takes.
fn cells(width: Dimension) -> usize {
    let em = match width.unit {
        DimensionUnit::Em => width.value,
        DimensionUnit::Mu => width.value / 18.0,
        DimensionUnit::Ex => width.value / 2.0,
        _ => width.value / 10.0,
    };
    match em {
        ..0.15 => 0,
        ..0.6 => 1,
        ..1.5 => 2,
        _ => 4,
    }
}

fn garbled(error: &ParserError) -> MathError {
    let error = error.to_string();
    let first = error.lines().next().unwrap_or_default();
    MathError::Garbled(first.trim_start_matches("parsing error: ").trim().to_owned())
}
