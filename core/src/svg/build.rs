//! Chooses what is kept of a parsed document.

use std::borrow::Cow;

use roxmltree::Node as Xml;

use super::attributes::{Attributes, Judge, Known, MAX_COORDINATE, MAX_PICTURE};
use super::elements::{Content, Kind, Role, find};
use super::policy::Policy;
use super::reference::{image, is_id, local, prefixed, timing};
use super::report::Report;
use super::sheet::{Sheet, Subject, declarations};
use super::tree::{Attribute, Element, Node, Place, Tree, What};
use super::value::{Lists, is_within, judge};
use crate::Error;

pub(super) const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// What is needed to choose.
pub(super) struct Builder<'a, 'r> {
    pub(super) policy: &'r Policy,
    pub(super) attributes: &'r Attributes,
    pub(super) sheet: &'r Sheet<'a>,
    pub(super) report: &'r mut Report,
    pub(super) tree: Tree<'a>,
    /// Rules that were looked at, and bytes of stylesheets that were written into attributes.
    pub(super) inlined: usize,
}

/// Whether this is an element of SVG. A root without any namespace is what is copied out of HTML.
pub(super) fn is_svg(node: Xml<'_, '_>) -> bool {
    match node.tag_name().namespace() {
        Some(namespace) => namespace == SVG,
        None => node.document().root_element().tag_name().namespace().is_none(),
    }
}

impl<'a> Builder<'a, '_> {
    /// Adds an element and what is kept in it. It calls itself as deep as `max_depth`, which was checked.
    pub(super) fn add(
        &mut self,
        node: Xml<'a, '_>,
        parent: usize,
        in_text: bool,
    ) -> Result<(), Error> {
        let Some(kind) = self.kept(node) else {
            self.report.element(node.tag_name().name());
            return Ok(());
        };
        let attributes = self.attributes_of(node, kind)?;
        let at = self.tree.len();
        self.push(What::Element(Element { kind, attributes }), parent);
        let in_text = matches!(kind.name, "text" | "tspan" | "textPath")
            || kind.content == Content::TextOnly
            || (in_text && kind.role == Role::Link);
        for child in node.children() {
            if child.is_element() && kind.content == Content::TextOnly {
                self.report.element(child.tag_name().name());
            } else if child.is_element() {
                self.add(child, at, in_text)?;
            } else if child.is_text() && in_text {
                let text = child.text().unwrap_or_default();
                self.push(What::Text(Cow::Borrowed(text)), at);
            } else if child.is_pi() {
                self.report.markup("processing instruction");
            }
        }
        let end = self.tree.len();
        if let Some(node) = self.tree.get_mut(at) {
            node.end = end;
        }
        Ok(())
    }

    fn push(&mut self, what: What<'a>, parent: usize) {
        let end = self.tree.len() + 1;
        self.tree.push(Node { what, parent, end });
    }

    fn kept(&self, node: Xml<'a, '_>) -> Option<Kind> {
        let kind = find(node.tag_name().name()).filter(|_| is_svg(node))?;
        if kind.role == Role::Animation {
            // Without a target it does nothing; with another one it is an attack.
            let target = node.attribute("attributeName");
            let is_allowed = match (kind.name, target) {
                ("animateMotion", _) => true,
                ("animateTransform", None) => true,
                (_, Some(name)) => self.attributes.animated(name).is_some(),
                (_, None) => false,
            };
            return Some(kind).filter(|_| is_allowed && self.policy.animations);
        }
        Some(kind)
    }

    fn attributes_of(
        &mut self,
        node: Xml<'a, '_>,
        kind: Kind,
    ) -> Result<Vec<Attribute<'a>>, Error> {
        let mut kept = Vec::new();
        for attribute in node.attributes() {
            let value = attribute.value();
            let known = self.known(attribute.namespace(), attribute.name());
            let judged = known.and_then(|known| {
                let value = self.judged(known, value, kind, node)?;
                Some(Attribute { name: known.name, value, place: Place::Attribute })
            });
            match judged {
                Some(attribute) => kept.push(attribute),
                None if known.is_some_and(|known| known.judge == Judge::Style) => {}
                None => self.report.attribute(kind.name, attribute.name()),
            }
        }
        self.add_styles(node, kind, &mut kept)?;
        Ok(kept)
    }

    /// The attribute of this name, by the namespace that its prefix stands for.
    fn known(&self, namespace: Option<&str>, name: &str) -> Option<Known> {
        match (namespace, name) {
            (None, _) => self.attributes.find(name),
            (Some(XLINK), "href") => Some(Known { name: "xlink:href", judge: Judge::Href }),
            (Some(XML), "space") => Some(Known { name: "xml:space", judge: Judge::Plain }),
            (Some(XML), "lang") => Some(Known { name: "xml:lang", judge: Judge::Text }),
            _ => None,
        }
    }

    fn judged(
        &self,
        known: Known,
        value: &'a str,
        kind: Kind,
        node: Xml<'a, '_>,
    ) -> Option<Cow<'a, str>> {
        let prefix = &*self.policy.id_prefix;
        let is_size = |most| {
            is_within(value, most).then_some(()).and_then(|()| judge(value, Lists::One, prefix))
        };
        match known.judge {
            Judge::Property => judge(value, Lists::One, prefix),
            Judge::Plain => {
                is_within(value, self.most(kind, node)).then_some(())?;
                let value = judge(value, Lists::Many, prefix)?;
                let is_time = !prefix.is_empty() && matches!(known.name, "begin" | "end");
                Some(if is_time { timing(value, prefix).into() } else { value })
            }
            Judge::Bounded(most) => is_size(most),
            Judge::Size if kind.role == Role::Svg => is_size(MAX_PICTURE),
            Judge::Size => is_size(MAX_COORDINATE),
            Judge::Id => is_id(value).then(|| prefixed(value, prefix)),
            Judge::Ids => ids(value, prefix),
            Judge::Href => self.href(value, kind),
            Judge::Animated if kind.role != Role::Animation => None,
            Judge::Animated => self.attributes.animated(value).map(|_| Cow::Borrowed(value)),
            Judge::Text => Some(Cow::Borrowed(value)),
            Judge::Style => None,
        }
    }

    /// The largest number of a plain attribute. An animation may set what it changes to no more than the attribute allows.
    fn most(&self, kind: Kind, node: Xml<'a, '_>) -> u32 {
        let target = node.attribute("attributeName").filter(|_| kind.role == Role::Animation);
        target.and_then(|name| self.attributes.animated(name)).map_or(u32::MAX, |most| most)
    }

    fn href(&self, value: &'a str, kind: Kind) -> Option<Cow<'a, str>> {
        if let Some(id) = local(value) {
            return Some(Cow::Owned(format!("#{}", prefixed(id, &self.policy.id_prefix))));
        }
        image(value).filter(|_| kind.role == Role::Image && self.policy.data_images)
    }

    /// The declarations of stylesheets, then those of the attribute `style`, which are stronger.
    fn add_styles(
        &mut self,
        node: Xml<'a, '_>,
        kind: Kind,
        kept: &mut Vec<Attribute<'a>>,
    ) -> Result<(), Error> {
        let start = kept.len();
        if !self.sheet.is_empty() {
            let (id, class) = (node.attribute("id"), node.attribute("class").unwrap_or_default());
            let subject = Subject { tag: kind.name, id, class };
            let candidates = self.sheet.candidates(&subject);
            let rules: usize = candidates.iter().map(|rules| rules.len()).sum();
            self.charge(rules.saturating_mul(1 + subject.classes().count()))?;
            for (name, value) in self.sheet.declarations(&candidates, &subject) {
                self.charge(name.len() + value.len())?;
                self.declare(name, value, kind, kept, start);
            }
        }
        for (name, value) in declarations(node.attribute("style").unwrap_or_default()) {
            self.declare(name, value, kind, kept, start);
        }
        Ok(())
    }

    /// Counts the work that stylesheets cause, which grows with rules times elements.
    const fn charge(&mut self, work: usize) -> Result<(), Error> {
        self.inlined += work;
        if self.inlined > self.policy.max_bytes { Err(Error::SvgExpansion) } else { Ok(()) }
    }

    fn declare(
        &mut self,
        name: &'a str,
        value: &'a str,
        kind: Kind,
        kept: &mut Vec<Attribute<'a>>,
        start: usize,
    ) {
        let known = self.attributes.property(&name.to_ascii_lowercase());
        let most = if kind.role == Role::Svg { MAX_PICTURE } else { MAX_COORDINATE };
        let fits = |known: &Known| known.judge != Judge::Size || is_within(value, most);
        let judged = known.filter(fits).and_then(|known| {
            let value = judge(value, Lists::One, &self.policy.id_prefix)?;
            Some(Attribute { name: known.name, value, place: Place::Style })
        });
        let Some(attribute) = judged else { return self.report.property(kind.name, name) };
        let earlier = kept.iter_mut().skip(start).find(|one| one.name == attribute.name);
        match earlier {
            Some(earlier) => *earlier = attribute,
            None => kept.push(attribute),
        }
    }
}

fn ids<'a>(value: &'a str, prefix: &str) -> Option<Cow<'a, str>> {
    let each: Vec<_> = value.split_ascii_whitespace().collect();
    let are_ids = !each.is_empty() && each.iter().all(|id| is_id(id));
    are_ids.then(|| each.iter().map(|id| prefixed(id, prefix)).collect::<Vec<_>>().join(" ").into())
}
