//! Small Markdown (help, previews, panels) as styled text, set by `tui-markdown`.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::{Paragraph, Widget, Wrap};
use tui_markdown::{Options, StyleSheet};

use crate::layout::Role;
use crate::text::Safe;
use crate::theme::{Part, Theme};
use crate::tui::canvas::Canvas;

/// Our roles in the terms of `tui-markdown`.
#[derive(Debug, Clone)]
struct Sheet(Theme);

impl StyleSheet for Sheet {
    fn heading(&self, level: u8) -> Style {
        self.0.style(if level == 1 { Role::Title } else { Role::Heading })
    }

    fn heading_marker(&self, _level: u8) -> &'static str {
        ""
    }

    fn code(&self) -> Style {
        self.0.style(Role::Code)
    }

    fn code_block_fence(&self) -> &'static str {
        ""
    }

    fn link(&self) -> Style {
        self.0.style(Role::Link)
    }

    fn blockquote(&self) -> Style {
        self.0.style(Role::Quote)
    }

    fn heading_meta(&self) -> Style {
        self.0.part(Part::Dim)
    }

    fn metadata_block(&self) -> Style {
        self.0.part(Part::Dim)
    }
}

/// Writes `markdown` into `area`, wrapped, from row `skip` on. Returns how many rows it has.
pub fn write(canvas: &mut Canvas<'_>, area: Rect, markdown: &str, skip: usize) -> usize {
    if area.is_empty() {
        return 0;
    }
    let plain_dots = canvas.ascii.then(|| markdown.replace(" · ", " - "));
    let markdown = plain_dots.as_deref().unwrap_or(markdown);
    let options = Options::new(Sheet(canvas.theme)).table_width(area.width);
    let text = tui_markdown::from_str_with_options(markdown, &options);
    let lines = text.lines.iter().map(|line| {
        let spans = line.spans.iter().map(|span| {
            // What tui-markdown emphasises by colour alone is left to the theme.
            let style = Style { fg: span.style.fg, ..line.style.patch(span.style) };
            Span::styled(Safe::prose(&span.content).to_string(), plain(style))
        });
        Line::from(spans.collect::<Vec<_>>()).style(plain(line.style))
    });
    let paragraph =
        Paragraph::new(Text::from(lines.collect::<Vec<_>>())).wrap(Wrap { trim: false });
    let rows = text.lines.iter().map(|line| 1 + line.width() / usize::from(area.width)).sum();
    paragraph.scroll((crate::text::cells(skip), 0)).render(area, canvas.buffer);
    rows
}

/// Without the background that some of its styles bring.
fn plain(style: Style) -> Style {
    Style { bg: None, add_modifier: style.add_modifier & !Modifier::REVERSED, ..style }
}
