//! The fonts of this machine, for the letters of an SVG. Without any, its letters are left out.

use std::sync::{Arc, OnceLock};

use resvg::usvg::fontdb::{Database, Family, Query};

/// What stands in for a family that the machine does not have, the first that it has.
const PREFERRED: [&str; 4] = ["DejaVu Sans", "Noto Sans", "Liberation Sans", "Helvetica"];

/// The families that every SVG may name.
const GENERIC: [Family<'static>; 5] =
    [Family::Serif, Family::SansSerif, Family::Monospace, Family::Cursive, Family::Fantasy];

/// The fonts, found when they are first needed.
pub(super) fn installed() -> Arc<Database> {
    static INSTALLED: OnceLock<Arc<Database>> = OnceLock::new();
    let find = || {
        let mut fonts = Database::new();
        fonts.load_system_fonts();
        settle(&mut fonts);
        Arc::new(fonts)
    };
    Arc::clone(INSTALLED.get_or_init(find))
}

/// Has each generic family name a font that is there.
pub(super) fn settle(fonts: &mut Database) {
    let has = |fonts: &Database, family| {
        fonts.query(&Query { families: &[family], ..Query::default() }).is_some()
    };
    let preferred = PREFERRED.iter().find(|name| has(fonts, Family::Name(name)));
    let first = || Some(fonts.faces().next()?.families.first()?.0.clone());
    let Some(name) = preferred.map(|name| (*name).to_owned()).or_else(first) else { return };
    for family in GENERIC {
        if has(fonts, family) {
            continue;
        }
        match family {
            Family::Serif => fonts.set_serif_family(&name),
            Family::SansSerif => fonts.set_sans_serif_family(&name),
            Family::Monospace => {
                let fixed = fonts.faces().find(|face| face.monospaced);
                let fixed = fixed.and_then(|face| Some(face.families.first()?.0.clone()));
                fonts.set_monospace_family(fixed.unwrap_or_else(|| name.clone()));
            }
            Family::Cursive => fonts.set_cursive_family(&name),
            Family::Fantasy => fonts.set_fantasy_family(&name),
            Family::Name(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_generic_family_names_a_font_when_there_is_one() {
        let mut fonts = Database::new();
        settle(&mut fonts);
        assert!(fonts.is_empty());
        // A font whose only letter, A, is a black square.
        fonts.load_font_data(include_bytes!("../../../tests/fixtures/square.ttf").to_vec());
        settle(&mut fonts);
        for family in GENERIC {
            let query = Query { families: &[family], ..Query::default() };
            assert!(fonts.query(&query).is_some(), "{family:?}");
        }
    }
}
