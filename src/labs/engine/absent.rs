//! The engine of a build that has none.

use std::time::Duration;

use crate::labs::engine::{Fault, Limits};

/// Never there.
#[derive(Debug)]
pub(super) enum Sandbox {}

impl Sandbox {
    pub(super) fn new(_: &Limits) -> Result<Self, Fault> {
        Err(Fault::Absent)
    }

    pub(super) fn load(&self, _: &[(&str, &str)], _: Duration) -> Result<(), Fault> {
        match *self {}
    }

    pub(super) fn call(&self, _: &str, _: &str, _: Duration) -> Result<String, Fault> {
        match *self {}
    }

    pub(super) fn eval(&self, _: &str, _: Duration) -> Result<String, Fault> {
        match *self {}
    }
}
