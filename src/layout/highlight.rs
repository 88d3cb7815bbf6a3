//! Code in colours. It is slow, so it is asked for after the first drawing, line by line, and
//! can be called off.

use std::ops::Range;
use std::sync::OnceLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::document::Code;
use crate::layout::Role;

/// Longer lines, in bytes, stay without colours: they are data, and take long.
const LINE_BYTES: usize = 16 * 1024;

/// Languages whose fences have names that the syntaxes do not know.
const NAMES: [(&str, &str); 14] = [
    ("bash", "sh"),
    ("c++", "cpp"),
    ("console", "sh"),
    ("cql", "sql"),
    ("docker", "dockerfile"),
    ("golang", "go"),
    ("javascript", "js"),
    ("jsonc", "json"),
    ("node", "js"),
    ("postgres", "sql"),
    ("protobuf", "proto"),
    ("shell", "sh"),
    ("typescript", "ts"),
    ("zsh", "sh"),
];

/// Fences that are no program, whatever a syntax may be called.
const PLAIN: [&str; 7] = ["", "output", "diagram", "chart", "text", "txt", "plain"];

/// What scopes mean; of several that match, the first one counts. None is plain text. The first
/// of all means the same for everything in it.
const SCOPES: [(&str, Option<Role>); 40] = [
    ("meta.mapping.key.json", Some(Role::CodeName)),
    ("comment", Some(Role::CodeComment)),
    ("string", Some(Role::CodeString)),
    ("constant.character.escape", Some(Role::CodeNumber)),
    ("constant.character", Some(Role::CodeString)),
    ("constant", Some(Role::CodeNumber)),
    ("keyword.operator.word", Some(Role::CodeKeyword)),
    ("keyword.operator.logical.python", Some(Role::CodeKeyword)),
    ("keyword.operator.assignment", None),
    ("keyword.operator", None),
    ("keyword.other.unit", Some(Role::CodeNumber)),
    ("keyword", Some(Role::CodeKeyword)),
    ("storage.type.numeric", Some(Role::CodeNumber)),
    ("storage", Some(Role::CodeKeyword)),
    ("entity.name.function", Some(Role::CodeFunction)),
    ("entity.name.macro", Some(Role::CodeFunction)),
    ("entity.name.tag", Some(Role::CodeName)),
    ("entity.name.type", Some(Role::CodeType)),
    ("entity.name.class", Some(Role::CodeType)),
    ("entity.name.struct", Some(Role::CodeType)),
    ("entity.name.enum", Some(Role::CodeType)),
    ("entity.name.trait", Some(Role::CodeType)),
    ("entity.name.interface", Some(Role::CodeType)),
    ("entity.name", Some(Role::CodeName)),
    ("entity.other.inherited-class", Some(Role::CodeType)),
    ("entity.other.attribute-name", Some(Role::CodeName)),
    ("support.function", Some(Role::CodeFunction)),
    ("support.macro", Some(Role::CodeFunction)),
    ("support.type.property-name", Some(Role::CodeName)),
    ("support.type", Some(Role::CodeType)),
    ("support.class", Some(Role::CodeType)),
    ("support.constant", Some(Role::CodeNumber)),
    ("variable.function", Some(Role::CodeFunction)),
    ("variable.annotation", Some(Role::CodeName)),
    ("variable.language", Some(Role::CodeKeyword)),
    ("markup.inserted", Some(Role::CodeAdded)),
    ("markup.deleted", Some(Role::CodeRemoved)),
    ("meta.diff", Some(Role::CodeName)),
    ("meta.interpolation", None),
    ("source", None),
];

/// The parts of the code that mean something, top to bottom; what is between them is plain.
///
/// `keep_going` is asked before each line; none when it said no.
pub fn highlight(
    code: &Code,
    keep_going: &mut dyn FnMut() -> bool,
) -> Option<Vec<(Range<usize>, Role)>> {
    let mut parts = vec![];
    let Some(syntax) = syntax_of(&code.language) else { return Some(parts) };
    let mut state = ParseState::new(syntax);
    let mut scopes = ScopeStack::new();
    let mut start = 0;
    for line in code.text.split_inclusive('\n') {
        if !keep_going() {
            return None;
        }
        if line.len() <= LINE_BYTES
            && colour(line, start, &mut state, &mut scopes, &mut parts).is_none()
        {
            break;
        }
        start += line.len();
    }
    Some(parts)
}

/// Adds the parts of one line; none if the syntax itself is faulty.
fn colour(
    line: &str,
    start: usize,
    state: &mut ParseState,
    scopes: &mut ScopeStack,
    parts: &mut Vec<(Range<usize>, Role)>,
) -> Option<()> {
    let mut at = 0;
    let text = line.trim_end_matches('\n').len();
    for (place, change) in state.parse_line(line, syntaxes()).ok()? {
        add(parts, start + at..start + place.min(text), scopes);
        at = place.max(at);
        scopes.apply(&change).ok()?;
    }
    add(parts, start + at..start + text, scopes);
    Some(())
}

fn add(parts: &mut Vec<(Range<usize>, Role)>, range: Range<usize>, scopes: &ScopeStack) {
    if range.is_empty() {
        return;
    }
    let Some(role) = role(scopes) else { return };
    match parts.last_mut() {
        Some((last, same)) if *same == role && last.end == range.start => last.end = range.end,
        _ => parts.push((range, role)),
    }
}

/// What the innermost scope that means something means; but a key is a name, though it is
/// written as a string.
fn role(scopes: &ScopeStack) -> Option<Role> {
    let known = known_scopes();
    let key = known
        .first()
        .filter(|(key, _)| scopes.as_slice().iter().any(|scope| key.is_prefix_of(*scope)));
    if let Some((_, role)) = key {
        return *role;
    }
    let meaning = |scope: &Scope| known.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope));
    scopes.as_slice().iter().rev().find_map(meaning).and_then(|(_, role)| *role)
}

fn known_scopes() -> &'static [(Scope, Option<Role>)] {
    static KNOWN: OnceLock<Vec<(Scope, Option<Role>)>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        SCOPES.iter().filter_map(|(name, role)| Some((Scope::new(name).ok()?, *role))).collect()
    })
}

/// Loaded once, when the first code asks for colours.
fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(two_face::syntax::extra_newlines)
}

fn syntax_of(language: &str) -> Option<&'static SyntaxReference> {
    if PLAIN.contains(&language) {
        return None;
    }
    let name = NAMES.iter().find(|(name, _)| *name == language).map_or(language, |(_, name)| name);
    syntaxes().find_syntax_by_token(name)
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test that cuts a character has failed")]
mod tests {
    use std::collections::BTreeSet;

    use crate::text::Safe;

    use super::*;

    fn code(language: &str, text: &str) -> Code {
        Code { language: Safe::line(language), info: Safe::default(), text: Safe::code(text) }
    }

    fn parts(language: &str, text: &str) -> Vec<(Range<usize>, Role)> {
        highlight(&code(language, text), &mut || true).unwrap()
    }

    const SAMPLES: [(&str, &str); 22] = [
        ("rust", "// why\nfn main() { let x: u32 = 5; println!(\"a\"); }"),
        ("python", "# why\ndef f(x):\n    return \"a\" + str(1)"),
        ("go", "// why\nfunc main() { x := 5; fmt.Println(\"a\") }"),
        ("java", "// why\nclass A { int x = 5; String s = \"a\"; }"),
        ("c", "// why\nint main(void) { char *s = \"a\"; return 0; }"),
        ("c++", "// why\nclass A { public: int x = 5; std::string s{\"a\"}; };"),
        ("javascript", "// why\nfunction f() { const x = 5; return \"a\"; }"),
        ("typescript", "// why\nfunction f(x: number): string { return \"a\" + 5; }"),
        ("sql", "-- why\nSELECT a, count(*) FROM t WHERE b = 'x' LIMIT 5;"),
        ("cql", "-- why\nSELECT a FROM t WHERE b = 'x' LIMIT 5;"),
        ("sh", "# why\nif [ -f \"$a\" ]; then echo 'b' 5; fi"),
        ("bash", "# why\nfor x in 1 2; do echo \"$x\"; done"),
        ("json", "{\"a\": 1, \"b\": [true, \"c\"]}"),
        ("yaml", "# why\na: 1\nb: \"c\""),
        ("toml", "# why\n[a]\nb = 1\nc = \"d\""),
        ("protobuf", "// why\nmessage A { required string b = 1; }"),
        ("http", "POST /a HTTP/1.1\nHost: a.example\nContent-Type: application/json\n\n{\"a\": 1}"),
        ("html", "<!-- why -->\n<a href=\"b\">c</a>"),
        ("css", "/* why */\na { color: red; margin: 5px; }"),
        ("dockerfile", "# why\nFROM a:1\nRUN echo \"b\""),
        ("diff", "--- a\n+++ b\n@@ -1 +1 @@\n-c\n+d"),
        ("ts", "interface A { b: number }\nconst c = \"d\";"),
    ];

    #[test]
    fn every_language_of_the_library_has_at_least_three_roles() {
        for (language, text) in SAMPLES {
            let roles: BTreeSet<Role> = parts(language, text).into_iter().map(|it| it.1).collect();
            assert!(roles.len() >= 3, "{language}: {roles:?}");
        }
    }

    #[test]
    fn parts_are_in_order_and_on_character_borders() {
        for (language, text) in SAMPLES {
            let text = text.replace('a', "ä🎉");
            let mut end = 0;
            for (range, _) in parts(language, &text) {
                assert!(
                    range.start >= end && text.get(range.clone()).is_some(),
                    "{language} {range:?}"
                );
                assert!(!text[range.clone()].contains('\n'));
                end = range.end;
            }
        }
    }

    #[test]
    fn keywords_and_comments_are_told_apart() {
        let text = "return 1 # done";
        let named: Vec<_> =
            parts("python", text).into_iter().map(|(at, role)| (&text[at], role)).collect();
        assert_eq!(
            named,
            [("return", Role::CodeKeyword), ("1", Role::CodeNumber), ("# done", Role::CodeComment)]
        );
    }

    #[test]
    fn what_is_no_program_stays_plain() {
        for language in ["", "output", "diagram", "text", "no-such-language"] {
            assert_eq!(parts(language, "if 1 \"a\""), [], "{language}");
        }
    }

    #[test]
    fn it_can_be_called_off_before_any_line() {
        let mut asked = 0;
        let text = "x = 1\n".repeat(100);
        let done = highlight(&code("python", &text), &mut || {
            asked += 1;
            asked < 5
        });
        assert_eq!((done, asked), (None, 5));
    }

    #[test]
    fn very_long_lines_are_left_alone() {
        let text = format!("a = 1\nb = [{}]\nc = 2", "1, ".repeat(10_000));
        let last = parts("python", &text).pop().unwrap().0;
        assert_eq!(&text[last], "2");
        assert!(parts("python", &text).len() < 10);
    }
}
