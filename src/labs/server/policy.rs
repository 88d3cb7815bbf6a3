//! What a page may do: run the scripts it came with, and nothing else.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The content security policy of a page: exactly its own inline scripts, in an origin of its
/// own (`sandbox` without `allow-same-origin`), without network.
pub(crate) fn content_security_policy(html: &str) -> String {
    let hashes = scripts(html).fold(String::new(), |hashes, script| {
        hashes + " 'sha256-" + &STANDARD.encode(Sha256::digest(script)) + "'"
    });
    format!(
        "default-src 'none'; script-src{}; style-src 'unsafe-inline'; img-src data:; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-scripts",
        if hashes.is_empty() { " 'none'" } else { &hashes }
    )
}

/// The texts of the inline scripts, data blocks left out.
fn scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script")?;
        (!attributes.contains("application/json")).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_each_script_by_its_hash_and_nothing_inline_besides() {
        let html =
            "<script type=\"application/json\" id=x>{}</script><script id=a>alert(1)</script>";
        let policy = content_security_policy(html);
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        let hash = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";
        assert!(policy.contains(&format!("script-src {hash};")), "{policy}");
        assert!(!policy.contains("script-src 'unsafe-inline'"));
        assert!(policy.ends_with("sandbox allow-scripts"));
    }

    #[test]
    fn a_page_without_scripts_may_run_none() {
        assert!(content_security_policy("<p>").contains("script-src 'none'"));
    }
}
