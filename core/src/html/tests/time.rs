//! Hostile documents take time that grows as their length does.
//!
//! Times are compared with those of a document a quarter as long, so that a slow machine does not matter. The bounds are generous:
//! four times as long takes four times the time where it is linear, and sixteen times where it is quadratic.

use std::time::{Duration, Instant};

use super::*;

fn timed(html: &str) -> (Duration, Result<String, Error>) {
    let sanitizer = Sanitizer::new(Policy { max_length: 16 << 20, ..article() }).unwrap();
    // The least of a few: what else the machine does only adds to it.
    (0..2)
        .map(|_| {
            let start = Instant::now();
            let result = sanitizer.sanitize(html);
            (start.elapsed(), result)
        })
        .min_by_key(|(time, _)| *time)
        .unwrap()
}

/// Whether the time grows as the length of what `make` makes.
fn grows_linearly(
    name: &str,
    bytes: usize,
    make: impl Fn(usize) -> String,
) -> Result<String, Error> {
    let (quarter, _) = timed(&make(bytes / 4));
    let (whole, result) = timed(&make(bytes));
    let most = (quarter * 9).max(Duration::from_millis(500));
    assert!(whole < most, "{name}: {whole:?} for {bytes} bytes, {quarter:?} for a quarter");
    let seconds = if cfg!(debug_assertions) { 8 } else { 1 };
    assert!(whole < Duration::from_secs(seconds), "{name}: {whole:?}");
    result
}

fn filled(bytes: usize, piece: &str) -> String {
    piece.repeat(bytes / piece.len())
}

fn is_complex(result: &Result<String, Error>) -> bool {
    matches!(result, Err(Error::HtmlComplex))
}

/// An eighth of it where the code is not optimised.
const MEGABYTE: usize = if cfg!(debug_assertions) { 1 << 17 } else { 1 << 20 };

#[test]
fn refuses_twenty_thousand_nested_tags_at_once() {
    for tag in [
        "<div>",
        "<b>",
        "<a><p>",
        "<table><td>",
        "<svg>",
        "<math><mi>",
        "<template>",
        "<ul><li>",
        "<x-y>",
        "<font>",
    ] {
        let (time, result) = timed(&tag.repeat(20_000));
        assert!(result.is_err() || !result.unwrap().contains("<div><div>"), "{tag}");
        assert!(time < Duration::from_secs(2), "{tag}: {time:?}");
    }
}

#[test]
fn takes_linear_time_for_one_piece_again_and_again() {
    let pieces = [
        "<a ",
        "<a><a>",
        "<a href=x>",
        "</p>",
        "<p>",
        "<b><i>",
        "<table><b>",
        "<table>x",
        "<tr><td>",
        "</b>",
        "<!--",
        "<!-->",
        "<![CDATA[",
        "<?",
        "</",
        "<",
        "&",
        "&amp",
        "&#",
        "\0",
        "<svg></svg>",
        "<select><option>",
        "<b></p>",
        "<li>",
        "<nobr>",
        "<form>",
        "<button>",
        "<h1>",
        "<a b='",
        "<a =",
        "<x-y>",
        "<p a=1 a=1>",
        "<br>",
        "<image>",
        "<body a=1>",
        "<title>",
        "<script>",
        "<style><!--",
        "<textarea>",
        "<dd><dt>",
        "<ruby><rt>",
    ];
    for piece in pieces {
        let _ = grows_linearly(piece, MEGABYTE, |bytes| filled(bytes, piece));
    }
}

#[test]
fn takes_linear_time_below_many_open_elements() {
    let opened = ["<div>", "<b>", "<i><div>", "<table><tbody><tr><td>", "<svg><g>"];
    let repeated = ["</p>", "</b>", "<p>", "<a>", "<table>x", "<b></b>", "</x>", "<form></form>"];
    for open in opened {
        for piece in repeated {
            let before = open.repeat(900 / open.matches('<').count());
            let name = format!("{piece} below {open}");
            let _ =
                grows_linearly(&name, MEGABYTE / 2, |bytes| before.clone() + &filled(bytes, piece));
        }
    }
}

#[test]
fn refuses_formatting_that_multiplies() {
    for formatting in
        ["<b><i><u><s><em>", "<b a=1><b a=2><b a=3><b a=4>", "<font size=1><font size=2>"]
    {
        let html = formatting.repeat(20) + &"<p>x".repeat(20_000);
        let result = grows_linearly(formatting, html.len(), |bytes| html[..bytes].to_owned());
        assert!(is_complex(&result) || result.unwrap().len() < html.len() * 40, "{formatting}");
    }
}

#[test]
fn refuses_a_tag_of_a_hundred_thousand_attributes_at_once() {
    let attributes: String = (0..100_000).map(|at| format!(" a{at}")).collect();
    let hidden = [
        "<p",
        "</p",
        "<!-- --><p",
        "\"<p",
        "<a title='<p",
        "<!-- <p> --!><p",
        "<script></script><p",
        "<svg><p",
        "<p/",
        "<p a=\"'\"",
        "<p a='>'",
    ];
    for before in hidden {
        let (time, result) = timed(&format!("{before}{attributes}>"));
        assert!(is_complex(&result), "{before}: {result:?}");
        assert!(time < Duration::from_millis(500), "{before}: {time:?}");
    }
}

#[test]
fn keeps_a_tag_of_many_attributes_below_the_bound() {
    let attributes: String = (0..990).map(|at| format!(" a{at}=1")).collect();
    assert_eq!(clean(&format!("<p{attributes} title=x>")), "<p title=\"x\"></p>");
}

#[test]
fn keeps_long_documents() {
    let html = "<p>One <b>two</b> <a href=\"/x\" rel=\"noopener noreferrer\">three</a></p>"
        .repeat(MEGABYTE / 80);
    assert_eq!(clean(&html), html);
}

#[test]
fn rejects_formatting_whose_attributes_multiply() {
    // A title that each paragraph opens again: 40 KB would become 100 MB.
    let titled = format!("<p><b title=\"{}\">{}", "A".repeat(20_000), "<p>x".repeat(5_000));
    assert_eq!(timed(&titled).1, Err(Error::HtmlComplex));
    let names: String = (0..950).map(|at| format!(" x{at}")).collect();
    let many = format!("<p><b{names}>{}", "<p>x".repeat(12_500));
    assert_eq!(timed(&many).1, Err(Error::HtmlComplex));
}

#[test]
fn rejects_formatting_that_is_compared_too_often() {
    let mut html: String = (0..300)
        .map(|tag| {
            let names: String = (0..100).map(|at| format!(" x{}", tag * 100 + at)).collect();
            format!("<b{names}>")
        })
        .collect();
    html.push_str(&"<b></b>".repeat(20_000));
    let (time, result) = timed(&html);
    assert_eq!(result, Err(Error::HtmlComplex));
    assert!(time < Duration::from_secs(if cfg!(debug_assertions) { 8 } else { 1 }), "{time:?}");
}

#[test]
fn reads_no_attributes_of_the_page() {
    let html: String = (0..60_000).map(|at| format!("<html a{at}>")).collect();
    let (time, result) = timed(&html);
    assert_eq!(result, Ok(String::new()));
    assert!(time < Duration::from_secs(if cfg!(debug_assertions) { 8 } else { 1 }), "{time:?}");
}
