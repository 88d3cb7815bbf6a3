//! Tables that scroll by themselves where they are wider than the page.

use crate::document::{Align, Prose, Table};
use crate::html::markup::Markup;

/// A table; its first row is the head.
pub(crate) fn table(html: &mut Markup, table: &Table, prose: &mut dyn FnMut(&mut Markup, &Prose)) {
    html.raw("<div class=\"wide\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>\n");
    for (at, row) in table.rows.iter().enumerate() {
        html.raw(match at {
            0 => "<thead><tr>",
            1 => "<tbody>\n<tr>",
            _ => "<tr>",
        });
        for (column, cell) in row.iter().enumerate() {
            let class = match table.columns.get(column) {
                Some(Align::Right) => &[("class", "right")][..],
                Some(Align::Center) => &[("class", "centre")],
                _ => &[],
            };
            // A head without words is none.
            let tag = if at == 0 && !cell.text.is_empty() { "th" } else { "td" };
            html.open(tag, class);
            prose(html, cell);
            html.close(tag);
        }
        html.raw(if at == 0 { "</tr></thead>\n" } else { "</tr>\n" });
    }
    html.raw(if table.rows.len() > 1 { "</tbody>" } else { "" });
    html.raw("</table></div>\n");
}
