use super::*;

mod attributes;
mod hostile;
mod refusals;
mod styles;
mod time;
mod twin;
mod urls;

fn strings(list: &str) -> Vec<String> {
    list.split_whitespace().map(str::to_owned).collect()
}

/// A policy that ammonia can express too.
fn article() -> Policy {
    let attributes = [
        ("*", "lang title"),
        ("a", "href"),
        ("img", "src alt width height"),
        ("td", "colspan rowspan"),
        ("ol", "start"),
        ("blockquote", "cite"),
    ];
    Policy {
        tags: strings(
            "a abbr b blockquote br code div em h1 h2 h3 hr i img li ol p pre s span strong sub sup table tbody td th \
             thead tr u ul",
        ),
        attributes: attributes.iter().map(|(tag, names)| ((*tag).into(), strings(names))).collect(),
        schemes: strings("http https mailto"),
        relative_urls: true,
        protocol_relative_urls: true,
        link_rel: Some("noopener noreferrer".into()),
        link_rel_always: true,
        drop_content: Vec::new(),
        max_depth: 256,
        max_length: 1 << 20,
        ..Policy::default()
    }
}

fn clean(html: &str) -> String {
    clean_by(article(), html)
}

fn clean_by(policy: Policy, html: &str) -> String {
    Sanitizer::new(policy).unwrap().sanitize(html).unwrap()
}

/// A policy of a few tags with attributes.
fn small(tags: &str, attributes: &[(&str, &str)]) -> Policy {
    Policy {
        tags: strings(tags),
        attributes: attributes.iter().map(|(tag, names)| ((*tag).into(), strings(names))).collect(),
        schemes: strings("http https"),
        relative_urls: true,
        max_depth: 128,
        max_length: 1 << 20,
        ..Policy::default()
    }
}

#[test]
fn keeps_ordinary_markup() {
    for html in [
        "<p>One <b>two</b></p>",
        "<ul><li>a</li><li>b</li></ul>",
        "a &amp; b",
        "<h1>x</h1><p>y<br>z</p>",
    ] {
        assert_eq!(clean(html), html);
    }
}
