//! What is known about attributes by their names.

/// What an attribute holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    Url,
    Urls,
    Srcset,
    /// An id, a name that the page finds the element by, or a list of ids.
    Ids,
    /// `#` and an id.
    Fragment,
    Class,
    Style,
}

/// Attributes that run scripts, or change what a tag is or where its URLs point to.
pub(super) const FORBIDDEN: &[&str] =
    &["srcdoc", "http-equiv", "is", "xlink:href", "xml:base", "datasrc", "datafld", "dataformatas"];

pub(super) fn shape(name: &str) -> Shape {
    match name {
        "href" | "src" | "cite" | "action" | "formaction" | "background" | "poster" | "data"
        | "longdesc" | "manifest" | "icon" | "dynsrc" | "lowsrc" | "profile" | "codebase"
        | "classid" | "archive" | "itemid" => Shape::Url,
        "ping" | "attributionsrc" => Shape::Urls,
        "srcset" | "imagesrcset" => Shape::Srcset,
        "id"
        | "name"
        | "for"
        | "form"
        | "headers"
        | "list"
        | "itemref"
        | "aria-labelledby"
        | "aria-describedby"
        | "aria-controls"
        | "aria-owns"
        | "aria-details"
        | "aria-flowto"
        | "aria-errormessage"
        | "aria-activedescendant"
        | "popovertarget"
        | "commandfor"
        | "interestfor"
        | "anchor" => Shape::Ids,
        "usemap" => Shape::Fragment,
        "class" => Shape::Class,
        "style" => Shape::Style,
        _ => Shape::Text,
    }
}
