//! Charts: plots of lines and points in braille dots, bars and heat maps in blocks, with axes,
//! ticks and a legend that read without colour.

mod bars;
mod heat;
mod histogram;
mod plot;
mod sheet;
mod words;

use crate::chart::letter;
use crate::document::{Chart, ChartKind, Code, chart};
use crate::layout::chart::sheet::Entry;
use crate::layout::flow::Flow;
use crate::layout::{Line, Measure, Role, Span, prose};
use crate::text::{self, Safe};

/// Under this many cells a chart is shown as its source.
const NARROWEST: usize = 30;
/// No plot is wider: more than a reader takes in, and dots get lost.
const WIDEST: usize = 84;

/// The rows of a chart, without what stands around code; None when it is shown as its source.
pub(super) fn rows(code: &Code, measure: Measure) -> Option<Vec<Line>> {
    if code.language.as_str() != "chart" || measure.width < NARROWEST {
        return None;
    }
    let mut lines = match chart(&code.text) {
        Ok(chart) => drawn(&chart, measure)?,
        Err(error) => {
            let message = Safe::line(&format!("This chart cannot be drawn. {error}"));
            let mut flow = Flow::default();
            flow.ornament(&message, Role::AlertWarning);
            let mut rows = prose::rows(&flow, measure.width);
            rows.extend(prose::rows(&Flow::plain(&code.text, Role::CodeText), measure.width));
            return Some(rows);
        }
    };
    // Each row stands for its share of the source, so that a place in it is kept.
    let count = lines.len().max(1);
    for (at, line) in lines.iter_mut().enumerate() {
        line.start = text::whole(&code.text, code.text.len() * at / count);
    }
    Some(lines)
}

/// None where there is no room for all of it.
fn drawn(chart: &Chart, measure: Measure) -> Option<Vec<Line>> {
    let width = measure.width.min(WIDEST);
    let mut lines = centred(&chart.title, Role::Strong, measure.width);
    let mut sheet = match chart.kind {
        ChartKind::Line | ChartKind::Scatter | ChartKind::Step => {
            plot::drawn(chart, width, measure)
        }
        ChartKind::Bar | ChartKind::Hbar => bars::lying(chart, width, measure),
        ChartKind::Histogram => histogram::drawn(chart, width, measure),
        ChartKind::Heatmap => heat::drawn(chart, width, measure)?,
    };
    let below = sheet.take_below();
    let left = (measure.width - width.min(measure.width)) / 2;
    lines.extend(sheet.lines().into_iter().map(|line| indented(line, left)));
    let mut entries = vec![];
    if chart.series.len() > 1 && chart.kind != ChartKind::Heatmap {
        entries = names(chart, measure);
    }
    let legends = [entries, below].into_iter().filter(|it| !it.is_empty());
    let legends: Vec<Line> = legends.flat_map(|it| legend(&it, measure)).collect();
    let least = usize::from(!legends.is_empty());
    let blank = lines.iter().rev().take_while(|line| line.spans.is_empty()).count();
    lines.truncate(lines.len() - blank.saturating_sub(least));
    lines.extend(legends);
    Some(lines)
}

/// The role of a series; more than five begin again.
fn role(series: usize) -> Role {
    match series % 5 {
        0 => Role::SeriesA,
        1 => Role::SeriesB,
        2 => Role::SeriesC,
        3 => Role::SeriesD,
        _ => Role::SeriesE,
    }
}

/// The series with their signs.
fn names(chart: &Chart, measure: Measure) -> Vec<Entry> {
    let entry = |(at, name): (usize, &str)| {
        let sign =
            if chart.kind == ChartKind::Scatter { plot::dot(at, measure) } else { letter(at) };
        Entry { sign: sign.to_string(), role: role(at), words: name.to_owned() }
    };
    chart.series.iter().map(|series| series.name.as_str()).enumerate().map(entry).collect()
}

fn legend(entries: &[Entry], measure: Measure) -> Vec<Line> {
    let mut flow = Flow::default();
    for (at, Entry { sign, role, words }) in entries.iter().enumerate() {
        if at > 0 {
            flow.ornament(&Safe::from("   "), Role::Text);
        }
        flow.ornament(&Safe::line(sign), *role);
        // Words stay with their sign.
        let fits = text::width(sign) + text::width(words) + 3 < measure.width && !measure.ascii;
        let words = if sign.is_empty() { words.clone() } else { format!(" {words}") };
        let words = if fits { words.replace(' ', "\u{a0}") } else { words };
        flow.ornament(&Safe::line(&words), Role::Text);
    }
    prose::rows(&flow, measure.width)
}

/// Words in rows of a width.
fn wrapped(words: &str, width: usize) -> Vec<String> {
    let mut flow = Flow::default();
    flow.ornament(&Safe::line(words), Role::Text);
    let rows = prose::rows(&flow, width);
    rows.iter().map(|row| row.spans.iter().map(|span| span.text.as_str()).collect()).collect()
}

fn centred(text: &str, role: Role, width: usize) -> Vec<Line> {
    let mut flow = Flow::default();
    flow.ornament(&Safe::line(text), role);
    let rows = prose::rows(&flow, width);
    let left = |line: &Line| width.saturating_sub(line.width()) / 2;
    rows.into_iter()
        .map(|line| {
            let left = left(&line);
            indented(line, left)
        })
        .collect()
}

fn indented(mut line: Line, left: usize) -> Line {
    if left > 0 && !line.spans.is_empty() {
        line.spans.insert(0, Span::ornament(Safe::repeat(" ", left), Role::Text));
    }
    line
}

#[cfg(test)]
mod tests {
    use crate::layout::Measure;
    use crate::layout::tests::{page, roles, shown};

    fn fence(toml: &str) -> String {
        format!("```chart\n{toml}\n```")
    }

    const LINES: &str = "kind = 'line'\ntitle = 'Two lines'\n[x]\nlabel = 'n'\n[y]\nlabel = 'time'\nunit = 'ms'\n\
        [[series]]\nname = 'up'\npoints = [[0, 0], [10, 100]]\n\
        [[series]]\nname = 'down'\npoints = [[0, 100], [10, 0]]\n\
        [[rules]]\ny = 50\nlabel = 'half'";

    #[test]
    fn lines_have_axes_letters_and_a_legend() {
        insta::assert_snapshot!(shown(&fence(LINES), 60));
        let roles = roles(&fence(LINES), 60).concat();
        assert!(roles.contains("SeriesA(A)") && roles.contains("SeriesB(B)"), "{roles}");
    }

    #[test]
    fn a_chart_can_be_ascii() {
        let page = page(&fence(LINES), Measure { width: 40, ascii: true });
        assert!(page.is_ascii(), "{page}");
        insta::assert_snapshot!(page);
    }

    #[test]
    fn bars_lie_beside_their_names_and_numbers() {
        insta::assert_snapshot!(shown(
            &fence(
                "kind = 'bar'\ntitle = 'Bars'\nlabels = ['one', 'two']\n[y]\nunit = 'MB'\n\
            [[series]]\nname = 'a'\nvalues = [1, -2.5]\n[[series]]\nname = 'b'\nvalues = [3, 0]"
            ),
            50
        ));
    }

    #[test]
    fn stairs_points_histograms_and_heat_maps_are_drawn() {
        let step = "kind = 'step'\ntitle = 'Stairs'\n[[series]]\npoints = [[1, 1], [2, 4], [4, 2]]";
        let scatter = "kind = 'scatter'\ntitle = 'Points'\n[x]\nlog = true\n[[series]]\npoints = [[1, 1], [1000, 4]]\n\
            [[notes]]\nx = 1000\ny = 4\ntext = 'here'";
        let histogram = "kind = 'histogram'\ntitle = 'Counts'\nbins = 4\n[x]\nlabel = 'ms'\n[[series]]\nvalues = [1, 1, 2, 3, 5, 8]";
        let heat = "kind = 'heatmap'\ntitle = 'Heat'\nlabels = ['x', 'y']\n[[series]]\nname = 'a'\nvalues = [0, 1]\n\
            [[series]]\nname = 'b'\nvalues = [2, 4]";
        let pages = [step, scatter, histogram, heat].map(|toml| shown(&fence(toml), 44));
        insta::assert_snapshot!(pages.join("\n"));
    }

    #[test]
    fn the_sign_of_a_note_covers_no_letter_of_a_line() {
        let noted = format!("{LINES}\n[[notes]]\nx = 10\ny = 100\ntext = 'top'");
        let page = shown(&fence(&noted), 60);
        let shown = |sign| page.matches(sign).count();
        assert_eq!([shown('A'), shown('B'), shown('*')], [2, 2, 2], "{page}");
    }

    #[test]
    fn the_words_of_one_note_stand_in_no_blank_of_another() {
        let mut notes = "kind = 'step'\ntitle = 'Notes'\n[[series]]\npoints = [[0, 0], [10, 1]]\n\
            [[rules]]\ny = 0.5\nlabel = 'half of all that is there'\n\
            [[notes]]\nx = 9\ny = 0\ntext = 'eight at a time'\n"
            .to_owned();
        for x in 3..9 {
            notes += &format!("[[notes]]\nx = {x}\ny = 0\ntext = 'a'\n");
            notes += &format!("[[notes]]\nx = {x}\ny = 0.5\ntext = 'b'\n");
        }
        let page = shown(&fence(&notes), 60).replace("\u{a0}", " ");
        assert!(page.contains("eight at a time") && page.contains("half of all that"), "{page}");
    }

    #[test]
    fn a_chart_that_cannot_be_read_says_why_and_shows_its_source() {
        let page = shown(&fence("kind = 'pie'\ntitle = 'x'"), 60);
        assert!(page.contains("This chart cannot be drawn. line 1: `kind`"), "{page}");
        assert!(page.contains("title = 'x'"));
    }

    #[test]
    fn where_there_is_no_room_the_source_is_shown() {
        assert!(shown(&fence(LINES), 20).contains("kind = 'line'"));
    }
}
