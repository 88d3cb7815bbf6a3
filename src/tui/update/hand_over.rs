//! Labs on their way to a browser.

use crate::labs::{HandOff, LabLink};
use crate::text::Safe;
use crate::tui::action::Action;
use crate::tui::lab_panel::LabPanel;
use crate::tui::message::{ExportedLab, HandedLab};
use crate::tui::model::Overlay;
use crate::tui::panel::Panel;
use crate::tui::{Effect, Model};

impl Model {
    /// Whether labs can be opened in a browser here.
    pub fn has_browser(&self) -> bool {
        self.hand_off == HandOff::Browser
    }

    /// Asks for a lab (an index into the catalog) to be handed to a browser.
    pub(super) fn open_lab(&mut self, lab: usize, state: Option<String>) -> Vec<Effect> {
        let Some(slug) = self.catalog().labs.get(lab).map(|lab| lab.slug.clone()) else {
            return vec![];
        };
        let lab = LabLink { slug, state };
        match self.library.foreign() {
            Some(folder) if !self.trusts_labs => {
                let folder = folder.display().to_string();
                self.overlays.push(Overlay::Panel(question(lab, &folder)));
                vec![]
            }
            _ => vec![Effect::OpenLab(lab)],
        }
    }

    /// Hands over a lab of a reader's own folder, and asks no more.
    pub(super) fn trust(&mut self, lab: LabLink) -> Vec<Effect> {
        self.trusts_labs = true;
        vec![Effect::OpenLab(lab)]
    }

    /// A lab was handed over, or could not be.
    pub(super) fn lab_handed(
        &mut self,
        lab: LabLink,
        outcome: Result<HandedLab, String>,
    ) -> Vec<Effect> {
        let handed = match outcome {
            Ok(handed) => handed,
            Err(reason) => return self.fail(&reason),
        };
        let catalog = self.catalog();
        let title = catalog.lab(&lab.slug).and_then(|lab| catalog.labs.get(lab));
        let title = Safe::line(title.map_or(lab.slug.as_str(), |lab| &lab.title));
        let panel = LabPanel { lab, title, handed, exported: None, top: 0 };
        self.overlays.push(Overlay::Lab(panel));
        vec![]
    }

    /// A lab's page was written to a file, or could not be.
    pub(super) fn lab_exported(
        &mut self,
        lab: &LabLink,
        outcome: Result<ExportedLab, String>,
    ) -> Vec<Effect> {
        match (outcome, self.overlays.last_mut()) {
            (Ok(exported), Some(Overlay::Lab(panel))) if panel.lab == *lab => {
                panel.exported = Some(exported);
                vec![]
            }
            (Ok(exported), _) => self.say(&format!("The page is {}", exported.path)),
            (Err(reason), _) => self.fail(&reason),
        }
    }

    pub(super) fn act_in_lab_panel(&mut self, action: Action) -> Vec<Effect> {
        let Some(Overlay::Lab(panel)) = self.overlays.last_mut() else { return vec![] };
        match action {
            Action::Down => panel.scroll(1),
            Action::Up => panel.scroll(-1),
            Action::Copy => return crate::tui::update::copy(&panel.handed.address),
            Action::CopyCommand => {
                return match &panel.handed.forward {
                    Some(forward) => crate::tui::update::copy(&forward.command),
                    None => self.say("The browser is on this machine; y copies the address"),
                };
            }
            Action::Export => return vec![Effect::ExportLab(panel.lab.clone())],
            Action::Open | Action::Play => {
                let lab = panel.lab.clone();
                self.overlays.pop();
                return self.play(&lab);
            }
            Action::Leave | Action::Clear => {
                self.overlays.pop();
            }
            _ => {}
        }
        vec![]
    }
}

/// Whether a lab that nobody looked at may go to a browser.
fn question(lab: LabLink, folder: &str) -> Panel {
    let markdown = "This lab did not come with the program, but from the folder below. In a \
                    browser it runs its own scripts, locked up: they reach no network, no other \
                    page and no file.\n\nEnter opens it and asks no more, Esc leaves it."
        .to_owned();
    let mut panel = Panel::new(Safe::from("A lab of your own?"), markdown);
    panel.verbatim.push(Safe::line(folder));
    panel.asks = Some(lab);
    panel
}
