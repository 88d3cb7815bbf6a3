//! What to try in a lab that is played, and bets on how it ends.

use crate::labs::engine::Request;
use crate::tui::action::Action;
use crate::tui::player::{RAN, Tries};
use crate::tui::{Effect, Model};

impl Model {
    pub(super) fn show_tries(&mut self, page: Option<usize>) -> Vec<Effect> {
        let Some(playing) = &mut self.playing else { return vec![] };
        let Some(file) = &playing.file else { return vec![] };
        // The first that was not tried yet.
        let next = || playing.bets.iter().position(Option::is_none).unwrap_or(0);
        let at = page.unwrap_or_else(next).min(file.tries.len());
        playing.tries = Some(Tries { at, ..Tries::default() });
        playing.pace.pause();
        vec![]
    }

    pub(in crate::tui::update) fn act_in_tries(&mut self, action: Action) -> Vec<Effect> {
        let Some(playing) = &mut self.playing else { return vec![] };
        let (Some(file), Some(tries)) = (&playing.file, &mut playing.tries) else { return vec![] };
        let pages = file.tries.len() + 1;
        let answers = file.tries.get(tries.at).map_or(0, |it| it.answers.len());
        let has_bet = playing.bets.get(tries.at).is_some_and(Option::is_some);
        match action {
            Action::Down if has_bet => tries.rows = tries.rows.saturating_sub(1),
            Action::Up if has_bet => tries.rows = (tries.rows + 1).min(40),
            Action::Down if answers == 0 => tries.rows = (tries.rows + 1).min(40),
            Action::Up if answers == 0 => tries.rows = tries.rows.saturating_sub(1),
            Action::Down => tries.answer = (tries.answer + 1).min(answers.saturating_sub(1)),
            Action::Up => tries.answer = tries.answer.saturating_sub(1),
            Action::NextTry => *tries = Tries { at: (tries.at + 1) % pages, ..Tries::default() },
            Action::PreviousTry => {
                *tries = Tries { at: (tries.at + pages - 1) % pages, ..Tries::default() }
            }
            Action::Open => {
                let answer = tries.answer;
                return self.bet(answer);
            }
            Action::Clear | Action::Leave | Action::Quit => playing.tries = None,
            _ => {}
        }
        vec![]
    }

    /// A letter: only where there is such an answer, and no bet yet.
    pub(super) fn bet_on(&mut self, answer: usize) -> Option<Vec<Effect>> {
        let playing = self.playing.as_ref()?;
        let at = playing.tries.as_ref()?.at;
        playing.file.as_ref()?.tries.get(at)?.answers.get(answer)?;
        let is_open = playing.bets.get(at).is_some_and(Option::is_none);
        is_open.then(|| self.bet(answer))
    }

    /// Bets on an answer and runs the case; after that Enter closes the box, to look closer.
    fn bet(&mut self, answer: usize) -> Vec<Effect> {
        let Some(playing) = &mut self.playing else { return vec![] };
        let (Some(file), Some(tries)) = (&playing.file, &playing.tries) else { return vec![] };
        let (Some(it), Some(bet)) = (file.tries.get(tries.at), playing.bets.get_mut(tries.at))
        else {
            playing.tries = None;
            return vec![];
        };
        if bet.is_some() {
            playing.tries = None;
            return vec![];
        }
        *bet = Some(if it.answers.is_empty() { RAN } else { answer });
        let case = it.case.clone();
        self.change(Request::Case(case))
    }
}
