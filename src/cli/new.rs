//! `new`: begins an article.

use crate::cli::environment::Environment;
use crate::cli::output::Stop;

pub(crate) fn article(_name: &str, _environment: &Environment) -> Result<(), Stop> {
    Err(Stop::failed("soon"))
}
