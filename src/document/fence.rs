//! What the first line of fenced code says, and what stands below it.

use crate::document::{Block, BlockKind, Code, Document};

/// Languages of fences that show what the code above printed.
const PRINTED: [&str; 4] = ["output", "chart", "csv", "json"];

impl Code {
    /// Whether it is run, and what it prints compared.
    pub fn is_run(&self) -> bool {
        self.info.split_whitespace().any(|word| word == "run" || word.starts_with("run="))
    }

    /// The description for those who do not see it; empty when none is given.
    pub fn alt(&self) -> &str {
        let alt = self.info.split_once("alt=\"").and_then(|(_, rest)| rest.split_once('"'));
        alt.map_or("", |(alt, _)| alt)
    }
}

impl Document {
    /// Whether a leaf is what the code right above it printed.
    pub fn is_printed(&self, block: usize) -> bool {
        let above = block.checked_sub(1).and_then(|above| self.blocks.get(above));
        match (above, self.blocks.get(block)) {
            (
                Some(Block { kind: BlockKind::Code(above), container: outer, .. }),
                Some(Block { kind: BlockKind::Code(code), container, .. }),
            ) => outer == container && above.is_run() && PRINTED.contains(&code.language.as_str()),
            _ => false,
        }
    }
}
