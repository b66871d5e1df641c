//! URLs of links, pictures and frames.

use super::*;

fn href(policy: &Policy, url: &str) -> Option<String> {
    let quoted = url.replace('&', "&amp;").replace('"', "&quot;");
    let html = clean_by(policy.clone(), &format!("<a href=\"{quoted}\"></a>"));
    let value = html.strip_prefix("<a href=\"").and_then(|rest| rest.strip_suffix("\"></a>"));
    value.map(|value| value.replace("&amp;", "&"))
}

fn links() -> Policy {
    small("a", &[("a", "href")])
}

#[test]
fn keeps_listed_schemes_and_relative_urls() {
    for url in [
        "https://a.example/?a=1&b",
        "HTTP://A/",
        "/a",
        "a/b:c",
        "?a",
        "#a",
        "./javascript:x",
        "",
        "1:2",
    ] {
        assert_eq!(href(&links(), url).as_deref(), Some(url), "{url}");
    }
}

#[test]
fn keeps_no_scheme_that_hides() {
    for url in [
        "javascript:x",
        "JaVaScRiPt:x",
        " javascript:x",
        "\u{1}javascript:x",
        "\u{1f}\u{0b}javascript:x",
        "java\tscript:x",
        "java\nscript:x",
        "java\rscript:x",
        "j\na\nv\na\ns\nc\nr\ni\np\nt\n:x",
        "javascript\t:x",
        "javascript\n:x",
        "vbscript:x",
        "data:text/html,x",
        "DATA:image/png,x",
        "blob:x",
        "feed:x",
        "file:///x",
        "mailto:x",
    ] {
        assert_eq!(href(&links(), url), None, "{url:?}");
    }
    // Entities, which are decoded before a URL is read.
    for value in [
        "&#106;avascript:x",
        "&#x6a;avascript:x",
        "&#0000106avascript:x",
        "javascript&colon;x",
        "java&Tab;script:x",
        "java&NewLine;script:x",
        "&#1;javascript:x",
    ] {
        assert_eq!(clean_by(links(), &format!("<a href={value}></a>")), "<a></a>", "{value}");
    }
}

#[test]
fn writes_what_was_judged() {
    assert_eq!(
        href(&links(), " \u{1} https://a.example/\t\n\rb ").as_deref(),
        Some("https://a.example/b")
    );
    // A no-break space is part of a relative URL: browsers do not remove it.
    assert_eq!(href(&links(), "\u{a0}javascript:x").as_deref(), Some("&nbsp;javascript:x"));
}

#[test]
fn tells_urls_of_other_hosts_from_relative_ones() {
    let network = [
        "//b.example",
        "\\\\b.example",
        "/\\b.example",
        "\\/b.example",
        "/\t/b.example",
        " //b.example",
    ];
    for url in network {
        assert_eq!(href(&links(), url), None, "{url}");
        let policy = Policy { protocol_relative_urls: true, ..links() };
        assert!(href(&policy, url).is_some(), "{url}");
    }
    let absolute = Policy { relative_urls: false, ..links() };
    for url in ["/a", "a", "#a", "", "https:a", "https:/a", "http:"] {
        assert_eq!(href(&absolute, url), None, "{url}");
    }
    assert!(href(&absolute, "https://a.example").is_some());
}

#[test]
fn keeps_other_schemes_for_one_attribute() {
    let schemes_by_attribute = [("src".into(), strings("data https"))].into();
    let policy =
        Policy { schemes_by_attribute, ..small("a img", &[("a", "href"), ("img", "src")]) };
    for (html, safe) in [
        ("<img src='data:image/png;base64,AA=='>", "<img src=\"data:image/png;base64,AA==\">"),
        ("<img src='data:image/svg+xml,<svg>'>", "<img>"),
        ("<img src='data:text/html,x'>", "<img>"),
        ("<img src='data:,x'>", "<img>"),
        ("<img src='http://a/'>", "<img>"),
        ("<a href='data:image/png,x'></a>", "<a></a>"),
    ] {
        assert_eq!(clean_by(policy.clone(), html), safe, "{html}");
    }
}

#[test]
fn judges_every_attribute_that_holds_a_url() {
    for name in [
        "href",
        "src",
        "cite",
        "action",
        "formaction",
        "background",
        "poster",
        "data",
        "longdesc",
        "manifest",
        "icon",
        "dynsrc",
        "lowsrc",
        "profile",
        "codebase",
        "classid",
        "archive",
        "ping",
        "srcset",
        "imagesrcset",
        "attributionsrc",
        "usemap",
        "itemid",
    ] {
        let policy = small("p", &[("p", name)]);
        assert_eq!(clean_by(policy, &format!("<p {name}=javascript:x></p>")), "<p></p>", "{name}");
    }
}

fn frames() -> Policy {
    Policy {
        iframe_hosts: ["video.example", "BÜCHER.example"].map(String::from).into(),
        ..small("iframe p", &[("iframe", "src width")])
    }
}

#[test]
fn shows_frames_of_listed_hosts_alone() {
    for url in [
        "https://video.example/a?b",
        "http://video.example",
        "HTTPS://VIDEO.example/",
        "https://bücher.example/",
        "https://xn--bcher-kva.example/",
        "https://video.example:443/",
        // A backslash is a slash: what follows is a path.
        "https://video.example\\.evil.example/x@y",
    ] {
        let safe = clean_by(frames(), &format!("<iframe src='{url}' width=1>text<b></iframe>"));
        assert_eq!(safe, format!("<iframe src=\"{url}\" width=\"1\"></iframe>"));
    }
    for url in [
        "https://evil.example/",
        "https://video.example.evil.example/",
        "https://video.example@evil.example/",
        "https://u@video.example/",
        "https://:p@video.example/",
        "https://video.example:8443/",
        "//video.example/",
        "https:video.example/",
        "https:/video.example",
        "https:\\\\video.example/",
        "https://evil.example\\@video.example/",
        "javascript:x",
        "data:text/html,x",
        "",
        "/video.example",
        "ftp://video.example/",
        "https://evil.example#https://video.example",
        "https://video.example%2eevil.example/",
    ] {
        let safe = clean_by(frames(), &format!("<p>a<iframe src='{url}'></iframe>b</p>"));
        assert_eq!(safe, "<p>ab</p>", "{url}");
    }
    assert_eq!(clean_by(frames(), "<p><iframe></iframe></p>"), "<p></p>");
}
