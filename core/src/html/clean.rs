//! Walks a parsed tree and writes what the policy keeps of it.

use html5ever::{LocalName, QualName, local_name, ns};

use super::arena::{Arena, Data, Element, Id};
use super::known::Kind;
use super::nesting::{Open, fits, fits_text};
use super::policy::Disallowed;
use super::report::{Reason, Report};
use super::rules::{Fate, Rules, Tag};
use super::write;

/// What to do with the children of a node.
#[derive(PartialEq, Eq)]
enum Next {
    Descend,
    Skip,
}

pub(super) struct Cleaner<'r, 't, R> {
    rules: &'r Rules,
    arena: &'t Arena,
    out: String,
    open: Vec<Open<'r>>,
    /// What is written when the walk leaves a node.
    ends: Vec<(Id, End)>,
    report: R,
    /// How long the output was after the last start tag of a `pre`.
    pre: usize,
}

enum End {
    /// The end tag of the last open element.
    Tag,
    /// The end tag of an element that is kept as text.
    Text,
}

impl<'r, 't, R: Report> Cleaner<'r, 't, R> {
    pub(super) fn new(rules: &'r Rules, arena: &'t Arena, capacity: usize, report: R) -> Self {
        let out = String::with_capacity(capacity);
        Self { rules, arena, out, open: Vec::new(), ends: Vec::new(), report, pre: usize::MAX }
    }

    /// Writes the children of a node.
    pub(super) fn run(mut self, root: Id) -> (String, R) {
        let mut at = self.arena.first(root);
        while let Some(node) = at {
            let child = match self.enter(node) {
                Next::Descend => self.arena.first(node),
                Next::Skip => None,
            };
            at = child.or_else(|| self.next(node, root));
        }
        // A parser drops a byte order mark in front.
        while self.out.starts_with('\u{feff}') {
            self.out.remove(0);
        }
        (self.out, self.report)
    }

    /// The next node that is not below this one. Ends whatever the walk leaves.
    fn next(&mut self, node: Id, root: Id) -> Option<Id> {
        let mut at = node;
        loop {
            self.leave(at);
            if let Some(after) = self.arena.after(at) {
                return Some(after);
            }
            at = self.arena.parent(at).filter(|parent| *parent != root)?;
        }
    }

    fn leave(&mut self, node: Id) {
        let Some((_, end)) = self.ends.pop_if(|(id, _)| *id == node) else { return };
        match end {
            End::Tag => {
                if let Some(Open { name, .. }) = self.open.pop() {
                    self.end_tag(name);
                }
            }
            End::Text => {
                if let Some(element) = self.arena.element(node) {
                    write::text(&mut self.out, &format!("</{}>", element.name.local));
                }
            }
        }
    }

    fn end_tag(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn enter(&mut self, node: Id) -> Next {
        match self.arena.data(node) {
            Data::Text(text) if fits_text(&self.open, text) => self.text(text),
            Data::Element(element) => return self.element(node, element),
            _ => {}
        }
        Next::Skip
    }

    fn text(&mut self, text: &str) {
        // A parser drops the first line feed of a pre.
        if self.pre == self.out.len() && text.starts_with('\n') {
            self.out.push('\n');
        }
        write::text(&mut self.out, text);
    }

    fn element(&mut self, node: Id, element: &Element) -> Next {
        let local = &element.name.local;
        match self.rules.fate(local) {
            Fate::Drop => self.remove(local, Reason::Content),
            // A parser would not find an element of SVG or MathML there again, whatever it is named.
            _ if is_foreign(element) => self.remove(local, Reason::Content),
            Fate::Keep(tag) => self.keep(node, element, tag),
            Fate::Other => self.other(node, element),
        }
    }

    fn remove(&mut self, local: &LocalName, reason: Reason) -> Next {
        self.report.tag(local, reason);
        Next::Skip
    }

    fn other(&mut self, node: Id, element: &Element) -> Next {
        self.report.tag(&element.name.local, Reason::NotListed);
        match self.rules.disallowed {
            Disallowed::Drop => return Next::Skip,
            Disallowed::Escape if fits_text(&self.open, "<") => self.escape(node, element),
            _ => {}
        }
        Next::Descend
    }

    /// Writes the tag as text.
    fn escape(&mut self, node: Id, element: &Element) {
        let mut tag = format!("<{}", element.name.local);
        for attribute in &element.attributes {
            write::attribute(&mut tag, &attribute.name.local, &attribute.value);
        }
        tag.push('>');
        write::text(&mut self.out, &tag);
        self.ends.push((node, End::Text));
    }

    fn keep(&mut self, node: Id, element: &Element, tag: &'r Tag) -> Next {
        if self.open.len() >= self.rules.max_depth {
            self.report.tag(&element.name.local, Reason::Depth);
            return Next::Descend;
        }
        if !fits(&self.open, &tag.name, tag.kind) {
            self.report.tag(&element.name.local, Reason::Nesting);
            return Next::Descend;
        }
        if tag.kind == Kind::Frame && !self.is_frame(element) {
            return self.remove(&element.name.local, Reason::Url);
        }
        self.out.push('<');
        self.out.push_str(&tag.name);
        self.attributes(element, tag);
        self.out.push('>');
        self.content(node, tag)
    }

    fn content(&mut self, node: Id, tag: &'r Tag) -> Next {
        match tag.kind {
            Kind::Void | Kind::VoidBlock => return Next::Skip,
            Kind::Table if tag.name == "col" => return Next::Skip,
            Kind::Frame => {
                self.end_tag(&tag.name);
                return Next::Skip;
            }
            _ => {}
        }
        self.open.push(Open { name: &tag.name, kind: tag.kind });
        self.ends.push((node, End::Tag));
        if tag.name == "pre" {
            self.pre = self.out.len();
        }
        Next::Descend
    }

    fn is_frame(&self, element: &Element) -> bool {
        let source = element.attributes.iter().find(|one| one.name.local == local_name!("src"));
        source.is_some_and(|source| self.rules.urls.is_frame(&source.value))
    }

    fn attributes(&mut self, element: &Element, tag: &Tag) {
        let is_link = matches!(tag.name.as_str(), "a" | "area" | "form");
        let (mut has_url, mut has_target) = (false, false);
        for attribute in &element.attributes {
            let name = &attribute.name.local;
            if is_link && *name == local_name!("rel") && self.rules.link_rel.is_some() {
                continue;
            }
            let Some(value) = tag.attributes.judge(self.rules, name, &attribute.value) else {
                self.report.attribute(&element.name.local, name);
                continue;
            };
            has_url |= *name == local_name!("href") || *name == local_name!("action");
            has_target |= *name == local_name!("target");
            write::attribute(&mut self.out, name, &value);
        }
        let needs_rel = is_link && (self.rules.link_rel_always && has_url || has_target);
        if let Some(rel) = self.rules.link_rel.as_ref().filter(|_| needs_rel) {
            write::attribute(&mut self.out, "rel", rel);
        }
    }
}

/// Whether an element is of SVG or MathML, and not their outermost one: of a picture, only the text that stands directly in it stays.
fn is_foreign(element: &Element) -> bool {
    let QualName { ns, local, .. } = &element.name;
    let is_root = *ns == ns!(svg) && *local == local_name!("svg")
        || *ns == ns!(mathml) && *local == local_name!("math");
    *ns != ns!(html) && !is_root
}
