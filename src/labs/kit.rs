//! The kit: the script and styles that every lab has inside, and where they stand in a page.
//!
//! `labs/kit/README.md` has the rule. Plain string replacement, so that a page can be taken apart
//! and put together again byte for byte. Also compiled into the build script.

use std::borrow::Cow;

macro_rules! part {
    ($name:literal) => {
        ($name, include_str!(concat!("../../labs/kit/min/", $name)))
    };
}

/// The minified parts by their names, as in `labs/kit/min`.
const PARTS: &[(&str, &str)] = &[
    part!("js/bars.js"),
    part!("js/base.js"),
    part!("js/code.js"),
    part!("js/core.js"),
    part!("js/formula.js"),
    part!("js/graph.js"),
    part!("js/grid.js"),
    part!("js/lanes.js"),
    part!("js/link.js"),
    part!("js/log.js"),
    part!("js/queue.js"),
    part!("js/ring.js"),
    part!("js/series.js"),
    part!("js/svg.js"),
    part!("js/text.js"),
    part!("js/time.js"),
    part!("js/tree.js"),
    part!("css/bars.css"),
    part!("css/base.css"),
    part!("css/code.css"),
    part!("css/formula.css"),
    part!("css/graph.css"),
    part!("css/grid.css"),
    part!("css/lanes.css"),
    part!("css/link.css"),
    part!("css/log.css"),
    part!("css/queue.css"),
    part!("css/ring.css"),
    part!("css/series.css"),
    part!("css/svg.css"),
    part!("css/time.css"),
    part!("css/tree.css"),
];

/// What begins the meta element that names a lab's modules.
const MODULES: &str = "<meta name=\"lab-kit\" content=\"";

/// What ends each inlined part.
const END: &str = "/*kit:end*/";

/// A page in which the kit cannot be put.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KitError {
    /// The page does not say which modules it uses.
    #[error("has no `<meta name=\"lab-kit\" content=\"…\">` with the modules it uses")]
    NoModules,
    /// A module that the kit does not have.
    #[error("uses the module `{0}`, which the kit does not have")]
    UnknownModule(String),
    /// A pair of markers is missing.
    #[error("has no `/*kit:{0}*/` followed by `/*kit:end*/`")]
    NoMarker(&'static str),
}

/// Parts of the kit: those in the program, or those of a folder.
#[derive(Debug, Clone)]
pub struct Kit(Vec<(Cow<'static, str>, Cow<'static, str>)>);

impl Kit {
    /// The kit in the program.
    pub fn embedded() -> Self {
        Self(PARTS.iter().map(|(name, code)| ((*name).into(), (*code).into())).collect())
    }

    /// A kit of other parts: their names, as `js/core.js`, and what is in them.
    pub fn of_parts(parts: Vec<(String, String)>) -> Self {
        Self(parts.into_iter().map(|(name, code)| (name.into(), code.into())).collect())
    }

    /// The names of the parts.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_ref())
    }

    /// The page with this kit between its markers.
    pub fn inlined(&self, html: &str) -> Result<String, KitError> {
        let modules = modules(html).ok_or(KitError::NoModules)?;
        let unknown =
            modules.iter().find(|it| self.part("js", it).or(self.part("css", it)).is_none());
        if let Some(module) = unknown {
            return Err(KitError::UnknownModule((*module).to_owned()));
        }
        let core = self.part("js", "core").unwrap_or_default().to_owned();
        let page = filled(html, "css", &framed(&self.joined("css", &modules)))?;
        let page = filled(&page, "core", &framed(&core))?;
        filled(&page, "js", &framed(&self.joined("js", &modules)))
    }

    fn joined(&self, kind: &str, modules: &[&str]) -> String {
        let names = ["base"].into_iter().chain(modules.iter().copied());
        names.filter_map(|name| self.part(kind, name)).collect::<Vec<_>>().join("\n")
    }

    fn part(&self, kind: &str, name: &str) -> Option<&str> {
        let file = format!("{kind}/{name}.{kind}");
        self.0.iter().find(|(name, _)| *name == file).map(|(_, code)| code.as_ref())
    }
}

/// The author's part of a page: nothing between the markers. The page itself when it has none.
pub fn stripped(html: &str) -> String {
    let strip = |page: String, tag| filled(&page, tag, "").unwrap_or(page);
    ["css", "core", "js"].into_iter().fold(html.to_owned(), strip)
}

/// The modules that a page names.
pub fn modules(html: &str) -> Option<Vec<&str>> {
    let (_, rest) = html.split_once(MODULES)?;
    let (names, _) = rest.split_once("\">")?;
    Some(names.split_whitespace().collect())
}

fn framed(code: &str) -> String {
    format!("\n{code}\n")
}

/// The page with `code` between the first marker of this tag and the next end.
fn filled(html: &str, tag: &'static str, code: &str) -> Result<String, KitError> {
    let marker = format!("/*kit:{tag}*/");
    let found = html.split_once(&marker).and_then(|(before, rest)| {
        let end = rest.find(END)?;
        Some((before, rest.get(end..)?))
    });
    let (before, after) = found.ok_or(KitError::NoMarker(tag))?;
    Ok([before, &marker, code, after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<meta name=\"lab-kit\" content=\"time  log\">\n<style>/*kit:css*/old/*kit:end*/</style>\n\
        <script>/*kit:core*//*kit:end*/</script><script>/*kit:js*/\nold\n/*kit:end*/</script> rest";

    #[test]
    fn a_page_gets_its_modules_in_order_and_keeps_the_rest() {
        let parts = [
            ("js/core.js", "C"),
            ("js/base.js", "B"),
            ("js/log.js", "L"),
            ("js/time.js", "T"),
            ("css/base.css", "b"),
            ("css/time.css", "t"),
        ];
        let kit = Kit::of_parts(parts.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect());
        assert_eq!(
            kit.inlined(PAGE).unwrap(),
            "<meta name=\"lab-kit\" content=\"time  log\">\n<style>/*kit:css*/\nb\nt\n/*kit:end*/</style>\n\
             <script>/*kit:core*/\nC\n/*kit:end*/</script><script>/*kit:js*/\nB\nT\nL\n/*kit:end*/</script> rest"
        );
    }

    #[test]
    fn what_is_missing_is_told() {
        let kit = Kit::embedded();
        assert_eq!(kit.inlined("<p>"), Err(KitError::NoModules));
        assert_eq!(
            kit.inlined(&PAGE.replace("log", "forest")),
            Err(KitError::UnknownModule("forest".into()))
        );
        assert_eq!(kit.inlined(&PAGE.replace("kit:core", "")), Err(KitError::NoMarker("core")));
        assert_eq!(kit.inlined(&PAGE.replace("end", "")), Err(KitError::NoMarker("css")));
    }

    #[test]
    fn a_page_taken_apart_and_put_together_is_the_same() {
        let kit = Kit::embedded();
        let whole = kit.inlined(PAGE).unwrap();
        assert!(stripped(&whole).len() < whole.len() / 2);
        assert_eq!(kit.inlined(&stripped(&whole)).unwrap(), whole);
        assert_eq!(stripped("no markers"), "no markers");
    }
}
