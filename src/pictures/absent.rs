//! In the place of the decoders, in a build without them.

use crate::document::Picture;
use crate::text::Safe;

/// A picture that was decoded: there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pixels {}

/// Says that nothing is decoded.
pub fn decode(_bytes: &[u8], _picture: &Picture, _most: (u32, u32)) -> Result<Pixels, Safe> {
    Err(Safe::from("this build cannot draw pictures"))
}
