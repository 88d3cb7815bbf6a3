//! Which keys ask for which action, screen by screen.

use crate::tui::action::{Action, Scope};
use crate::tui::key::Key;

/// The bindings in force.
#[derive(Debug, Clone)]
pub struct Keymap(Vec<Binding>);

#[derive(Debug, Clone, PartialEq)]
struct Binding {
    keys: Vec<Key>,
    action: Action,
}

/// What the keys pressed so far mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// An action.
    Action(Action),
    /// The beginning of a longer sequence.
    Partial,
    /// Nothing.
    Unbound,
}

impl Default for Keymap {
    fn default() -> Self {
        let bindings = Action::ALL.iter().flat_map(|action| {
            sequences(action.keys()).map(|keys| Binding { keys, action: *action })
        });
        Self(bindings.collect())
    }
}

/// `g,g Home` as two sequences of keys; names that are no keys are left out. A comma alone is
/// the key.
fn sequences(text: &str) -> impl Iterator<Item = Vec<Key>> {
    text.split(' ').filter_map(|sequence| match sequence {
        "," => Some(vec![Key::named(sequence)?]),
        _ => sequence.split(',').map(Key::named).collect(),
    })
}

impl Keymap {
    /// What `keys` mean in `scope`.
    pub fn read(&self, scope: Scope, keys: &[Key]) -> Reading {
        let here = || self.0.iter().filter(|binding| binding.action.scopes().contains(&scope));
        if let Some(binding) = here().find(|binding| binding.keys == keys) {
            return Reading::Action(binding.action);
        }
        if here().any(|binding| binding.keys.starts_with(keys)) {
            return Reading::Partial;
        }
        Reading::Unbound
    }

    /// The keys bound to `action`, as people write them.
    pub fn keys(&self, action: Action) -> Vec<String> {
        let bound = self.0.iter().filter(|binding| binding.action == action);
        bound.map(|binding| written(&binding.keys)).collect()
    }
}

fn written(keys: &[Key]) -> String {
    let names: Vec<String> = keys.iter().map(ToString::to_string).collect();
    if names.iter().all(|name| name.chars().count() == 1) {
        names.concat()
    } else {
        names.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_written_in_the_table_is_a_key() {
        for action in Action::ALL {
            let written = action.keys().split(' ').count();
            assert_eq!(sequences(action.keys()).count(), written, "{action:?}");
        }
    }

    #[test]
    fn no_key_means_two_things_in_one_place() {
        let keymap = Keymap::default();
        for scope in Scope::ALL {
            for binding in &keymap.0 {
                if binding.action.scopes().contains(scope) {
                    let read = keymap.read(*scope, &binding.keys);
                    assert_eq!(read, Reading::Action(binding.action), "{scope:?}");
                }
            }
        }
    }
}
