//! A lab's state in sentences, for pipes and screen readers.

use crate::labs::file::{LabFile, Try};
use crate::labs::picture::{ControlKind, Picture};

/// The state as text, one statement a line: what it says of itself, controls, readings, what the
/// drawings show, then the takeaway and what to try. The texts are the lab's own: make each line
/// safe before it is printed.
pub fn sentences(lab: &LabFile, picture: &Picture) -> String {
    let mut groups = vec![vec![lab.title.clone(), lab.question.clone()]];
    groups.push(vec![picture.say.clone()]);
    let time = (!picture.clock.is_empty()).then(|| format!("Time: {}", picture.clock));
    let controls = picture.controls.iter();
    let controls = controls.filter(|it| !it.is_idle && it.kind != ControlKind::Button);
    let controls = controls.map(|it| format!("{}: {}", it.label, it.text));
    groups.push(time.into_iter().chain(controls).collect());
    let readings = picture.readings.iter().map(|it| {
        let note = if it.note.is_empty() { String::new() } else { format!(" ({})", it.note) };
        format!("{}: {}{note}", it.label, it.text)
    });
    groups.push(readings.collect());
    let parts = picture.parts.iter();
    groups.push(parts.map(|it| sentence(&it.title, &it.alt)).collect());
    groups.push(vec![sentence("Key takeaway", &lab.takeaway)]);
    groups
        .push(lab.tries.iter().enumerate().flat_map(|(index, it)| to_try(index + 1, it)).collect());
    let groups = groups.into_iter().filter(|group| !group.is_empty());
    groups.map(|group| group.join("\n") + "\n").collect::<Vec<_>>().join("\n")
}

fn sentence(title: &str, text: &str) -> String {
    if title.is_empty() { text.to_owned() } else { format!("{title}: {text}") }
}

/// What to try, and the answers to bet on; which is right is not told.
fn to_try(number: usize, it: &Try) -> Vec<String> {
    let answers =
        ('a'..).zip(&it.answers).map(|(letter, answer)| format!("{letter}) {}", answer.text));
    let question = format!("Try {number}: {}", it.question);
    [question].into_iter().chain(answers).collect()
}
