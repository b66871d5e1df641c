//! Writes a tree as XML that an HTML parser reads as the same tree: one namespace on the root, no prefix but `xlink:` and `xml:`,
//! every special character as a reference.

use super::build::SVG;
use super::tree::{Attribute, Element, Place, Tree, What};

/// Where a text is written.
#[derive(Clone, Copy)]
enum Written {
    Text,
    Attribute,
}

/// The text of a document.
pub(super) fn write(tree: &Tree<'_>, capacity: usize) -> String {
    let mut output = String::with_capacity(capacity);
    let mut open: Vec<(&str, usize)> = Vec::new();
    let has_xlink = tree.iter().filter_map(|node| node.element()).any(has_xlink);
    for (at, node) in tree.iter().enumerate() {
        close(&mut output, &mut open, at);
        match &node.what {
            What::Text(text) => escape(&mut output, text, Written::Text),
            What::Element(element) => {
                start(&mut output, element, at == 0, has_xlink);
                if node.end > at + 1 {
                    output.push('>');
                    open.push((element.kind.name, node.end));
                } else {
                    output.push_str("/>");
                }
            }
        }
    }
    close(&mut output, &mut open, tree.len());
    output
}

fn has_xlink(element: &Element<'_>) -> bool {
    element.attributes.iter().any(|attribute| attribute.name == "xlink:href")
}

/// Ends the elements whose descendants end before `at`.
fn close(output: &mut String, open: &mut Vec<(&str, usize)>, at: usize) {
    while let Some((name, _)) = open.pop_if(|(_, end)| *end <= at) {
        output.push_str("</");
        output.push_str(name);
        output.push('>');
    }
}

fn start(output: &mut String, element: &Element<'_>, is_root: bool, has_xlink: bool) {
    output.push('<');
    output.push_str(element.kind.name);
    if is_root {
        attribute(output, "xmlns", SVG);
        if has_xlink {
            attribute(output, "xmlns:xlink", "http://www.w3.org/1999/xlink");
        }
    }
    for one in element.attributes.iter().filter(|one| one.place == Place::Attribute) {
        attribute(output, one.name, &one.value);
    }
    let declarations = element.attributes.iter().filter(|one| one.place == Place::Style);
    style(output, declarations);
}

fn attribute(output: &mut String, name: &str, value: &str) {
    output.push(' ');
    output.push_str(name);
    output.push_str("=\"");
    escape(output, value, Written::Attribute);
    output.push('"');
}

fn style<'t>(output: &mut String, declarations: impl Iterator<Item = &'t Attribute<'t>>) {
    let mut has_one = false;
    for one in declarations {
        output.push_str(if has_one { ";" } else { " style=\"" });
        has_one = true;
        output.push_str(one.name);
        output.push(':');
        escape(output, &one.value, Written::Attribute);
    }
    if has_one {
        output.push('"');
    }
}

/// Line breaks and tabs are written as references in an attribute: an XML parser would turn them into spaces. A carriage return would
/// become a line break in either place.
fn escape(output: &mut String, text: &str, place: Written) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let reference = match (byte, place) {
            (b'&', _) => "&amp;",
            (b'<', _) => "&lt;",
            (b'>', _) => "&gt;",
            (b'\r', _) => "&#13;",
            (b'"', Written::Attribute) => "&quot;",
            (b'\t', Written::Attribute) => "&#9;",
            (b'\n', Written::Attribute) => "&#10;",
            _ => continue,
        };
        output.push_str(text.get(from..at).unwrap_or_default());
        output.push_str(reference);
        from = at + 1;
    }
    output.push_str(text.get(from..).unwrap_or_default());
}
